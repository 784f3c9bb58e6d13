/** *Edit Connection*: name, address, and how freely records may be changed. A new address needs a new key. */
import { CHANGE_LEVELS, type ChangeLevel, LEVEL_WORDS, usualLevel } from '#core/connections/change-level';
import { type Connection, levelOf, withLevel } from '#core/connections/connection';
import { askForChoice, choose } from '../workbench/questions';
import { changeCredentials, current, renew } from './change-credentials';
import { chooseConnection } from './choose-connection';
import { askForName } from './connection-steps';
import type { ConnectionParts } from './parts';

export async function editConnection(parts: ConnectionParts, given?: Connection): Promise<void> {
  const connection = given ?? (await chooseConnection(parts, 'Edit Connection'));
  if (connection === undefined) return;
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
        icon: 'lock',
        label: 'Changes',
        description: LEVEL_WORDS[levelOf(connection, parts.connections.isProduction(connection))].label,
        value: chooseLevel,
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

/** *Changes*: how freely records may be changed. The settings can only make it stricter. */
async function chooseLevel(parts: ConnectionParts, connection: Connection): Promise<void> {
  const production = parts.connections.isProduction(connection);
  const answer = await askForChoice<ChangeLevel>(
    { title: `Edit Connection: ${connection.name}`, placeHolder: 'When records are changed' },
    CHANGE_LEVELS.map((level) => ({
      label: LEVEL_WORDS[level].label,
      detail: LEVEL_WORDS[level].detail,
      ...(level === usualLevel(production)
        ? { description: `usual for ${production ? 'production' : 'a sandbox'}` }
        : {}),
      value: level,
    })),
    (level) => level === levelOf(connection, production),
  );
  const now = current(parts, connection);
  if (answer.kind !== 'answer' || now === undefined) return;
  await parts.connections.update(withLevel(now, answer.value, production));
}
