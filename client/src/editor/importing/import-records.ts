/** *Import Records…*: records are created and changed from the rows of a file. */
import * as vscode from 'vscode';
import { ImportDraft } from '#core/bulk/import-draft';
import { chooseConnection } from '../connections/choose-connection';
import { showFailure } from '../workbench/messages';
import { inNotification } from '../workbench/progress';
import { isUntrusted } from '../workbench/trust';
import { ImportView } from './import-view';
import { offerResume } from './journals';
import { moduleNamed, moduleNames } from './modules';
import type { ImportParts } from './parts';
import { ImportSession } from './session';
import { tellFailure } from './tell-failure';

/** Imports the given file, else one of the user's choice. `connection`: the ID of the one whose records it has. */
export async function importRecords(
  parts: ImportParts,
  given?: vscode.Uri,
  { connection: id }: { readonly connection?: string } = {},
): Promise<void> {
  if (isUntrusted('this file')) return;
  const uri = given ?? (await askForTable());
  if (uri === undefined) return;
  if (uri.scheme !== 'file') {
    void showFailure('The file is not on this computer. Save it there, and import that file.');
    return;
  }
  const wanted =
    id === undefined
      ? (parts.connections.active ?? (await chooseConnection(parts, 'Import Records')))
      : parts.connections.all.find((each) => each.id === id);
  if (wanted === undefined) {
    if (id !== undefined)
      void showFailure('The connection of these records is no longer there, so they can’t be imported.');
    return;
  }
  try {
    const connection = await parts.sample.ready(wanted);
    const resumed = await offerResume(uri.fsPath, connection, parts);
    if (resumed === 'resumed' || resumed === 'cancelled') return;
    const session = await inNotification(
      `Reading ${vscode.workspace.asRelativePath(uri)}`,
      async () =>
        new ImportSession(await ImportDraft.of(uri.fsPath), {
          connection,
          production: parts.connections.isProduction(connection),
          modules: await moduleNames(connection, parts),
          moduleNamed: async (name) => moduleNamed(name, connection, parts),
        }),
    );
    new ImportView(session, parts);
  } catch (error) {
    tellFailure(error, wanted, parts);
  }
}

async function askForTable(): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: 'Import Records',
    openLabel: 'Import',
    filters: { 'CSV and Excel files': ['csv', 'xlsx', 'tsv', 'txt'], 'All files': ['*'] },
  });
  return chosen?.[0];
}
