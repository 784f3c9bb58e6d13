/** Requests of the results view that do not concern its run: keep, compare, export, and back to the query. */
import * as vscode from 'vscode';
import { textOfBytes } from '#core/files/text-of-bytes';
import { asQuery } from '#core/history/as-query';
import { linkedModule } from '#core/results/linked-module';
import { readSnapshot, writeSnapshot } from '#core/results/snapshot';
import { idOf, memberOf } from '#core/results/table';
import type { Prepared } from '#core/running/prepare';
import { sameRequest } from '#core/running/same-request';
import { numberOfText } from '#core/values/exact-number';
import { isNumber } from '#core/values/kind-of';
import { writeJson } from '#core/values/write-json';
import type { ClauseChanges } from '#language';
import type { ViewCondition } from '#webview/messages';
import type { Connections } from '../connections/connections';
import type { EditorMetadata } from '../metadata/editor-metadata';
import { showError } from '../workbench/errors';
import { showFailure, showInformation, showWarning } from '../workbench/messages';
import type { Output } from '../workbench/output';
import { type QueryFiles, rangeOf } from '../workbench/query-files';
import { askText, choose } from '../workbench/questions';
import { replaceFile } from '../workbench/replace-file';
import { askForFile } from './ask-for-file';
import { exportRecords } from './export-records';
import type { ResultPanel, ViewRequest } from './panel';
import type { PanelRequest, ResultPanels } from './panels';
import { GridReviews, type ReviewParts } from './review-edits';
import { useAsImport } from './use-as-import';

export interface ResultParts extends ReviewParts {
  readonly panels: ResultPanels;
  readonly connections: Connections;
  readonly metadata: EditorMetadata;
  readonly files: QueryFiles;
  readonly output: Output;
  /** The program that writes workbooks and Parquet. */
  readonly worker: string;
}

export class ResultActions implements vscode.Disposable {
  readonly #subscription: vscode.Disposable;

  readonly #reviews: GridReviews;

  constructor(private readonly parts: ResultParts) {
    this.#reviews = new GridReviews(parts);
    this.#subscription = parts.panels.onRequest((request) => void this.#handle(request));
  }

  async #handle({ panel, message }: PanelRequest): Promise<void> {
    try {
      await this.#do(panel, message);
    } catch (error) {
      showError(error, this.parts.output);
    }
  }

  async #do(panel: ResultPanel, message: ViewRequest): Promise<void> {
    const { prepared } = panel;
    switch (message.type) {
      case 'action':
        return this.#act(panel, message.id);
      case 'export':
        return exportRecords(panel, message, this.parts.worker);
      case 'writeBack':
        return prepared === undefined ? gone() : this.#writeBack(prepared, message);
      case 'openLinked':
        return this.#openLinked(panel, message.column, message.value);
      case 'review':
        return this.#reviews.review(panel, message.json);
      case 'edit':
        return this.#edit(panel, message);
      case 'picture':
        return savePicture(panel, message);
    }
  }

  async #act(panel: ResultPanel, id: string): Promise<void> {
    switch (id) {
      case 'pin':
      case 'unpin':
        panel.update({ pinned: id === 'pin' });
        return;
      case 'rename': {
        const name = await askText({
          title: 'Name This Result',
          value: panel.title,
          prompt: 'The name of its tab',
        });
        if (name !== undefined && name.trim() !== '') panel.rename(name.trim());
        return;
      }
      case 'compare':
        return this.#compare(panel);
      case 'snapshot':
        return saveSnapshot(panel);
      case 'import':
        return useAsImport(panel);
    }
  }

  async #compare(panel: ResultPanel): Promise<void> {
    const others = this.parts.panels.all.filter((each) => each !== panel && each.records.length > 0);
    const other = await choose<ResultPanel | 'file'>(
      { title: `Compare “${panel.title}” With`, placeHolder: 'Another open result, or a saved one' },
      [
        ...others.map((each) => ({
          label: each.title,
          description: `${each.head?.connection ?? ''} · ${each.records.length.toLocaleString('en-GB')} records`,
          value: each,
        })),
        { icon: 'folder-opened', label: 'Snapshot File…', value: 'file' },
      ],
    );
    if (other === undefined) return;
    if (other !== 'file') {
      panel.compareWith({ title: other.title, json: writeJson(other.records) });
      return;
    }
    const [uri] =
      (await vscode.window.showOpenDialog({
        title: 'Compare With a Snapshot',
        openLabel: 'Compare',
        filters: { 'Snapshots and JSON': ['json'] },
      })) ?? [];
    if (uri === undefined) return;
    const name = uri.path.split('/').at(-1) ?? '';
    const read = textOfBytes(await vscode.workspace.fs.readFile(uri));
    if (!read.ok) {
      void showFailure(`${name} ${read.problem}.`);
      return;
    }
    const snapshot = readSnapshot(read.text, name);
    if (snapshot === undefined) {
      void showFailure(`${name} holds no records. Choose a snapshot, or a JSON file that APQ exported.`);
      return;
    }
    const saved = snapshot.savedAt === '' ? '' : ` (${new Date(snapshot.savedAt).toLocaleString('en-GB')})`;
    panel.compareWith({ title: `${snapshot.title}${saved}`, json: writeJson(snapshot.records) });
  }

  /** Edits the file, which the user sees and can undo; nothing is sent. */
  async #writeBack(prepared: Prepared, message: Extract<ViewRequest, { type: 'writeBack' }>): Promise<void> {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(prepared.file.id));
    const request = sameRequest(this.parts.files.of(document), prepared);
    if (request === undefined) return gone();
    // How conditions are joined depends on the platform.
    const language = await this.parts.metadata.language(prepared.connection);
    const written = language.writeBack(request, changesOf(message));
    if (!written.ok) {
      void showWarning(`The query was not changed. ${written.message}`);
      return;
    }
    if (written.edits.length === 0) {
      void showInformation('The query already says this.');
      return;
    }
    const edit = new vscode.WorkspaceEdit();
    for (const { text, ...span } of written.edits) edit.replace(document.uri, rangeOf(document, span), text);
    await vscode.workspace.applyEdit(edit);
    const editor = await vscode.window.showTextDocument(document, { viewColumn: columnOf(document) });
    const at = document.positionAt(written.edits[0]?.offset ?? 0);
    editor.selection = new vscode.Selection(at, at);
    editor.revealRange(editor.selection);
  }

  async #openLinked(panel: ResultPanel, column: string, value: string): Promise<void> {
    const { connections, metadata } = this.parts;
    const connection = panel.prepared?.connection ?? connections.named(panel.head?.connection ?? '');
    const names =
      (connection === undefined ? undefined : metadata.of(connection))?.modules.map(({ name }) => name) ?? [];
    const module = linkedModule(column, panel.head?.module ?? '', names);
    if (module === undefined) {
      void showInformation(`APQ knows no module that “${column}” could refer to.`);
      return;
    }
    // The value is foreign text: in the query it must stay a mere value.
    const query = [{ name: '$filter', value: `ID eq '${value.replaceAll("'", "''")}'` }];
    const document = await newQuery(
      asQuery({ method: 'GET', module, query }, `${module} ${value}`, '', this.#connectionName(panel)),
    );
    await vscode.commands.executeCommand('apq.runRequest', document.uri.toString(), 0);
  }

  /** Opens a PUT with just the changed field, for the user to check and run; sends nothing itself. */
  async #edit(
    panel: ResultPanel,
    { id, column, value }: Extract<ViewRequest, { type: 'edit' }>,
  ): Promise<void> {
    const module = panel.prepared?.wire.module ?? panel.head?.module ?? '';
    const record = panel.records.find((each) => idOf(each) === id);
    const before: unknown = record === undefined ? undefined : memberOf(record, column);
    const next = valueLike(before, value);
    const body = writeJson({ [column]: next });
    const document = await newQuery(
      asQuery(
        { method: 'PUT', module, id, query: [], body },
        `Change ${module} ${id}`,
        '',
        this.#connectionName(panel),
        [
          'Type the new value over the selected one, then run this request: it shows what will change, and asks.',
          `Was: ${writeJson(before)}`,
        ],
      ),
    );
    await selectValue(document, writeJson(next));
  }

  /** Returns undefined for the connection in use. */
  #connectionName(panel: ResultPanel): string | undefined {
    const { connections } = this.parts;
    const name = panel.head?.connection ?? '';
    return name === '' || connections.active?.name === name ? undefined : name;
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}

