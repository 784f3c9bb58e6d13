/** The connection that a result came from. */
import type { Connection } from '#core/connections/connection';
import type { Connections } from '../connections/connections';
import type { ResultPanel } from './panel';

/** Returns the connection of a result; undefined where that is gone, or is not the platform any more that it was. */
export function connectionOf(
  { prepared, head }: Pick<ResultPanel, 'prepared' | 'head'>,
  connections: Pick<Connections, 'all' | 'named'>,
): Connection | undefined {
  const now =
    prepared === undefined
      ? connections.named(head?.connection ?? '')
      : connections.all.find(({ id }) => id === prepared.connection.id);
  if (now === undefined || head === undefined) return undefined;
  // The answers that a SQL request is about may be of several platforms; then none is that of its IDs.
  const same = head.method === 'SQL' ? head.connection === now.name : head.address.startsWith(`${now.root}/`);
  return same ? now : undefined;
}
