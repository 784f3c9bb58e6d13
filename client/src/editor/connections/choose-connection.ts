/** Picking one of the user's connections. */
import * as vscode from 'vscode';
import type { Connection } from '#core/connections/connection';
import { showInformation } from '../workbench/messages';
import { type Choice, choose } from '../workbench/questions';
import type { ConnectionParts } from './parts';

/** One entry for each connection; the one in use is marked, production and signed-out ones are named. */
export function connectionChoices({ connections }: ConnectionParts): Choice<Connection>[] {
  const active = connections.active?.id;
  return connections.all.map((connection) => {
    const detail = [
      ...(connections.isSignedOut(connection) ? ['Not signed in'] : []),
      ...(connections.isProduction(connection) ? ['Production: changes are real'] : []),
    ].join(' · ');
    return {
      ...(connection.id === active ? { icon: 'check' } : {}),
      label: connection.name,
      description: connection.root,
      ...(detail === '' ? {} : { detail }),
      value: connection,
    };
  });
}

/** Returns undefined when the user picks none, or has none and was told so. */
export async function chooseConnection(
  parts: ConnectionParts,
  title: string,
  placeHolder?: string,
): Promise<Connection | undefined> {
  const choices = connectionChoices(parts);
  if (choices.length > 0)
    return choose({ title, ...(placeHolder === undefined ? {} : { placeHolder }) }, choices);
  const choice = await showInformation('There is no connection yet.', 'Add Connection');
  if (choice !== undefined) await vscode.commands.executeCommand('apq.addConnection');
  return undefined;
}
