/** The record after a write. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { mergedRecord, recordAfter, unlikeSent } from '#core/writing/afterwards';
import type { PlannedChange } from '#core/writing/planned-change';
import { clientFor, useFakeApi } from '../support/fake-api';

const request = { method: 'PUT', module: 'User', id: '7', query: [] } as const;
const update: PlannedChange = {
  outcome: 'update',
  request,
  id: '7',
  record: { ID: '7' },
  fields: [
    { name: 'Town', type: 'string', before: 'Bury', after: 'Leeds', changes: true },
    { name: 'Born', type: 'date', before: null, after: '2026-01-01', changes: true },
  ],
};

describe('a record after a write', () => {
  const api = useFakeApi();
  const read = async (change: PlannedChange, createdId?: string) =>
    recordAfter(clientFor(api.root).client, change, createdId, []);

  it('is read with the fields that were sent, wherever its ID comes from', async () => {
    api.replies({ body: { results: [{ ID: '7', Town: 'Leeds' }] } });
    const unforeseen: PlannedChange = { ...update, outcome: 'unforeseen', reason: 'No.' };
    const created: PlannedChange = {
      outcome: 'create',
      request: { method: 'POST', module: 'User', query: [] },
      fields: update.fields,
    };
    for (const [change, id] of [[update], [unforeseen], [created, '7']] as const)
      assert.deepEqual(await read(change, id), { ID: '7', Town: 'Leeds' });
    assert.ok(
      api.seen.every(({ url }) => url.includes('$select=ID,Town,Born&$filter=ID%20eq%20%277%27')),
      api.seen[0]?.url,
    );
  });

  it('is not looked for where there is none', async () => {
    api.replies({ body: { results: [] } });
    const deleted: PlannedChange = {
      outcome: 'delete',
      step: 'remove',
      request: { ...request, method: 'DELETE' },
      id: '7',
      record: { ID: '7' },
      fields: [],
    };
    assert.equal(await read(deleted), undefined);
    assert.equal(api.seen.length, 0);
    assert.equal(await read({ ...deleted, step: 'mark' }), undefined);
    assert.equal(api.seen.length, 1);
  });

  for (const [now, expected] of [
    [
      { ID: '7', Capacity: null },
      { ID: '7', Capacity: null, Town: 'Bury' },
    ],
    [
      { id: '7', capacity: '' },
      { ID: '7', Capacity: '', Town: 'Bury' },
    ],
    [
      { ID: '7', Notes: 'x' },
      { ID: '7', Capacity: 12, Town: 'Bury' },
    ],
  ] as const)
    it(`is shown as it is now: ${JSON.stringify(now)}`, () =>
      assert.deepEqual(mergedRecord({ ID: '7', Capacity: 12, Town: 'Bury' }, now, ['Capacity']), expected));

  it('is told where it is not as it was sent', () => {
    assert.deepEqual(unlikeSent(update, { ID: '7', Town: 'Leeds', Born: '2026-01-01T00:00:00' }), []);
    assert.deepEqual(unlikeSent(update, { ID: '7', Town: 'Lee' }), [
      'Town is “Lee” now, though “Leeds” was sent.',
    ]);
    const secret = {
      name: 'Password',
      type: 'string',
      before: null,
      after: 'hunter2',
      changes: true,
    } as const;
    assert.deepEqual(unlikeSent({ ...update, fields: [secret] }, { ID: '7', Password: '' }), [
      'Password is empty now, though a secret was sent.',
    ]);
  });
});
