/** Converts the language's offsets to LSP's ranges and edits, and back. */
import type { Location, Range, TextEdit as LspTextEdit, WorkspaceEdit } from 'vscode-languageserver/node';
import { mergeEdits, type Positions, type Span, type TextEdit } from '#language';
import type { OpenDocument } from './documents';

export const rangeOf = (lines: Positions, span: Span): Range => ({
  start: lines.positionAt(span.offset),
  end: lines.positionAt(span.offset + span.length),
});

export const editOf = (lines: Positions, edit: TextEdit): LspTextEdit => ({
  range: rangeOf(lines, edit),
  newText: edit.text,
});

/** More edits are merged, so that a message is not many times as long as the text. */
const MAX_EDITS = 5000;

export const editsOf = ({ lines, current }: OpenDocument, edits: readonly TextEdit[]): LspTextEdit[] =>
  (edits.length <= MAX_EDITS ? edits : mergeEdits(current.text, edits, MAX_EDITS)).map((edit) =>
    editOf(lines, edit),
  );

export const workspaceEditOf = (document: OpenDocument, edits: readonly TextEdit[]): WorkspaceEdit => ({
  changes: { [document.uri]: editsOf(document, edits) },
});

export const locationsOf = ({ uri, lines }: OpenDocument, spans: readonly Span[]): Location[] =>
  spans.map((span) => ({ uri, range: rangeOf(lines, span) }));
