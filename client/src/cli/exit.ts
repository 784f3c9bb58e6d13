/** Ends of the command line: 0 done, 1 refused by the file or the API, 2 usage, 3 not reached or not signed in. */
import { ApiError, describe, type ErrorKind } from '#core/remote/errors';

export class Exit extends Error {
  constructor(
    readonly code: 1 | 2 | 3,
    message: string,
  ) {
    super(message);
  }
}

export const usage = (message: string): Exit => new Exit(2, message);

const NOT_REACHED: ReadonlySet<ErrorKind> = new Set([
  'unreachable',
  'dns',
  'tls',
  'timeout',
  'interrupted',
  'signed-out',
  'wrong-password',
  'redirected',
  'not-json',
  'no-credentials',
  'bad-key',
  'rebound',
  'other-host',
  'cancelled',
]);

/** The API's failure as an end with its sentence. */
export function failed(error: unknown): Exit {
  if (!(error instanceof ApiError)) throw error;
  const hint =
    error.kind === 'signed-out' || error.kind === 'no-credentials'
      ? '\nSet APQ_API_KEY, or APQ_USERNAME and APQ_PASSWORD, or pass the key with --api-key-stdin.'
      : '';
  return new Exit(NOT_REACHED.has(error.kind) ? 3 : 1, `${describe(error).sentence}${hint}`);
}
