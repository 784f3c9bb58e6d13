/** Tables come back from our own files as they were, and no file breaks the reader. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { readTable, TableError } from '#core/bulk/reading/read-table';
import type { Cell, ReadingChoices } from '#core/bulk/table';
import { toCsv, withoutGuard } from '#core/results/csv';
import { exportColumns } from '#core/results/export-column';
import { cellText } from '#core/results/table';
import { toWorkbook } from '#core/results/workbook/book';
import { isSameNumber } from '#core/values/decimal';
import { workbookOf } from '../core/bulk/reading/workbooks';
import { property } from './support/property';

const COLUMNS = ['ID', 'Text', 'Number', 'Date', 'Online'] as const;

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...';,\t|"\'\r\n =-+@', 'a', '1', 'é', '\uFEFF', '_x0041_') }),
  fc.constantFrom('007', '89111702272002019542', 'sep=;', '03/04/2026', '1.234', '__proto__', '#N/A', '=1+1'),
);
const records = fc.array(
  fc.record({
    ID: fc.nat().map((id) => `id ${id}`),
    Text: text,
    Number: fc.oneof(fc.integer(), fc.double({ noDefaultInfinity: true, noNaN: true })),
    Date: fc.constantFrom(
      '2025-02-28T09:30:00',
      '1999-12-31T00:00:00',
      '2026-03-29T01:30:00',
      '9999-12-31T23:59:59',
    ),
    Online: fc.boolean(),
  }),
  { minLength: 1, maxLength: 8 },
);

/** The cells of all rows, as their kinds and texts. */
async function cellsOf(bytes: Uint8Array, choices: ReadingChoices): Promise<(readonly Cell[])[]> {
  const reading = await readTable(bytes, choices);
  const rows: (readonly Cell[])[] = [];
  for await (const { cells, problem } of reading.rows()) {
    assert.equal(problem, undefined);
    rows.push(cells);
  }
  assert.equal(rows.length, reading.rowCount);
  return rows;
}

/** What a text is in a cell. An error of a spreadsheet is never meant. */
function textCell(value: string): Cell {
  if (value === '#N/A')
    return {
      kind: 'fault',
      text: value,
      message: 'The cell shows the error #N/A. Mend its formula, or write its value.',
    };
  return /\S/.test(value) ? { kind: 'text', text: value } : { kind: 'blank' };
}

property('a CSV of ours is read as it was', 200, records, async (sent) => {
  const csv = Buffer.from(toCsv(sent, COLUMNS, { bom: true }));
  const expected = sent.map((record) =>
    COLUMNS.map((name) => {
      const value = Buffer.from(cellText(record[name])).toString();
      return textCell(withoutGuard(value) ?? value);
    }),
  );
  assert.deepEqual(await cellsOf(csv, { headerRow: 1, encoding: 'utf-8', delimiter: ',' }), expected);
});

/** A value of ours in a workbook, which keeps the kinds of most. */
function workbookCell(value: string | number | boolean): Cell {
  if (typeof value === 'boolean') return { kind: 'boolean', text: value ? 'true' : 'false' };
  // Excel has one way to end a line.
  if (typeof value === 'string') return textCell((withoutGuard(value) ?? value).replace(/\r\n?/g, '\n'));
  return { kind: 'number', text: cellText(value) };
}

property('a workbook of ours is read as it was', 60, records, async (sent) => {
  const { bytes } = await toWorkbook([{ name: 'x', records: sent, columns: exportColumns(COLUMNS, []) }]);
  const rows = await cellsOf(bytes, { headerRow: 1 });
  for (const [at, record] of sent.entries()) {
    const [id, text, number, date, online] = rows[at] ?? [];
    assert.deepEqual([id, text, online], [record.ID, record.Text, record.Online].map(workbookCell));
    assert.ok(
      number !== undefined && number.kind !== 'blank' && isSameNumber(number.text, cellText(record.Number)),
    );
    const day = record.Date.replace(/T00:00:00$/, '');
    assert.deepEqual(date, { kind: 'date', text: day });
  }
});

const FILES = join(import.meta.dirname, '../core/bulk/files');
const REAL = [
  'people.xlsx',
  'merged.xlsx',
  'list.xls',
  'people.ods',
  'windows-1252.csv',
  'unicode-text.txt',
].map((name) => readFileSync(join(FILES, name)));

/** Real files with some bytes changed, and the rest cut off. */
const damaged = fc
  .record({
    file: fc.constantFrom(...REAL),
    changes: fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 8 }),
    length: fc.option(fc.nat()),
  })
  .map(({ file, changes, length }) => {
    const bytes = Buffer.from(file);
    for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
    return length === null ? bytes : bytes.subarray(0, length % bytes.length);
  });

/** Text and bytes that mean something to a reader. */
const crafted = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[
          '"',
          ',',
          ';',
          '\t',
          '\r',
          '\n',
          'sep=;',
          'PK\x03\x04',
          '\xFF\xFE',
          '\xEF\xBB\xBF',
          '\0',
          '1',
          '/',
          '.',
          'a',
          '<',
          '\xE9',
        ],
      ),
      fc.string({ unit: 'binary-ascii' }),
    ),
    { maxLength: 60 },
  )
  .map((parts) => Buffer.from(parts.join(''), 'latin1'));

/** A workbook whose sheet is damaged as XML. */
const sheets = fc
  .array(
    fc.constantFrom(
      '<row>',
      '</row>',
      '<row r="2">',
      '<row r="x">',
      '<c>',
      '</c>',
      '<c t="s">',
      '<c r="B2" s="9">',
      '<v>',
      '</v>',
      '1',
      '-1',
      '1e999',
      'a',
      '<f/>',
      '<is><t>',
      '</t></is>',
      '<mergeCell ref="A1:B2"/>',
      '<mergeCell ref="A9:A1"/>',
      '<col min="1" max="99999999" hidden="1"/>',
      '&#0;',
      '<!--',
    ),
    { maxLength: 30 },
  )
  .map((parts) =>
    workbookOf({ rows: '<row r="1"><c t="str"><v>A</v></c></row>' + parts.join(''), formats: ['yyyy'] }),
  );

property(
  'no file throws anything but the one error',
  400,
  fc.oneof(damaged, crafted, sheets, fc.uint8Array({ maxLength: 200 })),
  async (bytes) => {
    try {
      for (const merged of ['repeat', 'blank'] as const) {
        const reading = await readTable(bytes, { merged });
        let count = 0;
        for await (const row of reading.rows()) {
          assert.equal(row.cells.length, reading.columns.length);
          count++;
        }
        assert.equal(count, reading.rowCount);
      }
    } catch (error) {
      if (!(error instanceof TableError)) throw error;
    }
  },
);
