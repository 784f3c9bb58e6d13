/** One request as a test: what it comes to is judged, whatever the requests before it came to. */
import type { RequestInfo } from '#language';
import { describe } from '../remote/describe-error';
import { type Batch, type RunOutcome, type RunPort, runRequests } from '../running/pipeline';
import { type QueryFile, titleOf } from '../running/query-file';
import { Refusal } from '../running/refusal';

export interface TestPort extends Omit<RunPort, 'report'> {
  /** The changes that were sent in this run, by file and index: shared by its tests. */
  readonly changes: Set<string>;
  /** Shared by the tests of a file. */
  readonly batch: Batch;
  /** Takes a line of the test's log. */
  tell(line: string): void;
}

/**
 * Runs the request, and first what it needs. Returns what it came to; throws a `Refusal` with the reason, or what was
 * thrown instead of a response, where there is nothing to judge. A needed request is never judged in its place.
 */
export async function runToJudge(file: QueryFile, request: RequestInfo, port: TestPort): Promise<RunOutcome> {
  let last: RunOutcome | Refusal = new Refusal(request, { kind: 'told' });
  const judging: RunPort = {
    ...port,
    confirm: async (prepared, step, planned) => {
      const change = `${file.id} ${step.request.index}`;
      if (step.neededBy !== undefined && port.changes.has(change)) throw sentBefore(step.request);
      const agreed = await port.confirm(prepared, step, planned);
      port.changes.add(change);
      return agreed;
    },
    report: (_step, outcome) => {
      last = outcome;
      if (outcome instanceof Refusal) return Promise.resolve(false);
      const judged = outcome.kind === 'failed' && (outcome.verdicts ?? []).length > 0;
      if (judged) port.tell(describe(outcome.error).sentence);
      // After a needed request that was refused as expected, the pipeline refuses the one that needs it.
      return Promise.resolve(judged || outcome.kind === 'answered');
    },
  };
  await runRequests(file, [request], judging, port.batch);
  return judgeable(request, last);
}

/** It may have been made although it failed for us: one agreement is not for two. */
const sentBefore = (request: RequestInfo): Refusal =>
  new Refusal(request, {
    kind: 'not-agreed',
    message: `“${titleOf(request)}” was not sent again: it changes records, and the first time brought no answer that can be used.`,
  });

function judgeable(request: RequestInfo, outcome: RunOutcome | Refusal): RunOutcome {
  if (outcome instanceof Refusal) throw outcome;
  if (outcome.kind === 'stopped') throw outcome.error;
  if (outcome.kind === 'doubtful') throw new Refusal(request, { kind: 'values', message: outcome.reason });
  if (outcome.kind === 'failed' && (outcome.verdicts ?? []).length === 0) throw outcome.error;
  return outcome;
}
