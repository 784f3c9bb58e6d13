/** Why the cells of a result can't be edited in place. */
import type { ChangeLevel } from '#core/connections/change-level';
import type { Prepared } from '#core/running/prepare';

/** Returns a sentence; undefined where they can be edited. `level`: of the connection. */
export function editLock(prepared: Prepared, level: ChangeLevel): string | undefined {
  if (prepared.kind === 'sql')
    return 'This is the result of a SQL request, computed from its tables. Run the GET of a table to edit its records in the grid.';
  const { wire, connection } = prepared;
  if (wire.method !== 'GET')
    return `This is the answer to a ${wire.method}. Run a GET to edit its records in the grid.`;
  if (wire.endpoint !== undefined && wire.endpoint !== 'data')
    return 'These are metadata of the platform, not records, so they can’t be edited.';
  return level === 'readOnly'
    ? `${connection.name} is read-only here, so its records can’t be edited. “Edit Connection…” or the setting “APQ › Changes: Level” can allow changes.`
    : undefined;
}
