/** *Edit Connection*: name, address, and whether changes are allowed. A new address needs a new key. */
import type { Connection } from '#core/connections/connection';
import { choose } from '../workbench/questions';
import { changeCredentials, current, renew } from './change-credentials';
import { chooseConnection } from './choose-connection';
import { askForName } from './connection-steps';
import type { ConnectionParts } from './parts';

export async function editConnection(parts: ConnectionParts, given?: Connection): Promise<void> {
  const connection = given ?? (await chooseConnection(parts, 'Edit Connection'));
  if (connection === undefined) return;
  const readOnly = connection.readOnly === true;
  const change = await choose(
    { title: `Edit Connection: ${connection.name}`, placeHolder: 'What to change' },
    [
      { icon: 'edit', label: 'Name', description: connection.name, value: rename },
      { icon: 'link', label: 'Address', description: connection.root, value: move },
      {
        icon: 'key',
        label: 'Key or password',
        description: connection.auth === 'apiKey' ? 'API key' : 'user name and password',
        value: changeCredentials,
      },
      {
        icon: readOnly ? 'unlock' : 'lock',
        label: readOnly ? 'Allow Changes' : 'Make Read-Only',
        description: readOnly
          ? 'POST, PUT and DELETE ask for confirmation, as usual'
          : 'POST, PUT and DELETE are refused on this connection',
        value: toggleReadOnly,
      },
    ],
  );
  await change?.(parts, connection);
}

async function rename(parts: ConnectionParts, connection: Connection): Promise<void> {
  const { name, id } = connection;
  const answer = await askForName(parts.connections, { title: `Edit Connection: ${name}`, value: name, id });
  const now = current(parts, connection);
  if (answer.kind === 'answer' && now !== undefined)
    await parts.connections.update({ ...now, name: answer.value.trim() });
}

/** The key is asked for as well: it is sent only to the address for which it was entered. */
const move = async (parts: ConnectionParts, connection: Connection): Promise<void> =>
  renew(parts, connection, ['platform']);

async function toggleReadOnly(parts: ConnectionParts, connection: Connection): Promise<void> {
  const now = current(parts, connection);
  if (now === undefined) return;
  const { readOnly = false, ...rest } = now;
  // The change that the menu named, even if another window has changed the connection meanwhile.
  const wanted = connection.readOnly !== true;
  if (readOnly !== wanted) await parts.connections.update(wanted ? { ...rest, readOnly: true } : rest);
}
