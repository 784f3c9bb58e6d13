/** One run in its results view: progress, pause, stop, going on, and what comes out. */
import * as vscode from 'vscode';
import type { Answer, ApiClient } from '#core/remote/api';
import { ApiError, describe } from '#core/remote/errors';
import { describeRetry } from '#core/remote/retry';
import { evaluate } from '#core/testing/evaluate';
import { outcomeOf, outcomeOfError, type Outcome as Expected } from '#core/testing/outcome';
import { CONCURRENCY } from '#core/running/fetch-pages';
import { Pause } from '#core/running/pause';
import { describeProgress, type FetchProgress, type Position } from '#core/running/progress';
import { runRequest, selectedFields, summaryOf, type RunResult } from '#core/running/run';
import type { ViewAction, ViewHead } from '#webview/messages';
import { ACTIONS } from '../workbench/errors';
import type { ResultPanel } from '../results/panel';
import { newRunId, RESUME } from '../results/panels';
import type { Unfinished } from '../results/unfinished';
import { viewFields } from '../results/view-fields';
import type { Services } from '../services';
import { titleOf, type Prepared } from './prepare';
import { showInformation } from '../workbench/messages';

const AGAIN: ViewAction = { id: 'again', label: 'Run Again' };
const STOP: ViewAction = { id: 'stop', label: 'Stop' };
const PAUSE: ViewAction = { id: 'pause', label: 'Pause' };
const CONTINUE: ViewAction = { id: 'continue', label: 'Continue' };

/** The head is drawn anew at most so often. */
const REDRAW_MS = 100;

/** What a run came to, for those who asked for it. */
export type Outcome =
  | { readonly kind: 'answered'; readonly result: RunResult }
  | { readonly kind: 'failed'; readonly error: unknown };

export interface SessionOptions {
  readonly pages: number | 'all';
  /** Runs the same request again; a write asks again. */
  readonly again: () => void;
  /** Views of the same batch, each of which stays; the run's own is added. */
  readonly batch?: Set<ResultPanel>;
}

/** Identifies a request over its runs: its name or title stays when lines move. */
export const requestKey = ({ document, request }: Pick<Prepared, 'document' | 'request'>): string =>
  `${document.uri.toString()} ${request.name ?? (request.title === '' ? String(request.index) : request.title)}`;

export class Session {
  readonly #abort = new AbortController();
  readonly #pause = new Pause();
  readonly #client: ApiClient;
  readonly #panel: ResultPanel;
  readonly #run = newRunId();
  readonly #startedAt = new Date();
  /** The first and the last. */
  #answers: readonly Answer[] = [];
  #over = false;
  readonly #closing: vscode.Disposable;
  #result: RunResult | undefined;
  #drawn = 0;

