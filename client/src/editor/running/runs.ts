/** All runs under way in this window: each has its own view, and a request runs once at a time. */
import type { History } from '#core/history/history';
import { type RunEnd, type RunOutcome, type RunPort, runPrepared, runRequests } from '#core/running/pipeline';
import { describeNeeds, type Step } from '#core/running/plan';
import type { Prepared } from '#core/running/prepare';
import type { QueryFile } from '#core/running/query-file';
import { Refusal } from '#core/running/refusal';
import type { Responses } from '#core/running/responses';
import { sameRequest } from '#core/running/same-request';
import type { RunResult } from '#core/running/send';
import type { RequestInfo } from '#language';
import type { ResultPanel } from '../results/panel';
import { showInformation } from '../workbench/messages';
import { type ConfirmParts, confirmWrite } from './confirm-write';
import { entryOf } from './history-entry';
import type { Requests } from './requests';
import { requestKey, RunView, type ViewParts } from './run-view';
import { tellRefusal } from './tell-refusal';

export interface RunParts extends ViewParts, ConfirmParts {
  readonly requests: Requests;
  readonly responses: Responses;
  readonly history: History;
}

/** `run`: as many pages as the request asks for. */
export type Pages = 'run' | 'all';

export class Runs {
  readonly #active = new Map<string, RunView>();

  constructor(private readonly parts: RunParts) {}

  /** Runs requests of a file and those they need. Shows refusals as messages; results are shown in their views. */
  async run(file: QueryFile, chosen: readonly RequestInfo[], pages: Pages = 'run'): Promise<RunEnd> {
    let refusal: Refusal | undefined;
    const port = this.#port(pages, (reason) => (refusal = reason));
    const end = await runRequests(file, chosen, port);
    const more = !end.begun && end.left.length > 0 ? 'No request was sent.' : '';
    if (refusal !== undefined) await tellRefusal(refusal, file, more);
    return end;
  }

  /** Runs the same request once more, as its file holds it now and wherever it has moved to. */
  async again(prepared: Prepared, pages: Pages): Promise<void> {
    const open = await this.parts.requests.open(prepared.file.id);
    if (open === undefined) return;
    const same = sameRequest(open.file, prepared);
    if (same !== undefined) await this.run(open.file, [same], pages);
    else void showInformation('The request of this result is no longer in its file. Run it from the file.');
  }

  /** Continues where a result of the same request ended. */
  async resume(prepared: Prepared, pages: number | 'all', result: RunResult): Promise<void> {
    const step: Step = { request: prepared.request, neededBy: undefined, needs: [] };
    const port = this.#port(pages, () => undefined, result);
    await port.report(step, await runPrepared(prepared, step, port), prepared);
  }

  #port(pages: Pages | number, refused: (refusal: Refusal) => void, resume?: RunResult): RunPort {
    const { requests, responses } = this.parts;
    const batch = new Set<ResultPanel>();
    const views = new Map<Step, RunView>();
    return {
      connection: async (request) => requests.connection(request),
      language: async (connection) => requests.language(connection),
      response: requests.response,
      ask: async (file, request, name, message) => requests.ask(file, request, name, message),
      responses,
      connectionOf: requests.connectionOf,
      confirm: async (prepared) => {
        if (!(await confirmWrite(prepared, this.parts)))
          throw new Refusal(prepared.request, { kind: 'told' });
      },
      send: async (prepared, step) => {
        const view = this.#begin(prepared, step, pages, batch);
        views.set(step, view);
        return view.send(resume);
      },
      report: async (step, outcome, prepared) => {
        if (outcome instanceof Refusal) refused(outcome);
        const view = views.get(step);
        if (outcome instanceof Refusal || prepared === undefined || view === undefined) return false;
        await this.#end(view, prepared, outcome);
        return outcome.kind === 'answered';
      },
    };
  }

  /** Begins a run; an earlier one of the same request that is still under way gives way. */
  #begin(prepared: Prepared, step: Step, mode: Pages | number, batch: Set<ResultPanel>): RunView {
    const key = requestKey(prepared);
    this.#active.get(key)?.giveWay();
    const pages = mode === 'run' || step.neededBy !== undefined ? (prepared.request.pages ?? 1) : mode;
    const view = new RunView(this.parts, prepared, {
      pages,
      notes: describeNeeds(step),
      again: () => void this.again(prepared, pages === 'all' ? 'all' : 'run'),
      resume: (result) => void this.resume(prepared, pages, result),
      batch,
    });
    this.#active.set(key, view);
    return view;
  }

  async #end(view: RunView, prepared: Prepared, outcome: RunOutcome): Promise<void> {
    const key = requestKey(prepared);
    await view.show(outcome);
    if (this.#active.get(key) === view) this.#active.delete(key);
    await this.parts.history
      .add(entryOf(prepared, outcome, view.startedAt))
      .catch((error: unknown) =>
        this.parts.output.error(`The history could not be written: ${String(error)}`),
      );
  }
}
