/** Problems that the API names, marked in the file until the request is edited or run again. */
import * as vscode from 'vscode';
import type { ApiError } from '#core/remote/api-error';
import { blamedIn } from '#core/running/blame';
import type { Prepared } from '#core/running/prepare';
import type { RequestInfo } from '#language';
import { openDocument, rangeOf } from '../workbench/query-files';

export class ApiProblems implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('apq-api');
  readonly #subscriptions = [
    this.#collection,
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) =>
      this.#edited(document, contentChanges),
    ),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#collection.delete(uri)),
  ];

  /** Marks the words that an error names; if the request has none of them, marks the request line. */
  show({ file, request }: Prepared, error: ApiError): void {
    const words = error.facts.words ?? [];
    const document = openDocument(file);
    if (document === undefined || error.kind !== 'refused' || words.length === 0) return;
    const { text } = file.parsed;
    const { offset, length } = request.span;
    const now = document.getText().slice(offset, offset + length);
    // It was edited while it ran, so its places have moved.
    if (now !== text.slice(offset, offset + length)) return;
    const places = blamedIn(text.slice(offset, offset + length), words);
    const spans =
      places.length > 0
        ? places.map((place) => ({ offset: place.offset + offset, length: place.length }))
        : [request.line];
    const before = this.#collection.get(document.uri) ?? [];
    const found = spans.map((span) => {
      const diagnostic = new vscode.Diagnostic(
        rangeOf(document, span),
        `The API says: ${words.join(' ')}`,
        vscode.DiagnosticSeverity.Error,
      );
      diagnostic.source = 'accessplanit';
      return diagnostic;
    });
    this.#collection.set(document.uri, [...before, ...found]);
  }

  /** Clears what an earlier run of the request found, when a new one begins. */
  clear(document: vscode.TextDocument, request: RequestInfo): void {
    const range = rangeOf(document, request.span);
    this.#remove(document.uri, (each) => range.contains(each.range));
  }

  #edited(document: vscode.TextDocument, changes: readonly vscode.TextDocumentContentChangeEvent[]): void {
    const first = changes.reduce(
      (least, { range }) => Math.min(least, range.start.line),
      Number.POSITIVE_INFINITY,
    );
    // Lines below an edit may have moved, and a mark on the wrong line misleads.
    if (changes.length > 0) this.#remove(document.uri, ({ range }) => range.end.line >= first);
  }

  #remove(uri: vscode.Uri, matches: (diagnostic: vscode.Diagnostic) => boolean): void {
    const before = this.#collection.get(uri);
    if (before === undefined || before.length === 0) return;
    this.#collection.set(
      uri,
      before.filter((each) => !matches(each)),
    );
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
  }
}
