/** One results view: shows a run from its start, keeps its records, and talks to the web view. */
import * as vscode from 'vscode';
import type { ApiRecord } from '#core/results/read-page';
import type { ResultSpool } from '#core/results/spool';
import { idOf } from '#core/results/table';
import type { Prepared } from '#core/running/prepare';
import { forLabel } from '#core/text/foreign-text';
import { mask } from '#core/text/mask';
import type { ShownResponse } from '#core/text/shown-response';
import { writeJson } from '#core/values/write-json';
import { mergedRecord } from '#core/writing/afterwards';
import {
  changesRecords,
  type FromView,
  type PreviousAnswer,
  targetOf,
  type ToView,
  type ViewHead,
  type ViewOther,
} from '#webview/messages';
import { resultsPage } from '#webview/page';
import { showPage } from '../workbench/web-page';
import type { WrittenCells } from './grid-edits';
import type { Unfinished } from './unfinished';

/** Records are sent in chunks, so that a large response does not block the window. */
const CHUNK = 2000;

/** Messages of the view that its panel does not handle itself. */
export type ViewRequest = Exclude<FromView, { type: 'ready' | 'copy' | 'edits' | 'back' }>;

/** The run whose records a view shows; absent for a result of an earlier window. */
export interface ShownRun {
  /** Absent for related records, which no file asks for. */
  readonly prepared?: Prepared;
  /** Does what a button asks for; returns false for a button that does not belong to the run. */
  act(id: string): boolean;
  /** Its result is not shown any more, and can't be again. */
  leave?(): void;
}

/** A result of the view that related records took the place of. */
interface LeftResult {
  readonly head: ViewHead;
  readonly records: ApiRecord[];
  readonly responses: readonly ShownResponse[];
  readonly shown: ShownRun | undefined;
  readonly name: string | undefined;
  readonly unfinished: Unfinished | undefined;
}

export class ResultPanel {
  #head: ViewHead | undefined;
  #records: ApiRecord[] = [];
  #responses: readonly ShownResponse[] = [];
  #other: ViewOther | undefined;
  #ready = false;
  #closed = false;
  /** How many records the view has received. */
  #sent = 0;
  #sending = false;
  #spool: ResultSpool | undefined;
  /** The answer before this one, which is on the disk only. */
  #previous: { readonly spool: ResultSpool; readonly startedAt: string } | undefined;
  #shown: ShownRun | undefined;
  readonly #requests = new vscode.EventEmitter<ViewRequest>();
  /** Fires for requests that the run itself did not handle. */
  readonly onRequest = this.#requests.event;
  #name: string | undefined;
  /** The results behind related records; the first is that of the run. */
  #trail: LeftResult[] = [];
  #unfinished: Unfinished | undefined;
  /** Changes of cells that are not sent: a text of `keptEdits`. */
  #edits: string | undefined;

