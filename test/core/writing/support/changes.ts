/** Changes as they are told to the log. */
import type { PlannedChange } from '#core/writing/planned-change';
import type { NewWrite } from '#core/writing/write-log';
import type { WireRequest } from '#language';

export const ROOT = 'https://acme.accessplanit.com/accessplan';

/** A PUT of one field. */
export function put(
  id: string,
  before: unknown = 'Leeds',
  after: unknown = 'York',
  name = 'Town',
): PlannedChange {
  const request: WireRequest = {
    method: 'PUT',
    module: 'User',
    id,
    query: [],
    body: JSON.stringify({ [name]: after }),
  };
  return {
    outcome: 'update',
    id,
    record: { ID: id, [name]: before, Surname: 'Ng' },
    request,
    fields: [{ name, type: 'string', before, after, changes: true }],
  };
}

export const writeOf = (change: PlannedChange, more: Partial<NewWrite> = {}): NewWrite => ({
  change,
  connection: { name: 'Acme', root: ROOT },
  source: 'editor',
  ...more,
});
