/** *Export Connections* and *Import Connections*: a file for the team, without keys. */
import * as vscode from 'vscode';
import { exportConnections, importConnections } from '#core/connections/sharing';
import { textOfBytes } from '#core/files/text-of-bytes';
import { showInformation, showWarning } from '../workbench/messages';
import { replaceFile } from '../workbench/replace-file';
import type { ConnectionParts } from './parts';

const FILTERS = { 'APQ connections': ['json'] };

export async function exportToFile({ connections }: ConnectionParts): Promise<void> {
  const shared = connections.all.filter((each) => !connections.isSample(each));
  if (shared.length === 0) {
    void showInformation('There is no connection to export yet.');
    return;
  }
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const uri = await vscode.window.showSaveDialog({
    title: 'Export Connections (without keys)',
    filters: FILTERS,
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, 'apq-connections.json') }),
  });
  if (uri === undefined) return;
  await replaceFile(uri, new TextEncoder().encode(exportConnections(shared)));
  void showInformation(
    `${shared.length} ${shared.length === 1 ? 'connection' : 'connections'} written, without keys: whoever imports them signs in with a key of their own.`,
  );
}

export async function importFromFile({ connections }: ConnectionParts): Promise<void> {
  const [uri] =
    (await vscode.window.showOpenDialog({
      title: 'Import Connections',
      openLabel: 'Import',
      filters: FILTERS,
    })) ?? [];
  if (uri === undefined) return;
  const read = textOfBytes(await vscode.workspace.fs.readFile(uri));
  if (!read.ok) {
    void showWarning(`No connection was imported. The file ${read.problem}.`);
    return;
  }
  const { connections: found, problems } = importConnections(read.text, connections.all);
  for (const connection of found) await connections.keepSignedOut(connection);
  const left = problems.length === 0 ? '' : ` Left out: ${problems.join(' ')}`;
  if (found.length === 0) {
    void showWarning(`No connection was imported.${left}`);
    return;
  }
  const choice = await showInformation(
    `Imported ${found.map(({ name }) => name).join(', ')}. Each needs your own key.${left}`,
    'Enter Key',
  );
  if (choice !== undefined) await vscode.commands.executeCommand('apq.updateCredentials', found[0]);
}
