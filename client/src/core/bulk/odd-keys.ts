/** Keys that are no e-mail addresses, where nearly all others are: probably a total, or a remark below the table. */

const ADDRESS = /^[^\s@]+@[^\s@]+$/;
const MOST = 3;

export class OddKeys {
  #addresses = 0;
  readonly #odd: { readonly row: number; readonly key: string }[] = [];

  add(row: number, key: string): void {
    if (ADDRESS.test(key)) this.#addresses++;
    else if (this.#odd.length <= MOST) this.#odd.push({ row, key });
  }

  /** One for each such row. `column`: as it is shown. */
  notes(column: string): string[] {
    if (this.#odd.length > MOST || this.#addresses <= this.#odd.length) return [];
    return this.#odd.map(
      ({ row, key }) =>
        `Row ${row}: “${key}” is no e-mail address, as the other values of ${column} are. If the row is no record, take it out of the file.`,
    );
  }
}