  constructor(
    private readonly panel: vscode.WebviewPanel,
    extensionUri: vscode.Uri,
  ) {
    panel.webview.onDidReceiveMessage((message: FromView) => this.#receive(message));
    panel.onDidDispose(() => {
      this.#closed = true;
      this.#ready = false;
      this.#leave(0);
      this.#spool?.remove();
      this.#spool = undefined;
      this.#previous?.spool.remove();
      this.#requests.dispose();
    });
    showPage(panel, extensionUri, 'results', resultsPage);
  }

  get head(): ViewHead | undefined {
    return this.#head;
  }

  /** The head of the run, also while it shows what is related to one of its records. */
  get base(): ViewHead | undefined {
    return this.#trail[0]?.head ?? this.#head;
  }

  /** The URI of the file whose request was run; undefined for a result of an earlier window. */
  get file(): string | undefined {
    return (this.#trail[0]?.shown ?? this.#shown)?.prepared?.file.id;
  }

  /** The request whose records it shows; undefined for a result of an earlier window, and for related records. */
  get prepared(): Prepared | undefined {
    return this.#shown?.prepared;
  }

  get records(): readonly ApiRecord[] {
    return this.#records;
  }

  get title(): string {
    return this.#name ?? this.#head?.title ?? '';
  }

  /** Whether later runs must leave it alone: it is pinned, or its own run is under way. */
  get taken(): boolean {
    return this.#head?.pinned === true || this.#head?.state === 'running' || this.#head?.state === 'paused';
  }

  /** Whether the user closed it; a run that is still under way then shows nothing. */
  get closed(): boolean {
    return this.#closed;
  }

  /** What changes of its cells belong to; undefined before the first run. */
  get target(): string | undefined {
    return this.base === undefined ? undefined : targetOf(this.base);
  }

  /** Changes of cells that were not sent; undefined where there are none. */
  get edits(): string | undefined {
    return this.#edits;
  }

  /** Whether it is the tab that is seen in its group. */
  get visible(): boolean {
    return this.panel.visible;
  }

  get onDidDispose(): vscode.Event<void> {
    return this.panel.onDidDispose;
  }

  /**
   * Shows another run. `spool` keeps it across a reload. `left`: changes of cells that an earlier view of the same records
   * left behind.
   */
  begin(head: ViewHead, spool: ResultSpool, shown: ShownRun, left?: string): void {
    this.#keepPrevious(head);
    this.#spool = spool;
    this.#leave(0);
    this.#trail = [];
    this.#name = undefined;
    this.#restore(head, [], shown);
    if (left !== undefined) {
      this.#edits = left;
      this.#sendEdits();
    }
    if (!this.panel.visible) this.panel.reveal(undefined, true);
  }

  /** Shows related records in place of the result, which stays behind them. */
  enter(head: ViewHead, shown: ShownRun): void {
    if (this.#head === undefined) return;
    this.#trail.push({
      head: this.#head,
      records: this.#records,
      responses: this.#responses,
      shown: this.#shown,
      name: this.#name,
      unfinished: this.#unfinished,
    });
    this.#name = undefined;
    this.#restore(head, [], shown);
  }

  /** Fetches related records once more. */
  renew(head: ViewHead, shown: ShownRun): void {
    this.#restore(head, [], shown);
  }

  /** Goes back to a result of the trail. */
  back(to: number): void {
    const left = this.#trail[to];
    if (left === undefined) return;
    this.#leave(to + 1);
    this.#trail.length = to;
    this.#name = left.name;
    this.#restore({ ...left.head, pinned: this.#head?.pinned ?? false }, left.records, left.shown, left);
  }

  /** Ends what is under way for the results of the trail from one on, and for the one that is shown. */
  #leave(from: number): void {
    for (const { shown } of this.#trail.slice(from)) shown?.leave?.();
    this.#shown?.leave?.();
  }

  /** Marks results as an earlier answer: the one that is shown and those behind it, where `concerns` is true of them. */
  markEarlier(
    earlier: NonNullable<ViewHead['earlier']>,
    concerns: (head: ViewHead, records: readonly ApiRecord[]) => boolean,
  ): void {
    this.#trail = this.#trail.map((left) =>
      concerns(left.head, left.records) ? { ...left, head: { ...left.head, earlier } } : left,
    );
    if (this.#head !== undefined && concerns(this.#head, this.#records)) this.update({ earlier });
  }

  /** Tells the view something that is not kept. */
  tell(message: Extract<ToView, { type: 'relations' | 'relationCount' | 'names' }>): void {
    this.#send(message);
  }

  /** Keeps the answer that the next run of the same request replaces; of several, the last that came as it should. */
  #keepPrevious(next: ViewHead): void {
    const { base } = this;
    const same = base?.request === next.request;
    if (same && base.state === 'done' && !changesRecords(base) && this.#spool !== undefined) {
      this.#previous?.spool.remove();
      this.#previous = { spool: this.#spool, startedAt: base.startedAt };
      return;
    }
    this.#spool?.remove();
    if (same) return;
    this.#previous?.spool.remove();
    this.#previous = undefined;
  }

