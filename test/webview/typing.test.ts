/** What is typed or pasted into cells of the grid, and which cells it goes into. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { delimitedText } from '#core/results/csv';
import { readJson } from '#core/values/read-json';
import { sameValue } from '#core/values/same-value';
import { writeJson } from '#core/values/write-json';
import type { Column } from '#webview/data/columns';
import { cellLock } from '#webview/data/editable';
import { fillDown, readBlock, spread } from '#webview/data/paste';
import { conventionsOf, editText, effectiveType, hintOf, typedValue } from '#webview/data/typed-text';
import type { ViewField } from '#webview/messages';
import { HEAD } from './support/view-page';

type FieldType = ViewField['type'];

describe('text that is typed into a cell', () => {
  /** Locale, type, text, and the value as JSON, or `!` and a part of why it is none. */
  const rows: readonly (readonly [locale: string, type: FieldType, text: string, expected: string])[] = [
    ['en-GB', 'string', '01569', '"01569"'],
    ['en-GB', 'string', ' a ', '" a "'],
    ['en-GB', 'string', 'NULL', '"NULL"'],
    ['en-GB', 'string', '', '""'],
    ['en-GB', 'integer', '89111702272002019542', '89111702272002019542'],
    ['en-GB', 'integer', '007', '7'],
    ['en-GB', 'integer', '1.5', '!not a whole number'],
    ['en-GB', 'integer', 'many', '!not a whole number'],
    ['en-GB', 'integer', '', 'null'],
    ['en-GB', 'decimal', '1,234.50', '1234.50'],
    ['en-GB', 'decimal', '1,5', '!not a number'],
    ['de-DE', 'decimal', '1.234,5', '1234.5'],
    ['de-DE', 'decimal', '12,50', '12.50'],
    ['de-DE', 'decimal', '12.50', '12.50'],
    ['de-DE', 'decimal', '1.234', '!as a fraction or as thousands'],
    ['en-GB', 'date', '2026-01-31', '"2026-01-31"'],
    ['en-GB', 'date', '03/04/2026', '"2026-04-03"'],
    ['en-US', 'date', '03/04/2026', '"2026-03-04"'],
    ['sv-SE', 'date', '03/04/2026', '!year-month-day'],
    ['en-GB', 'date', '31/02/2026', '!does not exist'],
    ['en-GB', 'datetime', '2022-03-25T09:00:00', '"2022-03-25T09:00:00"'],
    ['en-GB', 'datetime', '2026-03-29T01:30:00', '"2026-03-29T01:30:00"'],
    ['en-GB', 'datetime', '31/01/2026 09:00', '"2026-01-31T09:00:00"'],
    ['en-GB', 'datetime', '', 'null'],
    ['en-GB', 'boolean', 'yes', 'true'],
    ['en-GB', 'boolean', 'perhaps', '!neither yes nor no'],
    ['en-GB', 'time', '09:30', '"09:30"'],
    ['en-GB', 'list', 'a; b', '["a","b"]'],
    ['en-GB', 'list', '', '[]'],
  ];
  for (const [locale, type, text, expected] of rows)
    it(`${locale}, ${type}: “${text}” is ${expected}`, () => {
      const { value, problem } = typedValue(text, type, conventionsOf(locale));
      if (expected.startsWith('!')) {
        assert.ok(problem?.includes(expected.slice(1)), problem);
        assert.equal(value, text);
        assert.doesNotMatch(problem ?? '', /\bfile\b/);
      } else {
        assert.equal(problem, undefined);
        assert.equal(writeJson(value), writeJson(readJson(expected)));
      }
    });

  for (const locale of ['en-GB', 'de-DE', 'en-US', 'sv-SE', 'fr-FR', 'ar-EG'])
    it(`is read back as the same value, and so is its hint: ${locale}`, () => {
      const conventions = conventionsOf(locale);
      const values: readonly (readonly [FieldType, unknown])[] = [
        ['decimal', 1234.5],
        ['decimal', readJson('0.123456789012345678901')],
        ['integer', readJson('9223372036854775807')],
        ['datetime', '2026-01-31T09:00:00'],
        ['boolean', false],
        ['list', ['one', 'two']],
        ['string', '1.5'],
      ];
      for (const [type, value] of values)
        assert.ok(
          sameValue(type, value, typedValue(editText(value, type, conventions), type, conventions).value),
          `${type} ${writeJson(value)}`,
        );
      for (const type of ['integer', 'decimal', 'date', 'datetime', 'time', 'list'] as const)
        for (const hint of hintOf(type, conventions).split(' or '))
          assert.equal(typedValue(hint, type, conventions).problem, undefined, `${type} ${hint}`);
    });

  it('is of the type that the value has, where the metadata know none', () => {
    const types = [1, readJson('12345678901234567890'), true, ['a'], 'a', null, undefined].map((value) =>
      effectiveType('unknown', value),
    );
    assert.deepEqual(types, ['decimal', 'decimal', 'boolean', 'list', 'string', 'string', 'string']);
  });
});

