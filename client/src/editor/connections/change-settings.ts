/** The setting `apq.changes.level`: a workspace can only make it stricter. */
import { type ChangeLevel, isChangeLevel, strictest } from '#core/connections/change-level';
import { scopesOfSetting } from '../workbench/settings';

/** The strictest level of user, workspace and folders; undefined where all of them leave it to the connection. */
export function levelOfSettings(): ChangeLevel | undefined {
  const [first, ...others] = scopesOfSetting('changes.level').filter(isChangeLevel);
  return first === undefined ? undefined : strictest(first, ...others);
}
