/** The kinds of values, and how they are shown. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ColumnNames } from '#core/results/columns';
import { cellText, memberOf } from '#core/results/table';
import { visibleOnOneLine } from '#core/text/foreign-text';
import { readJson } from '#core/values/read-json';
import { wallTimeOf } from '#core/values/wall-time';
import { writeJson } from '#core/values/write-json';
import { describeColumn, kindInWords } from '#webview/data/columns';
import { Formats } from '#webview/data/formats';
import { voidOf } from '#webview/data/values';
import type { ViewField } from '#webview/messages';

const field = (type: ViewField['type']): ViewField => ({
  name: 'X',
  type,
  filterable: true,
  sortable: true,
  writable: true,
});
const formats = new Formats('en-GB');

/** Tests the kind of a column with these values, and its first value as shown. */
const column = (values: readonly unknown[], expected: string, type?: ViewField['type'], name = 'X') =>
  it(`${type ?? 'unknown'} ${writeJson(values)} → ${expected}`, () => {
    const described = describeColumn(
      name,
      values.map((value) => (value === undefined ? {} : { [name]: value })),
      type === undefined ? undefined : field(type),
    );
    assert.equal(`${described.kind} ${formats.show(described, values[0])}`, expected);
  });

describe('columns of the results view', () => {
  for (const [values, type, expected] of [
    [['5'], 'integer', 'whole number'],
    [[1.5], undefined, 'number'],
    [['a'], 'unknown', 'text'],
    [['2026-01-31T09:05:00'], 'datetime', 'date and time'],
    [['2026-01-31T00:00:00'], undefined, 'date'],
    [[true], undefined, 'true or false'],
    [[['a']], undefined, 'list'],
    [[{ a: 1 }], undefined, 'nested record'],
  ] as const)
    it(`call ${JSON.stringify(values)} of ${type ?? 'no field'} ${expected}`, () => {
      const records = values.map((X) => ({ X }));
      const known = type === undefined ? undefined : field(type);
      assert.equal(kindInWords(describeColumn('X', records, known)), expected);
    });
  column(['a', null], 'text a');
  column([1234, 5], 'number 1234');
  column([12345, 5], 'number 12,345');
  column([12345], 'number 12345', undefined, 'CourseID');
  column([1, 2.5], 'number 1.00');
  column([1, 2.12345], 'number 1.00');
  column([2.12345, 1], 'number 2.12345');
  column(['12.5'], 'number 12.50', 'decimal');
  column([55, 69264], 'number 55.00', 'decimal');
  column([69264], 'number 69,264.00', 'decimal');
  column([1, 2.5], 'number 1.00', 'integer');
  column(['12.5'], 'text 12.5');
  column([true, null], 'boolean true');
  column(['true'], 'boolean true', 'boolean');
  column(['2026-01-31'], 'date 31 Jan 2026');
  column(['2026-01-31T00:00:00'], 'date 31 Jan 2026', 'datetime');
  column(['2026-01-31T09:05:00'], 'datetime 31 Jan 2026, 09:05');
  column(['2026-01-31T09:05:07'], 'datetime 31 Jan 2026, 09:05:07');
  column(['2026-01-31T09:05:07.123', '2026-01-31T09:05:07.124'], 'datetime 31 Jan 2026, 09:05:07.123');
  column(['2026-01-31T09:05:00', '2026-01-31T09:05:07.5000000'], 'datetime 31 Jan 2026, 09:05:00.0');
  column(['2026-01-31T09:05:07.1234567Z', null], 'datetime 31 Jan 2026, 09:05:07.1234567');
  column(['2026-01-31T09:05:07.000'], 'datetime 31 Jan 2026, 09:05:07');
  column(['2026-01-31T00:00:00.000'], 'date 31 Jan 2026');
  column(['2026-01-31T00:00:00.001'], 'datetime 31 Jan 2026, 00:00:00.001');
  column(['2026-01-31T09:05:00Z'], 'datetime 31 Jan 2026, 09:05');
  column(['2026-01-31', 'soon'], 'text 2026-01-31');
  column([['a', 'b'], []], 'list a; b');
  column([{ a: 1 }], 'object {"a":1}');
  column([null], 'datetime ', 'datetime');
  column([readJson('9223372036854775807'), 1], 'number 9,223,372,036,854,775,807');
  column([readJson('9223372036854775807')], 'number 9223372036854775807', undefined, 'CourseID');
  column(['9223372036854775807'], 'number 9,223,372,036,854,775,807', 'integer');
  column([readJson('0.1234567890123456789')], 'number 0.1234567890123456789');
  column([readJson('1e400')], 'number 1e400');
  column([1e-7], 'number 0.0000001');
  column([1e-13], 'number 0.0000000000001');
  column(['0001-01-01T00:00:00'], 'date 0001-01-01');
  column(['0001-01-01T10:00:00'], 'datetime 0001-01-01, 10:00');
  column(['2025-02-31', '2025-02-03'], 'date 2025-02-31', 'date');
  column(['2025-02-31T00:00:00', '2025-02-03T00:00:00'], 'text 2025-02-31T00:00:00');
  column(['2025-02-03T25:00:00'], 'text 2025-02-03T25:00:00', 'datetime');
  column([1, 'a'], 'text 1');

  it('follow the order of $select, then of arrival, and grow', () => {
    const names = new ColumnNames();
    names.setSelect(['label', 'ID']);
    assert.deepEqual(names.list(), ['label', 'ID']);
    assert.equal(names.add([{ ID: 1, Label: 'x', More: 2 }]), true);
    assert.equal(names.add([{ ID: 2 }]), false);
    assert.deepEqual(names.list(), ['Label', 'ID', 'More']);
  });

  it('tell missing, null and empty apart, even when a name is inherited', () => {
    const record = JSON.parse('{"a":null,"b":"","c":[],"d":0,"__proto__":"own"}') as Record<string, unknown>;
    assert.deepEqual(
      ['a', 'b', 'c', 'd', 'toString', 'constructor', '__proto__'].map((name) =>
        voidOf(memberOf(record, name)),
      ),
      ['null', 'empty', 'empty', undefined, 'missing', 'missing', undefined],
    );
    assert.equal(memberOf({}, '__proto__'), undefined);
  });

  it('reads only real dates', () => {
    for (const text of [
      '2026-13-01',
      '2026-1-1',
      '31/01/2026',
      '2026-01-31T9:00',
      'x2026-01-31',
      '2026-01-31Z',
    ])
      assert.ok(Number.isNaN(wallTimeOf(text)), text);
  });

  it('reads each form of a date as the time that stands in it, whatever its time zone', () => {
    for (const [text, expected] of [
      ['2026-01-31', '2026-01-31T00:00:00.000Z'],
      ['0001-01-01', '0001-01-01T00:00:00.000Z'],
      ['2026-01-31T09:05', '2026-01-31T09:05:00.000Z'],
      ['2026-01-31 23:59', '2026-01-31T23:59:00.000Z'],
      ['2026-01-31T09:05:07', '2026-01-31T09:05:07.000Z'],
      ['2026-01-31T09:05+0130', '2026-01-31T09:05:00.000Z'],
      ['2026-01-31T09:05:07.25-01:30', '2026-01-31T09:05:07.250Z'],
    ] as const)
      assert.equal(new Date(wallTimeOf(text)).toISOString(), expected, text);
  });

  it('shows the seconds of a time that has some, though no other had', () => {
    const described = describeColumn('X', [{ X: '2026-01-31T09:05:00' }], undefined);
    assert.equal(formats.show(described, '2026-01-31T09:05:07.25'), '31 Jan 2026, 09:05:07.25');
    assert.equal(
      new Formats('de-DE').show(described, '2026-01-31T09:05:07.25'),
      '31. Jan. 2026, 09:05:07,25',
    );
    assert.match(new Formats('en-US').show(described, '2026-01-31T09:05:07.25'), /, 9:05:07\.25\sAM$/);
  });

  it('makes control characters visible', () => {
    assert.equal(visibleOnOneLine('a\u202eb\u0000c\nd\te\u200b'), 'a[U+202E]b␀c↵d→e[U+200B]');
    assert.equal(visibleOnOneLine('Zoë — ✓'), 'Zoë — ✓');
  });

  it('has a text for every value', () => {
    assert.deepEqual([null, 1, false, [1, null, 'x'], { a: [1] }].map(cellText), [
      '',
      '1',
      'false',
      '1; ; x',
      '{"a":[1]}',
    ]);
  });
});