describe('a block of cells from the clipboard', () => {
  /** The text, and its cells. */
  const blocks: readonly (readonly [string, readonly (readonly string[])[]])[] = [
    [
      'a\tb\r\nc\td\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['a\nb', [['a'], ['b']]],
    ['a\rb\r', [['a'], ['b']]],
    ['', [['']]],
    ['\t\n', [['', '']]],
    ['"one\nand ""two"""\tb', [['one\nand "two"', 'b']]],
    ['"one\r\nline"\r\nnext', [['one\r\nline'], ['next']]],
    // A spreadsheet puts no quotes around these.
    ['"quoted"', [['"quoted"']]],
    ['"quoted" word\tb', [['"quoted" word', 'b']]],
    ['"never closed\tb', [['"never closed', 'b']]],
  ];
  for (const [text, cells] of blocks)
    it(`is read: ${JSON.stringify(text)}`, () => assert.deepEqual(readBlock(text), cells));

  it('is what the grid itself copied', () => {
    const rows = [
      ['a"b', '"', 'tab\there'],
      ['two\nlines', '=1+1', "'=1+1"],
      ['', '-5', 'x'],
    ];
    const block = readBlock(delimitedText(rows, '\t').slice(0, -2));
    const { cells } = spread(block, {
      ranges: [{ top: 0, bottom: 0, left: 0, right: 0 }],
      rows: 3,
      columns: ['A', 'B', 'C'],
    });
    assert.deepEqual(
      cells.map(({ text }) => text),
      ['a"b', '"', 'tab\there', 'two\nlines', '=1+1', '=1+1', '', '-5', 'x'],
    );
  });

  const range = (top: number, bottom: number, left: number, right: number) => ({ top, bottom, left, right });
  const columns = ['ID', 'Town', 'Places'];
  /** Copied text, selection, and the cells as `row,column=text`. */
  const spreads: readonly (readonly [string, readonly ReturnType<typeof range>[], string, number])[] = [
    ['x', [range(0, 1, 1, 2)], '0,1=x 0,2=x 1,1=x 1,2=x', 0],
    ['x', [range(0, 0, 1, 1), range(3, 3, 2, 2)], '0,1=x 3,2=x', 0],
    ['a\tb', [range(0, 2, 1, 2)], '0,1=a 0,2=b 1,1=a 1,2=b 2,1=a 2,2=b', 0],
    ['a\tb', [range(4, 4, 1, 1)], '4,1=a 4,2=b', 0],
    ['a\tb\tc', [range(0, 0, 1, 1)], '0,1=a 0,2=b', 1],
    ['a\nb', [range(4, 4, 1, 1)], '4,1=a', 1],
    ['a\nb\nc', [range(0, 3, 1, 1)], '0,1=a 1,1=b 2,1=c', 0],
    ['Town\tPlaces\nYork\t8', [range(0, 0, 1, 1)], '0,1=York 0,2=8', 0],
    ['Town', [range(0, 0, 1, 1)], '0,1=Town', 0],
    ['a\nb\tc', [range(0, 0, 1, 1)], '0,1=a 1,1=b 1,2=c', 0],
  ];
  for (const [text, ranges, expected, beyond] of spreads)
    it(`goes to ${expected}: ${JSON.stringify(text)}`, () => {
      const pasted = spread(readBlock(text), { ranges, rows: 5, columns });
      assert.equal(
        pasted.cells.map(({ row, column, text: of }) => `${row},${column}=${of}`).join(' '),
        expected,
      );
      assert.equal(pasted.beyond, beyond);
    });

  it('is filled down from its first row, or from the row above', () => {
    const shown = (of: ReturnType<typeof range>) =>
      fillDown(of).map(({ from, to }) => `${from.row},${from.column}→${to.row},${to.column}`);
    assert.deepEqual(shown(range(1, 3, 0, 0)), ['1,0→2,0', '1,0→3,0']);
    assert.deepEqual(shown(range(2, 2, 0, 1)), ['1,0→2,0', '1,1→2,1']);
    assert.deepEqual(shown(range(0, 0, 0, 0)), []);
  });
});

describe('a cell that can’t be edited', () => {
  const field = (name: string, limits: Partial<ViewField> = {}): ViewField => ({
    name,
    type: 'string',
    filterable: true,
    sortable: true,
    writable: true,
    ...limits,
  });
  const town = field('Town');
  const column = (name: string, of?: ViewField): Column => ({
    name,
    kind: 'text',
    decimals: 0,
    seconds: false,
    ...(of === undefined ? {} : { field: of }),
  });
  const head = { ...HEAD, fields: [town] };
  const reads = (
    expected: RegExp | undefined,
    ...[of, record, shown = head]: Parameters<typeof cellLock>
  ) => {
    const lock = cellLock(of, record, shown);
    if (expected === undefined) assert.equal(lock, undefined);
    else assert.match(lock ?? '', expected);
  };
  const rows: readonly (readonly [string, RegExp | undefined, ...Parameters<typeof cellLock>])[] = [
    ['a field of a record with ID', undefined, column('Town', town), { ID: '1', Town: 'York' }, head],
    ['a record without ID', /without an ID.*\$select/, column('Town', town), { Town: 'York' }, head],
    ['a record with an empty ID', /without an ID/, column('Town', town), { ID: '', Town: 'York' }, head],
    ['the ID', /says which record/, column('ID', field('ID')), { ID: '1' }, head],
    [
      'a field that the platform sets',
      /can’t be written/,
      column('Town', field('Town', { writable: false })),
      { ID: '1' },
      head,
    ],
    ['a field of which the metadata know nothing', /name no field Extra/, column('Extra'), { ID: '1' }, head],
    [
      'a module of which the metadata know nothing',
      /are not known/,
      column('Town'),
      { ID: '1' },
      { ...HEAD, fields: [] },
    ],
    [
      'a connection that is read only',
      /read only/,
      column('Town', town),
      { ID: '1' },
      { ...head, readOnly: 'Acme is read only.' },
    ],
    ['an object', /more than one value/, column('Town', town), { ID: '1', Town: { A: 1 } }, head],
    ['a list', undefined, column('Town', town), { ID: '1', Town: ['a', 'b'] }, head],
    [
      'a list with a semicolon in a value',
      /semicolons/,
      column('Town', town),
      { ID: '1', Town: ['a;b'] },
      head,
    ],
  ];
  for (const [title, expected, ...of] of rows)
    it(`${expected === undefined ? 'is none' : 'says why'}: ${title}`, () => reads(expected, ...of));
});
