/** The connection that a menu of the view or a button of a message passes to a command. */
import type { Connection } from '#core/connections/connection';
import { member } from '../workbench/commands';
import type { Connections } from './connections';

/** Looks the connection up by its ID, since the editor passes nodes of the view back. Returns undefined when none was passed. */
export function givenConnection({ all }: Connections, value: unknown): Connection | undefined {
  const id = member(member(value, 'connection') ?? value, 'id');
  return all.find((each) => each.id === id);
}
