/** What a prepared change is going to do, with a line in the status bar while it is read. */
import type { PreparedRequest } from '#core/running/prepare';
import { foresee } from '#core/writing/foresee';
import type { PlannedChange } from '#core/writing/planned-change';
import type { Connections } from '../connections/connections';
import { inStatusBar } from '../workbench/progress';

export const foreseen = async (
  connections: Connections,
  { connection, wire, fields }: PreparedRequest,
): Promise<PlannedChange> =>
  inStatusBar('APQ: reading what this changes…', async ({ signal }) =>
    foresee(connections.client(connection), wire, fields, { signal }),
  );
