/** When two names of modules, fields, connections, variables or requests are the same. */

/** The same key for names that differ only in case, or in how an accent is composed. */
export const nameKey = (name: string): string => name.normalize('NFC').toLowerCase();

/** The name of a variable or a request: the same however its accents are composed. Case counts. */
export const ownName = (written: string): string => written.normalize('NFC');

/** Items by name: the item of that exact name, else the first whose name is the same to a reader. */
export class ByName<T extends { readonly name: string }> {
  readonly #exact = new Map<string, T>();
  readonly #alike = new Map<string, T>();

  constructor(items: Iterable<T>) {
    for (const item of items) {
      const exact = item.name.normalize('NFC');
      if (!this.#exact.has(exact)) this.#exact.set(exact, item);
      const key = nameKey(item.name);
      if (!this.#alike.has(key)) this.#alike.set(key, item);
    }
  }

  /** One item for each name; names that differ in case are different names here. */
  get all(): Iterable<T> {
    return this.#exact.values();
  }

  get(name: string): T | undefined {
    return this.#exact.get(name.normalize('NFC')) ?? this.#alike.get(nameKey(name));
  }
}
