/** Gives each column of records the one type that the metadata say, for programs that read them. */
import type { FieldType } from '#language';
import { nameKey } from '../text/names';
import { numberOfText } from '../values/exact-number';
import type { ApiRecord } from './read-page';

/** A column of a result. */
export interface Column {
  readonly name: string;
  readonly type: FieldType;
  /** It was computed, and its numbers may have a fraction, also where none of these has one. */
  readonly real?: boolean;
}

/** The types of fields, by `nameKey`. */
export type FieldTypes = ReadonlyMap<string, FieldType>;

/**
 * Texts of numbers become numbers with the same digits, texts of truth values become those, a list is always a list, and
 * what holds nothing is null (in a column of lists: an empty list). What fits no rule stays as it is, so that nothing is
 * lost. `select`: fields that every record has then.
 */
export function typed(
  records: readonly ApiRecord[],
  types: FieldTypes,
  select: readonly string[],
): ApiRecord[] {
  const typeOf = (name: string) => types.get(nameKey(name)) ?? 'unknown';
  return records.map((record) => {
    const known = new Set(Object.keys(record).map(nameKey));
    const missing = select.filter((name) => types.has(nameKey(name)) && !known.has(nameKey(name)));
    return Object.fromEntries([
      ...Object.entries(record).map(([name, value]) => [name, valueAs(typeOf(name), value)] as const),
      ...missing.map((name) => [name, valueAs(typeOf(name), null)] as const),
    ]);
  });
}

/** The value as its type says; see `typed`. */
export function valueAs(type: FieldType, value: unknown): unknown {
  if (type === 'unknown') return value;
  if (type === 'list') {
    if (isNothing(value)) return [];
    return Array.isArray(value) ? value : [value];
  }
  // An empty text is a value of a text.
  if (isNothing(value)) return type === 'string' && value === '' ? value : null;
  if (typeof value !== 'string') return value;
  const text = value.trim();
  if (type === 'integer' || type === 'decimal') return numberOfText(text) ?? value;
  if (type === 'boolean' && /^(?:true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  return value;
}

const isNothing = (value: unknown): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);
