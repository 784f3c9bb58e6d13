/** What a change is called, and whether it is still what was shown. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { deedOf, deedOfMany, sentenceOf, titleOf } from '#core/writing/deed';
import type { FieldChange, PlannedChange } from '#core/writing/planned-change';
import { recordName } from '#core/writing/record-name';
import { secondLook } from '#core/writing/stale';
import type { Method, WireRequest } from '#language';

const request = (method: Method, rest: Partial<WireRequest> = {}): WireRequest => ({
  method,
  module: 'User',
  query: [],
  ...rest,
});
const PUT = request('PUT', { id: '7' });
const POST = request('POST');
const UPSERT = request('POST', { query: [{ name: '$upsert', value: "Email eq 'a@b'" }] });
const DELETE = request('DELETE', { id: '7' });
const field = (name: string, before: unknown, after: unknown, changes = true): FieldChange => ({
  ...{ name, type: 'string', before, after, changes },
});
const TOWN = field('Town', 'Bury', 'Leeds');
const record = { ID: '7', Title: 'Mr', Forenames: 'Ann', Surname: 'Smith', Town: 'Bury', Notes: 'x' };
const of = { id: '7', record };

const update: PlannedChange = { outcome: 'update', request: PUT, fields: [TOWN], ...of };
const unchanged: PlannedChange = {
  ...update,
  outcome: 'unchanged',
  fields: [field('Town', 'Bury', 'Bury', false)],
};
const create: PlannedChange = { outcome: 'create', request: POST, fields: [TOWN] };
const upserted: PlannedChange = { ...update, request: UPSERT };
const deleted: PlannedChange = { outcome: 'delete', step: 'remove', request: DELETE, fields: [], ...of };
const refused: PlannedChange = {
  outcome: 'refused',
  request: PUT,
  fields: [TOWN],
  reason: 'Gone.',
  matches: [],
};
const unforeseen: PlannedChange = {
  outcome: 'unforeseen',
  request: PUT,
  fields: [TOWN],
  reason: 'No rights.',
};

describe('a change in words', () => {
  const two = [TOWN, field('Notes', 'x', 'y')];
  for (const [change, title, deed, sentence] of [
    [update, 'Change User 7', 'Change 1 Field', 'This changes 1 field of User 7 (Ann Smith).'],
    [
      { ...update, fields: [...two, field('Surname', 'Smith', 'Smith', false)] },
      'Change User 7',
      'Change 2 Fields',
      'This changes 2 fields of User 7 (Ann Smith). 1 field has the value already.',
    ],
    [
      unchanged,
      'Change User 7',
      'Send Anyway',
      'User 7 (Ann Smith) has these values already, so sending this changes nothing.',
    ],
    [create, 'Create User', 'Create', 'This creates a record of User.'],
    [
      { ...create, request: UPSERT },
      'Create User',
      'Create',
      'No record meets the condition of $upsert, so this creates a record of User.',
    ],
    [
      upserted,
      'Change User 7',
      'Change 1 Field',
      'One record meets the condition of $upsert. This changes 1 field of User 7 (Ann Smith).',
    ],
    [
      deleted,
      'Delete User 7',
      'Delete for Good',
      'This deletes User 7 (Ann Smith) for good. The API can’t bring it back.',
    ],
    [
      { ...deleted, step: 'mark' },
      'Delete User 7',
      'Mark as Deleted',
      'This marks User 7 (Ann Smith) as deleted. A second DELETE would remove the record for good.',
    ],
    [refused, 'Change User 7', undefined, 'Gone.'],
    [unforeseen, 'Change User 7', 'Change Without Preview', 'No rights. It can be sent without a preview.'],
    [
      { ...unforeseen, request: UPSERT },
      'Create or Change User',
      'Create or Change Without Preview',
      'No rights. It can be sent without a preview.',
    ],
  ] as const satisfies readonly (readonly [PlannedChange, string, string | undefined, string])[])
    it(`is “${deed ?? 'nothing'}”: ${sentence}`, () => {
      const place = { name: 'Acme', production: false };
      assert.deepEqual([titleOf(change), deedOf(change, place), sentenceOf(change)], [title, deed, sentence]);
      const live = deedOf(change, { ...place, production: true });
      assert.equal(live, deed === undefined ? undefined : `${deed} on Acme`);
    });

  for (const [counts, deed] of [
    [{ create: 12, update: 40, unchanged: 3, refused: 1 }, 'Create 12, Change 40'],
    [{ update: 1234 }, 'Change 1,234'],
    [{ delete: 2, unforeseen: 1 }, 'Delete 2, Send 1 Without Preview'],
    [{ unchanged: 3, refused: 1, create: 0 }, undefined],
  ] as const)
    it(`of many is “${deed ?? 'nothing'}”`, () =>
      assert.equal(deedOfMany(counts, { name: 'Acme', production: false }), deed));

  for (const [fields, name] of [
    [{ Title: 'Dr', Forenames: 'Seán', Surname: 'Singh', Fullname: '' }, 'Seán Singh'],
    [{ Surname: 'Singh', Title: [] }, 'Singh'],
    [{ label: 'First  Aid\nLancaster' }, 'First Aid Lancaster'],
    [{ Subject: 'Hello', Title: 'Mr' }, 'Hello'],
    [{ ID: '7', Town: 'Bury' }, undefined],
  ] as const)
    it(`names a record ${name ?? 'by its ID only'}`, () => assert.equal(recordName(fields), name));
});

describe('a second look at a change', () => {
  const as = (change: PlannedChange, members: object, before = 'Bury'): PlannedChange =>
    'record' in change
      ? {
          ...change,
          record: { ...record, ...members },
          fields: change.fields.map((each) => ({ ...each, before })),
        }
      : change;
  for (const [title, shown, now, expected] of [
    ['of the same record', update, update, undefined],
    ['of a new record', create, create, undefined],
    ['that saw nothing before either', unforeseen, unforeseen, undefined],
    ['that sees something now', unforeseen, update, 'What it changes can be read by now.'],
    ['that sees nothing any more', update, unforeseen, 'No rights.'],
    [
      'after another change of the field',
      update,
      as(update, { Town: 'York' }, 'York'),
      'Somebody changed it meanwhile: Town was “Bury” and is “York”.',
    ],
    [
      'after the same change by somebody else',
      update,
      { ...unchanged, fields: [field('Town', 'Leeds', 'Leeds', false)] },
      'Somebody changed it meanwhile: Town was “Bury” and is “Leeds”.',
    ],
    [
      'after the field was emptied',
      update,
      as(update, { Town: null }, ''),
      'Somebody changed it meanwhile: Town was “Bury” and is empty.',
    ],
    ['after the record was deleted', update, refused, 'Gone.'],
    [
      'after the record of an upsert was deleted',
      upserted,
      create,
      'The record is gone by now, so this would create one.',
    ],
    [
      'after the record of an upsert was created',
      create,
      upserted,
      'Another record is met by now: User 7 (Ann Smith).',
    ],
    [
      'of an upsert that meets another record',
      upserted,
      { ...upserted, id: '8', record: { ...record, ID: '8' } },
      'Another record is met by now: User 8 (Ann Smith).',
    ],
    ['of a deletion', deleted, deleted, undefined],
    [
      'of a deletion after any change',
      deleted,
      as(deleted, { Notes: 'y' }),
      'Somebody changed Notes meanwhile.',
    ],
    [
      'of a deletion after the first of two',
      { ...deleted, step: 'mark' },
      as(deleted, { Status: 'Deleted' }),
      'Somebody changed Status meanwhile.',
    ],
  ] as const satisfies readonly (readonly [string, PlannedChange, PlannedChange, string | undefined])[])
    it(`${expected === undefined ? 'lets it go' : 'shows it again'}: ${title}`, () => {
      const look = secondLook(shown, now);
      assert.equal(look.kind === 'differs' ? look.why : look.note, expected);
    });

  it('lets it go with a note where other fields were changed', () => {
    const look = secondLook(update, as(update, { Notes: 'y', Surname: 'Jones' }));
    assert.deepEqual(look, {
      kind: 'holds',
      note: 'Somebody changed Surname, Notes of this record meanwhile; what is sent leaves them alone.',
    });
  });
});
