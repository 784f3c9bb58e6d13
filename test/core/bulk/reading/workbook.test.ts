/** Workbooks as Excel and other programs write them. */
import assert from 'node:assert/strict';
import { readTable, TableError } from '#core/bulk/reading/read-table';
import { shownBy } from '#core/bulk/reading/workbook/number-formats';
import type { ReadingChoices } from '#core/bulk/table';
import { rowsOf, shown } from './support';
import { cellIn, type Parts, relations, workbookFiles, workbookOf } from './workbooks';
import { zipOf } from './zip';

const DATE = { formats: ['dd/mm/yyyy'] };
const TIME = { formats: ['hh:mm'] };
const STAMP = { formats: ['yyyy-mm-dd hh:mm:ss'] };

/** A cell of XML, and what it is read as. */
const CELLS: readonly (readonly [title: string, cell: string, read: string, parts?: Partial<Parts>])[] = [
  ['a shared text', '<c t="s"><v>1</v></c>', 'b', { texts: '<si><t>a</t></si><si><t>b</t></si>' }],
  [
    'rich text',
    '<c t="s"><v>0</v></c>',
    'a@x.org',
    { texts: '<si><r><rPr><b/></rPr><t>a@</t></r><r><t>x.org</t></r></si>' },
  ],
  [
    'text with a hint for its pronunciation',
    '<c t="s"><v>0</v></c>',
    '東京',
    { texts: '<si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></si>' },
  ],
  [
    'a text in its cell',
    '<c t="inlineStr"><is><t xml:space="preserve"> a</t><r><t>b</t></r></is></c>',
    ' ab',
  ],
  ['an escaped character', '<c t="inlineStr"><is><t>a_x000D_b_x005F_x0041_</t></is></c>', 'a\rb_x0041_'],
  ['a number', '<c><v>12.5</v></c>', 'number 12.5'],
  ['a number that Excel wrote in 17 digits', '<c><v>1.1000000000000001</v></c>', 'number 1.1'],
  ['the sum of 0.1 and 0.2', '<c><v>0.30000000000000004</v></c>', 'number 0.30000000000000004'],
  [
    'a number of more digits than Excel keeps',
    '<c><v>8911170227200201954</v></c>',
    'number 8911170227200201954',
  ],
  ['digits as text', '<c t="str"><v>89111702272002019542</v></c>', '89111702272002019542'],
  ['leading zeros of a text', '<c t="str"><v>007</v></c>', '007'],
  ['leading zeros of a number format', '<c s="1"><v>1569</v></c>', '01569', { formats: ['00000'] }],
  ['a boolean', '<c t="b"><v>1</v></c>', 'boolean true'],
  ['the result of a formula', '<c><f>1+1</f><v>2</v></c>', 'number 2'],
  ['the text of a formula', '<c t="str"><f>"a"</f><v>a</v></c>', 'a'],
  ['a formula without a result', '<c><f>1+1</f></c>', 'fault #N/A'],
  ['a formula with an empty result', '<c><f>1+1</f><v></v></c>', 'fault #N/A'],
  ['a member of a shared formula without a result', '<c><f t="shared" si="0"/></c>', 'fault #N/A'],
  ['an error', '<c t="e"><v>#N/A</v></c>', 'fault #N/A'],
  ['an error of a formula', '<c t="e"><f>1/0</f><v>#DIV/0!</v></c>', 'fault #DIV/0!'],
  ['a date', '<c s="1"><v>45658</v></c>', 'date 2025-01-01', DATE],
  ['a date of 1904', '<c s="1"><v>44196</v></c>', 'date 2025-01-01', { ...DATE, date1904: true }],
  [
    'a day before its midnight by a hair',
    '<c s="1"><v>45658.999999999</v></c>',
    'date 2025-01-02T00:00:00',
    STAMP,
  ],
  ['a time of a day', '<c s="1"><v>45658.395833333336</v></c>', 'date 2025-01-01T09:30:00', STAMP],
  ['a leap day', '<c s="1"><v>45351</v></c>', 'date 2024-02-29', DATE],
  ['the first sure day', '<c s="1"><v>61</v></c>', 'date 1900-03-01', DATE],
  ['a day that Excel counts wrongly', '<c s="1"><v>60</v></c>', 'fault 60', DATE],
  ['the first day of 1904', '<c s="1"><v>0</v></c>', 'date 1904-01-01', { ...DATE, date1904: true }],
  ['a day below zero', '<c s="1"><v>-5</v></c>', 'fault -5', DATE],
  ['a day after 9999', '<c s="1"><v>3000000</v></c>', 'fault 3000000', DATE],
  ['a time', '<c s="1"><v>0.395833333333333</v></c>', '09:30:00', TIME],
  ['a time just before midnight', '<c s="1"><v>0.9999884259</v></c>', '23:59:59', TIME],
  ['a time without a day, shown as a date', '<c s="1"><v>0.5</v></c>', 'fault 12:00:00', STAMP],
  ['a date of which the time is shown', '<c s="1"><v>45658.5</v></c>', 'date 2025-01-01T12:00:00', TIME],
  ['hours beyond 24', '<c s="1"><v>1.5</v></c>', '36:00:00', { formats: ['[h]:mm:ss'] }],
  [
    'a date as text of the strict form',
    '<c t="d"><v>2025-01-02T09:30:00.000Z</v></c>',
    'date 2025-01-02T09:30:00',
  ],
  [
    'tags with a prefix',
    '<c t="s"><v>0</v></c>',
    'b',
    { texts: '<x:si xmlns:x="urn:x"><x:t>b</x:t></x:si>' },
  ],
  ['a text that XML escapes', '<c t="inlineStr"><is><t>&lt;b&gt; &amp; &#8217;</t></is></c>', '<b> & ’'],
];

