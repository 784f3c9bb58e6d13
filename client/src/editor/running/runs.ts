/** All runs under way in this window: each has its own view, and a request runs once at a time. */
import type { History } from '#core/history/history';
import { type RunOutcome, type RunPort, runPrepared, runRequests } from '#core/running/pipeline';
import { describeNeeds, forPages, type Step } from '#core/running/plan';
import { isChange, type Prepared, type PreparedRequest } from '#core/running/prepare';
import type { QueryFile } from '#core/running/query-file';
import { Refusal } from '#core/running/refusal';
import type { Responses } from '#core/running/responses';
import { describeUnsent, type RunEnd } from '#core/running/run-end';
import { sameRequest } from '#core/running/same-request';
import type { RunResult } from '#core/running/send';
import type { RequestInfo } from '#language';
import type { ResultPanel } from '../results/panel';
import { showError } from '../workbench/errors';
import { showInformation } from '../workbench/messages';
import type { EditorChangeLog } from '../writing/editor-change-log';
import { checkSql } from './check-sql';
import { type ConfirmParts, confirmWrite } from './confirm-write';
import { foreseen } from './foreseen';
import { entryOf } from './history-entry';
import type { Requests } from './requests';
import { requestKey, RunView, type ViewParts } from './run-view';
import { TableRun } from './table-run';
import { tellRefusal } from './tell-refusal';

export interface RunParts extends ViewParts, ConfirmParts {
  readonly requests: Requests;
  readonly responses: Responses;
  readonly history: History;
  readonly changeLog: EditorChangeLog;
}

/** `run`: as many pages as the request asks for. */
export type Pages = 'run' | 'all';

/** How the chosen requests of a run are fetched. */
interface How {
  /** What *Run Again* fetches: what the request says may have changed by then. */
  readonly again: Pages;
  /** Where an earlier run ended. */
  readonly from?: RunResult;
  /** Tables are fetched, also where they are known. */
  readonly anew?: boolean;
}

/** A run under way, as it is shown. */
type ActiveRun = Pick<RunView, 'send' | 'query' | 'show' | 'giveWay' | 'startedAt'>;

export class Runs {
  readonly #active = new Map<string, ActiveRun>();

  constructor(private readonly parts: RunParts) {}

  /** Runs requests of a file and those they need. Shows refusals as messages; results are shown in their views. */
  async run(
    file: QueryFile,
    chosen: readonly RequestInfo[],
    pages: Pages = 'run',
    anew = false,
  ): Promise<RunEnd> {
    const asked = chosen.map((each) => forPages(each, pages === 'run' ? undefined : pages));
    const end = await runRequests(file, asked, this.#port(file, { again: pages, anew }));
    if (end.refusal !== undefined) {
      this.#markEarlier(file, end, end.refusal);
      await tellRefusal(end.refusal, file, this.parts.connections, describeUnsent(end));
    }
    return end;
  }

  /** Marks the results of requests that were to run and did not. Who gave up a question knows that nothing was sent. */
  #markEarlier(file: QueryFile, { steps, sent }: RunEnd, { request, reason }: Refusal): void {
    if (reason.kind === 'told') return;
    const keyOf = (each: RequestInfo) => requestKey({ file, request: each });
    const notRun = steps.filter((step) => !sent.has(step)).map((step) => keyOf(step.request));
    this.parts.panels.markEarlier(keyOf(request), notRun);
  }

  /** Runs the same request once more, as its file holds it now and wherever it has moved to; tables are fetched anew. */
  async again(prepared: Prepared, pages: Pages): Promise<void> {
    const open = await this.parts.requests.open(prepared.file.id);
    if (open === undefined) return;
    const same = sameRequest(open.file, prepared);
    if (same !== undefined) await this.run(open.file, [same], pages, true);
    else void showInformation('The request of this result is no longer in its file. Run it from the file.');
  }

  /** Runs the first request of a file. */
  async runFirst(uri: string): Promise<void> {
    const open = await this.parts.requests.open(uri);
    const [first] = open?.file.requests ?? [];
    if (open !== undefined && first !== undefined) await this.run(open.file, [first]);
  }