  constructor(
    private readonly services: Services,
    private readonly prepared: Prepared,
    private readonly options: SessionOptions,
  ) {
    const { connection } = prepared;
    this.#client = services.connections.client(connection);
    const paged = prepared.wire.method === 'GET' && options.pages !== 1;
    this.#panel = services.results.show(
      this.#head('running', 'Running…', { actions: paged ? [STOP, PAUSE] : [STOP] }),
      (panel) => (message) => {
        if (message.type === 'action' && this.#act(message.id)) return;
        void services.resultActions.handle(panel, message, prepared);
      },
      options.batch,
    );
    options.batch?.add(this.#panel);
    this.#closing = this.#panel.onDidDispose(() => this.#closed());
  }

  /** Nobody looks any more: a read ends, a change that was sent does not. */
  #closed(): void {
    if (!this.#over && this.#panel.head?.run === this.#run && this.prepared.wire.method === 'GET')
      this.abort();
  }

  get panel(): ResultPanel {
    return this.#panel;
  }

  abort(): void {
    this.#abort.abort();
    this.#pause.end();
  }

  /** Another run of the same request begins: it takes the view. A change that was sent comes to its end beside it. */
  giveWay(): void {
    if (this.prepared.wire.method !== 'GET') return;
    this.abort();
    this.#update({ state: 'stopped' });
  }

  /** The view may have gone on to another run. */
  #update(change: Partial<ViewHead>): void {
    if (this.#panel.head?.run === this.#run) this.#panel.update(change);
  }

  async run(resume?: RunResult): Promise<Outcome> {
    const { services, prepared, options } = this;
    const { wire } = prepared;
    services.apiProblems.clear(prepared);
    services.marks.clear(prepared.document, prepared.request.expectations);
    const begun = performance.now();
    if (resume !== undefined) this.#panel.add(resume.records);
    let came = resume?.records.length ?? 0;
    try {
      const result = await runRequest(this.#client, wire, {
        pages: options.pages,
        concurrency: concurrency(),
        signal: this.#abort.signal,
        pause: this.#pause,
        ...(resume === undefined ? {} : { resume }),
        onAnswer: (answer) => {
          this.#answers = [this.#answers[0] ?? answer, ...(this.#answers.length === 0 ? [] : [answer])];
        },
        onPage: ({ records }, progress) => {
          if (this.#panel.head?.run !== this.#run) return;
          this.#panel.add(records);
          came += records.length;
          this.#draw(progress, came);
        },
        onRetry: (retry) => this.#update({ summary: describeRetry(retry) }),
      });
      this.#over = true;
      this.#result = result;
      if (this.#panel.head?.run === this.#run)
        this.#panel.keepUnfinished(result.complete ? undefined : this.#unfinishedAt(result.position));
      await this.#showAnswers();
      this.#show(result, this.#verdict(outcomeOf(result)));
      this.#remember(result);
      return { kind: 'answered', result };
    } catch (error) {
      this.#over = true;
      const outcome = outcomeOfError(error, Math.round(performance.now() - begun));
      await this.#showAnswers(error);
      this.#fail(error, outcome === undefined ? [] : this.#verdict(outcome));
      return { kind: 'failed', error };
    } finally {
      this.#closing.dispose();
    }
  }

  #head(state: ViewHead['state'], summary: string, more: Partial<ViewHead> = {}): ViewHead {
    const { connection, wire, notes } = this.prepared;
    const { connections, metadata } = this.services;
    return {
      run: this.#run,
      request: requestKey(this.prepared),
      title: titleOf(this.prepared),
      state,
      method: wire.method,
      module: wire.module,
      address: this.#client.addressOf(wire),
      connection: connection.name,
      production: connections.isProduction(connection),
      startedAt: this.#startedAt.toISOString(),
      summary,
      notes,
      actions: [],
      select: selectedFields(wire),
      fields: viewFields(metadata.of(connection), wire.module),
      pinned: false,
      locale: systemLocale(),
      ...more,
    };
  }

  #draw(progress: FetchProgress, came: number): void {
    const now = Date.now();
    if (progress.pages === 1 && progress.total === undefined) return;
    if (now - this.#drawn < REDRAW_MS || this.#abort.signal.aborted) return;
    this.#drawn = now;
    if (this.#panel.head?.run !== this.#run) return;
    const { total } = progress;
    const text = describeProgress(progress);
    this.#panel.update(
      {
        summary: `${this.#pause.on ? 'Paused' : 'Running'}: ${text}`,
        progress: { done: came, ...(total === undefined ? {} : { of: total }), text },
      },
      this.#unfinishedAt(progress.position),
    );
  }

  /** Marks what was expected beside its lines; gives the sentences of what is not met. */
  #verdict(outcome: Expected): string[] {
    const { expectations, document } = this.prepared;
    if (expectations.length === 0) return [];
    const results = evaluate(expectations, outcome);
    this.services.marks.show(document, results);
    const failed = results.filter(({ passed }) => !passed).map(({ message }) => message);
    if (failed.length > 0) return failed;
    return [results.length === 1 ? 'The expectation is met.' : `All ${results.length} expectations are met.`];
  }

