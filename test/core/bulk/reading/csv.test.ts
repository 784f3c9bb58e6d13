/** CSV as people and programs write it. */
import assert from 'node:assert/strict';
import { readTable, TableError } from '#core/bulk/reading/read-table';
import type { ReadingChoices } from '#core/bulk/table';
import { bytes, choice, rowsOf, shown } from './support';

/** A file, what it is read as, and what was chosen. */
interface Case {
  readonly title: string;
  readonly file: string | Buffer;
  readonly given?: ReadingChoices;
  readonly columns?: string;
  readonly rows?: readonly string[];
  readonly choice?: string;
}

const latin = (text: string) => Buffer.from(text, 'latin1');
const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');
const AMOUNTS = 'Item;Price\r\nA;1,5\r\nB;2,25\r\nC;1.234,56\r\n';

const CASES: readonly Case[] = [
  {
    title: 'keeps zeros and all digits',
    file: 'ID,Code\n01569,"007"\n89111702272002019542,1E5',
    rows: ['2: 01569|007', '3: 89111702272002019542|1E5'],
  },
  {
    title: 'takes no error of a spreadsheet for a text',
    file: 'ID,Name\n1,#N/A\n2,#VALUE!\n3,#REF!\n4,#DIV/0!\n5,#NUM!\n6,#NAME?\n7,#NULL!\n8, #n/a \n9,#N/A (none)\n10,#1',
    rows: [
      '2: 1|fault #N/A',
      '3: 2|fault #VALUE!',
      '4: 3|fault #REF!',
      '5: 4|fault #DIV/0!',
      '6: 5|fault #NUM!',
      '7: 6|fault #NAME?',
      '8: 7|fault #NULL!',
      '9: 8|fault  #n/a ',
      '10: 9|#N/A (none)',
      '11: 10|#1',
    ],
  },
  {
    title: 'strips the mark of UTF-8',
    file: '\uFEFF"ID",Name\n1,a',
    columns: 'ID|Name',
    choice: 'encoding found utf-8',
  },
  {
    title: 'reads UTF-16',
    file: utf16('ID\tName\r\n1\tŻoë\r\n'),
    columns: 'ID|Name',
    rows: ['2: 1|Żoë'],
    choice: 'encoding found utf-16le',
  },
  {
    title: 'reads UTF-16, big-endian',
    file: utf16('ID\tName\r\n1\tŻoë\r\n').swap16(),
    rows: ['2: 1|Żoë'],
    choice: 'encoding found utf-16be',
  },
  {
    title: 'reads UTF-16 without a mark',
    file: Buffer.from('ID\tName\r\n1\tZoë\r\n', 'utf16le'),
    columns: 'ID|Name',
    rows: ['2: 1|Zoë'],
  },
  {
    title: 'reads Windows-1252',
    file: latin('ID;Name\n1;M\xFCller'),
    rows: ['2: 1|Müller'],
    choice: 'encoding assumed windows-1252',
  },
  {
    title: 'reads the euro sign and curly quotes of Windows-1252',
    file: latin('ID;Name\n1;\x80 \x93x\x94'),
    rows: ['2: 1|€ “x”'],
  },
  {
    title: 'keeps a curly quote of UTF-8',
    file: 'ID,Name\n1,Carter’s',
    rows: ['2: 1|Carter’s'],
    choice: 'encoding found utf-8',
  },
  {
    title: 'takes the encoding that was given',
    file: 'ID,Name\n1,é',
    given: { encoding: 'windows-1252' },
    rows: ['2: 1|Ã©'],
    choice: 'encoding given windows-1252',
  },
  {
    title: 'is not misled by decimal commas',
    file: AMOUNTS,
    columns: 'Item|Price',
    rows: ['2: A|1,5', '3: B|2,25', '4: C|1.234,56'],
    choice: 'delimiter found ;',
  },
  {
    title: 'is not misled by a header with one field fewer',
    file: 'a;b\n1;2,5;x\n3;4,5;y\n',
    given: {},
    choice: 'delimiter assumed ;',
  },
  {
    title: 'is not misled by delimiters at the ends',
    file: 'a;b\n1;2,5;\n3;4,5;\n',
    columns: 'a|b',
    rows: ['2: 1|2,5', '3: 3|4,5'],
  },
  {
    title: 'is not misled by a title',
    file: 'Courses, 2026, all\n\nID;Name\n1;a\n2;b\n3;c',
    columns: 'ID|Name',
    rows: ['4: 1|a', '5: 2|b', '6: 3|c'],
  },
  {
    title: 'is not misled by delimiters in quotation marks',
    file: 'ID,Note\n1,"a;b;c"\n2,"d;e;f"',
    columns: 'ID|Note',
  },
  {
    title: 'is not misled by blank cells at the ends',
    file: 'a;b;c;d\n1,5;;;\n2,5;x;;\n',
    columns: 'a|b|c|d',
  },
  { title: 'reads tabs', file: 'ID\tName\n1\ta, b\n2\tc', columns: 'ID|Name', choice: 'delimiter found \t' },
  {
    title: 'reads vertical bars',
    file: 'ID|Name\n1|a\n2|c',
    rows: ['2: 1|a', '3: 2|c'],
    choice: 'delimiter found |',
  },
  {
    title: 'obeys a line that names the delimiter',
    file: 'sep=;\r\nID;Name\r\n1;a,b,c\r\n',
    columns: 'ID|Name',
    rows: ['2: 1|a,b,c'],
    choice: 'delimiter found ;',
  },
  {
    title: 'obeys it in quotation marks, and after a mark',
    file: '\uFEFF"sep=;"\nID;Name\n1;a',
    columns: 'ID|Name',
  },
  { title: 'obeys it with a tab', file: 'sep=\t\nID\tName\n1\ta', columns: 'ID|Name' },
  {
    title: 'takes the delimiter that was given',
    file: 'ID;Name\n1;a',
    given: { delimiter: ',' },
    columns: 'ID;Name',
    rows: ['2: 1;a'],
  },
  {
    title: 'reads a single column',
    file: 'ID\n1\n2',
    columns: 'ID',
    rows: ['2: 1', '3: 2'],
    choice: 'delimiter assumed ,',
  },
  {
    title: 'keeps names alike apart',
    file: 'ID,Name, name \n1,a,b',
    columns: 'ID|Name|name',
    rows: ['2: 1|a|b'],
  },
  {
    title: 'keeps a CR and a CR LF within a cell',
    file: 'ID,Note\n1,"a\rb\r\nc"\n2,d',
    rows: ['2: 1|a\rb\r\nc', '3: 2|d'],
  },
  {
    title: 'keeps an LF within a cell of a CR LF file',
    file: 'ID,Note\r\n1,"a\nb"\r\n2,c',
    rows: ['2: 1|a\nb', '3: 2|c'],
  },
  { title: 'reads bare CR', file: 'ID,Note\r1,a\r2,b\r', rows: ['2: 1|a', '3: 2|b'] },
  { title: 'reads mixed line ends', file: 'ID,Note\n1,a\r2,b\r\n3,c', rows: ['2: 1|a', '3: 2|b', '4: 3|c'] },
  { title: 'takes a blank cell, spaces and "" for nothing', file: 'ID,A,B\n1,"",  \n', rows: ['2: 1||'] },
  { title: 'fills rows that are too short', file: 'ID,A,B\n1\n', rows: ['2: 1||'] },
  {
    title: 'doubts a row with more cells than the header',
    file: 'ID,Name\n1,Smith, Ann\n2,Bo\n3,Cy',
    rows: ['2: 1|Smith !', '3: 2|Bo', '4: 3|Cy'],
  },
  {
    title: 'keeps quotation marks within a cell',
    file: 'ID,Size\n1,5" pipe\n2,"5"" pipe"\n3,"""x"""',
    rows: ['2: 1|5" pipe', '3: 2|5" pipe', '4: 3|"x"'],
  },
  {
    title: 'keeps names of objects',
    file: '__proto__,constructor\n1,2',
    columns: '__proto__|constructor',
    rows: ['2: 1|2'],
  },
  {
    title: 'leaves out rows without values',
    file: 'ID,Name\n\n,,\n1,a\n ; \n,\n',
    rows: ['4: 1|a', '5:  ; |'],
  },
  {
    title: 'finds the header below a title',
    file: 'Report\n\nID,Name\n1,a',
    columns: 'ID|Name',
    rows: ['4: 1|a'],
    choice: 'headerRow assumed 3',
  },
  {
    title: 'finds the names below groups',
    file: 'Person,,Address,\nID,Name,Town,Postcode\n1,a,b,LA1',
    columns: 'ID|Name|Town|Postcode',
    choice: 'headerRow assumed 2',
  },
  {
    title: 'takes the header that was given',
    file: 'Report,x\nID,Name\n1,a',
    given: { headerRow: 2 },
    columns: 'ID|Name',
    rows: ['3: 1|a'],
    choice: 'headerRow given 2',
  },
  {
    title: 'keeps a header with a gap',
    file: 'ID,,Name\n1,x,a\n2,y,b',
    columns: 'ID||Name',
    choice: 'headerRow found 1',
  },
  {
    title: 'keeps a file without rows',
    file: 'ID,Name\n',
    columns: 'ID|Name',
    rows: [],
    choice: 'headerRow found 1',
  },
  {
    title: 'takes the apostrophe away that exports put before formulas',
    file: "ID,Name\n1,'=1+1\n2,'tis",
    rows: ['2: 1|=1+1', "3: 2|'tis"],
    choice: 'apostrophes assumed remove',
  },
  {
    title: 'keeps the apostrophe where that is chosen',
    file: "ID,Name\n1,'=1+1",
    given: { apostrophes: 'keep' },
    rows: ["2: 1|'=1+1"],
  },
  {
    title: 'never moves a time',
    file: 'ID,At\n1,2022-03-25T09:00:00\n2,2026-03-29T01:30:00',
    rows: ['2: 1|2022-03-25T09:00:00', '3: 2|2026-03-29T01:30:00'],
  },
];

