/** Which names are one: those of modules, fields and connections. */

/** Equal for names that differ in case only, or in how an accent is composed. */
export const nameKey = (name: string): string => name.normalize('NFC').toLowerCase();

/** Things by their names: the exact name first, then the first whose name is the same to a reader. */
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

  /** Each once; names in different case are different. */
  get all(): Iterable<T> {
    return this.#exact.values();
  }

  get(name: string): T | undefined {
    return this.#exact.get(name.normalize('NFC')) ?? this.#alike.get(nameKey(name));
  }
}
