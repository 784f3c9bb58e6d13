/** Asking where to save a part of a result. */
import * as vscode from 'vscode';
import { fileNameOf } from '#core/results/file-name';
import type { ResultPanel } from './panel';

/** Suggests a file in the workspace, named after the result where no other name is `suggested`. */
export async function askForFile(
  panel: ResultPanel,
  title: string,
  extension: string,
  filters: Readonly<Record<string, string[]>>,
  suggested = panel.title,
): Promise<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = fileNameOf(suggested, extension);
  return vscode.window.showSaveDialog({
    title,
    filters: { ...filters },
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
}
