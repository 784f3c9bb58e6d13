/** How a column is written into a workbook: what its cells are, by the type of its field, and how they look. */
import { decimalOf, shownDecimals } from '../../values/decimal';
import { ExactNumber } from '../../values/exact-number';
import { isNumber } from '../../values/kind-of';
import { numericOf } from '../../values/numbers';
import { wallTimeOf } from '../../values/wall-time';
import { type ExportColumn, isIdName } from '../export-column';
import type { ApiRecord } from '../read-page';
import { cellText, memberOf } from '../table';
import { valueAs } from '../typed';
import { MAX_DIGITS } from './limits';
import { decimalStyle, MAX_PLACES, STYLE } from './styles';

/** A cell. `day`: a date as Excel counts them. `clock`: a part of a day. `long`: the text of a number that Excel would round. */
export type Cell =
  | { readonly kind: 'none' }
  | { readonly kind: 'text' | 'long'; readonly text: string }
  | { readonly kind: 'number' | 'day' | 'clock'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean };

export interface ColumnForm {
  cellOf(value: unknown): Cell;
  /** The number of the look of such a cell. */
  styleOf(cell: Cell): number;
  /** How many characters a number of the column takes, at least; decimals and a point. */
  readonly places: number;
}

/** Looks at all values of the column, as the cells of a column look alike. */
export function formOf(column: ExportColumn, records: readonly ApiRecord[]): ColumnForm {
  const cellOf = readerOf(column, records);
  let [places, large, timed, seconds] = [0, false, false, false];
  for (const record of records) {
    const cell = cellOf(memberOf(record, column.name));
    if (cell.kind === 'number') {
      large ||= Math.abs(cell.value) >= LARGE;
      places = Math.max(places, placesOf(cell.value));
    } else if (cell.kind === 'day') timed ||= !Number.isInteger(cell.value);
    else if (cell.kind === 'clock') seconds ||= Math.round(cell.value * DAY_SECONDS) % 60 !== 0;
  }
  places = shownDecimals(places, column.type === 'decimal');
  const styles = {
    number: numberStyle(places, large),
    day: timed ? STYLE.moment : STYLE.date,
    clock: seconds ? STYLE.seconds : STYLE.time,
  };
  return {
    cellOf,
    styleOf: ({ kind }) =>
      kind === 'number' || kind === 'day' || kind === 'clock' ? styles[kind] : STYLE.general,
    places: places === 0 ? 0 : places + 1,
  };
}

/** A number so large is easier to read with an exponent. */
const LARGE = 1e15;

function numberStyle(places: number, large: boolean): number {
  if (large || places > MAX_PLACES) return STYLE.general;
  return places === 0 ? STYLE.whole : decimalStyle(places);
}

const placesOf = (value: number): number =>
  Number.isInteger(value) ? 0 : Math.max(0, decimalOf(String(value))?.scale ?? 0);

type Reader = (value: unknown) => Cell;

function readerOf({ name, type, computed = false }: ExportColumn, records: readonly ApiRecord[]): Reader {
  switch (type) {
    case 'integer':
    case 'decimal':
    case 'boolean':
      return (value) => plainCell(valueAs(type, value), computed);
    case 'date':
    case 'datetime':
      return (value) => dayCell(value) ?? plainCell(value, computed);
    case 'time':
      return (value) => clockCell(value) ?? plainCell(value, computed);
    case 'string':
    case 'list':
    case 'unknown':
      if (type !== 'list' && isIdName(name) && records.every((each) => isNumberOfId(memberOf(each, name))))
        return (value) => plainCell(valueAs('integer', value), computed);
      return type === 'unknown' ? (value) => dayCell(value) ?? plainCell(value, computed) : textCell;
  }
}

const NONE: Cell = { kind: 'none' };

function textCell(value: unknown): Cell {
  const text = cellText(value);
  return text === '' ? NONE : { kind: 'text', text };
}

function plainCell(value: unknown, computed: boolean): Cell {
  if (typeof value === 'boolean') return { kind: 'boolean', value };
  if (!isNumber(value)) return textCell(value);
  return value instanceof ExactNumber || (!computed && isLong(value))
    ? { kind: 'long', text: cellText(value) }
    : { kind: 'number', value };
}

/** Excel rounds a number to 15 digits. */
function isLong(value: number): boolean {
  const text = String(value);
  return text.length > MAX_DIGITS && (decimalOf(text)?.digits.length ?? 0) > MAX_DIGITS;
}

/** IDs that are numbers throughout can be looked up as such; a zero in front would be lost. */
const isNumberOfId = (value: unknown): boolean => {
  if (value === undefined || value === null || value === '') return true;
  return /^(?:0|[1-9]\d{0,14})$/.test(cellText(value));
};

/** Before it, Excel counts a day that there never was: 29 February 1900. */
const FIRST_DAY = wallTimeOf('1900-03-01');
const DAY_ZERO = wallTimeOf('1899-12-30');
const DAY_MS = 86_400_000;
const DAY_SECONDS = 86_400;

/** Excel counts days. What a sheet would not show, a zone or a fraction of a second, stays in a text. */
function dayCell(value: unknown): Cell | undefined {
  if (typeof value !== 'string') return undefined;
  const time = wallTimeOf(value);
  if (!(time >= FIRST_DAY) || !/^(?:[T ][\d:]+(?:\.0+)?)?$/.test(value.slice(10))) return undefined;
  return { kind: 'day', value: (time - DAY_ZERO) / DAY_MS };
}

const CLOCK = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.0+)?)?$/;

function clockCell(value: unknown): Cell | undefined {
  const match = typeof value === 'string' ? CLOCK.exec(value) : null;
  if (match === null) return undefined;
  const [hours, minutes, seconds] = [match[1], match[2], match[3] ?? 0].map(Number);
  return { kind: 'clock', value: ((hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0)) / DAY_SECONDS };
}

/** Whether Excel would mark a text, as it looks like a number. */
export const looksLikeNumber = (text: string): boolean => numericOf(text.trim()) !== undefined;
