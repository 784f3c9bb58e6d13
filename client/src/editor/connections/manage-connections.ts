/** *Switch Connection*, *Remove Connection*. */
import * as vscode from 'vscode';
import type { Connection } from '#core/connections/connection';
import { showWarning } from '../workbench/messages';
import { addConnection } from './add-connection';
import { chooseConnection, connectionItems } from './choose-connection';
import type { ConnectionParts } from './parts';

export async function switchConnection(parts: ConnectionParts): Promise<Connection | undefined> {
  const { connections, sample } = parts;
  const add = { label: '$(add) Add Connection…', run: async () => addConnection(parts) };
  const start = { label: '$(beaker) Open Sample Platform', run: async () => sample.open() };
  const items = connectionItems(parts).map((item) => ({
    ...item,
    run: async () => {
      await connections.activate(item.connection);
      return item.connection;
    },
  }));
  const choice = await vscode.window.showQuickPick([...items, add, start], {
    title: 'Switch Connection',
    matchOnDescription: true,
  });
  return choice?.run();
}

export async function removeConnection(parts: ConnectionParts, given?: Connection): Promise<void> {
  const connection =
    given ??
    (await chooseConnection(
      parts,
      'Remove Connection',
      'Its key is forgotten as well; queries and metadata stay',
    ));
  if (connection === undefined) return;
  const sure = await showWarning(
    `Remove the connection “${connection.name}” and forget its key?`,
    { modal: true },
    'Remove',
  );
  if (sure === 'Remove') await parts.connections.remove(connection);
}
