/** Records as rows of the SQL engine, and rows as records: by the types of the metadata, and nothing is lost. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { columnsOfAnswer, recordsOf, rowsOf } from '#core/sql/rows';
import { ExactNumber } from '#core/values/exact-number';
import { readJson } from '#core/values/read-json';
import { writeJson } from '#core/values/write-json';
import type { SqlCell } from '#engine/types';
import type { FieldInfo, FieldType } from '#language';
import { answerWith } from '../support/runs';

const cell = (type: FieldType, json: string): SqlCell | undefined => {
  const value: unknown = json === 'missing' ? undefined : readJson(json);
  const record = value === undefined ? {} : { F: value };
  return [...rowsOf([record], [{ name: 'F', type }])][0]?.[0];
};

/** For titles of tests. */
const shown = (cell: SqlCell): string => (typeof cell === 'bigint' ? `${cell}n` : JSON.stringify(cell));

const field = (name: string, type: FieldType): FieldInfo => ({
  name,
  type,
  filterable: true,
  sortable: true,
});

describe('records as rows', () => {
  for (const [type, json, expected] of [
    ['string', '"007"', '007'],
    ['string', '""', ''],
    ['string', 'null', null],
    ['string', 'missing', null],
    ['string', '12', '12'],
    ['string', '9007199254740993', '9007199254740993'],
    ['integer', '"12"', 12],
    ['integer', '12', 12],
    ['integer', '""', null],
    ['integer', '"twelve"', 'twelve'],
    ['integer', '"007"', '007'],
    ['integer', '9007199254740993', 9007199254740993n],
    ['integer', '"9007199254740993"', 9007199254740993n],
    ['integer', '9223372036854775807', 9223372036854775807n],
    ['integer', '-9223372036854775808', -9223372036854775808n],
    ['integer', '9223372036854775808', { digits: '9223372036854775808' }],
    ['unknown', '9223372036854775808', { digits: '9223372036854775808' }],
    ['decimal', '"1000.50"', 1000.5],
    ['decimal', '0.12345678901234567891', { digits: '0.12345678901234567891' }],
    ['decimal', '"1,000.50"', '1,000.50'],
    ['boolean', 'true', true],
    ['boolean', '"False"', false],
    ['boolean', '""', null],
    ['datetime', '"2026-03-04T10:00:00"', '2026-03-04T10:00:00'],
    ['datetime', '""', null],
    ['list', '["a",9007199254740993]', '["a",9007199254740993]'],
    ['list', '"a"', 'a'],
    ['list', '[]', '[]'],
    ['list', 'null', null],
    ['list', '""', null],
    ['list', 'missing', null],
    ['unknown', '{"a":1}', '{"a":1}'],
    ['unknown', '"12"', '12'],
    ['unknown', '""', ''],
    ['unknown', 'true', true],
  ] as const)
    it(`make of ${json} as ${type} ${shown(expected)}`, () => assert.deepEqual(cell(type, json), expected));

  it('take a list with one choice as what was chosen, or as nothing', () =>
    assert.deepEqual(
      [...rowsOf([{ Country: 'Ireland' }, { Country: [] }, {}], [{ name: 'Country', type: 'list' }])],
      [['Ireland'], [null], [null]],
    ));

  it('have the columns that were selected, in that order, then what else came', async () => {
    const answer = answerWith(undefined, {
      records: [{ town: 'Rome', Owed: 1 }, { Extra: true }],
      select: ['Owed', 'Town', 'Never'],
      fields: [field('Town', 'string'), field('Owed', 'decimal')],
    });
    assert.deepEqual(await columnsOfAnswer(answer), [
      { name: 'Owed', type: 'decimal' },
      { name: 'town', type: 'string' },
      { name: 'Never', type: 'unknown' },
      { name: 'Extra', type: 'unknown' },
    ]);
  });

  it('have all columns of the module where none were selected, also without a record', async () => {
    const fields = [field('ID', 'integer'), field('Town', 'string')];
    assert.deepEqual(await columnsOfAnswer(answerWith(undefined, { fields })), [
      { name: 'ID', type: 'integer' },
      { name: 'Town', type: 'string' },
    ]);
  });

  it('keep the columns of a SQL request as they are', async () => {
    const columns = [
      { name: '2', type: 'unknown' },
      { name: '1', type: 'boolean' },
    ] as const;
    assert.deepEqual(await columnsOfAnswer(answerWith(undefined, { columns })), columns);
  });
});

describe('rows as records', () => {
  for (const [type, value, json] of [
    ['unknown', 9007199254740993n, '9007199254740993'],
    ['unknown', 12n, '12'],
    ['integer', { digits: '9223372036854775808' }, '9223372036854775808'],
    ['boolean', true, 'true'],
    ['boolean', null, 'null'],
    ['list', '["a",9007199254740993]', '["a",9007199254740993]'],
    ['list', 'a; b', '"a; b"'],
    ['list', '{"a":1}', '"{\\"a\\":1}"'],
    ['unknown', '[1]', '"[1]"'],
    ['string', '007', '"007"'],
    ['decimal', 30.01, '30.01'],
  ] as const)
    it(`make of ${shown(value)} as ${type} ${json}`, async () => {
      const [record] = await recordsOf([{ name: 'F', type }], [[value]]);
      assert.equal(writeJson(record), `{"F":${json}}`);
    });

  it('have a column called __proto__', async () => {
    const [record] = await recordsOf([{ name: '__proto__', type: 'unknown' }], [['x']]);
    assert.equal(JSON.stringify(record), '{"__proto__":"x"}');
  });

  it('are numbers with all digits', async () => {
    const [record] = await recordsOf([{ name: 'F', type: 'integer' }], [[2n ** 62n]]);
    assert.ok(record?.['F'] instanceof ExactNumber);
  });
});
