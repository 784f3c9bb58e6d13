/** Records as a table: the text of each cell. */
import { memberNamed, ownValue } from '../text/names';
import { plainNumber } from '../values/decimal';
import { digitsOf, isNumber } from '../values/kind-of';
import { writeJson } from '../values/write-json';
import type { ApiRecord } from './read-page';

/** Returns a member; undefined where the record has none. A column may be called `constructor` or `__proto__`. */
export function memberOf(record: ApiRecord, name: string): unknown {
  return ownValue(record, name);
}

/** Returns the ID of a record; undefined where it has none. O: the member is `ID`; any case is read. */
export function idOf(record: ApiRecord | undefined): string | undefined {
  if (record === undefined) return undefined;
  const value = memberNamed(record, 'ID')?.value;
  return (typeof value === 'string' && value !== '') || isNumber(value) ? cellText(value) : undefined;
}

/**
 * The text that is shown, searched, copied and written: lists joined by `; `, '' for null, numbers in all their digits,
 * the rest as sent.
 */
export function cellText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(cellText).join('; ');
  if (typeof value === 'boolean') return String(value);
  if (isNumber(value)) return plainNumber(digitsOf(value));
  // Objects; JSON has nothing else.
  return writeJson(value);
}

/** Several IDs in one text. */
const SEVERAL = /^[\w-]+(?:\s*[,;]\s*[\w-]+)+$/;

/** The IDs in a cell of a column that names records: a list or a text may hold several. */
export function idsIn(value: unknown): string[] {
  const texts = Array.isArray(value) ? value.map(cellText) : [cellText(value)];
  return texts
    .flatMap((text) => (SEVERAL.test(text) ? text.split(/\s*[,;]\s*/) : [text]))
    .filter((id) => id !== '');
}

export const rowsOf = (records: readonly ApiRecord[], columns: readonly string[]): string[][] =>
  records.map((record) => columns.map((column) => cellText(memberOf(record, column))));
