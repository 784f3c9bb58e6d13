/** Files that real programs wrote; `files/README.md` says how. */
import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTable, TableError } from '#core/bulk/reading/read-table';
import type { ReadingChoices } from '#core/bulk/table';
import { rowsOf, shown } from './support';

const file = (name: string): string => join(import.meta.dirname, '../files', name);

interface Case {
  readonly columns: string;
  readonly rows: readonly string[];
  readonly choices: readonly string[];
  readonly notes?: readonly string[];
  readonly given?: ReadingChoices;
}

const PEOPLE: Case = {
  columns: 'ID|Code|Name|Email|Start|At|Starts|Price|Paid|Sum|Error|Long|Zip',
  rows: [
    '2: 1|007|Half bold Zoë|ann@example.org|date 2025-01-01|date 2026-03-29T01:30:00|09:30:00|number 1.1|number 1|number 0.3|fault #N/A|89111702272002019542|01569',
    '3: number 2|01569|Line 1\nline 2||date 1999-12-31|||number -2.5||ab|fault #DIV/0!||',
  ],
  choices: ['sheet found People', 'headerRow found 1'],
};

const LIST: Omit<Case, 'choices'> = {
  columns: 'ID|Name|Price|Note',
  rows: ['2: 007|Müller|1,5|“Quoted”; and more', '3: 008|Zoë|1.234,56|two\nlines', '4: 009|Ær € 5|12|'],
};

const MERGED = [
  '5: 1|Ann|Leeds|First aid',
  '6: 2|Bo||First aid',
  '7: 3|Cy|York|Fire',
  '8: 4|Di|York|Fire',
  '10: 5|Ed|Hull|Fire',
];

const FILES: Readonly<Record<string, Case>> = {
  'people.xlsx': PEOPLE,
  'people-1904.xlsx': PEOPLE,
  'merged.xlsx': {
    columns: 'ID|Name|Town|Course',
    rows: MERGED,
    choices: ['sheet found People', 'headerRow assumed 4', 'merged open'],
    notes: ['2 rows without any value are left out.', '2 hidden rows are read, too.'],
  },
  'windows-1252.csv': {
    ...LIST,
    choices: [
      'encoding assumed windows-1252',
      'delimiter found ;',
      'headerRow found 1',
      'decimalSign found ,',
    ],
  },
  'unicode-text.txt': {
    ...LIST,
    choices: ['encoding found utf-16le', 'delimiter found \t', 'headerRow found 1', 'decimalSign found ,'],
  },
  'uncalculated.xlsx': {
    columns: 'ID|Start|Price|Total',
    rows: [
      '2: 007|date 2026-03-29T01:30:00|number 12.5|fault #N/A',
      '3: 008|date 2026-12-31|number 7|fault #N/A',
    ],
    choices: ['sheet assumed Prices', 'headerRow found 1'],
  },
  'xlsxwriter-1904.xlsx': {
    columns: 'ID|Start|Email|Total',
    rows: ['2: 007|date 2025-01-01|ann@example.org|number 2', '3: 008||bo@example.org|fault #N/A'],
    choices: ['sheet found Dates', 'headerRow found 1'],
  },
  'excel-utf8.csv': {
    columns: 'ID|Name',
    rows: ['2: 007|Zoë'],
    choices: ['encoding found utf-8', 'delimiter found ;', 'headerRow found 1'],
  },
};

describe('files of real programs', () => {
  for (const [name, { notes = [], ...expected }] of Object.entries(FILES))
    it(`reads ${name}`, async () => assert.deepEqual(await shown(file(name)), { ...expected, notes }));

  it('repeats merged cells of merged.xlsx where that is chosen', async () =>
    assert.deepEqual(
      (await shown(file('merged.xlsx'), { merged: 'repeat' })).rows,
      MERGED.map((row) => row.replace('||', '|Leeds|')),
    ));

  for (const [name, message] of [
    ['list.xls', /Save it as an \.xlsx/],
    ['list.html', /web page/],
    ['people.ods', /OpenDocument/],
  ] as const)
    it(`refuses ${name}`, async () =>
      assert.rejects(
        readTable(file(name)),
        (error) => error instanceof TableError && message.test(error.message),
      ));
});

describe('a file that changes while it is read', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'apq-'));
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  for (const name of ['excel-utf8.csv', 'people.xlsx'])
    it(`is refused: ${name}`, async () => {
      const copy = join(folder, name);
      copyFileSync(file(name), copy);
      const reading = await readTable(copy);
      utimesSync(copy, 1, 1);
      await assert.rejects(rowsOf(reading), /was changed while it was read/);
    });
});
