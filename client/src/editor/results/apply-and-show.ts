/** Edits a query file for a results view: the user sees what was written, and can undo it. */
import * as vscode from 'vscode';
import type { TextEdit } from '#language';
import { rangeOf } from '../workbench/query-files';
import { showFile } from '../workbench/show-file';

/** `at`: where in the file, before the edits, the cursor is set. */
export async function applyAndShow(
  document: vscode.TextDocument,
  edits: readonly TextEdit[],
  at: number,
): Promise<vscode.TextEditor> {
  const edit = new vscode.WorkspaceEdit();
  for (const { text, ...span } of edits) edit.replace(document.uri, rangeOf(document, span), text);
  await vscode.workspace.applyEdit(edit);
  const editor = await showFile(document);
  const place = document.positionAt(at);
  editor.selection = new vscode.Selection(place, place);
  editor.revealRange(editor.selection);
  return editor;
}