/** What one text of a column says about the conventions of its file. */
const CONVENTIONS: readonly (readonly [texts: string, choice: string | undefined])[] = [
  ['03/04/2026', 'dateOrder open'],
  ['03/04/2026 25/04/2026', 'dateOrder found day'],
  ['03/04/2026 04/25/2026', 'dateOrder found month'],
  ['25/04/2026 04/25/2026', 'dateOrder open'],
  ['03.04.2026', 'dateOrder found day'],
  ['3-4-26', 'dateOrder open'],
  ['04/04/2026', undefined],
  ['2026-04-03', undefined],
  ['1,5', 'decimalSign found ,'],
  ['1.5', 'decimalSign found .'],
  ['1.234,56', 'decimalSign found ,'],
  ['1,234.56', 'decimalSign found .'],
  ['1,234,567', 'decimalSign found .'],
  ['£1,234.50', 'decimalSign found .'],
  ['1,234', 'decimalSign open'],
  ['1.234', 'decimalSign open'],
  ['0.125', 'decimalSign found .'],
  ['1,5 1.5', 'decimalSign open'],
  ['1,234 2,5', 'decimalSign found ,'],
  ['10.0.0.1', undefined],
  ['1234', undefined],
];

describe('reading a CSV', () => {
  for (const { title, file, given, columns, rows, choice: made } of CASES)
    it(title, async () => {
      const read = await shown(typeof file === 'string' ? bytes(file) : file, given);
      if (columns !== undefined) assert.equal(read.columns, columns);
      if (rows !== undefined) assert.deepEqual(read.rows, rows);
      if (made !== undefined) assert.ok(read.choices.includes(made), read.choices.join(', '));
    });

  for (const [texts, expected] of CONVENTIONS)
    it(`takes from ${texts}: ${expected ?? 'nothing'}`, async () => {
      const { choices } = await shown(
        bytes(
          `ID;A\n${texts
            .split(' ')
            .map((text) => `x;${text}\n`)
            .join('')}`,
        ),
      );
      const made = choices.filter((each) => /^(?:dateOrder|decimalSign)/.test(each));
      assert.deepEqual(made, expected === undefined ? [] : [expected]);
    });
});

