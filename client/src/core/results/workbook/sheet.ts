/** The part of a workbook that holds a sheet. The order of its elements is that of the schema: Excel repairs any other. */
import { cellsOf } from '../cells';
import type { ApiRecord } from '../read-page';
import { memberOf } from '../table';
import { type Cell, type ColumnForm, looksLikeNumber } from './column-form';
import type { Shortfall } from './limits';
import { STYLE } from './styles';
import { cellTextOf, CHUNK, type SharedTexts } from './text-cells';

/** A sheet of records, or a part of them. */
export interface RecordSheet {
  readonly columns: readonly { readonly name: string; readonly form: ColumnForm }[];
  readonly records: readonly ApiRecord[];
}

/** What all sheets of a workbook share while they are written. */
export interface Writing {
  readonly texts: SharedTexts;
  readonly shortfall: Shortfall;
}

/** Begins the part of a sheet. */
export const SHEET_HEAD =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">';

export function* recordSheetXml(sheet: RecordSheet, writing: Writing): Generator<string> {
  const { columns, records } = sheet;
  yield `${SHEET_HEAD}<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/></sheetView></sheetViews>`;
  // An empty list of columns is an error to Excel, and so is a filter on none.
  const widths = columns.map((_, at) => colXml(at, widthOf(sheet, at)));
  yield `${widths.length === 0 ? '' : `<cols>${widths.join('')}</cols>`}<sheetData>`;
  const marked = new Set<number>();
  let part = rowXml(
    1,
    columns.map(({ name }, at) => textCellXml(addressOf(at, 1), name, STYLE.head, writing)),
  );
  for (const [index, record] of records.entries()) {
    const row = index + 2;
    const cells = columns.map(({ name, form }, at) => {
      const cell = form.cellOf(memberOf(record, name));
      if ((cell.kind === 'text' || cell.kind === 'long') && looksLikeNumber(cell.text)) marked.add(at);
      return cellXml(addressOf(at, row), cell, form.styleOf(cell), writing);
    });
    part += rowXml(row, cells);
    if (part.length < CHUNK) continue;
    yield part;
    part = '';
  }
  const filter =
    columns.length === 0 ? '' : `<autoFilter ref="A1:${addressOf(columns.length - 1, records.length + 1)}"/>`;
  yield `${part}</sheetData>${filter}${silenced(marked, records.length)}</worksheet>`;
}

/** Excel marks a text that looks like a number with a triangle, and here each of them is meant to be one. */
function silenced(columns: ReadonlySet<number>, rows: number): string {
  if (columns.size === 0) return '';
  const ranges = [...columns]
    .sort((a, b) => a - b)
    .map((at) => `${addressOf(at, 2)}:${addressOf(at, rows + 1)}`);
  return `<ignoredErrors><ignoredError sqref="${ranges.join(' ')}" numberStoredAsText="1"/></ignoredErrors>`;
}

export const rowXml = (row: number, cells: readonly string[]): string =>
  `<row r="${row}">${cells.join('')}</row>`;

export const colXml = (at: number, width: number): string =>
  `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`;

function cellXml(address: string, cell: Cell, style: number, writing: Writing): string {
  switch (cell.kind) {
    case 'none':
      return '';
    case 'boolean':
      return `<c r="${address}" t="b"><v>${cell.value ? 1 : 0}</v></c>`;
    case 'number':
    case 'day':
    case 'clock':
      return `<c r="${address}" s="${style}"><v>${cell.value}</v></c>`;
    case 'long':
      writing.shortfall.longNumbers++;
      return textCellXml(address, cell.text, style, writing);
    case 'text':
      return textCellXml(address, cell.text, style, writing);
  }
}

export function textCellXml(
  address: string,
  whole: string,
  style: number,
  { texts, shortfall }: Writing,
): string {
  const { text, cut } = cellTextOf(whole);
  if (cut) shortfall.cutTexts++;
  return `<c r="${address}"${style === STYLE.general ? '' : ` s="${style}"`} t="s"><v>${texts.numberOf(text)}</v></c>`;
}

/** `B3`; both numbers as people count rows, columns from 0. */
export const addressOf = (column: number, row: number): string => `${lettersOf(column)}${row}`;

const LETTERS: string[] = [];

function lettersOf(column: number): string {
  return (LETTERS[column] ??=
    (column < 26 ? '' : lettersOf(Math.floor(column / 26) - 1)) + String.fromCharCode(65 + (column % 26)));
}

/** How many rows are measured: all would take long. */
const SAMPLE = 200;
const LEAST_WIDTH = 8;
const MOST_WIDTH = 60;
/** What the button of the filter takes. */
const BUTTON = 3;

function widthOf({ columns, records }: RecordSheet, at: number): number {
  const column = columns[at];
  if (column === undefined) return LEAST_WIDTH;
  const { name, form } = column;
  let width = Math.max(LEAST_WIDTH, lineWidth(name) + BUTTON);
  for (const record of records.slice(0, SAMPLE)) {
    if (width >= MOST_WIDTH) return MOST_WIDTH;
    width = Math.max(width, shownWidth(form.cellOf(memberOf(record, name)), form) + 1);
  }
  return Math.min(MOST_WIDTH, width);
}

/** Of the dates of most countries. */
const DAY_WIDTH = 10;
const MOMENT_WIDTH = 16;

function shownWidth(cell: Cell, form: ColumnForm): number {
  switch (cell.kind) {
    case 'none':
      return 0;
    case 'day':
      return form.styleOf(cell) === STYLE.moment ? MOMENT_WIDTH : DAY_WIDTH;
    case 'number':
      return String(Math.trunc(cell.value)).length + form.places + 1;
    case 'text':
      return lineWidth(cell.text);
    default:
      return DAY_WIDTH;
  }
}

/** Of its longest line, as far as the widest column shows it. */
function lineWidth(text: string): number {
  const lines = text.slice(0, MOST_WIDTH * 10).split(/[\r\n]+/);
  return Math.max(...lines.map((line) => cellsOf(line.slice(0, MOST_WIDTH))));
}
