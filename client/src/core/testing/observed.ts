/** What a request came to, as its expectations look at it. */
import type { RunResult } from '../running/send';
import { ApiError } from '../remote/errors';
import type { ApiRecord } from '../results/read-answer';

export interface Observed {
  /** HTTP status. */
  readonly status: number;
  readonly records: readonly ApiRecord[];
  /** The answer’s JSON; of several pages the first one’s. */
  readonly json: unknown;
  /** Of `$count`. */
  readonly total: number | undefined;
  readonly milliseconds: number;
}

export const observedOf = ({ status, records, json, total, milliseconds }: RunResult): Observed => ({
  status,
  records,
  json,
  total,
  milliseconds,
});

/** A refusal is an answer, too: `# @expect status 404`. Undefined where no answer came. `body.errors` are the API’s words. */
export function observedOfError(error: unknown, milliseconds: number): Observed | undefined {
  if (!(error instanceof ApiError) || error.status === undefined || error.status < 400) return undefined;
  return {
    status: error.status,
    records: [],
    json: { errors: error.facts.words ?? [] },
    total: undefined,
    milliseconds,
  };
}