describe('what is said about a CSV', () => {
  it('names Windows-1252', async () =>
    assert.match((await choice(latin('a;b\n1;\xE9'), 'encoding')) ?? '', /read as Windows-1252/));

  it('asks with the value and its row', async () =>
    assert.equal(
      await choice(bytes('ID,On\n1,03/04/2026'), 'dateOrder'),
      'Which comes first in dates, the day or the month? “03/04/2026” in row 2: the file does not tell.',
    ));

  it('names the rows above the header', async () =>
    assert.equal(
      await choice(bytes('Report\n\nID,Name\n1,a'), 'headerRow'),
      'Row 3 names the columns. Row 1 above it is left out.',
    ));

  const NOTES: readonly (readonly [file: string, note: string])[] = [
    ['ID,Name\n,\n\n1,a\n,', '3 rows without any value are left out.'],
    ['ID,Name,\n1,a,x', 'Column C has values but no name, so it fills no field.'],
  ];
  for (const [file, note] of NOTES)
    it(note, async () => assert.deepEqual((await shown(bytes(file))).notes, [note]));

  it('says why a row of too many cells is doubted', async () => {
    const [row] = await rowsOf(await readTable(bytes('ID,Name\n1,Smith, Ann\n2,b\n3,c')));
    assert.match(row?.problem ?? '', /^Row 2 has 3 cells, and the header 2: /);
  });
});

