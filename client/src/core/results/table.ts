/** Records as a table: the text of each cell. */
import { ownValue } from '../text/names';
import type { ApiRecord } from './read-page';

/** Returns a member; undefined where the record has none. A column may be called `constructor` or `__proto__`. */
export function memberOf(record: ApiRecord, name: string): unknown {
  return ownValue(record, name);
}

/** The text that is shown, searched, copied and written: lists joined by `; `, '' for null, the rest as sent. */
export function cellText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(cellText).join('; ');
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  // Objects; JSON has nothing else.
  return JSON.stringify(value) ?? '';
}

export const rowsOf = (records: readonly ApiRecord[], columns: readonly string[]): string[][] =>
  records.map((record) => columns.map((column) => cellText(memberOf(record, column))));