  /** The answer to the same request before this one; undefined where there is none. */
  get previous(): PreviousAnswer | undefined {
    if (this.#previous === undefined || this.#trail.length > 0) return undefined;
    const { spool, startedAt } = this.#previous;
    return { run: spool.id, startedAt };
  }

  /** Reads the records of that answer; undefined where they are not kept any more. */
  async previousRecords(): Promise<readonly ApiRecord[] | undefined> {
    return this.#previous?.spool.records();
  }

  /** Shows what was fetched before a reload. `previous`: where the answer before it is kept. */
  restore(head: ViewHead, records: ApiRecord[], spool: ResultSpool, previous?: ResultSpool): void {
    this.#spool = spool;
    if (previous !== undefined && head.previous !== undefined)
      this.#previous = { spool: previous, startedAt: head.previous.startedAt };
    this.#restore(head, records, undefined);
  }

  #restore(head: ViewHead, records: ApiRecord[], shown: ShownRun | undefined, left?: LeftResult): void {
    // Nothing is kept of the previous run, such as its error or progress.
    this.#head = undefined;
    this.#unfinished = left?.unfinished;
    this.#records = records;
    this.#responses = left?.responses ?? [];
    this.#other = undefined;
    this.#shown = shown;
    this.#sent = 0;
    this.update(head);
    this.#send({ type: 'reset' });
    if (left !== undefined) {
      if (this.#trail.length === 0) this.#sendEdits();
      this.#send({ type: 'responses', responses: this.#responses });
    }
    void this.#sendRecords();
  }

  /** Shows what a view had that was closed, with its changes of cells. */
  takeOver(closed: ResultPanel, spool: ResultSpool): void {
    this.#spool = spool;
    closed.back(0);
    this.#name = closed.#name;
    this.#edits = closed.#edits;
    const head = closed.#head;
    if (head === undefined) return;
    this.#restore(head, closed.#records, closed.#shown);
    this.#responses = closed.#responses;
    this.#spool.add(this.#records);
    this.keepUnfinished(closed.#unfinished);
  }

  #sendEdits(): void {
    if (this.#edits !== undefined) this.#send({ type: 'edits', json: this.#edits });
  }

  /** `unfinished`: how far a fetch got, for a later window. */
  update(change: Partial<ViewHead>, unfinished = this.#unfinished): void {
    if (this.#head === undefined && !isWhole(change)) return;
    // The title and the pin belong to the panel: a run that goes on must not reset them.
    const pinned =
      this.#head?.run === change.run || change.run === undefined ? this.#head?.pinned : undefined;
    const head = { ...this.#head, ...masked(change) } as ViewHead;
    this.#head = { ...head, pinned: change.pinned ?? pinned ?? false };
    this.#unfinished = unfinished;
    if (this.#closed) return;
    this.panel.title = `${forLabel(this.title)}${this.#head.pinned ? ' (pinned)' : ''}`;
    this.#keepHead();
    this.#sendHead();
  }

  #sendHead(): void {
    if (this.#head === undefined) return;
    const trail = this.#trail.map(({ name, head }) => name ?? head.title);
    this.#send({
      type: 'head',
      head: {
        ...this.#head,
        title: this.title,
        ...(this.previous !== undefined && { previous: this.previous }),
        ...(trail.length > 0 && { trail }),
      },
    });
  }

  /** Keeps how far a fetch got, for a later window; undefined when it can't go on. */
  keepUnfinished(unfinished: Unfinished | undefined): void {
    this.#unfinished = unfinished;
    this.#keepHead();
  }

  get unfinished(): Unfinished | undefined {
    return this.#unfinished;
  }

  /** Where the result is kept on the disk: that of the run only, not what is related to its records. */
  get #keeper(): ResultSpool | undefined {
    return this.#trail.length === 0 ? this.#spool : undefined;
  }

  #keepHead(): void {
    this.#keeper?.head({
      ...this.#head,
      title: this.title,
      ...(this.previous !== undefined && { previous: this.previous }),
      ...(this.#unfinished === undefined ? {} : { unfinished: this.#unfinished }),
    });
  }

