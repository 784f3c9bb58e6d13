/** The page of an import, in a tab. */
import * as vscode from 'vscode';
import { forLabel } from '#core/text/foreign-text';
import type { FromImport, ToImport } from '#webview/importing/messages';
import { importPage } from '#webview/importing/page';
import { showPage } from '../workbench/web-page';
import { planAndRun } from './journals';
import type { ImportParts } from './parts';
import type { ImportSession } from './session';
import { tellFailure } from './tell-failure';

const TYPE = 'apq.import';

/** What may take longer than a user waits without a word. */
const BUSY: Readonly<Partial<Record<FromImport['type'], string>>> = {
  choose: 'Reading the file…',
  module: 'Asking for the fields…',
  plan: 'Planning…',
};

export class ImportView {
  readonly #panel: vscode.WebviewPanel;
  readonly #closed = new AbortController();
  /** One thing after the other: each step begins with what the last one left. */
  #last: Promise<void> = Promise.resolve();

  constructor(
    private readonly session: ImportSession,
    private readonly parts: ImportParts,
  ) {
    this.#panel = vscode.window.createWebviewPanel(
      TYPE,
      forLabel(`Import ${session.draft.name}`),
      { viewColumn: vscode.ViewColumn.Active },
      { retainContextWhenHidden: true },
    );
    this.#panel.webview.onDidReceiveMessage((message: FromImport) => {
      this.#last = this.#last.then(async () => this.#do(message));
    });
    this.#panel.onDidDispose(() => this.#closed.abort());
    showPage(this.#panel, parts.extensionUri, 'importing', importPage);
  }

  async #do(message: FromImport): Promise<void> {
    const { signal } = this.#closed;
    if (signal.aborted) return;
    if (message.type === 'cancel') {
      this.#panel.dispose();
      return;
    }
    this.#send({ type: 'busy', text: BUSY[message.type] ?? '' });
    try {
      if (message.type === 'plan') await this.#plan(message.version);
      else this.#send({ type: 'state', state: await this.session.apply(message, signal) });
    } catch (error) {
      if (!signal.aborted) tellFailure(error, this.session.target.connection, this.parts);
    } finally {
      this.#send({ type: 'busy', text: '' });
    }
  }

  /** The page stays until the user agrees to the plan. */
  async #plan(version: number): Promise<void> {
    const { draft, target } = this.session;
    const settled = this.session.settled(version);
    if (settled === undefined) return;
    const agreed = await planAndRun({ ...settled, draft, connection: target.connection }, this.parts);
    if (agreed && !this.#closed.signal.aborted) this.#panel.dispose();
  }

  #send(message: ToImport): void {
    if (!this.#closed.signal.aborted) void this.#panel.webview.postMessage(message);
  }
}