const REFUSED: readonly (readonly [
  title: string,
  file: string | Buffer,
  message: RegExp,
  given?: ReadingChoices,
])[] = [
  [
    'a quotation mark that never closes',
    'ID,Note\n1,"abc\n2,def\n3,ghi',
    /^Row 2 has a cell whose quotation mark/,
  ],
  [
    'one that closes in a later cell',
    'ID,Note\n0,x\n1,"abc\n2,"def"\n3,ghi',
    /^Row 3 has a cell whose quotation mark/,
  ],
  ['an empty file', '', /^The file is empty/],
  ['a file of blanks', '\n\n,,\n', /^The file holds no values/],
  ['HTML', '<html><body><table><tr><td>1', /web page/],
  ['HTML with a mark', '\uFEFF\n<!DOCTYPE html>', /web page/],
  ['XML', '<?xml version="1.0"?><a/>', /XML file/],
  ['a PDF', '%PDF-1.7\n…', /PDF/],
  ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /Save it as an \.xlsx/],
  [
    'a workbook with a password',
    Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')]),
    /has a password/,
  ],
  ['gzip', Buffer.from('1f8b0800', 'hex'), /compressed/],
  ['a header row that is blank', 'ID\n1', /^Row 7 can’t name the columns/, { headerRow: 7 }],
];

describe('refusing a file', () => {
  for (const [title, file, message, given] of REFUSED)
    it(title, async () => {
      const content = typeof file === 'string' ? bytes(file) : file;
      await assert.rejects(readTable(content, given), (error) => {
        assert.ok(error instanceof TableError, String(error));
        assert.match(error.message, message);
        return true;
      });
    });

  it('that is not there', async () =>
    assert.rejects(readTable('/no/such.csv'), {
      message: 'The file can’t be read: there is no such file or folder.',
    }));
});
