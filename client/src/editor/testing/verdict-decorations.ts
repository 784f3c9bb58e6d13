/** ✓ or ✗ and the actual value, at the end of each `# @expect` line after a run. */
import * as vscode from 'vscode';
import type { Verdict } from '#core/testing/judge';
import { forLabel, harmless } from '#core/text/foreign-text';
import type { ExpectationInfo } from '#language';
import { escapeMarkdown } from '#language';
import { lineAfter } from '../workbench/moved-lines';

interface Drawn {
  readonly line: number;
  readonly result: Verdict;
}

export class VerdictDecorations implements vscode.Disposable {
  readonly #passed = decoration('testing.iconPassed');
  readonly #failed = decoration('testing.iconFailed');
  /** By the file’s address. */
  readonly #drawn = new Map<string, readonly Drawn[]>();
  readonly #subscriptions = [
    vscode.workspace.onDidChangeTextDocument((event) => this.#move(event)),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#drawn.delete(uri.toString())),
    vscode.window.onDidChangeVisibleTextEditors((editors) => editors.forEach((editor) => this.#draw(editor))),
  ];

  /** Shows the verdicts on a request’s expectations, until their lines are edited or shown again. */
  show(document: vscode.TextDocument, results: readonly Verdict[]): void {
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

  /** Removes the verdicts from these lines, before their request runs again. */
  clear(document: vscode.TextDocument, expectations: readonly ExpectationInfo[]): void {
    this.#set(document, this.#without(document, expectations));
  }

  #without(document: vscode.TextDocument, expectations: readonly ExpectationInfo[]): readonly Drawn[] {
    const lines = new Set(expectations.map(({ span }) => document.positionAt(span.offset).line));
    return (this.#drawn.get(document.uri.toString()) ?? []).filter(({ line }) => !lines.has(line));
  }

  #set(document: vscode.TextDocument, drawn: readonly Drawn[]): void {
    const key = document.uri.toString();
    if (drawn.length === 0) this.#drawn.delete(key);
    else this.#drawn.set(key, drawn);
    for (const editor of vscode.window.visibleTextEditors)
      if (editor.document === document) this.#draw(editor);
  }

  #draw(editor: vscode.TextEditor): void {
    const drawn = this.#drawn.get(editor.document.uri.toString()) ?? [];
    const of = (wanted: boolean) =>
      drawn.filter(({ result }) => result.passed === wanted).map((each) => optionsOf(editor.document, each));
    editor.setDecorations(this.#passed, of(true));
    editor.setDecorations(this.#failed, of(false));
  }

  #move({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const before = this.#drawn.get(document.uri.toString());
    if (before === undefined || contentChanges.length === 0) return;
    const drawn = before.flatMap(({ line, result }) => {
      const moved = lineAfter(line, contentChanges);
      return moved === undefined || moved >= document.lineCount ? [] : [{ line: moved, result }];
    });
    this.#set(document, drawn);
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

function optionsOf(document: vscode.TextDocument, { line, result }: Drawn): vscode.DecorationOptions {
  const { end } = document.lineAt(line).range;
  return {
    range: new vscode.Range(end, end),
    // A hover reads Markdown.
    hoverMessage: escapeMarkdown(harmless(result.message)),
    // The sign repeats what the colour shows, as not everybody sees the colour.
    renderOptions: { after: { contentText: forLabel(`${result.passed ? '✓' : '✗'} ${result.actual}`) } },
  };
}
