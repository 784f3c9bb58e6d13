/** What writes are going to do, told by reading only. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { fetchMetadata } from '#core/metadata/fetch';
import { ApiError } from '#core/remote/api-error';
import { cellText } from '#core/results/table';
import { foresee, foreseeAll } from '#core/writing/foresee';
import type { PlannedChange } from '#core/writing/planned-change';
import type { FieldInfo, Method, WireRequest } from '#language';
import { type Platform, startPlatform } from '#platform/platform';
import { clientOf } from '../../support/api-client';
import { clientFor, useFakeApi } from '../support/fake-api';

const write = (method: Method, module: string, rest: Partial<WireRequest> = {}): WireRequest => ({
  method,
  module,
  query: [],
  ...rest,
});
const put = (module: string, id: string, body: object) =>
  write('PUT', module, { id, body: JSON.stringify(body) });
const upsert = (module: string, filter: string, body: object) =>
  write('POST', module, { query: [{ name: '$upsert', value: filter }], body: JSON.stringify(body) });

/** `update Notes: null → "x"`. */
function told(change: PlannedChange): string {
  const fields = change.fields.map(
    ({ name, before, after, changes }) =>
      `${name}: ${changes ? `${cellText(before)} → ${cellText(after)}` : 'same'}`,
  );
  const step = change.outcome === 'delete' ? [change.step] : [];
  const reason = 'reason' in change ? [change.reason] : [];
  return [change.outcome, ...step, ...fields, ...reason].join(' | ');
}

describe('what a write is going to do', () => {
  let platform: Platform;
  const fieldsOf = new Map<string, readonly FieldInfo[]>();
  before(async () => {
    platform = await startPlatform({ records: 300 });
    const { metadata } = await fetchMetadata(clientOf(platform), {
      modules: ['User', 'CourseDate', 'Venue'],
    });
    for (const { name, fields } of metadata.modules) fieldsOf.set(name, fields ?? []);
  });
  after(() => platform.close());

  const one = async (wire: WireRequest, fields = fieldsOf.get(wire.module) ?? []) =>
    foresee(clientOf(platform), wire, fields);

  const rows: readonly (readonly [title: string, wire: WireRequest, told: string])[] = [
    [
      'a changed and an unchanged field',
      put('Venue', '3', { Capacity: 25, Town: 'Preston' }),
      'update | Capacity: 20 → 25 | Town: same',
    ],
    ['names in the metadata’s spelling', put('Venue', '3', { capacity: 25 }), 'update | Capacity: 20 → 25'],
    ['nothing', put('Venue', '3', { Capacity: 20 }), 'unchanged | Capacity: same'],
    [
      'a time that is written as a day',
      put('CourseDate', '1874', { StartDate: '2026-05-11T09:00' }),
      'unchanged | StartDate: same',
    ],
    ['a list with one choice', put('User', '1002', { Title: ['Dr'] }), 'unchanged | Title: same'],
    [
      'an unknown ID',
      put('Venue', '99999', { Capacity: 25 }),
      'refused | Capacity:  → 25 | Venue has no record with the ID “99999”, or you may not see it. Check the ID.',
    ],
    [
      'a value of another type',
      put('Venue', '3', { Capacity: 'many' }),
      'refused | Capacity: 20 → many | Capacity is a whole number. Write 5.',
    ],
    [
      'a new record',
      write('POST', 'Venue', { body: '{"Label":"Annexe","Capacity":7}' }),
      'create | Label:  → Annexe | Capacity:  → 7',
    ],
    [
      'a new record with a field that is not there',
      write('POST', 'Venue', { body: '{"Labl":"Annexe"}' }),
      'refused | Labl:  → Annexe | Venue has no field “Labl”. Did you mean “Label”?',
    ],
    [
      'a field that is there twice',
      write('PUT', 'Venue', { id: '3', body: '{"Town":"Bury","town":"Leeds"}' }),
      'refused | Town: Preston → Bury | Town: Preston → Leeds | “town” appears twice, but only one of the two would count. Remove one.',
    ],
    [
      'an upsert that fits none',
      upsert('Venue', "Label eq 'Nowhere'", { Label: 'Nowhere' }),
      'create | Label:  → Nowhere',
    ],
    [
      'an upsert that fits one',
      upsert('Venue', "Label eq 'PRESTON business park'", { Capacity: 21 }),
      'update | Capacity: 20 → 21',
    ],
    [
      'an upsert that changes nothing',
      upsert('Venue', "Label eq 'Preston Business Park' and Town eq 'Preston'", { Capacity: 20 }),
      'unchanged | Capacity: same',
    ],
    [
      'an upsert that fits several',
      upsert('Venue', "ID eq '1' or ID eq '3'", { Capacity: 21 }),
      'refused | Capacity:  → 21 | 2 records meet the condition of $upsert, so the platform would refuse it: Lancaster Training Centre (ID 1), Preston Business Park (ID 3). Write a condition that only one of them meets.',
    ],
    ['the first DELETE of a user', write('DELETE', 'user', { id: '1002' }), 'delete | mark'],
    ['a DELETE of another record', write('DELETE', 'Venue', { id: '3' }), 'delete | remove'],
    [
      'that the platform sets a field by itself',
      put('Venue', '3', { Capacity: 25, id: '4' }),
      'unforeseen | Capacity: 20 → 25 | ID: 3 → 4 | The platform sets ID by itself, so it may refuse this, or leave ID as it is. Take ID out of the request to see what it changes.',
    ],
    [
      'a body that is no object',
      write('PUT', 'Venue', { id: '3', body: '[]' }),
      'refused | The body is not one JSON object of fields, so the platform would refuse it.',
    ],
  ];
  for (const [title, wire, expected] of rows)
    it(`tells ${title}`, async () => assert.equal(told(await one(wire)), expected));

  it('reads the whole record, so that it can be kept', async () => {
    for (const wire of [put('User', '1002', { Town: 'Bury' }), write('DELETE', 'User', { id: '1002' })]) {
      const change = await one(wire);
      assert.ok('record' in change);
      const fields = fieldsOf.get('User') ?? [];
      assert.deepEqual(Object.keys(change.record).sort(), fields.map(({ name }) => name).sort());
    }
  });

  it('tells without metadata what the fields of the body have', async () => {
    assert.equal(told(await one(put('Venue', '3', { Capacity: 25 }), [])), 'update | Capacity: 20 → 25');
    assert.equal(told(await one(write('DELETE', 'User', { id: '1002' }), [])), 'delete | mark');
    const text = put('Venue', '3', { Town: 'Preston', Capacity: '20' });
    assert.equal(told(await one(text, [])), 'update | Town: same | Capacity: 20 → 20');
  });

  it('tells many at a time in their order', async () => {
    const ids = ['3', '99999', '1', '3', '2'];
    const wires = ids.map((id) => put('Venue', id, { Capacity: 20 }));
    const changes = await foreseeAll(clientOf(platform), wires, fieldsOf.get('Venue') ?? []);
    assert.deepEqual(
      changes.map(({ outcome }) => outcome),
      ['unchanged', 'refused', 'update', 'unchanged', 'update'],
    );
    const upserts = ['Preston Business Park', 'preston business park', 'Nowhere', "Nobody's"].map((label) =>
      upsert('Venue', `Label eq '${label.replaceAll("'", "''")}'`, { Capacity: 20 }),
    );
    const planned = await foreseeAll(clientOf(platform), upserts, fieldsOf.get('Venue') ?? []);
    assert.deepEqual(
      planned.map(({ outcome }) => outcome),
      ['unchanged', 'unchanged', 'create', 'create'],
    );
  });
});

