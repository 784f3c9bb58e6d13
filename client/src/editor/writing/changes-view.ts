/** The changes view: shows what writes will do, and lets the user agree; then how far they are, and how they ended. */
import * as vscode from 'vscode';
import { forLabel } from '#core/text/foreign-text';
import { mask } from '#core/text/mask';
import { writeJson } from '#core/values/write-json';
import type { NumberedChange } from '#core/writing/change-source';
import type { WireRequest } from '#language';
import type { ChangesHead, FromChanges, ToChanges } from '#webview/changes/messages';
import { changesPage } from '#webview/changes/page';
import type { Connections } from '../connections/connections';
import { requestPage } from '../running/preview-request';
import type { TextPages } from '../workbench/text-pages';
import { showPage } from '../workbench/web-page';
import type {
  ChangesPress,
  ChangesProgress,
  ChangesReport,
  ChangesToShow,
  ChangesView,
  ShowsChanges,
} from './changes';
import { shownChange } from './shown-change';

const TYPE = 'apq.changes';

/** The page keeps fewer changes than this. */
const MOST_KEPT = 10_000;
/** The least time between two messages about the progress, in milliseconds. */
const OFTEN = 200;
const NOTHING_SENT = ['Nothing has been sent.'];

/** What the view uses. */
export interface ChangesParts {
  readonly connections: Connections;
  readonly pages: TextPages;
}

/** Opens the views. */
export class ChangesViews implements ShowsChanges {
  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly parts: ChangesParts,
  ) {}

  /** Opens a tab that takes the focus: Escape and Enter are for the question, not for the file behind it. */
  open(what: ChangesToShow): ChangesView {
    const panel = vscode.window.createWebviewPanel(
      TYPE,
      forLabel(what.title),
      { viewColumn: vscode.ViewColumn.Active },
      { retainContextWhenHidden: true },
    );
    return new OpenChanges(panel, this.extensionUri, this.parts, what);
  }
}

class OpenChanges implements ChangesView {
  #closed = false;
  #ready = false;
  #phase: ChangesHead['phase'] = 'asking';
  #why: string | undefined;
  #progress: ChangesProgress | undefined;
  #report: ChangesReport | undefined;
  /** Counts what was shown: an answer is one to what the user saw. */
  #version = 1;
  /** The requests of the changes that the page has, by row. */
  readonly #requests = new Map<number, WireRequest>();
  #timer: NodeJS.Timeout | undefined;
  #answers: ((agreed: boolean) => void)[] = [];
  readonly #heard: ((press: ChangesPress) => void)[] = [];

  constructor(
    private readonly panel: vscode.WebviewPanel,
    extensionUri: vscode.Uri,
    private readonly parts: ChangesParts,
    private what: ChangesToShow,
  ) {
    panel.webview.onDidReceiveMessage((message: FromChanges) => void this.#receive(message));
    panel.onDidDispose(() => {
      this.#closed = true;
      this.#answer(false);
      this.#tell('closed');
    });
    showPage(panel, extensionUri, 'changes', changesPage);
  }

  get closed(): boolean {
    return this.#closed;
  }

  async agreed(): Promise<boolean> {
    if (this.#closed) return false;
    return new Promise((resolve) => this.#answers.push(resolve));
  }

  show(again: Parameters<ChangesView['show']>[0], why: string): void {
    this.what = { ...this.what, ...again };
    this.#why = why;
    this.#phase = 'asking';
    this.#sendHead();
    if (!this.#closed && !this.panel.visible) this.panel.reveal();
  }

  progress(progress: ChangesProgress): void {
    if (this.#phase === 'ended') return;
    this.#phase = 'sending';
    this.#progress = progress;
    this.#timer ??= setTimeout(() => this.#sendHead(), OFTEN);
  }

  end(report: ChangesReport): void {
    this.#phase = 'ended';
    this.#report = report;
    this.#sendHead();
  }

  onPress(heard: (press: ChangesPress) => void): void {
    this.#heard.push(heard);
  }

  close(): void {
    if (!this.#closed) this.panel.dispose();
  }

  #tell(press: ChangesPress): void {
    for (const heard of this.#heard) heard(press);
  }

  #answer(agreed: boolean): void {
    for (const resolve of this.#answers.splice(0)) resolve(agreed);
  }

  #send(message: ToChanges): void {
    if (this.#ready && !this.#closed) void this.panel.webview.postMessage(message);
  }

  #sendHead(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#version++;
    const { title, sentence, connection, source, deed, typed, notes = [] } = this.what;
    const report = this.#report;
    this.#send({
      type: 'head',
      head: {
        title: mask(title),
        sentence: mask(sentence),
        connection: connection.name,
        production: this.parts.connections.isProduction(connection),
        phase: this.#phase,
        ...(deed === undefined ? {} : { deed }),
        ...(typed === undefined ? {} : { typed }),
        notes: notes.map((note) => mask(note)),
        ...(this.#why === undefined || this.#phase !== 'asking' ? {} : { why: mask(this.#why) }),
        size: source.size,
        counts: source.counts(),
        version: this.#version,
        ...(this.#progress === undefined ? {} : { progress: this.#progress }),
        ...(report === undefined
          ? {}
          : {
              report: {
                sentence: mask(report.sentence),
                notes: (report.notes ?? []).map((note) => mask(note)),
                actions: report.actions ?? [],
              },
            }),
        locale: Intl.DateTimeFormat().resolvedOptions().locale,
      },
    });
  }

  async #receive(message: FromChanges): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.#ready = true;
        this.#sendHead();
        return;
      case 'agree':
        this.#agree(message);
        return;
      case 'cancel':
        this.close();
        return;
      case 'press':
        this.#tell(message.id);
        return;
      case 'request':
        await this.#showRequest(message.row);
        return;
      case 'slice': {
        const { total, changes } = await this.what.source.slice(message.query, message.from, message.count);
        this.#keep(changes);
        this.#send({ type: 'slice', id: message.id, total, json: writeJson(changes.map(shownChange)) });
      }
    }
  }

  #keep(changes: readonly NumberedChange[]): void {
    for (const { row, change } of changes) this.#requests.set(row, change.request);
    for (const oldest of this.#requests.keys()) {
      if (this.#requests.size <= MOST_KEPT) break;
      this.#requests.delete(oldest);
    }
  }

  /** Takes no answer to what the user did not see, nor one without what has to be typed. */
  #agree({ typed, version }: Extract<FromChanges, { type: 'agree' }>): void {
    const { deed, typed: wanted } = this.what;
    if (this.#phase !== 'asking' || version !== this.#version || deed === undefined) return;
    if (wanted !== undefined && typed !== wanted) return;
    this.#phase = 'sending';
    this.#sendHead();
    this.#answer(true);
  }

  async #showRequest(row: number): Promise<void> {
    const { connection, title } = this.what;
    const request = this.#requests.get(row);
    if (request === undefined) return;
    const { connections, pages } = this.parts;
    await pages.show(
      `${title} (preview).txt`,
      requestPage(connections, connection, request, this.#phase === 'asking' ? NOTHING_SENT : []),
    );
  }
}
