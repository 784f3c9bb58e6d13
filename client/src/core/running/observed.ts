/** What expectations look at: the response, or the API's refusal. */
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

/**
 * A refusal by the API is a response as well: `# @expect status 404`. `body.errors` holds the API’s words. Returns
 * undefined where there was no response.
 */
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