const changesOf = ({ orderby, filter }: Extract<ViewRequest, { type: 'writeBack' }>): ClauseChanges => ({
  orderby: (orderby ?? []).map(({ column, descending }) => ({ field: column, descending })),
  conditions: (filter ?? []).map(({ column, operator, value }: ViewCondition) => ({
    field: column,
    operator,
    value,
  })),
});

/** Converts typed text to the JSON type that the field had. */
function valueLike(before: unknown, text: string): unknown {
  if (isNumber(before)) return numberOfText(text.trim()) ?? text;
  if (typeof before === 'boolean' && /^(?:true|false)$/i.test(text.trim()))
    return text.trim().toLowerCase() === 'true';
  return text;
}

async function newQuery(content: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ language: 'apq', content });
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One, preview: false });
  return document;
}

/** Selects a value of the body, so that typing replaces it; of a text, what stands between its quotes. */
async function selectValue(document: vscode.TextDocument, json: string): Promise<void> {
  const at = document.getText().lastIndexOf(json);
  if (at < 0) return;
  const quote = json.startsWith('"') ? 1 : 0;
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  editor.selection = new vscode.Selection(
    document.positionAt(at + quote),
    document.positionAt(at + json.length - quote),
  );
  editor.revealRange(editor.selection);
}

const columnOf = (document: vscode.TextDocument): vscode.ViewColumn =>
  vscode.window.visibleTextEditors.find((editor) => editor.document === document)?.viewColumn ??
  vscode.ViewColumn.One;

function gone(): void {
  void showInformation('The request of this result is no longer in its file.');
}

async function saveSnapshot(panel: ResultPanel): Promise<void> {
  const { head } = panel;
  const uri = await askForFile(panel, 'Save Snapshot', 'json', { Snapshot: ['json'] });
  if (uri === undefined) return;
  const chunks: Uint8Array[] = [];
  for await (const chunk of writeSnapshot({
    title: panel.title,
    savedAt: new Date().toISOString(),
    connection: head?.connection ?? '',
    address: head?.address ?? '',
    records: panel.records,
  }))
    chunks.push(chunk);
  await replaceFile(uri, Buffer.concat(chunks));
  vscode.window.setStatusBarMessage('$(check) Snapshot saved', 4000);
}

async function savePicture(
  panel: ResultPanel,
  { format, data }: Extract<ViewRequest, { type: 'picture' }>,
): Promise<void> {
  const uri = await askForFile(panel, 'Save Chart', format, { Picture: [format] });
  if (uri === undefined) return;
  const bytes = format === 'svg' ? new TextEncoder().encode(data) : Buffer.from(data, 'base64');
  await replaceFile(uri, bytes);
  vscode.window.setStatusBarMessage('$(check) Chart saved', 4000);
}
