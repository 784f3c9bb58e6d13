/** Exit codes: 0 done, 1 refused by the file or the API, 2 wrong usage, 3 not reached or not signed in. */
import { ApiError } from '#core/remote/api-error';
import { describe } from '#core/remote/describe-error';
import { rowOf } from '#core/remote/error-kinds';

export class Exit extends Error {
  constructor(
    readonly code: 1 | 2 | 3,
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
