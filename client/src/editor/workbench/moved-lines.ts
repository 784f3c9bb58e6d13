/** Where lines are after an edit, for marks that stay on their lines. */
import type * as vscode from 'vscode';
import { movedLine } from '#core/testing/moved-line';

/** Returns the line’s new number; undefined when an edit touched the line itself. */
export function lineAfter(
  line: number,
  changes: readonly vscode.TextDocumentContentChangeEvent[],
): number | undefined {
  let moved: number | undefined = line;
  for (const { range, text } of changes) {
    if (moved === undefined) return undefined;
    moved = movedLine(moved, {
      startLine: range.start.line,
      startCharacter: range.start.character,
      endLine: range.end.line,
      endCharacter: range.end.character,
      text,
    });
  }
  return moved;
}
