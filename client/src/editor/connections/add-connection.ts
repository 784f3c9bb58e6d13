/** *Add Connection*: platform, site, name, key or password; they are tried before they are kept. */
import { randomUUID } from 'node:crypto';
import type { Connection } from '#core/connections/connection';
import { showInformation } from '../workbench/messages';
import { tellSignedOut } from './change-credentials';
import { type Asked, askForConnection, type Draft, newDraft } from './connection-steps';
import type { ConnectionParts } from './parts';

/** What was typed before the user left the questions of this window. */
let left: Draft = newDraft();

export async function addConnection(parts: ConnectionParts): Promise<Connection | undefined> {
  const draft = left;
  const asked = await askForConnection(parts, {
    title: 'Add Connection',
    trail: ['platform'],
    connection: { id: randomUUID() },
    draft,
  });
  // A key or password is not remembered beyond the questions.
  draft.apiKey = draft.password = '';
  if (asked === undefined) return undefined;
  left = newDraft();
  return addAsked(parts, asked);
}

/** Adds the connection, and makes it the one in use if its credentials work. Returns undefined if they don't. */
export async function addAsked(
  parts: ConnectionParts,
  { connection, credentials, works }: Asked,
): Promise<Connection | undefined> {
  if (works) {
    await parts.connections.add(connection, credentials);
    void showInformation(`Connected to ${connection.name}. Its metadata is being fetched.`);
    return connection;
  }
  await parts.connections.keepSignedOut(connection, credentials);
  void tellSignedOut(parts, connection);
  return undefined;
}
