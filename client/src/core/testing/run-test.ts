/** One request as a test: what it comes to is judged, whatever the requests before it came to. */
import type { RequestInfo } from '#language';
import { describe } from '../remote/describe-error';
import { type RunOutcome, type RunPort, runRequests } from '../running/pipeline';
import type { QueryFile } from '../running/query-file';
import { Refusal } from '../running/refusal';

export interface TestPort extends Omit<RunPort, 'report'> {
  /** Takes a line of the test's log. */
  tell(line: string): void;
}

/**
 * Runs the request, and first what it needs. Returns what it came to; throws a `Refusal` with the reason, or what was
 * thrown instead of a response, where there is nothing to judge. A needed request is never judged in its place.
 */
export async function runToJudge(file: QueryFile, request: RequestInfo, port: TestPort): Promise<RunOutcome> {
  let last: RunOutcome | Refusal = new Refusal(request, { kind: 'told' });
  await runRequests(file, [request], {
    ...port,
    report: (_step, outcome) => {
      last = outcome;
      if (outcome instanceof Refusal) return Promise.resolve(false);
      const judged = outcome.kind === 'failed' && (outcome.verdicts ?? []).length > 0;
      if (judged) port.tell(describe(outcome.error).sentence);
      // After a needed request that was refused as expected, the pipeline refuses the one that needs it.
      return Promise.resolve(judged || outcome.kind === 'answered');
    },
  });
  return judgeable(last);
}

function judgeable(outcome: RunOutcome | Refusal): RunOutcome {
  if (outcome instanceof Refusal) throw outcome;
  if (outcome.kind === 'stopped') throw outcome.error;
  if (outcome.kind === 'failed' && (outcome.verdicts ?? []).length === 0) throw outcome.error;
  return outcome;
}
