/** Parquet files: the type of each column, and its values as another library reads them. */
import assert from 'node:assert/strict';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { describe, it } from 'mocha';
import { exportColumns } from '#core/results/export-column';
import { toParquet } from '#core/results/parquet';
import { readJson } from '#core/values/read-json';
import type { FieldType } from '#language';

const write = (type: FieldType, values: readonly unknown[]) => {
  const columns = exportColumns(['Field'], [{ name: 'Field', type }]);
  const { bytes, notes } = toParquet(
    values.map((Field) => ({ Field })),
    columns,
  );
  return { file: new Uint8Array(bytes).buffer, notes };
};

/** A column's type in a few words. */
function typeIn(file: ArrayBuffer): string {
  const [, element] = parquetMetadata(file).schema;
  const { type, converted_type, logical_type, precision, scale } = element ?? assert.fail('no column');
  if (logical_type?.type === 'TIMESTAMP')
    return `timestamp of ${logical_type.unit}${logical_type.isAdjustedToUTC ? ' in UTC' : ''}`;
  if (converted_type === 'DECIMAL') return `decimal(${precision},${scale})`;
  return (converted_type ?? type ?? '').toLowerCase();
}

const day = (text: string) => new Date(`${text}Z`);

const CASES: readonly (readonly [
  type: FieldType,
  values: readonly unknown[],
  written: string,
  read: readonly unknown[],
])[] = [
  ['string', ['007', 12, '', null, undefined], 'utf8', ['007', '12', '', null, null]],
  ['integer', ['12', 13, '', null], 'int64', [12n, 13n, null, null]],
  ['integer', [readJson('9223372036854775807')], 'int64', [9223372036854775807n]],
  ['integer', [12, 12.5], 'decimal(18,2)', [12, 12.5]],
  ['decimal', ['12.50', 1, 0.125, null], 'decimal(18,3)', [12.5, 1, 0.125, null]],
  ['decimal', [1, '-2'], 'decimal(18,2)', [1, -2]],
  ['decimal', [readJson('12345678901234567890.5')], 'decimal(38,2)', [12345678901234567890.5]],
  ['decimal', [1e300, 1.5], 'double', [1e300, 1.5]],
  ['boolean', ['true', false, ''], 'boolean', [true, false, null]],
  ['date', ['2025-03-01', '2025-03-02T00:00:00'], 'date', [day('2025-03-01'), day('2025-03-02')]],
  [
    'date',
    ['2025-03-01', '2025-03-02T09:30:00'],
    'timestamp of MICROS',
    [day('2025-03-01T00:00'), day('2025-03-02T09:30')],
  ],
  [
    'datetime',
    ['2025-03-01T09:00:00', '0001-01-01T00:00:00', '2025-03-01T09:00:00.25', null],
    'timestamp of MICROS',
    [day('2025-03-01T09:00'), day('0001-01-01T00:00'), day('2025-03-01T09:00:00.250'), null],
  ],
  ['time', ['09:30', null], 'utf8', ['09:30', null]],
  ['list', [['a', null, { b: 1 }], [], null, 'c'], 'list', [['a', null, '{"b":1}'], [], [], ['c']]],
  ['unknown', [1, 2, null], 'int64', [1n, 2n, null]],
  ['unknown', [1, 2.5], 'double', [1, 2.5]],
  ['unknown', ['1', '2.5'], 'utf8', ['1', '2.5']],
  ['unknown', [true, null], 'boolean', [true, null]],
  ['unknown', ['2025-03-01T09:00:00'], 'timestamp of MICROS', [day('2025-03-01T09:00')]],
  ['unknown', ['2025-03-01T09:00:00', 'soon'], 'utf8', ['2025-03-01T09:00:00', 'soon']],
  ['unknown', [['a'], null], 'list', [['a'], null]],
  ['unknown', [{ a: 1 }, 1], 'utf8', ['{"a":1}', '1']],
  ['unknown', [null, null], 'utf8', [null, null]],
  ['unknown', [], 'utf8', []],
  ['unknown', [readJson('0.12345678901234567891')], 'utf8', ['0.12345678901234567891']],
  ['decimal', [], 'decimal(18,2)', []],
  ['unknown', ['2025-02-31'], 'utf8', ['2025-02-31']],
];

