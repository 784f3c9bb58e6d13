/** Records as a table: columns, and the text of each cell. */
import type { ApiRecord } from './read-answer';

/** All members of the records in the order in which they come up; those of `$select` first, in its order. */
export function columnsOf(records: readonly ApiRecord[], select: readonly string[] = []): string[] {
  const found = new Map<string, string>();
  for (const record of records)
    for (const name of Object.keys(record))
      if (!found.has(name.toLowerCase())) found.set(name.toLowerCase(), name);
  const first = select
    .map((name) => found.get(name.toLowerCase()) ?? (records.length === 0 ? name : undefined))
    .filter((name) => name !== undefined);
  return [...new Set([...first, ...found.values()])];
}

/** What a user reads: lists joined by `; `, nothing for null, dates and numbers as the API sent them. */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(cellText).join('; ');
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  // Objects; JSON has nothing else.
  return JSON.stringify(value) ?? '';
}

export const rowsOf = (records: readonly ApiRecord[], columns: readonly string[]): string[][] =>
  records.map((record) => columns.map((column) => cellText(record[column])));

/** Columns whose values are numbers wherever there is one. */
export function numericColumns(records: readonly ApiRecord[], columns: readonly string[]): boolean[] {
  return columns.map((column) => {
    const values = records
      .map((record) => record[column])
      .filter((value) => value !== null && value !== undefined && value !== '');
    return values.length > 0 && values.every((value) => typeof value === 'number');
  });
}
