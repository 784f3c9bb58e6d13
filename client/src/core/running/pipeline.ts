/**
 * The one way in which requests run: plan, refuse, prepare, send, judge, report. The editor, the Test Explorer and the
 * command line differ in their port only: which connection, how to ask, what may be written, where records go.
 */
import type { FieldInfo, RequestInfo } from '#language';
import type { ApiError } from '../remote/api-error';
import { judge, type Verdict } from '../testing/judge';
import { noted, type Written } from '../writing/noted';
import type { PlannedChange, WriteSource } from '../writing/planned-change';
import type { WriteLog } from '../writing/write-log';
import { type AboutAnswer, answerOf } from './answer';
import { answeredBefore, type EarlierPort } from './answered-before';
import { type CheckPort, refusalOf, refuseChange } from './before-sending';
import { observedOf, observedOfError } from './observed';
import { planOf, type Step } from './plan';
import {
  askedOf,
  fieldsOf,
  isChange,
  prepare,
  type Prepared,
  type PreparedRequest,
  type PreparedSql,
  runTitle,
  valuesOf,
} from './prepare';
import type { QueryFile } from './query-file';
import { Refusal } from './refusal';
import type { RunValues } from './run-context';
import type { RunEnd } from './run-end';
import { type RunResult, selectedFields } from './send';

/** The outcome of a request that was sent. */
export type RunOutcome =
  /** `verdicts`: one for each expectation. */
  | {
      readonly kind: 'answered';
      readonly result: RunResult;
      readonly verdicts: readonly Verdict[];
      /** Of a change. */
      readonly written?: Written;
    }
  /** Some pages arrived, then `error` ended it. */
  | {
      readonly kind: 'stopped';
      readonly result: RunResult;
      readonly error: ApiError;
      readonly verdicts: readonly Verdict[];
    }
  /** All pages arrived, but some records may not have come, or came twice. */
  | {
      readonly kind: 'doubtful';
      readonly result: RunResult;
      readonly reason: string;
      readonly verdicts: readonly Verdict[];
    }
  /** `verdicts` is undefined where there is no response to judge. */
  | {
      readonly kind: 'failed';
      readonly error: unknown;
      readonly milliseconds: number;
      readonly verdicts: readonly Verdict[] | undefined;
    };

export interface RunPort extends CheckPort, EarlierPort {
  /** Says by reading only what a change is going to do. Absent where nobody looks at it. */
  foresee?(prepared: PreparedRequest): Promise<PlannedChange>;
  /**
   * Asks before a change. Throws `Refusal` unless the user agrees to just this. Returns the change as it was agreed to,
   * which may be another than `change`: the record may have changed meanwhile.
   */
  confirm(
    prepared: PreparedRequest,
    step: Step,
    change: PlannedChange | undefined,
  ): Promise<PlannedChange | undefined>;
  /** Is told of each change before it is sent, and of what became of it. `run`: what those of one run share. */
  readonly writes: { readonly log: WriteLog; readonly source: WriteSource; readonly run: string };
  /** Sends the request, and puts its records where they belong. Throws `ApiError` when not even one page arrived. */
  send(prepared: PreparedRequest, step: Step): Promise<RunResult>;
  /** Returns the fields of a table of a SQL request whose types no metadata tell; none where they can't be had. */
  fieldsOfTable?(prepared: PreparedRequest): Promise<readonly FieldInfo[]>;
  /** Does the same with a SQL request: asks the engine (`runSql`). */
  query(prepared: PreparedSql, step: Step): Promise<RunResult>;
  /** Draws or prints the outcome. Returns true to go on with the next step. May throw to end the run. */
  report(step: Step, outcome: RunOutcome | Refusal, prepared: Prepared | undefined): Promise<boolean>;
}

/** What the requests of one run share, also where it is several calls of `runRequests`, as with tests. */
export interface Batch {
  /** The first request that did not end well. No change is sent after it: it could depend on it. */
  failed: RequestInfo | undefined;
}

/** Runs the requests and what they need, in order. No change is sent after one that did not end well. */
export async function runRequests(
  file: QueryFile,
  chosen: readonly RequestInfo[],
  port: RunPort,
  batch: Batch = { failed: undefined },
): Promise<RunEnd> {
  const values = valuesOf(port);
  const plan = async () => planOf(file, chosen, await answeredBefore(file, chosen, port, values));
  let steps = await plan();
  const sent = new Set<Step>();
  const refused = await refusalOf(file, steps, port, values);
  if (refused !== undefined) {
    const [at, refusal] = refused;
    batch.failed ??= at.request;
    await port.report(at, refusal, undefined);
    return { steps, sent, at, refusal };
  }
  // With the values that the user was asked for, a request may come to what was sent before.
  steps = await plan();
  const unanswered = new Set<number>();
  for (const step of steps) {
    const missing = step.needs.find(({ request }) => unanswered.has(request.index))?.request;
    const [outcome, prepared] = await runStep(file, step, { port, values, missing, failed: batch.failed });
    const refusal = outcome instanceof Refusal ? outcome : undefined;
    if (refusal === undefined) sent.add(step);
    if (refusal !== undefined || ('kind' in outcome && outcome.kind === 'failed'))
      unanswered.add(step.request.index);
    if (!endedWell(outcome)) batch.failed ??= step.request;
    if (!(await port.report(step, outcome, prepared))) return { steps, sent, at: step, refusal };
  }
  return { steps, sent, at: undefined, refusal: undefined };
}