describe('Parquet files', () => {
  for (const [type, values, written, read] of CASES)
    it(`${type} ${JSON.stringify(values).slice(0, 60)} → ${written}`, async () => {
      const { file, notes } = write(type, values);
      assert.equal(typeIn(file), written);
      assert.deepEqual(
        (await parquetReadObjects({ file })).map((row): unknown => row['Field'] ?? null),
        read,
      );
      assert.deepEqual(notes, []);
    });

  const misfits: readonly (readonly [type: FieldType, values: readonly unknown[], told: string])[] = [
    ['integer', ['12', 'n/a', null], '1 of 2 values does'],
    ['integer', ['12', '12.5', 'n/a', 'n/a'], '2 of 4 values do'],
    ['decimal', ['12', { a: 1 }], '1 of 2 values does'],
    ['boolean', [true, 'maybe'], '1 of 2 values does'],
    ['date', ['2025-02-31'], '1 of 1 value does'],
    ['datetime', ['2025-01-01T00:00:00Z'], '1 of 1 value does'],
  ];
  for (const [type, values, told] of misfits)
    it(`make what is no ${type} a column of texts, and quote none of ${JSON.stringify(values)} in a note`, () => {
      const { file, notes } = write(type, values);
      assert.equal(typeIn(file), 'utf8');
      assert.deepEqual(notes, [
        `Column Field holds texts in the file, as ${told} not have the type of the column.`,
      ]);
    });

  it('name in one note all columns that became texts', () => {
    const records = [
      { Cost: 'Quindle', Paid: true, Due: null },
      { Cost: '5', Paid: 'no', Due: '2025-03-01' },
    ];
    const columns = exportColumns(
      ['Cost', 'Paid', 'Due'],
      [
        { name: 'Cost', type: 'decimal' },
        { name: 'Paid', type: 'boolean' },
        { name: 'Due', type: 'date' },
      ],
    );
    assert.deepEqual(toParquet(records, columns).notes, [
      'Columns Cost, Paid hold texts in the file, as some of their values do not have the type of the column: 1 of 2 in Cost, 1 of 2 in Paid.',
    ]);
  });

  it('take what SQL worked out as doubles, however long', async () => {
    const columns = exportColumns(['A', 'B'], [{ name: 'B', type: 'decimal' }], true);
    const records = [{ A: readJson('0.12345678901234567891'), B: '1.5' }];
    const file = new Uint8Array(toParquet(records, columns).bytes).buffer;
    assert.deepEqual(
      parquetMetadata(file)
        .schema.slice(1)
        .map(({ type, converted_type }) => converted_type ?? type),
      ['DOUBLE', 'DECIMAL'],
    );
    assert.deepEqual(await parquetReadObjects({ file }), [{ A: 0.12345678901234568, B: 1.5 }]);
  });

  it('give numbers that may have a fraction one type, also on a day when none has one', async () => {
    const columns = exportColumns(['A', 'B'], [{ name: 'A', type: 'unknown', real: true }], true);
    const file = new Uint8Array(toParquet([{ A: 29520, B: 3 }], columns).bytes).buffer;
    assert.deepEqual(
      parquetMetadata(file)
        .schema.slice(1)
        .map(({ type }) => type),
      ['DOUBLE', 'INT64'],
    );
    assert.deepEqual(await parquetReadObjects({ file }), [{ A: 29520, B: 3n }]);
  });

  it('take any name of a column', async () => {
    const names = ['__proto__', 'constructor', 'a"b', 'a.b', '', 'Zoë'];
    const record = readJson(`{${names.map((name) => `${JSON.stringify(name)}:"x"`).join(',')}}`);
    const { bytes } = toParquet([record as Record<string, unknown>], exportColumns(names, []));
    const schema = parquetMetadata(new Uint8Array(bytes).buffer).schema.slice(1);
    assert.deepEqual(
      schema.map(({ name }) => name),
      names,
    );
    assert.ok((await parquetReadObjects({ file: new Uint8Array(bytes).buffer })).length === 1);
  });
});
