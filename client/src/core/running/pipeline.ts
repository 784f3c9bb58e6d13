/**
 * The one way in which requests run: plan, refuse, prepare, send, judge, report. The editor, the Test Explorer and the
 * command line differ in their port only: which connection, how to ask, what may be written, where records go.
 */
import type { RequestInfo } from '#language';
import type { Connection } from '../connections/connection';
import type { ApiError } from '../remote/api-error';
import { judge, type Verdict } from '../testing/judge';
import { observedOf, observedOfError } from './observed';
import { planOf, type Step } from './plan';
import { prepare, type Prepared, type PreparePort, refuseErrors } from './prepare';
import type { QueryFile } from './query-file';
import { Refusal } from './refusal';
import type { Responses } from './responses';
import type { RunResult } from './send';

/** The outcome of a request that was sent. */
export type RunOutcome =
  /** `verdicts`: one for each expectation. */
  | { readonly kind: 'answered'; readonly result: RunResult; readonly verdicts: readonly Verdict[] }
  /** Some pages arrived, then `error` ended it. */
  | {
      readonly kind: 'stopped';
      readonly result: RunResult;
      readonly error: ApiError;
      readonly verdicts: readonly Verdict[];
    }
  /** `verdicts` is undefined where there is no response to judge. */
  | {
      readonly kind: 'failed';
      readonly error: unknown;
      readonly milliseconds: number;
      readonly verdicts: readonly Verdict[] | undefined;
    };

export interface RunPort extends PreparePort {
  /** Where responses of named requests are kept for others. */
  readonly responses: Responses;
  /** Returns the connection on which the request would run now, without asking; undefined where it is unknown. */
  connectionOf(request: RequestInfo): Connection | undefined;
  /** Throws `Refusal` where a change may not be sent. Called for all changes before the first request is sent. */
  permit?(step: Step): void;
  /** Asks before a change. Throws `Refusal` unless the user agrees to just this. */
  confirm(prepared: Prepared, step: Step): Promise<void>;
  /** Sends the request, and puts its records where they belong. Throws `ApiError` when not even one page arrived. */
  send(prepared: Prepared, step: Step): Promise<RunResult>;
  /** Draws or prints the outcome. Returns true to go on with the next step. May throw to end the run. */
  report(step: Step, outcome: RunOutcome | Refusal, prepared: Prepared | undefined): Promise<boolean>;
}

/** How a run of several requests ended. */
export interface RunEnd {
  /** The step after which the port did not go on; undefined when all ran. */
  readonly at: Step | undefined;
  /** Steps after it, which were not run. */
  readonly left: readonly Step[];
  /** False when nothing was sent. */
  readonly begun: boolean;
}

/** Runs the requests and what they need, in order, until one of them does not end well. */
export async function runRequests(
  file: QueryFile,
  chosen: readonly RequestInfo[],
  port: RunPort,
): Promise<RunEnd> {
  const steps = planOf(file, chosen, (request) => answeredAt(file, request, port));
  const refused = await permitAll(file, steps, port);
  if (refused !== undefined)
    return { at: refused, left: steps.filter((step) => step !== refused), begun: false };
  const unanswered = new Set<number>();
  for (const [index, step] of steps.entries()) {
    const missing = step.needs.find(({ request }) => unanswered.has(request.index))?.request;
    const [outcome, prepared] =
      missing === undefined
        ? await runStep(file, step, port)
        : [new Refusal(step.request, { kind: 'needs', needed: missing }), undefined];
    if (outcome instanceof Refusal || outcome.kind === 'failed') unanswered.add(step.request.index);
    if (!(await port.report(step, outcome, prepared)))
      return { at: step, left: steps.slice(index + 1), begun: true };
  }
  return { at: undefined, left: [], begun: true };
}

/** Reports and returns the first step that is refused, so that nothing is sent; undefined when none is. */
async function permitAll(file: QueryFile, steps: readonly Step[], port: RunPort): Promise<Step | undefined> {
  for (const step of steps) {
    try {
      // Only where none is known the user is asked now: making one ready may wait for its turn.
      const connection = port.connectionOf(step.request) ?? (await port.connection(step.request));
      refuseErrors(await port.language(connection), file, step.request);
      if (step.request.method !== 'GET') port.permit?.(step);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await port.report(step, error, undefined);
      return step;
    }
  }
  return undefined;
}

async function runStep(
  file: QueryFile,
  step: Step,
  port: RunPort,
): Promise<[RunOutcome | Refusal, Prepared | undefined]> {
  let prepared: Prepared | undefined;
  try {
    prepared = await prepare(file, step.request, port);
    return [await runPrepared(prepared, step, port), prepared];
  } catch (error) {
    if (error instanceof Refusal) return [error, prepared];
    throw error;
  }
}

/** Sends a prepared request, a change only after the user agreed. Throws `Refusal`. */
export async function runPrepared(prepared: Prepared, step: Step, port: RunPort): Promise<RunOutcome> {
  const { file, request, connection, wire, expectations } = prepared;
  if (wire.method !== 'GET') {
    if (connection.readOnly === true)
      throw new Refusal(request, { kind: 'read-only', connection, method: wire.method });
    await port.confirm(prepared, step);
  }
  const started = performance.now();
  try {
    const result = await port.send(prepared, step);
    if (request.name !== undefined) port.responses.keep(file.id, request.name, connection.id, result.json);
    const verdicts = judge(expectations, observedOf(result));
    const { stoppedBy } = result;
    return stoppedBy === undefined
      ? { kind: 'answered', result, verdicts }
      : { kind: 'stopped', result, error: stoppedBy, verdicts };
  } catch (error) {
    const milliseconds = Math.round(performance.now() - started);
    const observed = observedOfError(error, milliseconds);
    const verdicts = observed === undefined ? undefined : judge(expectations, observed);
    return { kind: 'failed', error, milliseconds, verdicts };
  }
}

/** Returns when the request was answered last on the connection on which it would run now. */
const answeredAt = (file: QueryFile, request: RequestInfo, port: RunPort): Date | undefined =>
  request.name === undefined
    ? undefined
    : port.responses.time(file.id, request.name, port.connectionOf(request)?.id);
