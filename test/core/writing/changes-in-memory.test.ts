/** Changes by slices, as a view asks for them. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ChangesInMemory } from '#core/writing/changes-in-memory';
import type { PlannedChange } from '#core/writing/planned-change';

const request = { method: 'PUT', module: 'User', query: [] } as const;
const update = (id: string, after: string): PlannedChange => ({
  outcome: 'update',
  request,
  id,
  record: { ID: id, Surname: 'Smith' },
  fields: [{ name: 'Forenames', type: 'string', before: 'Ann', after, changes: true }],
});
const refused: PlannedChange = { outcome: 'refused', request, fields: [], reason: 'Too many.', matches: [] };

describe('changes in memory', () => {
  const source = new ChangesInMemory([update('1', 'Zoë'), update('2', 'Bea'), refused]);
  const rows = async (states: 'all' | readonly ('update' | 'done' | 'refused')[], text = '') => {
    const { total, changes } = await source.slice({ states, text }, 0, 2);
    return [total, ...changes.map(({ row }) => row)];
  };

  it('gives slices by state and text, those with a problem first', async () => {
    assert.deepEqual(await rows('all'), [3, 3, 1]);
    assert.deepEqual(await rows(['update']), [2, 1, 2]);
    assert.deepEqual(await rows('all', ' ZOE\u0308 '), [1, 1]);
    assert.deepEqual(await rows('all', 'smith'), [2, 1, 2]);
    assert.deepEqual(await rows(['refused'], 'smith'), [0]);
  });

  it('counts each change once, by what became of it', async () => {
    source.settle(2, { outcome: 'done', text: '' });
    assert.deepEqual(source.counts(), { update: 1, done: 1, refused: 1 });
    assert.deepEqual(await rows(['done']), [1, 2]);
    source.end();
    assert.deepEqual(source.counts(), { unsent: 1, done: 1, refused: 1 });
  });
});
