/** Asking where to save a text, and writing it whole. */
import * as vscode from 'vscode';
import { OutputFileError } from '#core/files/file-error';
import { writeWhole } from '#core/files/output-file';
import { showFailure } from '../workbench/messages';

/** `name` has the extension of its format. Returns the path; undefined where the user gave up, or it failed, which was told. */
export async function saveText(title: string, name: string, text: string): Promise<string | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const extension = name.slice(name.lastIndexOf('.') + 1);
  const uri = await vscode.window.showSaveDialog({
    title,
    filters: { [extension.toUpperCase()]: [extension] },
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
  if (uri === undefined) return undefined;
  try {
    await writeWhole(uri.fsPath, text);
    return uri.fsPath;
  } catch (error) {
    if (!(error instanceof OutputFileError)) throw error;
    void showFailure(error.message);
    return undefined;
  }
}
