/** A call that failed: one flat class for all kinds. */
import type { ErrorAction, ErrorFacts, ErrorKind } from './error-kinds';
import { isOutcomeUnknown, rowOf, sentencesOf } from './error-kinds';

/**
 * `message` (and `sentence`) is for the user, `details` for the log and support, `actions` are what may help.
 * No member holds a secret but `cause`, which stays in the program; `describe` masks what it takes from it.
 */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly kind: ErrorKind,
    readonly facts: ErrorFacts = {},
  ) {
    super(
      inOrder(kind, facts)
        .filter((part) => part !== '')
        .join(' '),
      facts.cause === undefined ? undefined : { cause: facts.cause },
    );
  }

  /** The API's own words in quotes, what happened, what to do next (see `inOrder`). */
  get sentence(): string {
    return this.message;
  }

  /** The API's own words and what happened, without what to do. */
  get reading(): string {
    return [quoted(this.facts), sentencesOf(this.kind, this.facts)[0]]
      .filter((part) => part !== '')
      .join(' ');
  }

  /** Returns the same error, after so many attempts. */
  after(attempts: number): ApiError {
    return new ApiError(this.kind, { ...this.facts, attempts });
  }

  /** HTTP status, when there was a response. */
  get status(): number | undefined {
    return this.facts.status;
  }

  /** Seconds to wait, when the platform named them. */
  get retryAfterSeconds(): number | undefined {
    return this.facts.retryAfterSeconds;
  }

  get details(): string | undefined {
    return this.facts.details;
  }

  /** True for a write that may have been carried out although it failed for us. */
  get outcomeUnknown(): boolean {
    return isOutcomeUnknown(this.kind, this.facts);
  }

  /** A write that may have been carried out offers no retry: the user looks first. */
  get actions(): readonly ErrorAction[] {
    const { actions } = rowOf(this.kind);
    return this.outcomeUnknown ? actions.filter((action) => action !== 'retry') : actions;
  }
}

/** The API's words name what to correct in a request; about a key they say less than the commonest causes. */
function inOrder(kind: ErrorKind, facts: ErrorFacts): readonly string[] {
  const words = quoted(facts);
  const sentences = sentencesOf(kind, facts);
  return rowOf(kind).atFault === 'sign-in' ? [...sentences, words] : [words, ...sentences];
}

/** True for a call that the user, or a later run, ended. */
export const isCancelled = (error: unknown): boolean =>
  error instanceof ApiError && error.kind === 'cancelled';

/** In quotes, so that the API's words can be told from ours. */
const quoted = ({ words = [] }: ErrorFacts): string => (words.length === 0 ? '' : `“${words.join(' ')}”`);
