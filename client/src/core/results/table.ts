/** Records as a table: the text of each cell. */
import type { ApiRecord } from './read-page';

/** Returns a member; undefined where the record has none. A column may be called `constructor` or `__proto__`. */
export function memberOf(record: ApiRecord, name: string): unknown {
  if (name === '__proto__') return Object.hasOwn(record, name) ? record[name] : undefined;
  const value = record[name];
  // JSON holds no functions: this one is inherited.
  return typeof value === 'function' ? undefined : value;
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
