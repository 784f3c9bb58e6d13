/** Problems that the API names, marked in the file until their lines are edited or the request runs again. */
import * as vscode from 'vscode';
import type { ApiError } from '#core/remote/api-error';
import { blamedSpans } from '#core/running/blame';
import type { Prepared } from '#core/running/prepare';
import type { QueryFile } from '#core/running/query-file';
import { sameRequest } from '#core/running/same-request';
import { placeOfFault } from '#core/sql/fault-place';
import type { SqlError } from '#engine/faults';
import type { RequestInfo } from '#language';
import { lineAfter } from '../workbench/moved-lines';
import { openDocument, type QueryFiles, rangeOf } from '../workbench/query-files';

export class ApiProblems implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('apq-api');
  readonly #subscriptions = [
    this.#collection,
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) =>
      this.#edited(document, contentChanges),
    ),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#collection.delete(uri)),
  ];

  constructor(private readonly files: QueryFiles) {}

  /** Marks the words that an error names, where the request is by now; if it has none of them, its request line. */
  show(prepared: Prepared, error: ApiError): void {
    const words = error.facts.words ?? [];
    const document = openDocument(prepared.file);
    if (document === undefined || error.kind !== 'refused' || words.length === 0) return;
    const file = this.files.of(document);
    const request = sameRequest(file, prepared);
    if (request === undefined) return;
    const spans = blamedSpans(file, request, words);
    const sent = textOf(prepared.file, prepared.request);
    // Another text may have lost what the API names.
    if (spans.length === 0 && textOf(file, request) === sent) spans.push(request.line);
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

  /** Marks the place that the SQL engine names, where the request is by now and has the same text. */
  showFault(prepared: Prepared, error: SqlError): void {
    const document = openDocument(prepared.file);
    if (document === undefined) return;
    const file = this.files.of(document);
    const request = sameRequest(file, prepared);
    if (request === undefined || textOf(file, request) !== textOf(prepared.file, prepared.request)) return;
    const at = document.positionAt(placeOfFault(request, error));
    const word = document.getWordRangeAtPosition(at) ?? new vscode.Range(at, at.translate(0, 1));
    const diagnostic = new vscode.Diagnostic(word, error.message, vscode.DiagnosticSeverity.Error);
    diagnostic.source = 'accessplanit';
    this.#collection.set(document.uri, [...(this.#collection.get(document.uri) ?? []), diagnostic]);
  }

  /** Clears what an earlier run of the request found, when a new one begins. */
  clear(document: vscode.TextDocument, request: RequestInfo): void {
    const range = rangeOf(document, request.span);
    this.#remove(document.uri, (each) => range.contains(each.range));
  }

  /** Moves the marks with their lines; one whose line is edited goes. */
  #edited({ uri }: vscode.TextDocument, changes: readonly vscode.TextDocumentContentChangeEvent[]): void {
    const before = this.#collection.get(uri) ?? [];
    if (before.length === 0 || changes.length === 0) return;
    this.#collection.set(
      uri,
      before.flatMap((mark) => {
        const [start, end] = [mark.range.start, mark.range.end].map(({ line }) => lineAfter(line, changes));
        if (start === undefined || end === undefined) return [];
        mark.range = new vscode.Range(start, mark.range.start.character, end, mark.range.end.character);
        return [mark];
      }),
    );
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

const textOf = ({ parsed }: QueryFile, { span: { offset, length } }: RequestInfo): string =>
  parsed.text.slice(offset, offset + length);
