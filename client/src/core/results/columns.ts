/** The columns of records: one rule for one page and for many, for files, terminals and the results view. */
import type { ApiRecord } from './read-page';

/**
 * The fields of `$select` first, in its order and the platform's spelling, also those that no record has; then all other
 * members in the order in which they come up. Names that differ in case only are two columns: each has its values.
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

  /** Adds the names that these records bring; true when there was a new one. */
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
    for (const name of this.#names)
      if (!spelled.has(name.toLowerCase())) spelled.set(name.toLowerCase(), name);
    const selected = this.#select.map((name) =>
      this.#names.has(name) ? name : (spelled.get(name.toLowerCase()) ?? name),
    );
    return [...new Set([...selected, ...this.#names])];
  }
}

/** Of records that are all there. */
export function columnsOf(records: readonly ApiRecord[], select: readonly string[] = []): string[] {
  const names = new ColumnNames(select);
  names.add(records);
  return names.list();
}
