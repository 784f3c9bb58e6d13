/** A change is shown before it is sent, always; in production its removal must be spelled out. */
import * as vscode from 'vscode';
import type { Prepared } from '#core/running/prepare';
import { bodyInQuestion, pretty } from '#core/running/preview';
import { forLabel } from '#core/text/foreign-text';
import { pathOf } from '#language';
import type { Connections } from '../connections/connections';
import { showFailure, showWarning } from '../workbench/messages';
import type { TextPages } from '../workbench/text-pages';

/** Longer bodies are cut in the question, which says so and shows them whole when asked. */
const MOST_CHARACTERS = 1500;

/** What asking takes: which connections there are, and where a long body is shown. */
export interface ConfirmParts {
  readonly connections: Connections;
  readonly pages: TextPages;
}

/** Returns true when the user agrees to just this change. */
export async function confirmWrite(
  { wire, connection }: Prepared,
  { connections, pages }: ConfirmParts,
): Promise<boolean> {
  if (wire.method === 'GET') return true;
  const production = connections.isProduction(connection);
  const verb = { POST: 'Create', PUT: 'Change', DELETE: 'Delete' }[wire.method];
  const upsert = wire.query.find(({ name }) => name === '$upsert')?.value;
  const what =
    wire.id === undefined
      ? `a record of ${wire.module}${upsert === undefined ? '' : `, or change the one where ${upsert}`}`
      : `${wire.module} ${wire.id}`;
  const detail = [
    `${wire.method} ${connection.root}${pathOf(wire)}`,
    ...(wire.body === undefined ? [] : [bodyInQuestion(wire.body, MOST_CHARACTERS)]),
    ...(wire.method === 'DELETE' ? ['This can’t be undone.'] : []),
  ].join('\n\n');
  const cut = wire.body !== undefined && pretty(wire.body).length > MOST_CHARACTERS;
  const choice = await showWarning(
    `${verb} ${what} on ${connection.name}${production ? ' (PRODUCTION)' : ''}?`,
    { modal: true, detail },
    verb,
    ...(cut ? ['Show All'] : []),
  );
  if (choice === 'Show All')
    await pages.show(`${verb} ${wire.module} (not sent).json`, `${pretty(wire.body ?? '')}\n`);
  if (choice !== verb) return false;
  if (wire.method === 'DELETE' && production && !(await spelledOut(wire.id ?? '', connection.name)))
    return false;
  // What the user saw is what must be true now: other windows and editors were open meanwhile.
  const now = connections.all.find(({ id }) => id === connection.id);
  if (now?.root === connection.root && now.name === connection.name && now.readOnly !== true) return true;
  void showFailure(
    `${connection.name} was changed while you were being asked, so nothing was sent. Run the request again.`,
  );
  return false;
}

/** What can't be undone on live records takes more than one key. */
async function spelledOut(id: string, connection: string): Promise<boolean> {
  const typed = await vscode.window.showInputBox({
    title: forLabel(`Delete on ${connection} (PRODUCTION)`),
    prompt: forLabel(`Type ${id} to delete this record for good`),
    ignoreFocusOut: true,
    validateInput: (text) =>
      text.trim() === id ? undefined : forLabel(`Type ${id}, or press Escape to keep the record.`),
  });
  return typed?.trim() === id;
}
