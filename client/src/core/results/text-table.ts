/**
 * Records as a table for people. Numbers, dates and IDs are shown whole or not at all; long texts give way first, and
 * columns that don't fit are left out and named.
 */
import { visibleOnOneLine } from '../text/foreign-text';
import { asAmount, decimalsOf } from '../values/decimal';
import { isNumber } from '../values/kind-of';
import { wallTimeOf } from '../values/wall-time';
import { cellsOf, cutToCells } from './cells';
import type { ApiRecord } from './read-page';
import { cellText, memberOf } from './table';

/** Lines without their ends. */
export interface TextTable {
  readonly head: string;
  readonly body: readonly string[];
  /** The columns for which there was no room. */
  readonly hidden: readonly string[];
}

/** Where nothing says how wide lines may be: in a pipe. */
export const PIPE_WIDTH = 120;

const GAP = 2;
/** A text that is cut still has so many cells. */
const LEAST = 12;

/** A column, measured in cells of a terminal. */
interface Column {
  readonly name: string;
  /** With nothing cut. */
  readonly natural: number;
  /** With texts cut as far as they may be. */
  readonly least: number;
  /** It has only numbers. */
  readonly right: boolean;
  /** It has only numbers, and some have decimals. */
  readonly amounts: boolean;
}

/** No line takes more than `width` cells. */
export function toTextTable(
  records: readonly ApiRecord[],
  names: readonly string[],
  width = PIPE_WIDTH,
): TextTable {
  const measured = names.map((name) => measure(records, name));
  const shown = thoseThatFit(measured, width);
  const widest = widestFor(shown, width);
  const columns = shown.map((column) => ({ ...column, size: sizeOf(column, widest) }));
  const line = (textOf: (column: Column) => string) =>
    columns
      .map((column) => {
        const { size, right } = column;
        const text = cutToCells(textOf(column), size);
        const space = ' '.repeat(size - cellsOf(text));
        return right ? `${space}${text}` : `${text}${space}`;
      })
      .join(' '.repeat(GAP))
      .trimEnd();
  return {
    head: line(({ name }) => headOf(name)),
    body: [
      columns.map(({ size }) => '─'.repeat(size)).join(' '.repeat(GAP)),
      ...records.map((record) => line(({ name, amounts }) => shownText(memberOf(record, name), amounts))),
    ],
    hidden: measured.filter((column) => !shown.includes(column)).map(({ name }) => headOf(name)),
  };
}

/** What is said of columns that were left out. */
export const hiddenNote = ({ hidden }: TextTable): string[] =>
  hidden.length === 0 ? [] : [`Not shown: ${hidden.join(', ')} (--format csv has all).`];

/** A column's name as its head shows it. */
export const headOf = (name: string): string => onOneLine(name);

// A control character in the data must not steer the terminal.
const onOneLine = (text: string): string => visibleOnOneLine(text.replace(/\s+/g, ' '));

function shownText(value: unknown, isAmount: boolean): string {
  const text = cellText(value);
  if (isAmount && isNumber(value)) return asAmount(text);
  return onOneLine(isDate(value) ? readableDate(text) : text);
}

const isDate = (value: unknown): boolean => !Number.isNaN(wallTimeOf(value));

/** `2026-01-31T09:30:00` → `2026-01-31 09:30`. */
const readableDate = (text: string): string =>
  text.replace('T', ' ').replace(/^(\S+ \d\d:\d\d):00(?:\.0+)?(?=$|[Z+-])/, '$1');

/** Names such as `ID`, `CourseID` and `course_id`, and not `Paid`. */
const isIdName = (name: string): boolean => /ID$|[a-z]Id$|(?:^|_)id$/.test(name);
/** Numbers in quotes, and GUIDs. */
const CODE = /^[+-]?\d[\d.,]*$|^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Longer ones are no ID, whatever their name says. */
const LONGEST_ID = 40;

/** Whether a value means something else, or nothing, once it is cut. */
const isWhole = (name: string, value: unknown): boolean =>
  isNumber(value) ||
  typeof value === 'boolean' ||
  isDate(value) ||
  (typeof value === 'string' && (CODE.test(value) || (isIdName(name) && value.length <= LONGEST_ID)));

function measure(records: readonly ApiRecord[], name: string): Column {
  let natural = Math.max(1, cellsOf(headOf(name)));
  const values = records.map((record) => memberOf(record, name));
  const numbers = values.filter(isNumber);
  const right = numbers.length > 0 && values.every((value) => isNumber(value) || cellText(value) === '');
  const amounts = right && numbers.some((value) => decimalsOf(cellText(value)) > 0);
  let whole = 0;
  for (const value of values) {
    const cells = cellsOf(shownText(value, amounts));
    natural = Math.max(natural, cells);
    if (isWhole(name, value)) whole = Math.max(whole, cells);
  }
  const least = Math.max(whole, Math.min(natural, LEAST));
  return { name, natural, least, right, amounts };
}

function thoseThatFit(columns: readonly Column[], width: number): Column[] {
  let room = width + GAP;
  return columns.filter(({ least }) => {
    if (least + GAP > room) return false;
    room -= least + GAP;
    return true;
  });
}

/** Returns how many cells a column may have that is not all numbers and the like. */
function widestFor(columns: readonly Column[], width: number): number {
  const room = width - (columns.length - 1) * GAP;
  const fits = (widest: number) => columns.reduce((sum, column) => sum + sizeOf(column, widest), 0) <= room;
  if (fits(Infinity)) return Infinity;
  let [low, high] = [0, room];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

const sizeOf = ({ natural, least }: Column, widest: number): number =>
  Math.max(least, Math.min(natural, widest));
