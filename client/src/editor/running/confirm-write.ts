/** A change is shown before it is sent, always; in production its removal must be spelled out. */
import * as vscode from 'vscode';
import { pathOf } from '../../../../server/src/language/service';
import type { Connections } from '../connections';
import type { Prepared } from './prepare';

/** Longer bodies are cut in the question; the preview shows them whole. */
const MOST_CHARACTERS = 1500;

export async function confirmWrite(
  { wire, connection }: Prepared,
  connections: Connections,
): Promise<boolean> {
  if (wire.method === 'GET') return true;
  if (connection.readOnly === true) {
    const choice = await vscode.window.showErrorMessage(
      `${connection.name} is read-only, so this ${wire.method} was not sent. Use another connection, or allow changes on this one.`,
      'Edit Connection',
    );
    if (choice !== undefined) await vscode.commands.executeCommand('apq.editConnection', connection);
    return false;
  }
  const production = connections.isProduction(connection);
  const verb = { POST: 'Create', PUT: 'Change', DELETE: 'Delete' }[wire.method];
  const upsert = wire.query.find(({ name }) => name === '$upsert')?.value;
  const what =
    wire.id === undefined
      ? `a record of ${wire.module}${upsert === undefined ? '' : `, or change the one where ${upsert}`}`
      : `${wire.module} ${wire.id}`;
  const detail = [
    `${wire.method} ${connection.root}${pathOf(wire)}`,
    ...(wire.body === undefined ? [] : [pretty(wire.body)]),
    ...(wire.method === 'DELETE' ? ['This can’t be undone.'] : []),
  ].join('\n\n');
  const choice = await vscode.window.showWarningMessage(
    `${verb} ${what} on ${connection.name}${production ? ' (PRODUCTION)' : ''}?`,
    { modal: true, detail },
    verb,
  );
  if (choice !== verb) return false;
  return wire.method === 'DELETE' && production ? spelledOut(wire.id ?? '', connection.name) : true;
}

/** What can't be undone on live records takes more than one key. */
async function spelledOut(id: string, connection: string): Promise<boolean> {
  const typed = await vscode.window.showInputBox({
    title: `Delete on ${connection} (PRODUCTION)`,
    prompt: `Type ${id} to delete this record for good`,
    ignoreFocusOut: true,
    validateInput: (text) =>
      text.trim() === id ? undefined : `Type ${id}, or press Escape to keep the record.`,
  });
  return typed?.trim() === id;
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), undefined, 2).slice(0, MOST_CHARACTERS);
  } catch {
    return body.slice(0, MOST_CHARACTERS);
  }
}
