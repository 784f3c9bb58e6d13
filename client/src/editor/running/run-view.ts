/** One run in its results view: progress, pause, stop, resuming, and the result. */
import * as vscode from 'vscode';
import { describeWait } from '#core/remote/allowance';
import type { ApiClient, ApiResponse } from '#core/remote/api';
import { ApiError, isCancelled } from '#core/remote/api-error';
import { describe } from '#core/remote/describe-error';
import { describeRetry } from '#core/remote/retry';
import { Pause } from '#core/running/pause';
import type { RunOutcome } from '#core/running/pipeline';
import {
  isChange,
  methodOf,
  type Prepared,
  type PreparedRequest,
  type PreparedSql,
  runTitle,
  subjectOf,
} from '#core/running/prepare';
import { describeProgress, type FetchProgress, type Position } from '#core/running/progress';
import { type RunResult, selectedFields, sendRequest } from '#core/running/send';
import { runSql } from '#core/sql/run-sql';
import type { Verdict } from '#core/testing/judge';
import { recordAfter, unlikeSent } from '#core/writing/afterwards';
import { SqlError } from '#engine/faults';
import type { SqlEngine } from '#engine/sql-engine';
import type { ViewAction, ViewHead } from '#webview/messages';
import type { Connections } from '../connections/connections';
import type { EditorMetadata } from '../metadata/editor-metadata';
import { editLock } from '../results/edit-lock';
import type { ResultPanel } from '../results/panel';
import { newRunId, type ResultPanels } from '../results/panels';
import type { Unfinished } from '../results/unfinished';
import { computedField, viewFields } from '../results/view-fields';
import type { VerdictDecorations } from '../testing/verdict-decorations';
import { buttonOf } from '../workbench/errors';
import { showInformation } from '../workbench/messages';
import type { Output } from '../workbench/output';
import { openDocument } from '../workbench/query-files';
import { setting } from '../workbench/settings';
import type { ApiProblems } from './api-problems';
import { CONTINUE, headOfEnd, PAUSE, sentencesOf, STOP } from './run-head';

/** The least time between two redraws of the head. */
const REDRAW_MS = 100;

export interface ViewParts {
  readonly connections: Connections;
  readonly metadata: EditorMetadata;
  readonly panels: ResultPanels;
  readonly decorations: VerdictDecorations;
  readonly apiProblems: ApiProblems;
  readonly engine: SqlEngine;
  readonly output: Output;
}

export interface ViewOptions {
  readonly pages: number | 'all';
  /** What the user should know besides the request's own notes. */
  readonly notes: readonly string[];
  /** Runs the same request again; a write asks for confirmation again. */
  readonly again: () => void;
  /** Runs it for all pages. */
  readonly fetchAll: () => void;
  /** Continues where the result ended. */
  readonly resume: (result: RunResult) => void;
  /** Views of the same batch, each of which stays; the run's own is added. */
  readonly batch?: Set<ResultPanel>;
}

/** Identifies a request across its runs: its name or title stays when lines move. */
export const requestKey = ({ file, request }: Pick<Prepared, 'file' | 'request'>): string =>
  `${file.id} ${request.name ?? (request.title === '' ? String(request.index) : request.title)}`;

export class RunView {
  readonly #abort = new AbortController();
  readonly #pause = new Pause();
  readonly #client: ApiClient;
  readonly #panel: ResultPanel;
  readonly #run = newRunId();
  readonly startedAt = new Date();
  /** The first and the last response. */
  #responses: readonly ApiResponse[] = [];
  #over = false;
  readonly #closing: vscode.Disposable;
  #result: RunResult | undefined;
  /** The change in the log. */
  #entry: string | undefined;
  #drawn = 0;

