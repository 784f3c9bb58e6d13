/** The view of the query builder: one in a window, beside the file whose request it shows. */
import * as vscode from 'vscode';
import type { Connection } from '#core/connections/connection';
import { describe } from '#core/remote/describe-error';
import { structure } from '#core/running/query-file';
import { forLabel } from '#core/text/foreign-text';
import { writeJson } from '#core/values/write-json';
import type { RequestInfo } from '#language';
import { CLIENT_COMMANDS, type LookUpValuesParams } from '#protocol';
import type { FromBuilder, ShownAnswer, ToBuilder } from '#webview/builder/messages';
import { builderPage } from '#webview/builder/page';
import { emptyFile } from '../workbench/empty-file';
import { showFile } from '../workbench/show-file';
import { showPage } from '../workbench/web-page';
import { askFirst } from './ask-first';
import { FollowedFile } from './followed-file';
import { LiveAnswer } from './live-answer';
import type { BuilderParts } from './parts';
import { isAsking, rememberAsking } from './preview-choice';
import type { SessionState } from './session';

const TYPE = 'apq.builder';
const TITLE = 'Query Builder';
/** What is typed in the editor is read when it has settled. */
const SETTLED_MS = 100;

const CLOSED = 'The file was closed. Open a query file, or start a new one.';
const NO_REQUEST = 'There is no request here. Put the cursor on one in the file.';
const OFF = 'The platform is not asked while you build.';
const WITH_ERRORS = 'The first records come when the request has no errors.';

export class BuilderView implements vscode.Disposable {
  readonly #panel: vscode.WebviewPanel;
  readonly #subscriptions: vscode.Disposable[];
  readonly #answer: LiveAnswer;
  #file: FollowedFile | undefined;
  #shown: SessionState | undefined;
  #settling: NodeJS.Timeout | undefined;
  /** The last message about the request: the same is not sent twice. */
  #sent = '';
  #isReady = false;
  /** The name of a record that was typed last. */
  #sought: Extract<FromBuilder, { type: 'records' }> | undefined;

