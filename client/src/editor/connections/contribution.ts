/** Connections: their view, and the commands that add, change, test and share them. */
import * as vscode from 'vscode';
import type { Connection } from '#core/connections/connection';
import { registerCommands } from '../workbench/commands';
import { addConnection } from './add-connection';
import { changeCredentials } from './change-credentials';
import { type CheckParts, checkPlatform } from './check-platform';
import { ConnectionsView } from './connections-view';
import { duplicateConnection } from './duplicate-connection';
import { editConnection } from './edit-connection';
import { givenConnection } from './given-connection';
import { removeConnection, switchConnection } from './manage-connections';
import type { ConnectionParts } from './parts';
import { exportToFile, importFromFile } from './share-connections';
import { StatusBar } from './status-bar';
import { testAConnection } from './test-connection';

export function contributeConnections(parts: CheckParts): vscode.Disposable[] {
  const { connections, sample, metadata } = parts;
  const given = (value: unknown) => givenConnection(connections, value);
  const on = (use: (parts: ConnectionParts, connection?: Connection) => unknown) => (value: unknown) =>
    use(parts, given(value));
  return [
    connections,
    new ConnectionsView(connections, metadata, sample),
    new StatusBar(connections, metadata),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('apq.changes')) connections.noteSettings();
    }),
    ...registerCommands({
      'apq.addConnection': () => addConnection(parts),
      'apq.switchConnection': () => switchConnection(parts),
      'apq.useConnection': (value) => {
        const connection = given(value);
        return connection === undefined ? switchConnection(parts) : connections.activate(connection);
      },
      'apq.editConnection': on(editConnection),
      'apq.testConnection': on(testAConnection),
      'apq.checkPlatform': (value) => checkPlatform(parts, given(value)),
      'apq.duplicateConnection': on(duplicateConnection),
      'apq.removeConnection': on(removeConnection),
      'apq.updateCredentials': (value) => {
        const connection = given(value) ?? connections.active;
        return connection === undefined ? addConnection(parts) : changeCredentials(parts, connection);
      },
      'apq.exportConnections': () => exportToFile(parts),
      'apq.importConnections': () => importFromFile(parts),
    }),
  ];
}
