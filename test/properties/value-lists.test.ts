/** Asking for all values of an answer brings just the records that have one of them, each once, whatever the values are. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fetchRecords } from '#core/running/fetch-records';
import { listValues } from '#core/running/list-values';
import { serverOf } from '../core/running/filter-server';
import { serviceWith } from '../language/support/language';
import { NOW } from '../language/support/metadata';
import { property } from './support/property';

const text = fc.oneof(
  { weight: 3, arbitrary: fc.nat({ max: 200 }).map(String) },
  fc.string({ unit: fc.constantFrom(...'\'{}[]*é ß or and eq"%&#+,İ') }),
  fc.constantFrom(
    "' or ID eq '",
    "a' and Status eq 'Full",
    '{{x}}',
    '007',
    '7',
    '1.50',
    '1.5',
    'Zoë',
    'ZOE',
    ' ',
    '',
  ),
);
const value = fc.oneof(
  { weight: 8, arbitrary: text },
  fc.constantFrom(null, undefined),
  fc.integer(),
  fc.boolean(),
);

const service = serviceWith(undefined);
const document = service.parse(
  "# @name source\n# @pages all\nGET user\n###\nGET coursedate\n$filter = Status eq 'Full' and Label eq '{{source.results[*].Name}}'",
);
const request = service.requests(document).at(-1);

const textOf = (of: string | number | boolean | null | undefined): string => (of ?? '').toString();

describe('a list of values', () => {
  property(
    'brings the records that have one of its values',
    60,
    fc.record({
      source: fc.array(fc.record({ Name: value }), { maxLength: 150 }),
      store: fc.array(fc.record({ Label: text, Status: fc.constantFrom('Full', 'Closed') }), {
        maxLength: 200,
      }),
      page: fc.integer({ min: 3, max: 50 }),
    }),
    async ({ source, store, page }) => {
      const records = store.map((record, index) => ({ ID: String(index + 1), ...record }));
      const answer = {
        name: 'source',
        records: source,
        json: undefined,
        extent: { kind: 'whole' },
        count: source.length,
        from: 'a',
      } as const;
      assert.ok(request);
      const built = service.build(document, request, {
        now: NOW,
        list: (_name, path, each) => listValues(answer, path, each, 'a'),
      });
      assert.ok(built.ok, JSON.stringify(built));
      const { client, asked } = serverOf({ records, page });
      const came: unknown[] = [];
      const { extent, count } = await fetchRecords(client, built.request, ({ records: some }) => {
        for (const { ID } of some) came.push(ID);
      });
      const wanted = new Set(source.map(({ Name }) => textOf(Name)).filter((each) => each.trim() !== ''));
      const expected = records.filter(({ Label, Status }) => Status === 'Full' && wanted.has(Label));
      assert.deepEqual([...came].sort(), expected.map(({ ID }) => ID).sort());
      assert.deepEqual([extent, count], [{ kind: 'whole' }, expected.length]);
      assert.equal(asked.length === 0, wanted.size === 0);
    },
  );
});
