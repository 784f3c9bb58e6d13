/** Picking one of the user's connections. */
import * as vscode from 'vscode';
import type { Connection } from '#core/connections/connection';
import { forLabel } from '#core/text/foreign-text';
import { showInformation } from '../workbench/messages';
import type { ConnectionParts } from './parts';

export interface ConnectionItem extends vscode.QuickPickItem {
  readonly connection: Connection;
}

/** One entry for each connection; the one in use is marked, production is named. */
export function connectionItems({ connections }: ConnectionParts): ConnectionItem[] {
  const active = connections.active?.id;
  return connections.all.map((connection) => ({
    label: `${connection.id === active ? '$(check) ' : ''}${forLabel(connection.name)}`,
    description: connection.root,
    ...(connections.isProduction(connection) ? { detail: 'Production: changes are real' } : {}),
    connection,
  }));
}

/** Returns undefined when the user picks none, or has none and was told so. */
export async function chooseConnection(
  parts: ConnectionParts,
  title: string,
  placeHolder?: string,
): Promise<Connection | undefined> {
  const items = connectionItems(parts);
  if (items.length === 0) {
    const choice = await showInformation('There is no connection yet.', 'Add Connection');
    if (choice !== undefined) await vscode.commands.executeCommand('apq.addConnection');
    return undefined;
  }
  const choice = await vscode.window.showQuickPick(items, {
    title,
    matchOnDescription: true,
    ...(placeHolder === undefined ? {} : { placeHolder }),
  });
  return choice?.connection;
}
