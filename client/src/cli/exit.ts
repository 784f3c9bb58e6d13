/**
 * Exit codes: 0 done, 1 refused by the file or the API, 2 wrong usage, 3 not reached or not signed in, 4 to be tried
 * later, 128 and the number of the signal where it was interrupted.
 */
import { ApiError } from '#core/remote/api-error';
import { describe } from '#core/remote/describe-error';
import { rowOf } from '#core/remote/error-kinds';

/** Interrupted by SIGHUP, SIGINT or SIGTERM. */
export type InterruptedStatus = 129 | 130 | 143;

export class Exit extends Error {
  constructor(
    readonly code: 1 | 2 | 3 | 4 | InterruptedStatus,
    message: string,
  ) {
    super(message);
  }
}

export const usage = (message: string): Exit => new Exit(2, message);

/** Turns a failure of the API into an `Exit` with its sentence. */
export function failed(error: unknown): Exit {
  if (!(error instanceof ApiError)) throw error;
  const { exit, commandLineHint } = rowOf(error.kind);
  const hint = commandLineHint === '' ? '' : `\n${commandLineHint}`;
  return new Exit(exit, `${describe(error).sentence}${hint}`);
}
