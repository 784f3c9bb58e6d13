/** A record survives every export: another library reads each value as the API sent it, digit by digit. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parquetReadObjects } from 'hyparquet';
import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import { describe } from 'mocha';
import Papa from 'papaparse';
import readWorkbook from 'read-excel-file/node';
import { toCsv } from '#core/results/csv';
import { exportColumns } from '#core/results/export-column';
import { toJson, toNdjson } from '#core/results/json';
import { toParquet } from '#core/results/parquet';
import type { ApiRecord } from '#core/results/read-page';
import { toWorkbook } from '#core/results/workbook/book';
import { isSameNumber } from '#core/values/decimal';
import { isRecord } from '#core/values/kind-of';
import { readJson } from '#core/values/read-json';
import { property } from './support/property';

/** A value as the API sends it: JSON text. */
type Sent = string;
const COLUMNS = ['Number', 'Large', 'Text', 'Date', 'Online'] as const;
const UNTYPED = exportColumns(COLUMNS, []);
type Row = Readonly<Record<(typeof COLUMNS)[number], Sent>>;

const digits = (length: number) =>
  fc
    .string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: length })
    .map((text) => text.replace(/^0+(?=\d)/, ''));
const minus = fc.constantFrom('', '-');
const number = fc
  .tuple(minus, digits(22), fc.option(digits(22)), fc.constantFrom('', 'e5', 'E-7', 'e+30'))
  .map(
    ([sign, whole, decimals, exponent]) =>
      `${sign}${whole}${decimals === null ? '' : `.${decimals}`}${exponent}`,
  );
const large = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String);
const text = fc
  .oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '_x0041_',
      'constructor',
      '__proto__',
      '_x005F_',
      '_x000d_',
      ' a ',
      '\r\n',
      '\0',
      '1e400',
      '007',
      '=1+1',
      '9223372036854775807',
    ),
  )
  .filter((each) => each !== '')
  .map((each) => JSON.stringify(each));
const date = fc.constantFrom(
  '0001-01-01T00:00:00',
  '2025-02-31T00:00:00',
  '2025-02-28T09:30:00',
  '9999-12-31T23:59:59',
);
const rows: fc.Arbitrary<readonly Row[]> = fc.array(
  fc.record({
    Number: number,
    Large: large,
    Text: text,
    Date: date.map((each) => JSON.stringify(each)),
    Online: fc.constantFrom('true', 'false', 'null'),
  }),
  { minLength: 1, maxLength: 5 },
);

/** The records as they are read from a response. */
function recordsOf(sent: readonly Row[]): ApiRecord[] {
  const json = sent.map((row) => `{${COLUMNS.map((name) => `"${name}":${row[name]}`).join(',')}}`).join(',');
  const records = readJson(`[${json}]`);
  assert.ok(Array.isArray(records) && records.every(isRecord));
  return records;
}

/** Excel has days, as a double: the library may be a millisecond off. */
const timeOf = (read: Date): string =>
  new Date(Math.round(read.getTime() / 1000) * 1000).toISOString().slice(0, 19);

/** Checks that what was read is what was sent: numbers by their value, all else as it is. */
function same(read: unknown, sent: Sent): void {
  if (!/^-?\d/.test(sent)) assert.deepEqual(read, JSON.parse(sent));
  else assert.ok(isSameNumber(String(read), sent), `${sent} was read as ${String(read)}`);
}

/** Excel has one way to end a line. */
const withOneLineEnd = (sent: Sent): Sent =>
  sent.startsWith('"') ? JSON.stringify(String(JSON.parse(sent)).replace(/\r\n?/g, '\n')) : sent;

const each = (
  sent: readonly Row[],
  check: (column: (typeof COLUMNS)[number], value: Sent, at: number) => void,
) => sent.forEach((row, at) => COLUMNS.forEach((column) => check(column, row[column], at)));

describe('exports, read by other libraries', () => {
  property('JSON and NDJSON hold every value', 150, rows, (sent) => {
    const records = recordsOf(sent);
    const whole = toJson(records);
    const lines = toNdjson(records).split('\n');
    each(sent, (column, value, at) => {
      for (const [json, path] of [
        [whole, [at, column]],
        [lines[at] ?? '', [column]],
      ] as const) {
        const tree = parseTree(json);
        const node = tree && findNodeAtLocation(tree, [...path]);
        assert.ok(node, column);
        // The library's own value of a number is a double; the digits are those of its text.
        same(node.type === 'number' ? json.slice(node.offset, node.offset + node.length) : node.value, value);
      }
    });
  });

  property('CSV holds every value', 150, rows, (sent) => {
    const csv = toCsv(recordsOf(sent), COLUMNS, { formulaGuard: false });
    const { data } = Papa.parse<string[]>(csv, { newline: '\r\n', skipEmptyLines: true });
    assert.deepEqual(data[0], COLUMNS);
    each(sent, (column, value, at) => {
      const cell = data[at + 1]?.[COLUMNS.indexOf(column)];
      if (value.startsWith('"') || /\d/.test(value)) same(cell, value);
      else assert.equal(cell, value === 'null' ? '' : value);
    });
  });

  property('workbooks hold every value', 60, rows, async (sent) => {
    const { bytes } = await toWorkbook([{ name: 'x', records: recordsOf(sent), columns: UNTYPED }]);
    const [, ...cells] = (await readWorkbook(bytes, { trim: false }))[0]?.data ?? assert.fail('no sheet');
    each(sent, (column, value, at) => {
      const cell: unknown = cells[at]?.[COLUMNS.indexOf(column)];
      if (cell instanceof Date) assert.equal(timeOf(cell), JSON.parse(value));
      else same(cell, withOneLineEnd(value));
    });
  });

  property('Parquet files hold every value', 60, rows, async (sent) => {
    const file = new Uint8Array(toParquet(recordsOf(sent), UNTYPED).bytes).buffer;
    const read = await parquetReadObjects({ file });
    each(sent, (column, value, at) => {
      const cell: unknown = read[at]?.[column];
      if (cell instanceof Date) assert.equal(timeOf(cell), JSON.parse(value));
      else same(cell, value);
    });
  });
});