describe('a write that can’t be foreseen', () => {
  const api = useFakeApi();
  const wire = put('Venue', '3', { Capacity: 25 });
  const one = (signal?: AbortSignal) => foresee(clientFor(api.root).client, wire, [], { signal });

  for (const [title, reply] of [
    ['403', { status: 403, body: { errors: ['No.'] } }],
    ['404', { status: 404, body: { errors: ['There is no module.'] } }],
    ['500', { status: 500, body: {} }],
    ['records that were not asked for', { body: { results: [{ ID: '4', Capacity: 1 }] } }],
    ['a record without an ID', { body: { results: [{ Capacity: 1 }] } }],
  ] as const)
    it(`says why: ${title}`, async () => {
      api.replies(reply);
      const change = await one();
      assert.equal(change.outcome, 'unforeseen');
      assert.ok(change.reason.length > 40, change.reason);
      assert.deepEqual([...new Set(api.seen.map(({ method }) => method))], ['GET']);
    });

  it('does without fields that the platform no longer has', async () => {
    const fields = ['ID', 'Capacity', 'Gone'].map((name) => ({
      ...{ name, type: 'unknown', filterable: true, sortable: true },
    })) satisfies FieldInfo[];
    api.answer = ({ url }) =>
      url.includes('Gone')
        ? { status: 400, body: { errors: ['Unknown.'] } }
        : { body: { results: [{ ID: '3', Capacity: 20 }] } };
    const change = await foresee(clientFor(api.root).client, wire, fields);
    assert.equal(told(change), 'update | Capacity: 20 → 25');
  });

  it('throws where it is cancelled', async () => {
    api.replies({ fault: 'hang' });
    const stop = new AbortController();
    const going = one(stop.signal);
    stop.abort();
    await assert.rejects(going, (error) => error instanceof ApiError && error.kind === 'cancelled');
  });
});
