/** Writes records as an Excel workbook: typed cells, a frozen header, a filter on every column. */
import type { Stream } from 'node:stream';
import writeExcelFile, { type Feature } from 'write-excel-file/node';
import { getCellAddress } from 'write-excel-file/utility';
import type { ApiRecord } from './read-page';
import { cellText, memberOf } from './table';
import { MAX_CHARACTERS, MAX_COLUMNS } from './xlsx-limits';

type Cell = string | number | boolean | { value: Date; type: typeof Date; format: string } | null;

/**
 * Texts are text cells, so that none becomes a formula; dates (`yyyy-MM-ddTHH:mm:ss`) are dates as written, without a
 * time zone; lists and nested values are text. Texts longer than a cell can hold are cut. The caller checks `MAX_ROWS`.
 * For many records this takes seconds: call it in a worker.
 */
export async function toXlsx(records: readonly ApiRecord[], columns: readonly string[]): Promise<Buffer> {
  const shown = columns.slice(0, MAX_COLUMNS);
  const header = shown.map((value) => ({
    value,
    type: String,
    fontWeight: 'bold' as const,
    backgroundColor: '#E8EEF7',
  }));
  const rows = records.map((record) => shown.map((column) => cellOf(memberOf(record, column))));
  const widths = shown.map((name, column) => ({ width: widthOf(name, rows, column) }));
  return writeExcelFile(
    [header, ...rows],
    { sheet: 'Records', columns: widths, stickyRowsCount: 1 },
    { features: [filterOn(rows.length + 1, shown.length)] },
  ).toBuffer();
}

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  const text = cellText(value).slice(0, MAX_CHARACTERS);
  return dateOf(text) ?? text;
}

/** Excel counts days from 1900. Fractions of a second are left out, as the sheet shows none. */
function dateOf(text: string): Cell | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?$/.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((part) => (part === undefined ? 0 : Number(part)));
  const value = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  if (year < 1901 || value.getUTCMonth() !== month - 1 || value.getUTCDate() !== day || hour > 23)
    return undefined;
  const format = hour + minute + second === 0 ? 'yyyy-mm-dd' : 'yyyy-mm-dd hh:mm:ss';
  return { value, type: Date, format };
}

function widthOf(name: string, rows: readonly (readonly Cell[])[], column: number): number {
  const sample = rows.slice(0, 200).map((row) => {
    const cell = row[column];
    if (cell === null || cell === undefined) return 0;
    return typeof cell === 'object' ? cell.format.length : String(cell).length;
  });
  return Math.min(60, Math.max(name.length + 4, ...sample) + 1);
}

const filterOn = (rows: number, columns: number): Feature<Buffer | Stream | Blob> => ({
  files: {
    transform: {
      'xl/worksheets/sheet{id}.xml': {
        transform: (xml: string) =>
          columns === 0
            ? xml
            : xml.replace(
                '</sheetData>',
                `</sheetData><autoFilter ref="A1:${getCellAddress(rows - 1, columns - 1)}"/>`,
              ),
      },
    },
  },
});
