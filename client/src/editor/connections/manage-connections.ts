/** *Switch Connection*, *Remove Connection*. */
import type { Connection } from '#core/connections/connection';
import { showWarning } from '../workbench/messages';
import { choose } from '../workbench/questions';
import { addConnection } from './add-connection';
import { chooseConnection, connectionChoices } from './choose-connection';
import type { ConnectionParts } from './parts';

export async function switchConnection(parts: ConnectionParts): Promise<Connection | undefined> {
  const { connections, sample } = parts;
  const use = connectionChoices(parts).map((each) => ({
    ...each,
    value: async () => {
      await connections.activate(each.value);
      return each.value;
    },
  }));
  const choice = await choose({ title: 'Switch Connection' }, [
    ...use,
    { icon: 'add', label: 'Add Connection…', value: async () => addConnection(parts) },
    { icon: 'beaker', label: 'Open Sample Platform', value: async () => sample.open() },
  ]);
  return choice?.();
}

export async function removeConnection(parts: ConnectionParts, given?: Connection): Promise<void> {
  const connection =
    given ??
    (await chooseConnection(
      parts,
      'Remove Connection',
      'Its key is forgotten as well; queries and metadata stay',
    ));
  if (connection === undefined) return;
  const sure = await showWarning(
    `Remove the connection “${connection.name}” and forget its key?`,
    { modal: true },
    'Remove',
  );
  if (sure === 'Remove') await parts.connections.remove(connection);
}