  constructor(
    private readonly parts: ViewParts,
    private readonly prepared: Prepared,
    private readonly options: ViewOptions,
  ) {
    this.#client = parts.connections.client(prepared.connection);
    const paged = prepared.kind === 'request' && !isChange(prepared) && options.pages !== 1;
    this.#panel = parts.panels.show(
      this.#head('running', 'Running…', paged ? [STOP, PAUSE] : [STOP]),
      { prepared, act: (id) => this.#act(id) },
      options.batch,
    );
    options.batch?.add(this.#panel);
    this.#closing = this.#panel.onDidDispose(() => this.#closed());
  }

  /** The view was closed: a read ends, a change that was sent does not. */
  #closed(): void {
    if (!this.#over && this.#panel.head?.run === this.#run && !isChange(this.prepared)) this.abort();
  }

  abort(): void {
    this.#abort.abort();
    this.#pause.end();
  }

  /** Leaves the view to another run of the same request. A change that was sent still runs to its end. */
  giveWay(): void {
    if (isChange(this.prepared)) return;
    this.abort();
    this.#update({ state: 'stopped' });
  }

  /** Updates the view, unless it shows another run by now. */
  #update(change: Partial<ViewHead>): void {
    if (this.#panel.head?.run === this.#run) this.#panel.update(change);
  }

  /** Sends the request and shows its records as they arrive. Throws `ApiError`. */
  async send(prepared: PreparedRequest, resume?: RunResult): Promise<RunResult> {
    const { options } = this;
    clearMarks(this.parts, prepared);
    if (resume !== undefined) this.#panel.add(resume.records);
    let came = resume?.records.length ?? 0;
    return sendRequest(this.#client, prepared.wire, {
      pages: options.pages,
      concurrency: setting('fetch.concurrency'),
      signal: this.#abort.signal,
      pause: this.#pause,
      ...(resume === undefined ? {} : { resume }),
      onResponse: (response) => {
        this.#responses = [
          this.#responses[0] ?? response,
          ...(this.#responses.length === 0 ? [] : [response]),
        ];
      },
      onPage: ({ records }, progress) => {
        // Of a change, the record is shown as it is afterwards.
        if (this.#panel.head?.run !== this.#run || isChange(prepared)) return;
        this.#panel.add(records);
        came += records.length;
        this.#draw(progress, came);
      },
      onRetry: (retry) => this.#update({ summary: describeRetry(retry) }),
      onWait: (milliseconds) => this.#update({ summary: describeWait(milliseconds) }),
    });
  }

  /** Asks the engine, and shows the rows. Throws `SqlError`, and `ApiError` where it was stopped. */
  async query(prepared: PreparedSql): Promise<RunResult> {
    clearMarks(this.parts, prepared);
    const result = await runSql(this.parts.engine, prepared, { signal: this.#abort.signal });
    const { columns = [] } = result;
    this.#update({ select: columns.map(({ name }) => name), fields: columns.map(computedField) });
    if (this.#panel.head?.run === this.#run) this.#panel.add(result.records);
    return result;
  }

  /** Shows how the run ended. */
  async show(outcome: RunOutcome): Promise<void> {
    this.#over = true;
    this.#closing.dispose();
    const verdicts = this.#showVerdicts(outcome.verdicts ?? []);
    let unlike: readonly string[] = [];
    if (outcome.kind === 'failed') await this.#showResponses(outcome.error);
    else {
      const { result } = outcome;
      this.#result = result;
      if (outcome.kind === 'answered') this.#entry = outcome.written?.entry;
      if (this.#panel.head?.run === this.#run)
        this.#panel.keepUnfinished(
          result.extent.kind === 'stopped' ? this.#unfinishedAt(result.position) : undefined,
        );
      await this.#showResponses();
      unlike = await this.#showWritten(outcome);
    }
    this.#showEnd(outcome, [...verdicts, ...unlike]);
  }

  /** Shows the record as it is after the change, else the answer. Returns what is not as it was sent. */
  async #showWritten(outcome: Exclude<RunOutcome, { kind: 'failed' }>): Promise<string[]> {
    const { prepared } = this;
    if (prepared.kind === 'sql' || !isChange(prepared)) return [];
    const { result } = outcome;
    const { connection, fields, wire } = prepared;
    const change = outcome.kind === 'answered' ? outcome.written?.change : undefined;
    const record =
      change && (await recordAfter(this.#client, change, result.createdId, fields, this.#abort.signal));
    const id = change !== undefined && 'id' in change ? change.id : undefined;
    if (id !== undefined)
      this.parts.panels.markChanged({ connection: connection.name, module: wire.module, id }, this.#panel);
    if (this.#panel.head?.run === this.#run)
      this.#panel.add(record === undefined ? result.records : [record]);
    return change === undefined || record === undefined ? [] : unlikeSent(change, record);
  }

  #head(state: ViewHead['state'], summary: string, actions: readonly ViewAction[]): ViewHead {
    const { prepared } = this;
    const { connection } = prepared;
    const { connections } = this.parts;
    const lock = editLock(this.prepared, connections.levelOf(connection));
    return {
      run: this.#run,
      request: requestKey(this.prepared),
      title: runTitle(this.prepared),
      state,
      method: methodOf(prepared),
      module: subjectOf(prepared),
      address: this.#address,
      connection: connectionsOf(prepared),
      production: connections.isProduction(connection),
      startedAt: this.startedAt.toISOString(),
      summary,
      notes: this.#notes,
      actions,
      ...this.#columns,
      ...(lock === undefined ? {} : { readOnly: lock }),
      pinned: false,
      // Dates and numbers as the system formats them: the editor knows US English only.
      locale: Intl.DateTimeFormat().resolvedOptions().locale,
    };
  }

  /** What was called; of a SQL request, its tables. */
  get #address(): string {
    const { prepared } = this;
    return prepared.kind === 'sql' ? subjectOf(prepared) : this.#client.addressOf(prepared.wire);
  }

  /** Those of a SQL request are known with its result. */
  get #columns(): Pick<ViewHead, 'select' | 'fields'> {
    const { prepared, parts } = this;
    if (prepared.kind === 'sql') return { select: [], fields: [] };
    const { wire, connection } = prepared;
    return { select: selectedFields(wire), fields: viewFields(parts.metadata.of(connection), wire.module) };
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

  /** Shows the verdicts next to their lines. Returns sentences on the expectations that are not met. */
  #showVerdicts(verdicts: readonly Verdict[]): string[] {
    const document = openDocument(this.prepared.file);
    if (document !== undefined && verdicts.length > 0) this.parts.decorations.show(document, verdicts);
    return sentencesOf(verdicts);
  }

  get #notes(): readonly string[] {
    return [...this.options.notes, ...this.prepared.notes];
  }

  #showEnd(outcome: RunOutcome, verdicts: readonly string[]): void {
    const { parts, prepared } = this;
    const notes = [...verdicts, ...this.#notes];
    const end = headOfEnd(outcome, methodOf(prepared), notes);
    if (outcome.kind === 'doubtful') parts.output.error(outcome.reason);
    else if (outcome.kind !== 'answered') parts.output.error(describe(outcome.error).details);
    if (outcome.kind === 'failed' && outcome.error instanceof ApiError && !isCancelled(outcome.error))
      parts.apiProblems.show(prepared, outcome.error);
    if (outcome.kind === 'failed' && outcome.error instanceof SqlError)
      parts.apiProblems.showFault(prepared, outcome.error);
    if (outcome.kind !== 'stopped') this.#tellOfWrite(end.error ?? end.summary);
    this.#update(end);
  }

  /** Tells the outcome of a change even when its view was closed meanwhile. */
  #tellOfWrite(sentence: string): void {
    if (!isChange(this.prepared) || !this.#panel.closed) return;
    void showInformation(`${runTitle(this.prepared)}: ${sentence}`);
  }

  /** Returns what another window needs to go on after this one is closed. */
  #unfinishedAt(position: Position): Unfinished {
    const { file, request } = this.prepared;
    const { title, index, name } = request;
    return {
      file: file.id,
      request: { title, index, ...(name === undefined ? {} : { name }) },
      pages: this.options.pages,
      address: this.#address,
      position,
    };
  }

  async #showResponses(error?: unknown): Promise<void> {
    const refusal = error instanceof ApiError ? error.facts.response : undefined;
    const responses =
      refusal === undefined
        ? await Promise.all(this.#responses.map(async (response) => this.#client.shown(response)))
        : [refusal];
    // They may be large, and are no longer needed.
    this.#responses = [];
    if (this.#panel.head?.run === this.#run) this.#panel.showResponses(responses);
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

  /** Returns true when the button belongs to this run. */
  #act(id: string): boolean {
    switch (id) {
      case 'stop':
      case 'pause':
      case 'continue':
        // The run may have ended just before the click.
        if (!this.#over) this.#steer(id);
        return true;
      case 'resume':
        if (this.#result !== undefined) this.options.resume(this.#result);
        return true;
      case 'again':
        this.options.again();
        return true;
      case 'fetchAll':
        this.options.fetchAll();
        return true;
      case 'undo':
        void vscode.commands.executeCommand('apq.undoLastChange', this.#entry);
        return true;
      default: {
        const button = buttonOf(id, this.prepared.connection);
        button?.press();
        return button !== undefined;
      }
    }
  }
}

/** Clears what an earlier run of the request marked in its file. */
export function clearMarks(
  { apiProblems, decorations }: Pick<ViewParts, 'apiProblems' | 'decorations'>,
  { file, request }: Prepared,
): void {
  const document = openDocument(file);
  if (document === undefined) return;
  apiProblems.clear(document, request);
  decorations.clear(document, request.expectations);
}

/** The name of the connection; of a SQL request, those of its tables. */
function connectionsOf(prepared: Prepared): string {
  const tables = prepared.kind === 'sql' ? prepared.tables.flatMap(({ answer }) => answer?.from ?? []) : [];
  return tables.length === 0 ? prepared.connection.name : [...new Set(tables)].join(', ');
}
