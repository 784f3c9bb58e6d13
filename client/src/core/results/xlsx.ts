/** Writes records as an Excel workbook: typed cells, a frozen header, a filter on every column. */
import type { Stream } from 'node:stream';
import writeExcelFile, { type Feature } from 'write-excel-file/node';
import { getCellAddress } from 'write-excel-file/utility';
import { nameKey } from '../text/names';
import { decimalOf } from '../values/decimal';
import { ExactNumber } from '../values/exact-number';
import { isNumber } from '../values/kind-of';
import { wallTimeOf } from '../values/wall-time';
import type { ApiRecord } from './read-page';
import { cellText, memberOf } from './table';
import { MAX_CHARACTERS, MAX_COLUMNS, MAX_DIGITS, MAX_SHEET_NAME } from './xlsx-limits';

type Cell = string | number | boolean | { value: Date; type: typeof Date; format: string } | null;

/** A workbook, and how many of its numbers are text cells. */
interface Workbook {
  readonly bytes: Buffer;
  readonly longNumbers: number;
}

/**
 * Texts are text cells, so that none becomes a formula; dates (`yyyy-MM-ddTHH:mm:ss`) are dates as written, without a
 * time zone; lists and nested values are text, and so are numbers of more digits than Excel keeps. Texts longer than a
 * cell can hold are cut. The caller checks `MAX_ROWS`. For many records this takes seconds: call it in a worker.
 */
export async function toXlsx(records: readonly ApiRecord[], columns: readonly string[]): Promise<Workbook> {
  return toWorkbook([{ name: 'Records', records, columns }]);
}

/** Records of a sheet of their own. */
export interface Sheet {
  /** Shortened and changed where Excel allows no such name. */
  readonly name: string;
  readonly records: readonly ApiRecord[];
  readonly columns: readonly string[];
}

/** The same as `toXlsx`, for several sheets in one workbook. */
export async function toWorkbook(sheets: readonly Sheet[]): Promise<Workbook> {
  let longNumbers = 0;
  const taken = new Set<string>();
  const written = sheets.map(({ name, records, columns }) => {
    const shown = columns.slice(0, MAX_COLUMNS);
    const header = shown.map((each) => ({
      value: textCell(each),
      type: String,
      fontWeight: 'bold' as const,
      backgroundColor: '#E8EEF7',
    }));
    const rows = records.map((record) =>
      shown.map((column) => {
        const value = memberOf(record, column);
        if (isNumber(value) && isLong(value)) longNumbers++;
        return cellOf(value);
      }),
    );
    return {
      data: [header, ...rows],
      sheet: sheetName(name, taken),
      columns: shown.map((each, column) => ({ width: widthOf(each, rows, column) })),
      stickyRowsCount: 1,
    };
  });
  const sizes = written.map(({ data, columns }): Size => [data.length, columns.length]);
  const bytes = await writeExcelFile(written, { features: [filterOn(sizes)] }).toBuffer();
  return { bytes, longNumbers };
}

/** A name that Excel allows and that no other sheet has. */
function sheetName(wanted: string, taken: Set<string>): string {
  const allowed = wanted.replace(/[[\]:*?/\\\p{Cc}\s]+/gu, ' ').replace(/^[' ]+|[' ]+$/g, '');
  const base = allowed === '' || nameKey(allowed) === 'history' ? `Records ${allowed}`.trim() : allowed;
  for (let number = 1; ; number++) {
    const end = number === 1 ? '' : ` ${number}`;
    // Half of a character is none.
    const start = base
      .slice(0, MAX_SHEET_NAME - end.length)
      .replace(/[\uD800-\uDBFF]$/, '')
      .trimEnd();
    const name = `${start}${end}`;
    if (taken.has(nameKey(name))) continue;
    taken.add(nameKey(name));
    return name;
  }
}

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value;
  if (isNumber(value) && !(value instanceof ExactNumber) && !isLong(value)) return value;
  const text = cellText(value);
  return (typeof value === 'string' ? dateOf(text) : undefined) ?? textCell(text);
}

/** Excel rounds a number to 15 digits. */
function isLong(value: number | ExactNumber): boolean {
  if (value instanceof ExactNumber) return true;
  const text = String(value);
  if (text.length <= MAX_DIGITS) return false;
  return (decimalOf(text)?.digits.length ?? 0) > MAX_DIGITS;
}

/** What XML can’t hold or would change, such as a return, and what a reader could take for an escape. */
const SPECIAL =
  /_(?=x[0-9a-f]{4}_)|[\0-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufffd]|\p{Noncharacter_Code_Point}|\p{Surrogate}/giu;

/** A text in the form that workbooks have for it: `_x0041_` is the letter A there, and so its first `_` is escaped. */
function textCell(text: string): string {
  const cell = text
    .slice(0, MAX_CHARACTERS)
    .replace(SPECIAL, (character) => character.replace(/[^]/g, escapedUnit));
  // The writer looks texts up in a plain object, where it would find what every object inherits; it removes a NUL later.
  return cell in Object.prototype ? `${cell}\0` : cell;
}

const escapedUnit = (unit: string): string =>
  `_x${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;

const FIRST_DAY = wallTimeOf('1901-01-01');

/** Excel counts days from 1900. What a sheet would not show, a zone or a fraction of a second, stays in a text. */
function dateOf(text: string): Cell | undefined {
  const time = wallTimeOf(text);
  if (!(time >= FIRST_DAY) || !/^(?:[T ][\d:]+(?:\.0+)?)?$/.test(text.slice(10))) return undefined;
  return {
    value: new Date(time),
    type: Date,
    format: time % DAY_MS === 0 ? 'yyyy-mm-dd' : 'yyyy-mm-dd hh:mm:ss',
  };
}

const DAY_MS = 86_400_000;

function widthOf(name: string, rows: readonly (readonly Cell[])[], column: number): number {
  const sample = rows.slice(0, 200).map((row) => {
    const cell = row[column];
    if (cell === null || cell === undefined) return 0;
    return cell instanceof Object ? cell.format.length : String(cell).length;
  });
  return Math.min(60, Math.max(name.length + 4, ...sample) + 1);
}

type Size = readonly [rows: number, columns: number];

/** A filter on every column of each sheet. */
const filterOn = (sizes: readonly Size[]): Feature<Buffer | Stream | Blob> => ({
  files: {
    transform: {
      'xl/worksheets/sheet{id}.xml': {
        transform: (xml, _options, { sheetIndex }) => {
          const [rows, columns] = sizes[sheetIndex] ?? [0, 0];
          return columns === 0
            ? xml
            : xml.replace(
                '</sheetData>',
                `</sheetData><autoFilter ref="A1:${getCellAddress(rows - 1, columns - 1)}"/>`,
              );
        },
      },
    },
  },
});