  /** Shows what became of changes of cells, and keeps the records as they are now. */
  showWritten({ records, outcomes }: WrittenCells): void {
    const now = new Map(records.map((record) => [idOf(record), record]));
    const written = new Map<string, string[]>();
    for (const { id, column } of outcomes) written.set(id, [...(written.get(id) ?? []), column]);
    const shown = new Map<string, ApiRecord>();
    this.#records.forEach((record, at) => {
      const id = idOf(record);
      const next = id === undefined ? undefined : now.get(id);
      if (id === undefined || next === undefined) return;
      const merged = mergedRecord(record, next, written.get(id) ?? []);
      this.#records[at] = merged;
      shown.set(id, merged);
    });
    if (shown.size > 0) this.#keeper?.replace(this.#records);
    this.#send({ type: 'written', json: writeJson({ records: [...shown.values()], outcomes }) });
  }

  add(records: readonly ApiRecord[]): void {
    if (this.#closed) return;
    for (const record of records) this.#records.push(record);
    this.#keeper?.add(records);
    void this.#sendRecords();
  }

  showResponses(responses: readonly ShownResponse[]): void {
    this.#responses = responses;
    this.#send({ type: 'responses', responses });
  }

  compareWith(other: ViewOther | undefined): void {
    this.#other = other;
    this.#send(other === undefined ? { type: 'compare' } : { type: 'compare', other });
  }

  rename(name: string): void {
    this.#name = name;
    this.update({});
  }

  reveal(): void {
    if (!this.#closed) this.panel.reveal();
  }

  dispose(): void {
    this.panel.dispose();
  }

  #send(message: ToView): void {
    if (this.#ready) void this.panel.webview.postMessage(message);
  }

  /** Pauses after each chunk: a million records must not hold up the window. */
  async #sendRecords(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    try {
      while (this.#ready && this.#sent < this.#records.length) {
        const start = this.#sent;
        const chunk = this.#records.slice(start, start + CHUNK);
        this.#sent += chunk.length;
        this.#send({ type: 'records', start, json: writeJson(chunk) });
        await new Promise((resolve) => setImmediate(resolve));
      }
    } finally {
      this.#sending = false;
    }
  }

  #receive(message: FromView): void {
    switch (message.type) {
      case 'ready':
        this.#ready = true;
        this.#sendHead();
        if (this.#trail.length === 0) this.#sendEdits();
        this.#send({ type: 'reset' });
        this.#sent = 0;
        void this.#sendRecords();
        this.#send({ type: 'responses', responses: this.#responses });
        if (this.#other !== undefined) this.#send({ type: 'compare', other: this.#other });
        return;
      case 'back':
        this.back(message.to);
        return;
      case 'edits':
        if (message.target === this.target) this.#edits = message.json === '[]' ? undefined : message.json;
        return;
      case 'copy':
        void vscode.env.clipboard.writeText(message.text);
        vscode.window.setStatusBarMessage(`$(check) ${forLabel(message.what)} copied`, 4000);
        return;
      default:
        if (message.type === 'action' && this.#shown?.act(message.id) === true) return;
        this.#requests.fire(message);
    }
  }
}

/** Texts of a head may hold what was typed into the request, and are kept on the disk. */
function masked({ address, summary, error, notes, ...rest }: Partial<ViewHead>): Partial<ViewHead> {
  return {
    ...rest,
    ...(address === undefined ? {} : { address: mask(address) }),
    ...(summary === undefined ? {} : { summary: mask(summary) }),
    ...(error === undefined ? {} : { error: mask(error) }),
    ...(notes === undefined ? {} : { notes: notes.map((note) => mask(note)) }),
  };
}

const isWhole = (head: Partial<ViewHead>): head is ViewHead =>
  head.run !== undefined && head.title !== undefined && head.state !== undefined;
