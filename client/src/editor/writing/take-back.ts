/** Taking changes back: opens what restores the old records. Nothing is sent before the user runs it. */
import * as vscode from 'vscode';
import type { Connection } from '#core/connections/connection';
import type { ChangeEntry } from '#core/writing/change-entry';
import { readNow } from '#core/writing/read-now';
import { takeBack, type Taken, type UndoPort, undoText } from '#core/writing/undo-file';
import { importCommand, type UndoTable, undoTables } from '#core/writing/undo-table';
import { ByName } from '#language';
import type { Connections } from '../connections/connections';
import type { EditorMetadata } from '../metadata/editor-metadata';
import { showInformation } from '../workbench/messages';
import { inStatusBar } from '../workbench/progress';
import { showFile } from '../workbench/show-file';
import type { EditorChangeLog } from './editor-change-log';
import { saveText } from './save-file';

export interface TakeBackParts {
  readonly changeLog: EditorChangeLog;
  readonly connections: Connections;
  readonly metadata: EditorMetadata;
}

/** The present connection of a change: to the same platform, else of the same name where the platform moves. */
function connectionOf(
  connections: Connections,
  { connection: { root, name } }: Pick<ChangeEntry, 'connection'>,
): Connection | undefined {
  const named = connections.named(name);
  if (named?.root === root) return named;
  const moved = named !== undefined && connections.isSample(named) ? named : undefined;
  return connections.all.find((each) => each.root === root) ?? moved;
}

/** The same, with a word to the user where there is none: on another platform, the same ID is another record. */
export function connectionFor(
  connections: Connections,
  entry: Pick<ChangeEntry, 'connection'>,
): Connection | undefined {
  const found = connectionOf(connections, entry);
  if (found === undefined)
    void showInformation(
      `No connection leads to ${entry.connection.root} any more. Add it with APQ: Add Connection, then try again.`,
    );
  return found;
}

/** Opens the requests that take changes of one connection back; many changes become a table to be imported. */
export async function openUndo(parts: TakeBackParts, entries: readonly ChangeEntry[]): Promise<void> {
  const [first] = entries;
  if (first === undefined) return;
  const { changeLog, connections, metadata } = parts;
  const connection = connectionFor(connections, first);
  if (connection === undefined) return;
  const fields: UndoPort['fields'] = (module) =>
    new ByName(metadata.of(connection)?.modules ?? []).get(module)?.fields ?? [];
  // Of many, those that were not done are of no interest.
  const done = entries.length === 1 ? entries : entries.filter(({ outcome }) => outcome.kind !== 'refused');
  const taken = takeBack(done, await changeLog.log.kept(done), fields);
  const [only] = taken;
  if (taken.length === 1 && only?.undo.ok === false) {
    void showInformation(`This change can’t be taken back. ${only.undo.reason}`);
    return;
  }
  const { tables, rest } = undoTables(taken);
  for (const table of tables) await saveTable(table, first, connection);
  if (rest.length > 0) await openRequests(parts, rest, { connection, fields });
}

async function openRequests(
  { changeLog, connections }: TakeBackParts,
  taken: readonly Taken[],
  { connection, fields }: { readonly connection: Connection; readonly fields: UndoPort['fields'] },
): Promise<void> {
  const content = await inStatusBar('APQ: reading what was changed since…', async ({ signal }) =>
    undoText(
      taken,
      {
        fields,
        now: async (module, id) =>
          readNow(connections.client(connection), module, id, fields(module), signal),
      },
      // Named also where it is in use: it need not be when the file is run.
      connection.name,
    ),
  );
  const document = await vscode.workspace.openTextDocument({ language: 'apq', content });
  changeLog.addUndoFile(document.uri);
  await showFile(document);
}

const IMPORT = 'Import…';
const COPY = 'Copy Command';

async function saveTable(
  table: UndoTable,
  { connection: { root } }: ChangeEntry,
  { id }: Connection,
): Promise<void> {
  const path = await saveText(`Old values of ${table.module}`, `undo-${table.module}.csv`, table.csv);
  if (path === undefined) return;
  const cleared =
    table.cleared.length === 0
      ? ''
      : ` Where a cell of ${table.cleared.join(', ')} is blank, the field was empty: choose that blank cells empty it.`;
  const pressed = await showInformation(
    `The old values of ${table.rows.toLocaleString('en-GB')} records are in ${path}. Import it to restore them: its column ID says which records.${cleared}`,
    IMPORT,
    COPY,
  );
  if (pressed === IMPORT)
    await vscode.commands.executeCommand('apq.importRecords', vscode.Uri.file(path), id);
  if (pressed === COPY) await vscode.env.clipboard.writeText(importCommand(table, path, root));
}