  #show(result: RunResult, verdict: readonly string[]): void {
    const { wire, notes } = this.prepared;
    const { stoppedBy } = result;
    const ended = { summary: summaryOf(result, wire.method), notes: [...verdict, ...notes, ...result.notes] };
    const again = wire.method === 'GET' ? [AGAIN] : [];
    if (stoppedBy === undefined) {
      this.#tellOfWrite(ended.summary);
      this.#update({ ...ended, state: 'done', actions: again });
      return;
    }
    const { sentence, details } = describe(stoppedBy);
    this.services.output.error(details);
    this.#update({
      ...ended,
      state: 'stopped',
      error:
        stoppedBy.kind === 'cancelled'
          ? 'Stopped; what came before is kept.'
          : `Not all pages came; what came before is kept. ${sentence}`,
      actions: [RESUME, ...again],
    });
  }

  #fail(error: unknown, verdict: readonly string[]): void {
    const { services, prepared } = this;
    const { sentence, actions, details } = describe(error);
    services.output.error(details);
    this.#tellOfWrite(sentence);
    const repeat = prepared.wire.method === 'GET' ? [AGAIN] : [];
    if (error instanceof ApiError && error.kind === 'cancelled') {
      const write = prepared.wire.method !== 'GET';
      this.#update({
        state: 'stopped',
        summary: 'Stopped before an answer came.',
        ...(write ? { error: sentence } : {}),
        actions: repeat,
      });
      return;
    }
    if (error instanceof ApiError) services.apiProblems.show(prepared, error);
    const buttons: ViewAction[] = actions.flatMap((action) =>
      action === 'retry' ? [] : [{ id: action, label: ACTIONS[action].label }],
    );
    this.#update({
      state: 'failed',
      summary: 'No answer to show.',
      error: sentence,
      notes: [...verdict, ...prepared.notes],
      actions: actions.includes('retry') ? [...repeat, ...buttons] : [...buttons, ...repeat],
    });
  }

  /** What became of a change is said also when its view was closed meanwhile. */
  #tellOfWrite(sentence: string): void {
    if (this.prepared.wire.method === 'GET' || !this.#panel.closed) return;
    void showInformation(`${titleOf(this.prepared)}: ${sentence}`);
  }

  /** So that another window can go on when this one is closed. */
  #unfinishedAt(position: Position): Unfinished {
    const { document, request, wire } = this.prepared;
    const { title, index, name } = request;
    return {
      file: document.uri.toString(),
      request: { title, index, ...(name === undefined ? {} : { name }) },
      pages: this.options.pages,
      address: this.#client.addressOf(wire),
      position,
    };
  }

  async #showAnswers(error?: unknown): Promise<void> {
    const refusal = error instanceof ApiError ? error.facts.answer : undefined;
    const answers =
      refusal === undefined
        ? await Promise.all(this.#answers.map(async (answer) => this.#client.shown(answer)))
        : [refusal];
    // As text they may be large, and nobody needs them any more.
    this.#answers = [];
    if (this.#panel.head?.run === this.#run) this.#panel.showAnswers(answers);
  }

  /** Values of this answer are there for other requests. */
  #remember(result: RunResult): void {
    const { request, document, connection } = this.prepared;
    if (request.name !== undefined)
      this.services.answers.keep(document.uri.toString(), request.name, connection.id, result.json);
  }

  #steer(id: 'stop' | 'pause' | 'continue'): void {
    if (id === 'stop') {
      this.abort();
      return;
    }
    if (id === 'pause') this.#pause.begin();
    else this.#pause.end();
    this.#update(
      id === 'pause'
        ? { state: 'paused', actions: [STOP, CONTINUE] }
        : { state: 'running', actions: [STOP, PAUSE] },
    );
  }

  /** True when the button was this run's. */
  #act(id: string): boolean {
    switch (id) {
      case 'stop':
      case 'pause':
      case 'continue':
        // Pressed at the moment at which it ended.
        if (!this.#over) this.#steer(id);
        return true;
      case 'resume':
        if (this.#result !== undefined)
          void this.services.runs.start(this.prepared, this.options, this.#result);
        return true;
      case 'again':
        this.options.again();
        return true;
      default:
        if (!(id in ACTIONS)) return false;
        void vscode.commands.executeCommand(
          ACTIONS[id as keyof typeof ACTIONS].command,
          this.prepared.connection,
        );
        return true;
    }
  }
}

/** How many pages are asked for at a time. */
const concurrency = (): number =>
  vscode.workspace.getConfiguration('apq').get<number>('fetch.concurrency', CONCURRENCY);

/** Dates and numbers as the system writes them: the editor speaks English in America's way only. */
const systemLocale = (): string => Intl.DateTimeFormat().resolvedOptions().locale;
