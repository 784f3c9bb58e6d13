/** What a request came to, for its expectations: the response, or the API's refusal. */
import { ApiError } from '../remote/api-error';
import type { Observed } from '../testing/judge';
import type { RunResult } from './send';

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
