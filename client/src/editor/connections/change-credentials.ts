/** *Change Key or Password*: another key, password or address for a connection. */
import { type Connection, withCarriedLevel } from '#core/connections/connection';
import { showInformation, showWarning } from '../workbench/messages';
import { askForConnection, newDraft, signInTrail, type Step } from './connection-steps';
import type { ConnectionParts } from './parts';

/** *Change Key or Password*. */
export const changeCredentials = async (parts: ConnectionParts, connection: Connection): Promise<void> =>
  renew(parts, connection, signInTrail(connection));

/** Asks from `trail` on, and replaces address and credentials. */
export async function renew(
  parts: ConnectionParts,
  connection: Connection,
  trail: readonly [Step, ...Step[]],
): Promise<void> {
  const { connections } = parts;
  const asked = await askForConnection(parts, {
    title: connection.name,
    trail,
    connection,
    draft: newDraft(connection.root),
  });
  const now = current(parts, connection);
  if (asked === undefined || now === undefined) return;
  const { root, site, auth } = asked.connection;
  const moved = { ...now, root, site, auth };
  const renewed = root === now.root ? moved : withCarriedLevel(moved, now.changes);
  if (!asked.works) {
    await connections.keepSignedOut(renewed, asked.credentials);
    void tellSignedOut(parts, renewed);
    return;
  }
  await connections.update(renewed, asked.credentials);
  if (connections.active === undefined) await connections.activate(renewed);
  void showInformation(`${renewed.name} is signed in.`);
}

/** Returns its present state, since another window may have changed it meanwhile; undefined when it was removed. */
export const current = ({ connections }: ConnectionParts, { id }: Connection): Connection | undefined =>
  connections.all.find((each) => each.id === id);

/** Says that a connection was kept although it does not work, and offers to mend it. */
export async function tellSignedOut(parts: ConnectionParts, connection: Connection): Promise<void> {
  const inUse = parts.connections.active?.id === connection.id;
  const choice = await showWarning(
    `${connection.name} is kept, but not signed in${inUse ? '' : ', so it is not the connection in use'}.`,
    'Change Key or Password',
  );
  if (choice !== undefined) await changeCredentials(parts, connection);
}
