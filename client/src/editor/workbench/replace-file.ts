/** Writing the user's files whole or not at all. */
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { writeWhole } from '#core/files/output-file';

/**
 * An old file is never half overwritten, and nothing is left behind. What is no file of this computer is written by the
 * editor.
 */
export async function replaceFile(uri: vscode.Uri, bytes: Uint8Array): Promise<void> {
  if (uri.scheme === 'file') {
    await writeWhole(uri.fsPath, bytes);
    return;
  }
  const temporary = uri.with({ path: `${uri.path}.${randomUUID()}.tmp` });
  try {
    await vscode.workspace.fs.writeFile(temporary, bytes);
    await vscode.workspace.fs.rename(temporary, uri, { overwrite: true });
  } catch (error) {
    await vscode.workspace.fs.delete(temporary).then(undefined, () => undefined);
    throw error;
  }
}
