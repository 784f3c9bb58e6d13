/** Values that are known of a platform's data: offered where a value of the field belongs, at `$0`, and hinted at. */
import assert from 'node:assert/strict';
import {
  applyEdits,
  Catalog,
  documentationOf,
  KnownData,
  type KnownField,
  LanguageService,
  Platforms,
} from '#language';
import { cursor } from './support/language';
import { metadata, NOW } from './support/metadata';

const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000).toISOString();

const known = (field: string, values: readonly (readonly [string, number])[], days = 2): KnownField => ({
  module: 'CourseDate',
  field,
  values: values.map(([value, count]) => ({ value, count })),
  records: 1000,
  learntAt: daysAgo(days),
});

const FIELDS = [
  known('VenueTown', [
    ['Lancaster', 312],
    ['York', 90],
    ['St Helen’s', 3],
  ]),
  known('Status', [
    ['Full', 400],
    ['Provisional', 100],
  ]),
  known('Label', [
    ["O'Brien", 9],
    ['a "b" \\ c', 8],
    ['Café', 7],
    ['🎓', 6],
    ['{{x}}', 5],
    ['two\nlines', 4],
  ]),
];

function serviceWith(
  fields: readonly KnownField[] = FIELDS,
  learns = true,
  client: 'vscode' | 'editor' = 'vscode',
) {
  const service = new LanguageService(() => ({ now: NOW }));
  service.client = client;
  const data = new KnownData({ fields, records: [], naming: {}, learns }, 'Demo');
  service.setPlatforms(new Platforms(new Catalog(metadata, data)));
  return service;
}

function itemsAt(marked: string, service = serviceWith()) {
  const { text, offset } = cursor(marked);
  return { text, items: service.complete(service.parse(text), offset) };
}

const labelsAt = (marked: string, service = serviceWith()) =>
  itemsAt(marked, service).items.map(({ label }) => label);

const TABLE =
  '# @name dates\nGET coursedate\n$select = Status, VenueTown\n###\nSQL\nselect * from dates\nwhere ';

