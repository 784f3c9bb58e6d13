/** Every change is shown before it is sent; a deletion in production must be confirmed in writing. */
import type { Prepared } from '#core/running/prepare';
import { bodyInQuestion, pretty } from '#core/running/preview';
import { pathOf } from '#language';
import type { Connections } from '../connections/connections';
import { showFailure, showWarning } from '../workbench/messages';
import { askText } from '../workbench/questions';
import type { TextPages } from '../workbench/text-pages';

/** Longer bodies are cut in the question, which mentions it and offers to show all. */
const MAX_CHARACTERS = 1500;

/** What the question needs: the connections, and where to show a long body. */
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
    ...(wire.body === undefined ? [] : [bodyInQuestion(wire.body, MAX_CHARACTERS)]),
    ...(wire.method === 'DELETE' ? ['This can’t be undone.'] : []),
  ].join('\n\n');
  const cut = wire.body !== undefined && pretty(wire.body).length > MAX_CHARACTERS;
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
  // What the user saw must still hold: another window or editor may have changed it meanwhile.
  const now = connections.all.find(({ id }) => id === connection.id);
  if (
    now?.root === connection.root &&
    now.name === connection.name &&
    connections.levelOf(now) !== 'readOnly'
  )
    return true;
  void showFailure(
    `${connection.name} was changed while you were being asked, so nothing was sent. Run the request again.`,
  );
  return false;
}

/** Asks for the ID to be typed: a deletion of live records can't be undone, so one key is not enough. */
async function spelledOut(id: string, connection: string): Promise<boolean> {
  const typed = await askText({
    title: `Delete on ${connection} (PRODUCTION)`,
    prompt: `Type ${id} to delete this record for good`,
    validate: (text) => (text.trim() === id ? undefined : `Type ${id}, or press Escape to keep the record.`),
  });
  return typed !== undefined;
}
