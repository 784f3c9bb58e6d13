/** The values of a list in an answer, and what is told of them. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { MAX_VALUES } from '#core/running/batches';
import { listValues } from '#core/running/list-values';
import { readJson } from '#core/values/read-json';

type Source = Parameters<typeof listValues>[0];

const answer = (records: string, more: Partial<Source> = {}): Source => {
  const list = readJson(records);
  assert.ok(Array.isArray(list));
  return {
    name: 'bookings',
    json: { results: list },
    records: list as Source['records'],
    extent: { kind: 'whole' },
    count: list.length,
    from: 'Acme',
    ...more,
  };
};

/** The values, else why there are none; and what is told. */
function read(source: Source, path: string[] = ['results'], each = ['UserID']) {
  const list = listValues(source, path, each, 'Acme');
  return typeof list === 'string' ? list : [list.values.join(' '), ...list.notes].join(' | ');
}

const reads = (title: string, source: Source, expected: string, ...where: string[][]) =>
  it(title, () => assert.equal(read(source, ...where), expected));

describe('the values of a list', () => {
  reads('are different, in their order', answer('[{"UserID":"3"},{"UserID":"1"},{"UserID":"3"}]'), '3 1');
  reads(
    'keep all digits',
    answer('[{"UserID":12345678901234567890},{"UserID":1.5}]'),
    '12345678901234567890 1.5',
  );
  reads('are found in any case', answer('[{"userid":"3"}]'), '3');
  reads('of a deeper record', answer('[{"User":{"ID":"3"}}]'), '3', ['results'], ['User', 'ID']);
  reads('of all pages', answer('[{"UserID":"3"}]', { json: { results: [] } }), '3');
  reads(
    'of another list of the answer',
    answer('[]', { json: { Users: [{ ID: 5 }] } }),
    '5',
    ['Users'],
    ['ID'],
  );
  reads(
    'leave out those without one',
    answer('[{"UserID":"3"},{"UserID":""},{"UserID":null},{}]'),
    '3 | 3 records of “bookings” without UserID were left out.',
  );
  reads(
    'leave out one',
    answer('[{"UserID":"3"},{"UserID":" "}]'),
    '3 | 1 record of “bookings” without UserID was left out.',
  );
  reads(
    'may be none at all',
    answer('[{"UserID":""},{}]'),
    ' | None of the 2 records of “bookings” has a value of UserID, so nothing was asked for.',
  );
  reads('may have no records', answer('[]'), ' | “bookings” has no records, so nothing was asked for.');
  reads(
    'say that the answer was a part',
    answer('[{"UserID":"3"}]', { extent: { kind: 'part' }, total: 1363 }),
    '3 | “bookings” brought 1 of 1,363 records: the values of any others are missing here.',
  );
  reads(
    'say that they are of another connection',
    answer('[{"UserID":"3"}]', { from: 'Sandbox' }),
    '3 | The values are from “bookings” on Sandbox, and are looked for on Acme, where the same ID is another record.',
  );
  reads(
    'are no lists',
    answer('[{"UserID":["1","2"]}]'),
    'In the answer of “bookings”, UserID is a list in some records, and not one value. Name one of its values: {{bookings.results[*].UserID[0]}}.',
  );
  reads(
    'are in a list',
    answer('[{"UserID":"1"}]'),
    'In the answer of “bookings”, total is not a list. Records are in bookings.results[*].',
    ['total'],
  );
  reads(
    'are not known where the records were not kept',
    answer('[{"UserID":"1"}]', { records: undefined }),
    'The records of “bookings” were written to a file and not kept, so their values are not known here. Run “bookings” on its own first, or write its records elsewhere.',
  );
  it('are not too many', () => {
    const many = Array.from({ length: MAX_VALUES + 1 }, (_, index) => ({ UserID: index }));
    assert.match(
      read(answer(JSON.stringify(many))),
      /^“bookings” has 10,001 different values of UserID, and at most 10,000/,
    );
  });
});
