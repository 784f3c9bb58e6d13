/** The columns of records: one rule for files, terminals and the results view. */
import { nameKey } from '../text/names';
import type { ApiRecord } from './read-page';

/**
 * The fields of `$select` first, in its order and the platform's spelling, even those that no record has; then all other
 * members in the order in which they occur. Names that differ only in case are two columns, each with its own values.
 */
export class ColumnNames {
  readonly #names = new Set<string>();
  #select: readonly string[];

  constructor(select: readonly string[] = []) {
    this.#select = select;
  }

  setSelect(select: readonly string[]): void {
    this.#select = select;
  }

  clear(): void {
    this.#names.clear();
  }

  /** Adds the names in these records; returns true when one was new. */
  add(records: readonly ApiRecord[]): boolean {
    const before = this.#names.size;
    for (const record of records) for (const name in record) this.#names.add(name);
    return this.#names.size > before;
  }

  addNames(names: Iterable<string>): void {
    for (const name of names) this.#names.add(name);
  }

  list(): string[] {
    const spelled = new Map<string, string>();
    for (const name of this.#names) if (!spelled.has(nameKey(name))) spelled.set(nameKey(name), name);
    const selected = this.#select.map((name) =>
      this.#names.has(name) ? name : (spelled.get(nameKey(name)) ?? name),
    );
    return [...new Set([...selected, ...this.#names])];
  }
}

/** Returns the columns of records that have all arrived. */
export function columnsOf(records: readonly ApiRecord[], select: readonly string[] = []): string[] {
  const names = new ColumnNames(select);
  names.add(records);
  return names.list();
}
