/** ✓ or ✗ and what came, at the end of each `# @expect` line after a run. */
import * as vscode from 'vscode';
import type { ExpectationInfo } from '#language';
import type { ExpectationResult } from '#core/testing/evaluate';
import { movedLine } from '#core/testing/moved-line';

interface Mark {
  readonly line: number;
  readonly result: ExpectationResult;
}

export class ExpectationMarks implements vscode.Disposable {
  readonly #passed = decoration('testing.iconPassed');
  readonly #failed = decoration('testing.iconFailed');
  /** By the file’s address. */
  readonly #marks = new Map<string, readonly Mark[]>();
  readonly #subscriptions = [
    vscode.workspace.onDidChangeTextDocument((event) => this.#move(event)),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#marks.delete(uri.toString())),
    vscode.window.onDidChangeVisibleTextEditors((editors) => editors.forEach((editor) => this.#draw(editor))),
  ];

  /** Shows what a request’s expectations came to, until their lines are edited or shown again. */
  show(document: vscode.TextDocument, results: readonly ExpectationResult[]): void {
    const fresh = results
      .map((result) => ({ line: document.positionAt(result.expectation.span.offset).line, result }))
      // The text may have changed while the request ran.
      .filter(({ line, result }) => document.lineAt(line).text.includes(result.text));
    const kept = this.#without(
      document,
      results.map(({ expectation }) => expectation),
    );
    this.#set(document, [...kept, ...fresh]);
  }

  /** Forgets what is shown beside these lines: before their request runs again. */
  clear(document: vscode.TextDocument, expectations: readonly ExpectationInfo[]): void {
    this.#set(document, this.#without(document, expectations));
  }

  #without(document: vscode.TextDocument, expectations: readonly ExpectationInfo[]): readonly Mark[] {
    const lines = new Set(expectations.map(({ span }) => document.positionAt(span.offset).line));
    return (this.#marks.get(document.uri.toString()) ?? []).filter(({ line }) => !lines.has(line));
  }

  #set(document: vscode.TextDocument, marks: readonly Mark[]): void {
    const key = document.uri.toString();
    if (marks.length === 0) this.#marks.delete(key);
    else this.#marks.set(key, marks);
    for (const editor of vscode.window.visibleTextEditors)
      if (editor.document === document) this.#draw(editor);
  }

  #draw(editor: vscode.TextEditor): void {
    const marks = this.#marks.get(editor.document.uri.toString()) ?? [];
    const of = (wanted: boolean) =>
      marks.filter(({ result }) => result.passed === wanted).map((mark) => drawn(editor.document, mark));
    editor.setDecorations(this.#passed, of(true));
    editor.setDecorations(this.#failed, of(false));
  }

  #move({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const before = this.#marks.get(document.uri.toString());
    if (before === undefined || contentChanges.length === 0) return;
    let marks = before;
    for (const { range, text } of contentChanges)
      marks = marks.flatMap(({ line, result }) => {
        const moved = movedLine(line, {
          startLine: range.start.line,
          startCharacter: range.start.character,
          endLine: range.end.line,
          endCharacter: range.end.character,
          text,
        });
        return moved === undefined || moved >= document.lineCount ? [] : [{ line: moved, result }];
      });
    this.#set(document, marks);
  }

  dispose(): void {
    for (const each of [...this.#subscriptions, this.#passed, this.#failed]) each.dispose();
  }
}

const decoration = (color: string) =>
  vscode.window.createTextEditorDecorationType({
    after: { margin: '0 0 0 2em', color: new vscode.ThemeColor(color) },
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });

function drawn(document: vscode.TextDocument, { line, result }: Mark): vscode.DecorationOptions {
  const { end } = document.lineAt(line).range;
  return {
    range: new vscode.Range(end, end),
    hoverMessage: result.message,
    // The sign says it, too: not everybody sees the colour.
    renderOptions: { after: { contentText: `${result.passed ? '✓' : '✗'} ${result.actual}` } },
  };
}
