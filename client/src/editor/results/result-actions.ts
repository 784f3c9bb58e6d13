/** Requests of the results view that do not concern its run: keep, compare, export, and back to the query. */
import * as vscode from 'vscode';
import { textOfBytes } from '#core/files/text-of-bytes';
import { asQuery } from '#core/history/as-query';
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
import type { SamplePlatform } from '../sample/sample-platform';
import { showError } from '../workbench/errors';
import { showFailure, showInformation, showWarning } from '../workbench/messages';
import type { Output } from '../workbench/output';
import type { QueryFiles } from '../workbench/query-files';
import { askText, choose } from '../workbench/questions';
import { replaceFile } from '../workbench/replace-file';
import { showFile } from '../workbench/show-file';
import { applyAndShow } from './apply-and-show';
import { askForFile } from './ask-for-file';
import { exportRecords } from './export-records';
import type { ResultPanel, ViewRequest } from './panel';
import type { PanelRequest, ResultPanels } from './panels';
import { RelatedRecords } from './related';
import { GridReviews, type ReviewParts } from './review-edits';
import { type NamesParts, showNames } from './show-names';
import { useAsImport } from './use-as-import';
import { writeGroupsAsSql } from './write-groups';

export interface ResultParts extends ReviewParts {
  readonly panels: ResultPanels;
  readonly connections: Connections;
  readonly metadata: EditorMetadata;
  readonly sample: SamplePlatform;
  readonly files: QueryFiles;
  readonly output: Output;
  readonly known: NamesParts['known'];
  /** The program that writes workbooks and Parquet. */
  readonly worker: string;
}

export class ResultActions implements vscode.Disposable {
  readonly #subscription: vscode.Disposable;

  readonly #reviews: GridReviews;

  readonly #related: RelatedRecords;

  constructor(private readonly parts: ResultParts) {
    this.#reviews = new GridReviews(parts);
    this.#related = new RelatedRecords({
      ...parts,
      showQuery: async (panel, connection, wire, title) => {
        await newQuery(panel, asQuery(wire, title, '', this.#nameFor(connection.name)));
      },
    });
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
      case 'writeSql':
        return prepared === undefined ? gone() : writeGroupsAsSql(this.parts.files, prepared, message.groups);
      case 'relations':
        return this.#related.list(panel, message);
      case 'countRelations':
        return this.#related.count(panel, message);
      case 'follow':
        return this.#related.follow(panel, message);
      case 'names':
        return showNames(panel, message, this.parts);
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
      case 'comparePrevious':
        return comparePrevious(panel);
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
    if (prepared.kind === 'sql') {
      void showInformation(
        'A SQL request was not changed: write “where” and “order by” into its statement yourself.',
      );
      return;
    }
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
    await applyAndShow(document, written.edits, written.edits[0]?.offset ?? 0);
  }

  /** Opens a PUT with just the changed field, for the user to check and run; sends nothing itself. */
  async #edit(
    panel: ResultPanel,
    { id, column, value }: Extract<ViewRequest, { type: 'edit' }>,
  ): Promise<void> {
    const module = panel.head?.module ?? '';
    const record = panel.records.find((each) => idOf(each) === id);
    const before: unknown = record === undefined ? undefined : memberOf(record, column);
    const next = valueLike(before, value);
    const body = writeJson({ [column]: next });
    const document = await newQuery(
      panel,
      asQuery(
        { method: 'PUT', module, id, query: [], body },
        `Change ${module} ${id}`,
        '',
        this.#nameFor(panel.head?.connection ?? ''),
        [
          'Type the new value over the selected one, then run this request: it shows what will change, and asks.',
          `Was: ${writeJson(before)}`,
        ],
      ),
    );
    await selectValue(document, writeJson(next));
  }

  /** The name by which a query names a connection; undefined for the one in use. */
  #nameFor(name: string): string | undefined {
    return name === '' || this.parts.connections.active?.name === name ? undefined : name;
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

/** Opens a new file beside the query of the result. */
async function newQuery({ file }: ResultPanel, content: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ language: 'apq', content });
  await showFile(document, { preview: false }, file);
  return document;
}

/** Selects a value of the body, so that typing replaces it; of a text, what stands between its quotes. */
async function selectValue(document: vscode.TextDocument, json: string): Promise<void> {
  const at = document.getText().lastIndexOf(json);
  if (at < 0) return;
  const quote = json.startsWith('"') ? 1 : 0;
  const editor = await showFile(document, { preview: false });
  editor.selection = new vscode.Selection(
    document.positionAt(at + quote),
    document.positionAt(at + json.length - quote),
  );
  editor.revealRange(editor.selection);
}

function gone(): void {
  void showInformation('The request of this result is no longer in its file.');
}

/** Compares a result with the answer to the same request before it. */
async function comparePrevious(panel: ResultPanel): Promise<void> {
  const { previous } = panel;
  const records = await panel.previousRecords();
  if (previous === undefined || records === undefined) {
    void showInformation('The previous answer is not kept any more. Run the request again, then compare.');
    return;
  }
  const at = new Date(previous.startedAt).toLocaleString('en-GB');
  panel.compareWith({ title: `Previous run (${at})`, json: writeJson(records) });
}

async function saveSnapshot(panel: ResultPanel): Promise<void> {
  const { head } = panel;
  // Of several snapshots of a query, the day tells which is which.
  const day = new Date(head?.startedAt ?? Date.now()).toLocaleDateString('sv-SE');
  const name = `${panel.title} ${day}`;
  const uri = await askForFile(panel, 'Save Snapshot', 'json', { Snapshot: ['json'] }, name);
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
