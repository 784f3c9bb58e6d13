/** *Switch Connection*, *Remove Connection*. */
import * as vscode from 'vscode';
import type { Connection } from '#core/connections/connection';
import type { Services } from '../services';
import { addConnection } from './add-connection';
import { chooseConnection, connectionItems } from './choose-connection';
import { showWarning } from '../workbench/messages';

export async function switchConnection(services: Services): Promise<Connection | undefined> {
  const { connections, sample } = services;
  const add = { label: '$(add) Add Connection…', run: async () => addConnection(services) };
  const start = { label: '$(beaker) Open Sample Platform', run: async () => sample.open() };
  const items = connectionItems(services).map((item) => ({
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

export async function removeConnection(services: Services, given?: Connection): Promise<void> {
  const connection =
    given ??
    (await chooseConnection(
      services,
      'Remove Connection',
      'Its key is forgotten, too; queries and metadata stay',
    ));
  if (connection === undefined) return;
  const sure = await showWarning(
    `Remove the connection “${connection.name}” and forget its key?`,
    { modal: true },
    'Remove',
  );
  if (sure === 'Remove') await services.connections.remove(connection);
}