describe('known values', () => {
  for (const [marked, ...expected] of [
    ["GET coursedate\n$filter = VenueTown eq '$0'", 'Lancaster', 'York', 'St Helen’s', 'Look up values…'],
    ['GET coursedate\n$filter = VenueTown eq $0', "'Lancaster'", "'York'", "'St Helen’s'", 'Look up values…'],
    ["GET coursedate\n$filter = VenueTown eq 'La$0'", 'Lancaster', 'York', 'St Helen’s', 'Look up values…'],
    [
      "GET coursedate\n$filter = contains(VenueTown,'$0')",
      'Lancaster',
      'York',
      'St Helen’s',
      'Look up values…',
    ],
    [
      "@x = 1\nGET coursedate\n$filter = VenueTown eq '$0'",
      'Lancaster',
      'York',
      'St Helen’s',
      '{{x}}',
      'Look up values…',
    ],
    // Those of the metadata that did not come are behind, each once.
    [
      "GET coursedate\n$filter = Status eq '$0'",
      'Full',
      'Provisional',
      'Available',
      'Cancelled',
      'Look up values…',
    ],
    ["POST coursedate\n$upsert = VenueTown eq '$0'", 'Lancaster', 'York', 'St Helen’s', 'Look up values…'],
    ['PUT coursedate/1\n{ "VenueTown": $0 }', '"Lancaster"', '"York"', '"St Helen’s"', 'Look up values…'],
    [
      '# @expect results[0].VenueTown == $0\nGET coursedate',
      "'Lancaster'",
      "'York'",
      "'St Helen’s'",
      'Look up values…',
    ],
    [`${TABLE}VenueTown = '$0'`, 'Lancaster', 'York', 'St Helen’s', 'Look up values…'],
    // Nothing is known: never an empty list without a reason.
    ["GET coursedate\n$filter = Overview eq '$0'", 'Look up values…'],
  ] as const)
    it(`${JSON.stringify(marked)} offers ${expected.join(', ')}`, () => {
      assert.deepEqual(labelsAt(marked), expected);
    });

  for (const [marked, label, expected] of [
    ["Label eq 'O$0'", "O'Brien", "Label eq 'O''Brien'"],
    ['Label eq O$0', "'O''Brien'", "Label eq 'O''Brien'"],
    ["Label eq 'O''Br$0ien'", "O'Brien", "Label eq 'O''Brien'"],
    ["Label eq '$0Other'", 'Café', "Label eq 'Café'"],
    ["Label eq 'Oth$0er' and Cost gt '5'", '🎓', "Label eq '🎓' and Cost gt '5'"],
    ["Label eq '$0'", 'a "b" \\ c', 'Label eq \'a "b" \\ c\''],
    ["contains(Label,'$0')", "O'Brien", "contains(Label,'O''Brien')"],
  ] as const)
    it(`${marked} with ${label} becomes ${expected}, without a diagnostic`, () => {
      const service = serviceWith();
      const { text, items } = itemsAt(`GET coursedate\n$filter = ${marked}`, service);
      const item = items.find((each) => each.label === label);
      assert.ok(item);
      const taken = applyEdits(text, [{ ...item.replace, text: item.insert }]);
      assert.equal(taken, `GET coursedate\n$filter = ${expected}`);
      assert.deepEqual(service.diagnose(service.parse(taken)), []);
    });

  it('encodes them where they are written behind the last blank of an address', () => {
    const values = [
      ['50%25', 3],
      ['plain', 2],
    ] as const;
    const service = serviceWith([known('Status', values)]);
    const { text, items } = itemsAt('GET coursedate?$filter=Status eq $0', service);
    const item = items.find(({ label }) => label === "'50%25'");
    assert.ok(item);
    const taken = applyEdits(text, [{ ...item.replace, text: item.insert }]);
    assert.equal(taken, "GET coursedate?$filter=Status eq '50%2525'");
  });

  it('offers them first where a column of SQL is compared', () => {
    assert.deepEqual(labelsAt(`${TABLE}VenueTown = $0`).slice(0, 3), [
      "'Lancaster'",
      "'York'",
      "'St Helen’s'",
    ]);
  });

  it('offers them where a query within the statement stands between', () => {
    const table = TABLE.replace(
      'select * from dates',
      'select Town from (select VenueTown as Town from dates)',
    );
    assert.deepEqual(labelsAt(`${table}Town = $0`).slice(0, 2), ["'Lancaster'", "'York'"]);
  });

  it('offers no value that would be a reference, or stand on two lines', () => {
    const labels = labelsAt("GET coursedate\n$filter = Label eq '$0'");
    assert.deepEqual(
      labels.filter((label) => /\{\{|two/.test(label)),
      [],
    );
  });

  it('says where a condition chose the records in which they were counted', () => {
    const [field] = FIELDS;
    assert.ok(field);
    const { items } = itemsAt(
      "GET CourseDate\n$filter = VenueTown eq '$0'",
      serviceWith([{ ...field, part: true }]),
    );
    assert.equal(items[0]?.detail, 'in 312 of 1,000 records, seen in part, learnt 2 days ago');
  });

  it('says how often a value came, and when it was learnt', () => {
    const details = (days: number) =>
      itemsAt(
        "GET coursedate\n$filter = VenueTown eq '$0'",
        serviceWith([known('VenueTown', [['York', 312]], days)]),
      ).items[0]?.detail;
    assert.deepEqual([0, 1, 2, 40].map(details), [
      'in 312 of 1,000 records, learnt today',
      'in 312 of 1,000 records, learnt yesterday',
      'in 312 of 1,000 records, learnt 2 days ago',
      'in 312 of 1,000 records, learnt 40 days ago',
    ]);
  });

  it('looks up by a command that inserts nothing, and says what it does', () => {
    const { items } = itemsAt("GET coursedate\n$filter = VenueTown eq '$0'");
    const item = items.at(-1);
    assert.ok(item);
    assert.deepEqual(item.lookUp, { connection: 'Demo', module: 'CourseDate', field: 'VenueTown' });
    assert.deepEqual([item.kind, item.insert, item.replace.length], ['note', '', 0]);
    assert.match(
      documentationOf(item),
      /Asks the platform for a few pages of `VenueTown`.*nothing else is sent/,
    );
  });

  it('says that learning is off, and offers nothing that can’t work', () => {
    const place = "GET coursedate\n$filter = Overview eq '$0'";
    assert.deepEqual(labelsAt(place, serviceWith([], false)), [
      'Values are not learnt: that is switched off',
    ]);
    assert.deepEqual(labelsAt(place, serviceWith([], true, 'editor')), []);
    const untold = new LanguageService(() => ({ now: NOW }));
    untold.client = 'vscode';
    untold.setMetadata(metadata);
    assert.deepEqual(labelsAt(place, untold), []);
  });

  for (const place of ['Online eq $0', 'StartDate ge $0', 'Cost gt $0'])
    it(`offers no look-up for ${place}`, () => {
      assert.ok(!labelsAt(`GET coursedate\n$filter = ${place}`).includes('Look up values…'));
    });

  describe('a slip of one', () => {
    const found = (filter: string, service = serviceWith()) =>
      service
        .diagnose(service.parse(`GET coursedate\n$filter = ${filter}\n`))
        .filter(({ code }) => code === 'unknown-value')
        .map(({ severity, fixes }) => [severity, ...fixes.map(({ title }) => title)].join(' '));
    for (const [filter, ...expected] of [
      ["VenueTown eq 'Lancastr'", "information Write 'Lancaster'"],
      ["Status ne 'Availble'", "information Write 'Available'"],
      ["Status in ('Ful')", undefined],
      ["VenueTown eq 'lancaster'", undefined],
      ["VenueTown eq 'Lancaster'", undefined],
      ["VenueTown eq 'Carlisle'", undefined],
      ["VenueTown gt 'Lancastr'", undefined],
      ["contains(VenueTown,'Lancas')", undefined],
      ["VenueTown eq 'Lancast{{$today}}'", undefined],
      ["VenueTown eq ''", undefined],
      ["Overview eq 'Lancastr'", undefined],
      ["Label eq 'O''Brian'", "information Write 'O''Brien'"],
    ] as const)
      it(`${filter}: ${expected[0] ?? 'nothing'}`, () => {
        assert.deepEqual(found(filter), expected[0] === undefined ? [] : expected);
      });
    for (const [value, other] of [
      ['Unpaid', 'Paid'],
      ['Inactive', 'Active'],
      ['Female', 'Male'],
      ['North West', 'North East'],
      ['Winchester', 'Manchester'],
    ] as const)
      it(`does not take ${value} for ${other}, nor the other way`, () => {
        for (const [written, likely] of [
          [value, other],
          [other, value],
        ]) {
          const service = serviceWith([
            known('VenueTown', [
              [likely ?? '', 5],
              ['Elsewhere', 2],
            ]),
          ]);
          assert.deepEqual(found(`VenueTown eq '${written}'`, service), []);
        }
      });
    it('says nothing where one value is known, or numbers make the values', () => {
      assert.deepEqual(found("VenueTown eq 'Yorl'", serviceWith([known('VenueTown', [['York', 5]])])), []);
      const rooms = serviceWith([
        known('VenueTown', [
          ['Room 1', 5],
          ['Room 2', 5],
        ]),
      ]);
      assert.deepEqual(found("VenueTown eq 'Room 3'", rooms), []);
    });
  });
});
