/** *Switch Connection*, *Change Key or Password*, *Remove Connection*. */
import * as vscode from 'vscode';
import type { Connection } from '../../core/connections/connection';
import type { Services } from '../services';
import { addConnection, askForCredentials } from './add-connection';

export async function switchConnection(services: Services): Promise<Connection | undefined> {
  const { connections, sample } = services;
  const add = { label: '$(add) Add Connection…', connection: undefined, sample: false };
  const start = { label: '$(beaker) Open Sample Platform', connection: undefined, sample: true };
  const choice = await vscode.window.showQuickPick([...items(services), add, start], {
    title: 'Switch Connection',
    matchOnDescription: true,
  });
  if (choice === undefined) return undefined;
  if (choice.sample) return sample.open();
  if (choice.connection === undefined) return addConnection(services);
  await connections.activate(choice.connection);
  return choice.connection;
}

export async function updateCredentials({ connections }: Services): Promise<void> {
  const { active } = connections;
  if (active === undefined) return;
  const credentials = await askForCredentials(new URL(active.root).host);
  if (credentials === undefined) return;
  await connections.add({ ...active, auth: credentials.kind }, credentials);
  void vscode.window.showInformationMessage(`${active.name} has new credentials.`);
}

export async function removeConnection(services: Services): Promise<void> {
  const choice = await vscode.window.showQuickPick(items(services), {
    title: 'Remove Connection',
    placeHolder: 'Its key is forgotten, too; queries and metadata stay',
  });
  if (choice?.connection === undefined) return;
  const sure = await vscode.window.showWarningMessage(
    `Remove the connection “${choice.connection.name}” and forget its key?`,
    { modal: true },
    'Remove',
  );
  if (sure === 'Remove') await services.connections.remove(choice.connection);
}

function items({ connections }: Services) {
  const active = connections.active?.id;
  return connections.all.map((connection) => ({
    label: `${connection.id === active ? '$(check) ' : ''}${connection.name}`,
    description: connection.root,
    connection,
    sample: false,
  }));
}