describe('a cell of a workbook', () => {
  for (const [title, cell, read, parts] of CELLS)
    it(title, async () => assert.deepEqual((await shown(cellIn(cell, parts))).rows, [`2: ${read}`]));

  it('says what is wrong with an error', async () => {
    const [row] = await rowsOf(await readTable(cellIn('<c t="e"><v>#N/A</v></c>')));
    const [cell] = row?.cells ?? [];
    assert.equal(
      cell?.kind === 'fault' && cell.message,
      'The cell shows the error #N/A. Mend its formula, or write its value.',
    );
  });

  for (const zone of ['America/Sao_Paulo', 'Pacific/Auckland', 'Europe/London'])
    it(`has the same date in ${zone}`, async () => {
      const before = process.env['TZ'];
      process.env['TZ'] = zone;
      try {
        assert.deepEqual(
          (await shown(cellIn('<c s="1"><v>44196</v></c>', { ...DATE, date1904: true }))).rows,
          ['2: date 2025-01-01'],
        );
        assert.deepEqual((await shown(cellIn('<c s="1"><v>46110.0625</v></c>', STAMP))).rows, [
          '2: date 2026-03-29T01:30:00',
        ]);
      } finally {
        if (before === undefined) delete process.env['TZ'];
        else process.env['TZ'] = before;
      }
    });
});

const FORMATS: readonly (readonly [code: string, as: string])[] = [
  ['General', 'number'],
  ['0.00E+00', 'number'],
  ['#,##0.00 [$€-407]', 'number'],
  ['[Red]-0.0', 'number'],
  ['0 "days"', 'number'],
  ['0\\d', 'number'],
  ['00000', 'zeros'],
  ['dd/mm/yyyy;@', 'date'],
  ['[$-409]mmm-yy', 'date'],
  ['mmmm', 'date'],
  ['yyyy\\-mm\\-dd hh:mm', 'date'],
  ['h:mm AM/PM', 'time'],
  ['mm:ss', 'time'],
  ['[mm]:ss', 'duration'],
];