  /** Continues where a result of the same request ended. */
  async resume(
    prepared: Prepared,
    pages: number | 'all',
    from: RunResult,
    again: Pages = pages === 'all' ? 'all' : 'run',
    step: Step = {
      request: prepared.request,
      neededBy: undefined,
      needs: [],
      givesRecords: false,
      isTable: false,
    },
  ): Promise<void> {
    const asked = { ...prepared, request: forPages(prepared.request, pages) };
    const port = this.#port(prepared.file, { again, from });
    await port.report(step, await runPrepared(asked, step, port), asked);
  }

  #port({ id }: QueryFile, how: How): RunPort {
    const { requests, responses, connections, changeLog, engine } = this.parts;
    const foresee = async (prepared: PreparedRequest) => foreseen(connections, prepared);
    const batch = new Set<ResultPanel>();
    const views = new Map<Step, ActiveRun>();
    return {
      ...requests.port(),
      responses,
      checkSql: async (language, { parsed }) => checkSql(engine, language, parsed),
      anew: how.anew === true,
      levelOf: (connection) => connections.levelOf(connection),
      foresee,
      writes: changeLog.writesOf(id),
      confirm: async (prepared, _step, change) => {
        if (change === undefined) throw new Refusal(prepared.request, { kind: 'told' });
        const agreed = await confirmWrite(prepared, change, async () => foresee(prepared), this.parts);
        if (agreed === undefined) throw new Refusal(prepared.request, { kind: 'told' });
        return agreed;
      },
      send: async (prepared, step) => {
        const view = this.#begin(prepared, step, how, batch);
        views.set(step, view);
        return view.send(prepared, how.from);
      },
      query: async (prepared, step) => {
        const view = this.#begin(prepared, step, how, batch);
        views.set(step, view);
        return view.query(prepared);
      },
      report: async (step, outcome, prepared) => {
        if (outcome instanceof Refusal) return false;
        const view = views.get(step);
        if (prepared === undefined || view === undefined) {
          // Not even its view could be opened, so nothing was sent.
          if (outcome.kind === 'failed') showError(outcome.error, this.parts.output);
          return false;
        }
        await this.#end(view, prepared, outcome);
        // The result of what uses its records says that it may lack some.
        return outcome.kind === 'answered' || (outcome.kind === 'doubtful' && isForTable(step));
      },
    };
  }

  /** Begins a run; an earlier one of the same request that is still under way gives way. */
  #begin(prepared: Prepared, step: Step, how: How, batch: Set<ResultPanel>): ActiveRun {
    const key = requestKey(prepared);
    this.#active.get(key)?.giveWay();
    const asked = step.neededBy === undefined;
    const again = asked ? how.again : 'run';
    const pages = prepared.request.pages ?? 1;
    // When it is resumed, it runs for its own sake; its notes stay.
    const alone: Step = { ...step, neededBy: undefined };
    if (step.neededBy !== undefined && isForTable(step) && !isChange(prepared)) {
      const table = new TableRun(this.parts, prepared, step.neededBy);
      this.#active.set(key, table);
      return table;
    }
    const view = new RunView(this.parts, prepared, {
      pages,
      notes: describeNeeds(step),
      again: () => void this.again(prepared, again),
      fetchAll: () => void this.again(prepared, 'all'),
      resume: (result) => void this.resume(prepared, pages, result, again, alone),
      batch,
    });
    this.#active.set(key, view);
    return view;
  }

  async #end(view: ActiveRun, prepared: Prepared, outcome: RunOutcome): Promise<void> {
    const key = requestKey(prepared);
    await view.show(outcome);
    if (this.#active.get(key) === view) this.#active.delete(key);
    // Of a list without values, nothing was sent.
    if (prepared.kind === 'request' && prepared.wire.list?.values.length === 0) return;
    await this.parts.history
      .add(entryOf(prepared, outcome, view.startedAt))
      .catch((error: unknown) =>
        this.parts.output.error(`The history could not be written: ${String(error)}`),
      );
  }
}

/** Whether a request runs because a SQL request needs it. */
const isForTable = ({ neededBy }: Step): boolean => neededBy?.sql !== undefined;
