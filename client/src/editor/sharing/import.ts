/** *Import…* and *Paste as Request*: requests of other tools as `.apq`. */
import * as vscode from 'vscode';
import { textOfBytes } from '#core/files/text-of-bytes';
import { fitInto } from '#core/sharing/import/fit';
import { importText, MAX_IMPORT, TOO_LARGE } from '#core/sharing/import/import-text';
import type { Imported } from '#core/sharing/import/imported';
import { showFailure, showInformation } from '../workbench/messages';
import type { Output } from '../workbench/output';
import { showFile } from '../workbench/show-file';

/** Imports the given file, else one of the user's choice, into a new document. */
export async function importFile(output: Output, given?: vscode.Uri): Promise<void> {
  const uri =
    given ??
    (
      await vscode.window.showOpenDialog({
        title: 'Import cURL, Address or Postman Collection',
        openLabel: 'Import',
        filters: {
          'Postman collections and commands': ['json', 'txt', 'sh', 'bat', 'cmd', 'ps1', 'curl'],
          'All files': ['*'],
        },
      })
    )?.[0];
  if (uri === undefined) return;
  const { size } = await vscode.workspace.fs.stat(uri);
  // A larger one is not even read.
  const imported = size > MAX_IMPORT ? TOO_LARGE : await importedFrom(uri);
  if (!imported.ok) {
    void showFailure(imported.message);
    return;
  }
  await showFile(await vscode.workspace.openTextDocument({ language: 'apq', content: imported.text }));
  tell(output, imported.notes);
}

async function importedFrom(uri: vscode.Uri): Promise<Imported> {
  const read = textOfBytes(await vscode.workspace.fs.readFile(uri));
  return read.ok ? importText(read.text) : { ok: false, message: `The file ${read.problem}.` };
}

/** Pastes the clipboard at the cursor, or into a new document when no `.apq` file is active. */
export async function pasteAsRequest(output: Output): Promise<void> {
  const imported = importText(await vscode.env.clipboard.readText());
  if (!imported.ok) {
    void showInformation(`${imported.message} Copy one of these, then paste it as a request.`);
    return;
  }
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.languageId === 'apq') {
    const { document, selection } = editor;
    const text = fitInto(document.getText(), document.offsetAt(selection.start), imported.text);
    await editor.edit((edit) => edit.replace(selection, text));
  } else await showFile(await vscode.workspace.openTextDocument({ language: 'apq', content: imported.text }));
  tell(output, imported.notes);
}

/** Writes all notes of an import to the output, and the first few to a message. */
export function tell(output: Output, notes: readonly string[]): void {
  if (notes.length === 0) return;
  for (const note of notes) output.info(note);
  const more = notes.length - 3;
  void showInformation(
    [...notes.slice(0, 3), ...(more > 0 ? [`And ${more} more.`] : [])].join(' '),
    ...(more > 0 ? ['Show All'] : []),
  ).then((choice) => choice !== undefined && output.show());
}
