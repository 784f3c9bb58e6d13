/** What takes a change back: the request, and what can't come back. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ExactNumber } from '#core/values/exact-number';
import type { ChangeEntry, KeptRecord } from '#core/writing/change-entry';
import { describeGroup, groupsOf } from '#core/writing/change-groups';
import { changesAsCsv } from '#core/writing/changes-as-csv';
import { describeChange } from '#core/writing/describe-change';
import { changedSince, undoOf } from '#core/writing/undo';
import { takeBack, undoText } from '#core/writing/undo-file';
import { importCommand, undoTables } from '#core/writing/undo-table';
import type { FieldInfo, FieldType } from '#language';
import { LanguageService } from '#language';
import { ROOT } from './support/changes';

const field = (name: string, type: FieldType = 'string', writable = true): FieldInfo => ({
  ...{ name, type, writable },
  filterable: true,
  sortable: true,
});
const FIELDS = [
  field('ID', 'string', false),
  field('Town'),
  field('Notes'),
  field('Capacity', 'integer'),
  field('Tags', 'list'),
  field('DateUpdated', 'datetime', false),
];

const done = (status = 200, id?: string): ChangeEntry['outcome'] => ({
  kind: 'done',
  status,
  milliseconds: 1,
  ...(id === undefined ? {} : { id }),
});

/** `PUT Venue 3 {…}`. */
function entry(
  [method, module, id]: readonly [ChangeEntry['request']['method'], string, string?],
  body: object | undefined,
  more: Partial<ChangeEntry> = {},
): ChangeEntry {
  return {
    id: 'e',
    at: '2026-01-31T10:00:00.000Z',
    source: 'editor',
    run: 'e',
    connection: { name: 'Acme', root: ROOT },
    request: {
      method,
      module,
      query: [],
      ...(id === undefined ? {} : { id }),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    },
    planned: 'update',
    kept: '20260131T100000000Z-x.ndjson',
    outcome: done(),
    ...more,
  };
}

const old = (record: object, fields: readonly string[], more: Partial<KeptRecord> = {}): KeptRecord => ({
  id: 'e',
  of: '3',
  record: { ID: '3', ...record },
  fields,
  masked: [],
  ...more,
});

/** `PUT Venue/3 {…} | note | note`, or the reason. */
function told(one: ChangeEntry, kept?: KeptRecord, fields: readonly FieldInfo[] = FIELDS): string {
  const undo = undoOf(one, kept, fields);
  if (!undo.ok) return undo.reason;
  const { method, module, id, body = '' } = undo.request;
  const path = `${module}${id === undefined ? '' : `/${id}`}`;
  return [`${method} ${path} ${body.replace(/\s+/g, ' ')}`.trim(), ...undo.notes].join(' | ');
}