describe('a number format', () => {
  for (const [code, as] of FORMATS) it(`${code} shows a ${as}`, () => assert.equal(shownBy(code).as, as));
});

const c = (place: string, text: string) => `<c r="${place}" t="str"><v>${text}</v></c>`;
const row = (number: number, ...texts: readonly string[]) =>
  `<row r="${number}">${texts.map((text, at) => (text === '' ? '' : c(`${'ABCDEF'[at]}${number}`, text))).join('')}</row>`;
const merged = (...ranges: readonly string[]) =>
  `<mergeCells>${ranges.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`;

interface SheetCase {
  readonly title: string;
  readonly parts: Parts;
  readonly given?: ReadingChoices;
  readonly columns?: string;
  readonly rows?: readonly string[];
  readonly choice?: string;
  readonly note?: string;
}

const TITLE = { rows: row(1, 'Report') + row(3, 'ID', 'Name') + row(4, '1', 'a'), after: merged('A1:B1') };
const GROUPS = {
  rows: row(1, 'ID', 'Person') + row(2, '', 'Name', 'Town') + row(3, '1', 'a', 'b'),
  after: merged('A1:A2', 'B1:C1'),
};
const REPEATED = {
  rows: row(1, 'Town', 'Name') + row(2, 'Leeds', 'a') + row(3, '', 'b') + row(4, 'York', 'c'),
  after: merged('A2:A3'),
};

const SHEETS: readonly SheetCase[] = [
  {
    title: 'finds the header below a merged title',
    parts: TITLE,
    columns: 'ID|Name',
    rows: ['4: 1|a'],
    choice: 'headerRow assumed 3',
  },
  { title: 'says nothing of merged cells above the header', parts: TITLE, choice: 'sheet found Data' },
  {
    title: 'joins a header of two rows',
    parts: GROUPS,
    columns: 'ID|Name|Town',
    rows: ['3: 1|a|b'],
    choice: 'headerRow assumed 2',
  },
  {
    title: 'asks what merged cells mean',
    parts: REPEATED,
    rows: ['2: Leeds|a', '3: |b', '4: York|c'],
    choice: 'merged open',
  },
  {
    title: 'repeats the value of merged cells',
    parts: REPEATED,
    given: { merged: 'repeat' },
    rows: ['2: Leeds|a', '3: Leeds|b', '4: York|c'],
  },
  {
    title: 'leaves merged cells blank',
    parts: REPEATED,
    given: { merged: 'blank' },
    rows: ['2: Leeds|a', '3: |b', '4: York|c'],
  },
  {
    title: 'counts hidden rows, which it reads',
    parts: { rows: row(1, 'ID', 'Name') + row(2, '1', 'a').replace('<row', '<row hidden="1"') },
    rows: ['2: 1|a'],
    note: '1 hidden row is read, too.',
  },
  {
    title: 'names hidden columns, which it reads',
    parts: {
      before: '<cols><col min="2" max="2" hidden="1"/></cols>',
      rows: row(1, 'ID', 'Name') + row(2, '1', 'a'),
    },
    rows: ['2: 1|a'],
    note: 'Column B is hidden, and is read, too.',
  },
  {
    title: 'leaves out rows without values',
    parts: {
      rows: `${row(1, 'ID')}<row r="2"><c r="A2" s="1"/></row><row r="3"/>${row(4, '1')}<row r="9"><c r="A9"><v></v></c></row>`,
    },
    rows: ['4: 1'],
    note: '7 rows without any value are left out.',
  },
  {
    title: 'keeps the places of cells',
    parts: { rows: row(1, 'A', 'B', 'C') + row(2, '1', '', '3') },
    rows: ['2: 1||3'],
  },
  {
    title: 'reads rows and cells without a place',
    parts: {
      rows: '<row><c t="str"><v>A</v></c><c t="str"><v>B</v></c></row><row><c/><c><v>2</v></c></row>',
    },
    columns: 'A|B',
    rows: ['2: |number 2'],
  },
  {
    title: 'names a column without a name',
    parts: { rows: row(1, 'ID', 'Name') + row(2, '1', 'a', 'x') + row(3, '2', 'b') },
    columns: 'ID|Name|',
    note: 'Column C has values but no name, so it fills no field.',
  },
];

