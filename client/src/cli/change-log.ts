/** The log of changes of this user, which the editor has as well; how many old records the command line keeps. */
import { userFolder } from '#core/files/user-folder';
import { ChangeLog } from '#core/writing/change-log';
import { usage } from './exit';
import { flag } from './frame/option';
import { tell } from './terminal';

/** Of how many runs that change records the old ones are kept, unless the environment says otherwise. */
const KEPT_RUNS = 1000;
const MOST = 100_000;

export const NO_KEEP = flag('Keep no old records of what is changed: then APQ can’t take the changes back');

/** Returns of how many runs the old records are kept; 0: of none. Throws an `Exit`. */
export function keptRuns(noKeep: boolean): number {
  if (noKeep) return 0;
  const { APQ_KEEP: written } = process.env;
  if (written === undefined || written === '') return KEPT_RUNS;
  if (!/^\d{1,6}$/.test(written) || Number(written) > MOST)
    throw usage(`APQ_KEEP must be a number from 0 to ${MOST.toLocaleString('en-GB')}.`);
  return Number(written);
}

const logs = new Map<number, ChangeLog>();

/** One for all files of a command, so that what it tells is told once. */
export function changeLog(keep: number): ChangeLog {
  const log = logs.get(keep) ?? new ChangeLog({ folder: userFolder(), keep: () => keep, tell });
  logs.set(keep, log);
  return log;
}
