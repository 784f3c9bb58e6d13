/** Decides when a read is sent again, and after what pause. Writes never come here. */
import { ApiError } from './api-error';
import { type ErrorKind, rowOf } from './error-kinds';

export interface RetryPolicy {
  /** How often a read is sent in all. */
  readonly attempts: number;
  /** … where no connection is made and none was before: the platform may not be there at all. */
  readonly unreached: number;
  /** … where no answer comes in time: each attempt takes the whole limit. */
  readonly timeouts: number;
  /** The first pause is at most this long; each later limit is twice the last, up to `capMs`. */
  readonly baseMs: number;
  readonly capMs: number;
  /** The longest pause that the platform may ask for; after a longer one the user decides. */
  readonly longestPauseSeconds: number;
}

/** For a user who waits for this one response. */
export const QUICK: RetryPolicy = {
  attempts: 3,
  unreached: 3,
  timeouts: 1,
  baseMs: 500,
  capMs: 5_000,
  longestPauseSeconds: 30,
};

/** For what is good to know, and not worth waiting for. */
export const ONCE: RetryPolicy = { ...QUICK, attempts: 1, unreached: 1 };

/** For a long fetch, where giving up costs more than waiting: it outlives a restart that takes 30 seconds. */
export const PATIENT: RetryPolicy = {
  ...QUICK,
  attempts: 9,
  timeouts: 3,
  capMs: 30_000,
  longestPauseSeconds: 300,
};

/** The policy of a user who says how often a failed read is sent again; the same policy where none is said. */
export const withRetries = (policy: RetryPolicy, retries: number | undefined): RetryPolicy =>
  retries === undefined
    ? policy
    : { ...policy, attempts: retries + 1, unreached: retries + 1, timeouts: retries + 1 };

/** A read that failed and is sent again after `waitMs`. */
export interface Retry {
  readonly error: ApiError;
  /** The attempt that failed, from 1, of so many. */
  readonly attempt: number;
  readonly attempts: number;
  readonly waitMs: number;
}

export interface RetryOptions {
  readonly policy?: RetryPolicy;
  readonly signal?: AbortSignal;
  /** Called before each wait. */
  readonly onRetry?: (retry: Retry) => void;
  /** Whether the platform has answered anything; true when absent. */
  readonly answered?: () => boolean;
}

/** For tests: how to wait, and random numbers from 0 up to 1. */
export interface RetryTools {
  readonly sleep?: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  readonly random?: () => number;
}

/** With 501 and 505 the platform can't do it at all. */
const HOPELESS: ReadonlySet<number | undefined> = new Set([501, 505]);

/** No connection was made. */
const NOT_THERE: ReadonlySet<ErrorKind> = new Set(['unreachable', 'dns', 'proxy']);

/** Returns how often a read is sent at most that failed like this. */
function attemptsAfter({ kind, status }: ApiError, policy: RetryPolicy, answered: boolean): number {
  if (HOPELESS.has(status)) return 1;
  const limits = [policy.attempts, rowOf(kind).attempts];
  if (kind === 'timeout') limits.push(policy.timeouts);
  if (NOT_THERE.has(kind) && !answered) limits.push(policy.unreached);
  return Math.min(...limits);
}

/**
 * Does `work`, and again when it fails in a way that may pass: after the pause that the platform asks for, else after a
 * random pause in the upper half of a limit that doubles (“equal jitter”), so that many callers don't come back at the
 * same moment, and all pauses together last long enough. Throws the last `ApiError`, with the number of attempts.
 */
export async function retrying<T>(
  work: () => Promise<T>,
  { policy = QUICK, signal, onRetry, answered = () => true }: RetryOptions = {},
  { sleep = wait, random = Math.random }: RetryTools = {},
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const attempts = attemptsAfter(error, policy, answered());
      const asked = error.retryAfterSeconds;
      if (attempt >= attempts || (asked ?? 0) > policy.longestPauseSeconds)
        throw attempt === 1 ? error : error.after(attempt);
      const jitter = (0.5 + random() / 2) * Math.min(policy.capMs, policy.baseMs * 2 ** (attempt - 1));
      // Not earlier than asked for, and not all callers at once.
      const waitMs = Math.round(
        asked === undefined ? jitter : asked * 1000 + Math.min(jitter, policy.baseMs),
      );
      onRetry?.({ error, attempt, attempts, waitMs });
      await sleep(waitMs, signal);
    }
  }
}

/** `“Busy.” HOST reported an internal error (503). Trying again in 1.2 s (attempt 2 of 6).` */
export const describeRetry = ({ error, attempt, attempts, waitMs }: Retry): string =>
  `${error.reading} Trying again ${waitMs < 50 ? 'at once' : `in ${(waitMs / 1000).toFixed(1)} s`} (attempt ${attempt + 1} of ${attempts}).`;

/** Throws `ApiError` of kind `cancelled` when the signal comes first. */
export async function wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted === true) throw new ApiError('cancelled');
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    const stop = () => {
      clearTimeout(timer);
      reject(new ApiError('cancelled'));
    };
    signal?.addEventListener('abort', stop, { once: true });
  });
}