/** True where nothing speaks against what follows: an answer, or a refusal by the API that was expected. */
function endedWell(outcome: RunOutcome | Refusal): boolean {
  if (outcome instanceof Refusal || outcome.kind === 'stopped' || outcome.kind === 'doubtful') return false;
  const { verdicts = [] } = outcome;
  return verdicts.every(({ passed }) => passed) && (outcome.kind === 'answered' || verdicts.length > 0);
}

/** What a step depends on. */
interface Before {
  readonly port: RunPort;
  readonly values: RunValues;
  /** A request whose response it needs, and that brought none. */
  readonly missing: RequestInfo | undefined;
  /** See `Batch`. */
  readonly failed: RequestInfo | undefined;
}

async function runStep(
  file: QueryFile,
  step: Step,
  { port, values, missing, failed }: Before,
): Promise<[RunOutcome | Refusal, Prepared | undefined]> {
  const { request } = step;
  if (missing !== undefined) return [new Refusal(request, { kind: 'needs', needed: missing }), undefined];
  if (failed !== undefined && request.changes)
    return [new Refusal(request, { kind: 'after-failure', failed }), undefined];
  let prepared: Prepared | undefined;
  try {
    prepared = await prepare(file, request, port, values);
    return [await runPrepared(prepared, step, port), prepared];
  } catch (error) {
    if (error instanceof Refusal) return [error, prepared];
    throw error;
  }
}

/** Sends a prepared request, a change only after the user agreed. Throws `Refusal`. */
export async function runPrepared(prepared: Prepared, step: Step, port: RunPort): Promise<RunOutcome> {
  const { file, request, connection, expectations } = prepared;
  refuseChange(prepared, port);
  let started = performance.now();
  try {
    let [result, written]: [RunResult | undefined, Written | undefined] = [undefined, undefined];
    if (prepared.kind === 'sql') result = await port.query(prepared, step);
    else {
      const change = isChange(prepared) ? await agreedTo(prepared, step, port) : undefined;
      // Whoever was asked took their time.
      started = performance.now();
      [result, written] = await sendNoted(prepared, step, port, change);
    }
    if (request.name !== undefined)
      port.responses.keep(
        file.id,
        request.name,
        connection.id,
        answerOf(result, aboutAnswer(prepared, await answeredFields(prepared, step, port))),
      );
    const verdicts = judge(expectations, observedOf(result));
    return endOf(result, verdicts, written);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const milliseconds = Math.round(performance.now() - started);
    const observed = observedOfError(error, milliseconds);
    const verdicts = observed === undefined ? undefined : judge(expectations, observed);
    return { kind: 'failed', error, milliseconds, verdicts };
  }
}

/** How a run ended that brought records: by their extent. */
export function endOf(result: RunResult, verdicts: readonly Verdict[], written?: Written): RunOutcome {
  const { extent } = result;
  switch (extent.kind) {
    case 'stopped':
      return { kind: 'stopped', result, error: extent.error, verdicts };
    case 'doubtful':
      return { kind: 'doubtful', result, reason: extent.reason, verdicts };
    default:
      return { kind: 'answered', result, verdicts, ...(written === undefined ? {} : { written }) };
  }
}

/** What its answer tells others of a request. */
const aboutAnswer = (prepared: Prepared, fields: readonly FieldInfo[]): AboutAnswer => ({
  select: prepared.kind === 'sql' ? [] : selectedFields(prepared.wire),
  fields,
  from: prepared.connection.name,
  asked: askedOf(prepared.kind === 'sql' ? prepared.query : prepared.wire),
  pages:
    prepared.kind === 'request' && prepared.wire.list !== undefined ? 'all' : (prepared.request.pages ?? 1),
});

async function answeredFields(
  prepared: Prepared,
  { isTable }: Step,
  port: RunPort,
): Promise<readonly FieldInfo[]> {
  const known = fieldsOf(prepared);
  return known.length > 0 || !isTable || prepared.kind === 'sql'
    ? known
    : ((await port.fieldsOfTable?.(prepared)) ?? known);
}

async function agreedTo(prepared: PreparedRequest, step: Step, port: RunPort): Promise<PlannedChange> {
  const change = await port.confirm(prepared, step, await port.foresee?.(prepared));
  return change ?? unseen(prepared);
}

/** Of a change at which nobody looked. */
const unseen = ({ wire }: PreparedRequest): PlannedChange => ({
  outcome: 'unforeseen',
  request: wire,
  fields: [],
  reason: 'The record was not read before.',
});

/** Sends a request; of a change, the log is told before and after. */
async function sendNoted(
  prepared: PreparedRequest,
  step: Step,
  port: RunPort,
  change: PlannedChange | undefined,
): Promise<[RunResult, Written | undefined]> {
  if (change === undefined) return [await port.send(prepared, step), undefined];
  const { log, ...from } = port.writes;
  const write = { change, connection: prepared.connection, title: runTitle(prepared), ...from };
  const { result, entry } = await noted(log, write, async () => port.send(prepared, step));
  return [result, { change, entry }];
}
