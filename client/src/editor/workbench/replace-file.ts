/** Writing the user's files whole or not at all. */
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';

/** Writes next to the file, then renames: an old file is never half overwritten, and nothing is left behind. */
export async function replaceFile(uri: vscode.Uri, bytes: Uint8Array): Promise<void> {
  const temporary = uri.with({ path: `${uri.path}.${randomUUID()}.tmp` });
  try {
    await vscode.workspace.fs.writeFile(temporary, bytes);
    await vscode.workspace.fs.rename(temporary, uri, { overwrite: true });
  } catch (error) {
    await vscode.workspace.fs.delete(temporary).then(undefined, () => undefined);
    throw error;
  }
}
