/** Columns: their names in the order of arrival, and what kind of values each holds. */
import type { ViewField } from '../messages';
import { booleanOf, memberOf, numberOf, voidOf, wallTimeOf, type ApiRecord } from './values';

export type Kind = 'text' | 'number' | 'boolean' | 'date' | 'datetime' | 'list' | 'object';

export interface Column {
  readonly name: string;
  readonly kind: Kind;
  readonly field?: ViewField;
  /** Of numbers: digits after the point; of times: whether seconds matter. */
  readonly decimals: number;
  readonly seconds: boolean;
}

/** So many records decide what a column holds. */
export const SAMPLE = 2000;

/** Adds the names that these records bring; those of `$select` come first, in its order. */
export class ColumnNames {
  readonly #names = new Map<string, string>();
  #select: readonly string[] = [];

  setSelect(select: readonly string[]): void {
    this.#select = select;
  }

  clear(): void {
    this.#names.clear();
  }

  /** True when there was a new one. */
  add(records: readonly ApiRecord[]): boolean {
    const before = this.#names.size;
    for (const record of records)
      for (const name in record) if (!this.#names.has(name)) this.#names.set(name, name);
    return this.#names.size > before;
  }

  list(): string[] {
    const found = new Map([...this.#names.keys()].map((name) => [name.toLowerCase(), name]));
    const selected = this.#select
      .map((name) => found.get(name.toLowerCase()) ?? (found.size === 0 ? name : undefined))
      .filter((name) => name !== undefined);
    return [...new Set([...selected, ...this.#names.keys()])];
  }
}

const DECLARED: Readonly<Record<string, Kind>> = {
  integer: 'number',
  decimal: 'number',
  boolean: 'boolean',
  datetime: 'datetime',
  date: 'date',
  list: 'list',
};

/** What the values of these records say; the metadata decide where there are none, and whether texts are numbers. */
export function describeColumn(
  name: string,
  records: readonly ApiRecord[],
  field: ViewField | undefined,
): Column {
  const declared = field === undefined ? undefined : DECLARED[field.type];
  const values = records
    .slice(0, SAMPLE)
    .map((record) => memberOf(record, name))
    .filter((value) => voidOf(value) === undefined);
  const kind = kindOf(values, declared);
  const numbers = kind === 'number' ? values.map(decimalsOf) : [];
  return {
    name,
    kind,
    ...(field === undefined ? {} : { field }),
    decimals: numbers.reduce((most, each) => Math.max(most, each), 0),
    seconds: kind === 'datetime' && values.some((value) => wallTimeOf(value) % 60_000 !== 0),
  };
}

function kindOf(values: readonly unknown[], declared: Kind | undefined): Kind {
  if (values.length === 0) return declared ?? 'text';
  const all = (test: (value: unknown) => boolean) => values.every(test);
  if (all((value) => typeof value === 'number')) return 'number';
  if (all((value) => typeof value === 'boolean')) return 'boolean';
  if (all(Array.isArray)) return 'list';
  if (all((value) => typeof value === 'object')) return 'object';
  if (all((value) => !Number.isNaN(wallTimeOf(value))))
    return all((value) => wallTimeOf(value) % 86_400_000 === 0) ? 'date' : 'datetime';
  if (declared === 'number' && all((value) => !Number.isNaN(numberOf(value)))) return 'number';
  if (declared === 'boolean' && all((value) => booleanOf(value) >= 0)) return 'boolean';
  return 'text';
}

function decimalsOf(value: unknown): number {
  const text = String(value);
  const point = text.indexOf('.');
  return point < 0 || text.includes('e') ? 0 : text.length - point - 1;
}

/** `CourseID`, `UserIDs` and the like point at another record; `ID` at this one. */
export const isLink = (name: string): boolean => /[a-z]I[Dd]$/.test(name);

export const isDate = (kind: Kind): boolean => kind === 'date' || kind === 'datetime';