describe('a sheet of a workbook', () => {
  for (const { title, parts, given, columns, rows, choice, note } of SHEETS)
    it(title, async () => {
      const read = await shown(workbookOf(parts), given);
      if (columns !== undefined) assert.equal(read.columns, columns);
      if (rows !== undefined) assert.deepEqual(read.rows, rows);
      if (choice !== undefined) assert.ok(read.choices.includes(choice), read.choices.join(', '));
      if (note !== undefined) assert.deepEqual(read.notes, [note]);
    });

  const two = (first: string, second: string, state = '') => ({
    ...workbookFiles({ rows: first }),
    'xl/workbook.xml': `<workbook xmlns:r="urn:r"><sheets><sheet name="One" r:id="r0"${state}/><sheet name="Two" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations([
      ['worksheet', 'worksheets/sheet1.xml'],
      ['worksheet', 'worksheets/sheet2.xml'],
    ]),
    'xl/worksheets/sheet2.xml': `<worksheet><sheetData>${second}</sheetData></worksheet>`,
  });

  it('is the first, which can be changed', async () => {
    const file = zipOf(two(row(1, 'A') + row(2, '1'), row(1, 'B') + row(2, '2')));
    assert.deepEqual((await shown(file)).choices[0], 'sheet assumed One');
    assert.equal((await shown(file, { sheet: 'two' })).columns, 'B');
    await assert.rejects(
      readTable(file, { sheet: 'Three' }),
      /no sheet named “Three”. Choose one of “One”, “Two”\./,
    );
  });

  it('is not a hidden or an empty one', async () => {
    assert.equal((await shown(zipOf(two(row(1, 'A'), row(1, 'B'), ' state="hidden"')))).columns, 'B');
    assert.equal((await shown(zipOf(two('', row(1, 'B'))))).columns, 'B');
  });
});

const ZIPS: readonly (readonly [title: string, file: Buffer, message: RegExp])[] = [
  ['an OpenDocument file', zipOf({ 'content.xml': '<a/>' }), /OpenDocument/],
  ['a zip file', zipOf({ 'a.txt': 'x' }), /zip file/],
  [
    'a binary workbook',
    zipOf({ '_rels/.rels': relations([['officeDocument', 'xl/workbook.bin']]), 'xl/workbook.bin': '' }),
    /\.xlsb/,
  ],
  ['an empty zip', zipOf({}), /zip file/],
  ['a part that is no XML', workbookOf({ rows: '<row>' }), /damaged/],
  ['an entity of its own', workbookOf({ rows: row(1, 'A') + row(2, '&x;') }), /damaged/],
  [
    'a cell beyond all columns',
    workbookOf({ rows: '<row><c r="ZZZZ1"><v>1</v></c></row>' }),
    /which no sheet has/,
  ],
  ['a workbook without values', workbookOf({ rows: '<row r="1"/>' }), /no values/],
  [
    'a part that is huge when unzipped',
    zipOf(workbookFiles({ rows: '' }), { 'xl/worksheets/sheet1.xml': 3_000_000_000 }),
    /larger than APQ reads/,
  ],
  ['a file that is cut off', workbookOf({ rows: row(1, 'A') }).subarray(0, 500), /damaged/],
];

describe('refusing a workbook', () => {
  for (const [title, file, message] of ZIPS)
    it(title, async () =>
      assert.rejects(readTable(file), (error) => {
        assert.ok(error instanceof TableError, String(error));
        assert.match(error.message, message);
        return true;
      }),
    );
});
