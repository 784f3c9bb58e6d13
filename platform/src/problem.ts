/** Refusals of the platform and their bodies. */

/**
 * A refusal with its HTTP status, sent as `{"errors":["sentence", …]}`. That the body of a 400 has an `errors`
 * member is in the guide (D); that it is an array of sentences is our assumption (A).
 */
export class Problem extends Error {
  readonly errors: readonly string[];

  constructor(
    readonly status: number,
    errors: string | readonly string[],
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    const list = typeof errors === 'string' ? [errors] : errors;
    super(list.join(' '));
    this.name = 'Problem';
    this.errors = list;
  }
}

/** 400, the guide's status for any mistake in a request (D). */
export const badRequest = (errors: string | readonly string[]): Problem => new Problem(400, errors);

/** 404: wrong address or no such record (D). */
export const notFound = (error: string): Problem => new Problem(404, error);

/** 405; the guide names no status for a wrong verb (A). */
export const wrongMethod = (method: string, allowed: readonly string[], hint = ''): Problem =>
  new Problem(
    405,
    `The method ${method} is not allowed at this address; allowed: ${allowed.join(', ')}.${hint}`,
    {
      allow: allowed.join(', '),
    },
  );
