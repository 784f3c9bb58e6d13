/** How `apq` ends. */
import { ApiError } from '#core/remote/api-error';
import { describe } from '#core/remote/describe-error';
import { rowOf } from '#core/remote/error-kinds';
import { interruptedStatus } from './interruption';

/** What each status means. A command may say more exactly what it means there. */
export const STATUSES = {
  0: 'done',
  1: 'the file has errors, or the API refused the request',
  2: 'wrong usage: nothing was done',
  3: 'the platform could not be reached, its response was cut off, or the sign-in was not accepted',
  4: 'the platform asks to try again later (429, 5xx, time-out), after all retries',
  129: 'interrupted by SIGHUP',
  130: 'interrupted by SIGINT (Ctrl+C)',
  143: 'interrupted by SIGTERM',
} as const;

export type Status = keyof typeof STATUSES;

/** The statuses of every command that asks a platform. */
export const ASKING = {
  3: STATUSES[3],
  4: STATUSES[4],
  129: STATUSES[129],
  130: STATUSES[130],
  143: STATUSES[143],
};

/** Ends the program with a sentence on standard error. */
export class Exit extends Error {
  constructor(
    readonly code: Exclude<Status, 0>,
    message: string,
  ) {
    super(message);
  }
}

export const usage = (message: string): Exit => new Exit(2, message);

/** Interrupted by a signal. */
export const interrupted = (message = 'Interrupted.'): Exit => new Exit(interruptedStatus(), message);

/** Turns a failure of the API into an `Exit` with its sentence. Throws everything else. */
export function failed(error: unknown): Exit {
  if (!(error instanceof ApiError)) throw error;
  const { sentence } = describe(error);
  if (error.kind === 'cancelled') return interrupted(sentence === 'Cancelled.' ? undefined : sentence);
  // A wrapper tries again on 3 and 4, which would make such a change twice.
  return new Exit(error.outcomeUnknown ? 1 : rowOf(error.kind).exit, sentence);
}