  constructor(
    document: vscode.TextDocument,
    private readonly parts: BuilderParts,
    closed: () => void,
  ) {
    this.#panel = vscode.window.createWebviewPanel(
      TYPE,
      TITLE,
      { viewColumn: vscode.ViewColumn.Beside },
      { retainContextWhenHidden: true },
    );
    this.#answer = new LiveAnswer({
      prepare: async () => this.#prepare(),
      show: (answer) => this.#showAnswer(answer),
    });
    this.#subscriptions = this.#listen();
    this.#panel.onDidDispose(() => {
      this.#end();
      closed();
    });
    showPage(this.#panel, parts.extensionUri, 'builder', builderPage);
    this.follow(document);
  }

  /** Shows the request under the cursor of a file, from now on. */
  follow(document: vscode.TextDocument): void {
    if (this.#file?.document !== document) {
      const file: FollowedFile = new FollowedFile(document, {
        server: this.parts.server,
        show: (shown) => {
          if (this.#file === file) this.#show(shown);
        },
        tell: (text) => {
          if (this.#file === file) this.#send({ type: 'problem', text });
        },
      });
      this.#file = file;
      this.#sought = undefined;
      this.#send({ type: 'problem', text: '' });
    }
    this.#settle();
  }

  reveal(): void {
    this.#panel.reveal();
  }

  dispose(): void {
    this.#panel.dispose();
  }

  #end(): void {
    clearTimeout(this.#settling);
    this.#answer.stop();
    this.#file = undefined;
    for (const each of this.#subscriptions) each.dispose();
  }

  #listen(): vscode.Disposable[] {
    const { window, workspace } = vscode;
    const own = (document: vscode.TextDocument) => document === this.#file?.document;
    return [
      this.#panel.webview.onDidReceiveMessage((message: FromBuilder) => void this.#hear(message)),
      this.#panel.onDidChangeViewState(() => this.#look()),
      window.onDidChangeActiveTextEditor((editor) => {
        if (editor?.document.languageId === 'apq') this.follow(editor.document);
      }),
      window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (own(textEditor.document)) this.#settle();
      }),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (!own(document)) return;
        this.#file?.session.noteEdit(
          document.version,
          contentChanges.map(({ range, text }) => ({ from: range.start, to: range.end, text })),
        );
        this.#settle();
      }),
      workspace.onDidCloseTextDocument((document) => {
        if (own(document)) this.#fileClosed();
      }),
      // The document itself may stay in memory for minutes.
      window.tabGroups.onDidChangeTabs(({ closed }) => {
        const uri = this.#file?.document.uri.toString();
        const isOf = (tab: vscode.Tab) => uri !== undefined && uriOf(tab) === uri;
        const all = window.tabGroups.all.flatMap(({ tabs }) => tabs);
        if (closed.some(isOf) && !all.some(isOf)) this.#fileClosed();
      }),
      this.parts.metadata.onDidChange(() => {
        this.#settle();
        void this.#do(async () => this.#tellRecords());
      }),
      this.parts.connections.onDidChange(() => this.#askAnew()),
      this.parts.known.onDidChange(() => this.#settle()),
      this.parts.server.onDidSearch(() => void this.#do(async () => this.#tellRecords())),
    ];
  }

  #fileClosed(): void {
    clearTimeout(this.#settling);
    this.#file = undefined;
    this.#say(CLOSED);
  }

  /** Reads the request again as soon as nothing changes any more. */
  #settle(): void {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => void this.#do(async () => this.#file?.session.follow()), SETTLED_MS);
  }

  /** What failed may succeed by now. */
  #askAnew(): void {
    this.#answer.forget();
    this.#look();
    this.#settle();
  }

  async #hear(message: FromBuilder): Promise<void> {
    const file = this.#file;
    switch (message.type) {
      case 'ready':
        this.#isReady = true;
        this.#settle();
        return;
      case 'new-file':
        await emptyFile();
        return;
      case 'preview':
        await rememberAsking(this.parts.memory, this.#isProduction(), message.on);
        this.#askAnew();
        return;
      default:
        if (file !== undefined) await this.#do(async () => this.#carryOut(message, file));
    }
  }

  async #carryOut(message: FromBuilder, file: FollowedFile): Promise<void> {
    const { session, document } = file;
    switch (message.type) {
      case 'wish':
        return session.want(message.request, message.id, message.wish);
      case 'undo':
      case 'redo':
        return session.then(async () => this.#undo(message.type, file));
      case 'run':
        return session.then(async () => {
          const index = this.#request()?.index;
          this.#answer.forget();
          await vscode.commands.executeCommand(CLIENT_COMMANDS.run, document.uri.toString(), index);
          this.#look();
        });
      case 'edit':
        await showFile(document);
        return undefined;
      case 'look-up':
        return this.#lookUp(message.field);
      case 'records':
        this.#sought = message;
        return session.then(async () => this.#tellRecords());
      default:
        return undefined;
    }
  }

  /**
   * The document's own undo, which needs its editor in use: that of the document for which the keys were pressed. By then
   * another file may be shown. The view itself may not be in use yet, again, after the undo before.
   */
  async #undo(command: 'undo' | 'redo', { document }: FollowedFile): Promise<void> {
    if (!this.#panel.visible || this.#file?.document !== document) return;
    await showFile(document);
    await vscode.commands.executeCommand(command);
    this.#panel.reveal(this.#panel.viewColumn, false);
    // VS Code learns up to 250 ms late that a page lost the focus, and then does not give it back.
    this.#post({ type: 'focus' });
  }

  async #lookUp(field: string): Promise<void> {
    const [connection, module] = [this.#connection()?.name, this.#shown?.module];
    if (connection === undefined || module === undefined) return;
    const params: LookUpValuesParams = { connection, module, field };
    await vscode.commands.executeCommand(CLIENT_COMMANDS.lookUpValues, params);
    this.#settle();
  }

  /** Records for what was typed last: what is known by now, as a search may have ended. */
  async #tellRecords(): Promise<void> {
    const [sought, file, position] = [this.#sought, this.#file, this.#file?.session.position];
    if (sought === undefined || file === undefined || position === undefined) return;
    const { field, text } = sought;
    const textDocument = { uri: file.document.uri.toString() };
    const found = await this.parts.server.builderRecords({ textDocument, position, field, text });
    if (this.#sought === sought) this.#post({ type: 'records', field, text, ...found });
  }

  #show(shown: SessionState | undefined): void {
    this.#shown = shown;
    if (shown === undefined) {
      this.#say(NO_REQUEST);
      return;
    }
    this.#send({
      type: 'request',
      shown: {
        ...shown,
        file: this.#fileName(),
        connection: this.#connection()?.name ?? '',
        production: this.#isProduction(),
      },
    });
    this.#look();
  }

  /** Says calmly why there is nothing to build. */
  #say(text: string): void {
    this.#shown = undefined;
    this.#answer.stop();
    this.#send({ type: 'nothing', file: this.#fileName(), text });
  }

  /** Asks the platform only where somebody looks at a request that can be sent. */
  #look(): void {
    this.#answer.stop();
    const shown = this.#shown;
    if (!this.#panel.visible || shown === undefined || shown.refused !== undefined) return;
    if (!this.#isOn()) this.#showAnswer({ kind: 'none', text: OFF });
    else if (shown.module === '') this.#showAnswer({ kind: 'none', text: '' });
    else if (hasErrors(shown)) this.#showAnswer({ kind: 'none', text: WITH_ERRORS });
    else this.#answer.change();
  }

  async #prepare() {
    const [file, request] = [this.#file, this.#request()];
    if (file === undefined || request === undefined) return NO_REQUEST;
    return askFirst(this.parts, this.parts.files.of(file.document), request);
  }

  #showAnswer(answer: ShownAnswer): void {
    this.#post({ type: 'answer', answer, on: this.#isOn() });
  }

  /** The request that is shown, as running has it. */
  #request(): RequestInfo | undefined {
    const [document, position] = [this.#file?.document, this.#file?.session.position];
    if (document === undefined || position === undefined) return undefined;
    const offset = document.offsetAt(new vscode.Position(position.line, position.character));
    return structure.requestAt(this.parts.files.of(document).parsed, offset);
  }

  #connection(): Connection | undefined {
    const request = this.#request();
    const { connections, requests } = this.parts;
    return request === undefined ? connections.active : requests.quietPort().connectionOf(request);
  }

  #isProduction(): boolean {
    const connection = this.#connection();
    return connection !== undefined && this.parts.connections.isProduction(connection);
  }

  #isOn(): boolean {
    return isAsking(this.parts.memory, this.#isProduction());
  }

  #fileName(): string {
    return this.#file === undefined ? '' : forLabel(vscode.workspace.asRelativePath(this.#file.document.uri));
  }

  /** A failure is told on the page: it stays usable. */
  async #do(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const { sentence, details } = describe(error);
      this.parts.output.error(details);
      this.#send({ type: 'problem', text: sentence });
    }
  }

  #send(message: ToBuilder): void {
    if (!this.#isReady) return;
    if (message.type !== 'problem') {
      const text = writeJson(message);
      if (text === this.#sent) return;
      this.#sent = text;
    }
    this.#post(message);
  }

  #post(message: ToBuilder): void {
    void this.#panel.webview.postMessage(message);
  }
}

const hasErrors = ({ problems, conditions }: SessionState): boolean =>
  problems.length > 0 || conditions.some((each) => each.problems !== undefined);

const uriOf = ({ input }: vscode.Tab): string | undefined =>
  input instanceof vscode.TabInputText ? input.uri.toString() : undefined;
