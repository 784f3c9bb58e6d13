/** Converts the language's offsets to LSP's ranges and edits, and back. */
import type { Location, Range, TextEdit as LspTextEdit, WorkspaceEdit } from 'vscode-languageserver/node';
import type { Positions, Span, TextEdit } from '#language';
import type { OpenDocument } from './documents';

export const rangeOf = (lines: Positions, span: Span): Range => ({
  start: lines.positionAt(span.offset),
  end: lines.positionAt(span.offset + span.length),
});

export function spanOf(lines: Positions, { start, end }: Range): Span {
  const offset = lines.offsetAt(start);
  return { offset, length: lines.offsetAt(end) - offset };
}

export const editsOf = (lines: Positions, edits: readonly TextEdit[]): LspTextEdit[] =>
  edits.map((edit) => ({ range: rangeOf(lines, edit), newText: edit.text }));

export const workspaceEditOf = ({ uri, lines }: OpenDocument, edits: readonly TextEdit[]): WorkspaceEdit => ({
  changes: { [uri]: editsOf(lines, edits) },
});

export const locationsOf = ({ uri, lines }: OpenDocument, spans: readonly Span[]): Location[] =>
  spans.map((span) => ({ uri, range: rangeOf(lines, span) }));
