/** Files and requests in the Test Explorer: those with `# @expect` lines. */
import * as vscode from 'vscode';
import { type QueryFile, readQueryFile } from '#core/running/query-file';
import { forLabel } from '#core/text/foreign-text';
import type { RequestInfo } from '#language';
import { findQueryFiles, type QueryFiles } from '../workbench/query-files';

/** A file is read after a pause of this length in the typing. */
const REST_MS = 400;

/** The request of an item. */
export interface TestedRequest {
  readonly uri: vscode.Uri;
  readonly request: RequestInfo;
}

export class TestItems implements vscode.Disposable {
  readonly #requests = new WeakMap<vscode.TestItem, TestedRequest>();
  readonly #waiting = new Map<vscode.TextDocument, NodeJS.Timeout>();
  readonly #subscriptions: vscode.Disposable[] = [];
  #found: Promise<void> | undefined;
  #watching = false;

  constructor(
    private readonly controller: vscode.TestController,
    private readonly files: QueryFiles,
  ) {
    controller.resolveHandler = async (item) => {
      if (item === undefined) await this.find();
    };
    controller.refreshHandler = async () => {
      this.#found = undefined;
      controller.items.replace([]);
      await this.find();
    };
    this.#subscriptions.push(
      vscode.workspace.onDidOpenTextDocument((document) => this.#readDocument(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#soon(document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.#closed(document)),
    );
    for (const document of vscode.workspace.textDocuments) this.#readDocument(document);
  }

  of(item: vscode.TestItem): TestedRequest | undefined {
    return this.#requests.get(item);
  }

  /** Returns the requests under the items, in the order of the view; all of them when no items are named. */
  under(
    items: readonly vscode.TestItem[] | undefined,
    without: readonly vscode.TestItem[] = [],
  ): vscode.TestItem[] {
    const found = new Set<vscode.TestItem>();
    const visit = (item: vscode.TestItem) => {
      if (without.includes(item)) return;
      if (this.#requests.has(item)) found.add(item);
      const children: vscode.TestItem[] = [];
      item.children.forEach((child) => children.push(child));
      children.sort((a, b) => ((a.sortText ?? '') < (b.sortText ?? '') ? -1 : 1)).forEach(visit);
    };
    if (items === undefined) this.controller.items.forEach(visit);
    else items.forEach(visit);
    return [...found];
  }

  /** Searches the workspace once and watches it from then on. */
  async find(): Promise<void> {
    this.#found ??= this.#find();
    await this.#found;
  }

  async #find(): Promise<void> {
    if (!this.#watching) this.#watch();
    const { uris, more } = await findQueryFiles();
    for (const uri of uris) await this.#readFile(uri);
    if (more !== undefined) {
      const item = this.controller.createTestItem('more', 'More files');
      item.error = more;
      this.controller.items.add(item);
    }
    // Open documents need not be files.
    for (const document of vscode.workspace.textDocuments) this.#readDocument(document);
  }

  #watch(): void {
    this.#watching = true;
    const watcher = vscode.workspace.createFileSystemWatcher('**/*.apq');
    watcher.onDidCreate((uri) => void this.#readFile(uri));
    watcher.onDidChange((uri) => void this.#readFile(uri));
    watcher.onDidDelete((uri) => this.controller.items.delete(uri.toString()));
    this.#subscriptions.push(watcher);
  }

  async #readFile(uri: vscode.Uri): Promise<void> {
    const open = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
    if (open !== undefined) {
      this.#readDocument(open);
      return;
    }
    try {
      const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
      this.#read(uri, readQueryFile(uri.toString(), text));
    } catch {
      // It was removed or can't be read, so there is nothing to test.
      this.controller.items.delete(uri.toString());
    }
  }

  #soon(document: vscode.TextDocument): void {
    if (document.languageId !== 'apq') return;
    clearTimeout(this.#waiting.get(document));
    this.#waiting.set(
      document,
      setTimeout(() => {
        this.#waiting.delete(document);
        this.#readDocument(document);
      }, REST_MS),
    );
  }

  /** Reads pending edits now, so that items and requests match when one runs. */
  catchUp(): void {
    for (const [document, timer] of this.#waiting) {
      clearTimeout(timer);
      this.#readDocument(document);
    }
    this.#waiting.clear();
  }

  /** Reads the file again, since changes in the closed editor may have been dropped. */
  #closed(document: vscode.TextDocument): void {
    if (document.languageId !== 'apq') return;
    clearTimeout(this.#waiting.get(document));
    this.#waiting.delete(document);
    if (document.isUntitled) this.controller.items.delete(document.uri.toString());
    else void this.#readFile(document.uri);
  }

  #readDocument(document: vscode.TextDocument): void {
    if (
      document.languageId === 'apq' &&
      /^(?:file|vscode-vfs|vscode-remote|untitled)$/.test(document.uri.scheme)
    )
      this.#read(document.uri, this.files.of(document));
  }

  #read(uri: vscode.Uri, { parsed, requests }: QueryFile): void {
    const key = uri.toString();
    const tested = requests.filter(({ expectations }) => expectations.length > 0);
    if (tested.length === 0) {
      this.controller.items.delete(key);
      return;
    }
    const { items } = this.controller;
    const file =
      items.get(key) ?? this.controller.createTestItem(key, forLabel(uri.path.split('/').at(-1) ?? key), uri);
    items.add(file);
    const seen = new Map<string, number>();
    file.children.replace(
      tested.map((request) => {
        const label = request.title || (request.name ?? `${request.method ?? ''} ${request.module}`.trim());
        const count = seen.get(label) ?? 0;
        seen.set(label, count + 1);
        // Not by number: a request inserted above would shift the results to another request.
        const id = `${label}\n${count}`;
        const item = file.children.get(id) ?? this.controller.createTestItem(id, forLabel(label), uri);
        const [from, to] = [request.line.offset, request.line.offset + request.line.length].map((offset) => {
          const { line, character } = parsed.positions.positionAt(offset);
          return new vscode.Position(line, character);
        });
        if (from !== undefined && to !== undefined) item.range = new vscode.Range(from, to);
        item.sortText = String(request.index).padStart(6, '0');
        item.description = `${request.expectations.length} expected`;
        this.#requests.set(item, { uri, request });
        return item;
      }),
    );
  }

  dispose(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    for (const each of this.#subscriptions) each.dispose();
  }
}