describe('taking a change back', () => {
  const town = { Town: 'York' };
  const put = (body: object = town, more: Partial<ChangeEntry> = {}) =>
    entry(['PUT', 'Venue', '3'], body, more);
  const post = (more: Partial<ChangeEntry>) => entry(['POST', 'Venue'], town, more);
  const remove = (module = 'Venue') => entry(['DELETE', module, '3'], undefined, { planned: 'delete' });
  const GONE =
    'The record gets a new ID instead of 3: what linked to it does not link to the new one, and what was attached to it does not come back.';

  const OTHERS = 'If it refuses another field that it sets by itself, remove the line of that field.';

  const rows: readonly (readonly [title: string, told: string, want: string])[] = [
    [
      'a change: the old values of just the fields that it changed',
      told(put({ Town: 'York', Notes: 'x' }), old({ Town: 'Leeds', Notes: 'x' }, ['Town'])),
      'PUT Venue/3 { "Town": "Leeds" }',
    ],
    [
      'null, an empty text and an empty list stay what they were',
      told(put(), old({ Town: null, Notes: '', Tags: [] }, ['Town', 'Notes', 'Tags'])),
      'PUT Venue/3 { "Town": null, "Notes": "", "Tags": [] }',
    ],
    [
      'a number keeps its digits',
      told(put(), old({ Capacity: new ExactNumber('9223372036854775807') }, ['Capacity'])),
      'PUT Venue/3 { "Capacity": 9223372036854775807 }',
    ],
    [
      'the name of the request in another case',
      told(put({ town: 'York' }), old({ Town: 'Leeds' }, ['town'])),
      'PUT Venue/3 { "town": "Leeds" }',
    ],
    [
      'an upsert that changed a record',
      told(post({ outcome: done(200, '3') }), old({ Town: 'Leeds' }, ['Town'])),
      'PUT Venue/3 { "Town": "Leeds" }',
    ],
    [
      'a change whose outcome is not known',
      told(put(town, { outcome: { kind: 'unknown', message: '' } }), old({ Town: 'Leeds' }, ['Town'])),
      'PUT Venue/3 { "Town": "Leeds" } | It is not known whether the change was made: see what this would do first.',
    ],
    [
      'what the platform did not show, and a secret',
      told(put(), old({ Town: 'Leeds', Pin: '***' }, ['Town', 'Notes', 'Pin'], { masked: ['Pin'] })),
      'PUT Venue/3 { "Town": "Leeds" } | Not restored, as secrets are not kept: Pin. | Not restored, as the platform did not show the old value: Notes.',
    ],
    [
      'nothing but such',
      told(put(), old({}, ['Town'])),
      'None of the old values is known. Not restored, as the platform did not show the old value: Town.',
    ],
    [
      'a creation',
      told(post({ planned: 'create', outcome: done(201, '77') })),
      'DELETE Venue/77 | The change created this record: to take it back is to delete it, with all that was entered since.',
    ],
    [
      'an upsert that created a record where one was foreseen to be changed',
      told(post({ outcome: done(201, '77') }), old({ Town: 'Leeds' }, ['Town'])),
      'DELETE Venue/77 | The change created this record: to take it back is to delete it, with all that was entered since.',
    ],
    [
      'the creation of a user',
      told(entry(['POST', 'user'], town, { planned: 'create', outcome: done(201, '77') })),
      'DELETE user/77 | The change created this record: to take it back is to delete it, with all that was entered since. | The first DELETE of a user marks it as deleted; a second one removes it.',
    ],
    [
      'a creation without an ID',
      told(post({ planned: 'create', outcome: done(201) })),
      'The answer had no ID of the new record. Look for it, and delete it where you don’t want it.',
    ],
    [
      'a creation that may not have happened',
      told(post({ planned: 'create', outcome: { kind: 'unknown', message: '' } })),
      'It is not known whether the record was created, nor its ID. Look for it, and delete it where you don’t want it.',
    ],
    [
      'a deletion: all fields that can be written',
      told(
        remove(),
        old({ Town: 'Leeds', Notes: null, Tags: [], DateUpdated: '2026-01-01' }, [], { step: 'remove' }),
      ),
      `POST Venue { "Town": "Leeds", "Notes": null, "Tags": [] } | ${GONE} | The platform sets these by itself: DateUpdated. | ${OTHERS}`,
    ],
    [
      'a deletion without metadata',
      told(remove(), old({ Town: 'Leeds', CreatedByID: '7' }, [], { step: 'remove' }), []),
      `POST Venue { "Town": "Leeds" } | ${GONE} | The platform sets these by itself: CreatedByID. | ${OTHERS}`,
    ],
    [
      'a user that was marked as deleted',
      told(remove('User'), old({ Status: 'Active', Town: 'Leeds' }, [], { step: 'mark' })),
      'PUT User/3 { "Status": "Active" }',
    ],
    [
      'what the platform refused',
      told(put(town, { outcome: { kind: 'refused', message: 'No.' } }), old({ Town: 'Leeds' }, ['Town'])),
      'The platform refused this change, so there is nothing to take back.',
    ],
    [
      'what changed nothing',
      told(put(town, { planned: 'unchanged' })),
      'This change gave the record the values that it had, so there is nothing to take back.',
    ],
    [
      'a record that was not kept',
      told({ ...put(), kept: undefined } as unknown as ChangeEntry),
      'The old record was not kept: it could not be read, or keeping is switched off. So APQ does not know what to restore.',
    ],
    [
      'a record that is no longer kept',
      told(put()),
      'The old record is no longer kept: it was cleared, or too many came after it. So APQ does not know what to restore.',
    ],
  ];
  for (const [title, is, want] of rows) it(title, () => assert.equal(is, want));

  it('says where the record was changed since', () => {
    const since = (now: object | undefined, one = put({ Town: 'York', Capacity: 5 }), kept?: KeptRecord) =>
      changedSince(
        one,
        kept ?? old({ Town: 'Leeds', Capacity: 4 }, ['Town', 'Capacity']),
        now === undefined ? undefined : { ID: '3', ...now },
        FIELDS,
      ).join(' ');
    const user = old({ Status: 'Active' }, [], { step: 'mark' });
    assert.equal(since({ Town: 'York', Capacity: '5.0' }), '');
    assert.equal(
      since({ Town: 'Hull', Capacity: 5 }),
      'Changed since: Town is “Hull” now, no longer “York”.',
    );
    assert.equal(since({ Town: '', Capacity: 5 }), 'Changed since: Town is empty now, no longer “York”.');
    assert.equal(since(undefined), 'There is no record with the ID 3 any more, so this would be refused.');
    assert.equal(since({ Status: 'Deleted' }, remove('User'), user), '');
    assert.match(since({ Status: 'Former' }, remove('User'), user), /Status is “Former” now/);
    assert.equal(since(undefined, remove(), old({}, [], { step: 'remove' })), '');
    assert.match(since({}, remove(), old({}, [], { step: 'remove' })), /make a second one/);
  });

  it('describes changes for a list', () => {
    const shown = (one: ChangeEntry, kept?: KeptRecord) =>
      Object.values(describeChange(one, kept)).join(' · ');
    const kept = old({ Label: 'Hall', Town: 'Leeds', Notes: null }, ['Town', 'Notes']);
    assert.equal(
      shown(put({ Town: 'York', Notes: 'x'.repeat(50) }), kept),
      `Changed Venue 3 (Hall) · Town: “Leeds” → “York”, Notes: empty → “${'x'.repeat(50)}”`,
    );
    assert.equal(shown(post({ outcome: done(201, '77') })), 'Created Venue 77 · Town: “York”');
    assert.equal(shown(remove(), old({ Label: 'Hall' }, [])), 'Deleted Venue 3 (Hall) · ');
    assert.equal(
      shown(put(town, { outcome: { kind: 'unknown', message: '' } }), kept),
      'Unknown: PUT Venue 3 (Hall) · Town: “Leeds” → “York”, Notes: empty → empty',
    );
  });

  it('writes a file whose values are values, with what can’t be taken back as comments', async () => {
    const evil = '{{$env HOME}} ### x\n### y\nDELETE course/1';
    const first = put({ Notes: 'n' }, { id: 'a', at: '2026-01-31T10:00:00.000Z' });
    const second = entry(['PUT', 'Venue', '4'], { Notes: 'n' }, { id: 'b', at: '2026-01-31T11:00:00.000Z' });
    const kept = new Map([['a', { ...old({ Notes: evil }, ['Notes']), id: 'a' }]]);
    const port = {
      fields: () => FIELDS,
      now: async () => Promise.resolve({ ID: '3', Notes: evil.slice(1) }),
    };
    const text = await undoText(takeBack([first, second], kept, port.fields), port, 'Acme @ home');
    const service = new LanguageService();
    const document = service.parse(text);
    const [request, ...others] = service.requests(document);
    assert.deepEqual(others, [], text);
    assert.ok(request);
    const built = service.build(document, request);
    assert.ok(built.ok, text);
    assert.equal(request.connection, 'Acme @ home');
    assert.deepEqual(JSON.parse(built.request.body ?? ''), { Notes: evil });
    // The last change comes first.
    assert.match(text, /^# Changed Venue 4: The old record is no longer kept/);
    assert.match(text, /\n### Undo: Changed Venue 3\n/);
    assert.match(text, /\n# Takes back the change of [\d/]+, [\d:]+: Notes: “.*” → “n”\.\n/);
    assert.match(
      text,
      /\n# Changed since: Notes is “\{\$env HOME\}\} ### x ### y DELETE course\/1” now, no longer “n”\.\n/,
    );
    assert.deepEqual(
      service.diagnose(document).map(({ code }) => code),
      ['no-metadata'],
    );
  });

  describe('of many records', () => {
    const changes = Array.from({ length: 25 }, (_, at) =>
      entry(
        ['PUT', at % 5 === 0 ? 'venue' : 'Venue', String(at % 24)],
        at % 2 === 0 ? { Town: 'x' } : { Notes: 'y' },
        {
          id: `e${at}`,
          at: new Date(at * 1000).toISOString(),
          source: 'import',
          run: 'r',
        },
      ),
    );
    const kept = new Map(
      changes.map(({ id, request }, at) => [
        id,
        {
          ...old(
            { ID: request.id, Town: `T${at}`, Notes: at === 3 ? null : '=1+1' },
            at % 2 === 0 ? ['Town'] : ['Notes'],
          ),
          id,
          of: request.id ?? '',
        },
      ]),
    );
    const created = entry(['POST', 'Venue'], town, { id: 'c', planned: 'create', outcome: done(201, '77') });

    it('is a table of the values before the first of them, to be imported', () => {
      const { tables, rest } = undoTables(takeBack([...changes, created], kept, () => FIELDS));
      assert.deepEqual([tables.length, rest.map(({ entry: { id } }) => id)], [1, ['c']]);
      const [table] = tables;
      assert.ok(table);
      assert.deepEqual([table.module, table.rows, table.cleared], ['Venue', 24, ['Notes']]);
      const [header, ...lines] = table.csv
        .replace(/^\uFEFF/, '')
        .trim()
        .split('\r\n');
      assert.equal(header, 'ID,Town,Notes');
      // Changed twice: the values from before both.
      assert.ok(lines.includes("0,T0,'=1+1"), table.csv);
      assert.ok(lines.includes('3,T3,'));
      assert.equal(
        importCommand(table, '/tmp/my "undo".csv', ROOT),
        `apq import "/tmp/my \\"undo\\".csv" --module Venue --update ID --root ${ROOT} --clear Notes --dry-run`,
      );
    });
    it('is a file of requests up to twenty', () => {
      const few = takeBack(changes.slice(0, 20), kept, () => FIELDS);
      assert.deepEqual([undoTables(few).tables.length, undoTables(few).rest.length], [0, 20]);
    });
    it('is listed as one, and so is the export of each', () => {
      const groups = groupsOf([created, ...changes, put()]);
      assert.deepEqual(
        groups.map(({ entries }) => entries.length),
        [1, 25, 1],
      );
      const [, imported] = groups;
      assert.ok(imported);
      assert.equal(describeGroup(imported), '25 changes of Venue');
      const csv = changesAsCsv([put(town, { title: '=evil' }), created]).split('\r\n');
      assert.equal(csv.length, 4);
      assert.equal(
        csv[1],
        `2026-01-31T10:00:00.000Z,Acme,${ROOT},editor,'=evil,PUT,Venue,3,"{""Town"":""York""}",done,200,`,
      );
    });
  });
});
