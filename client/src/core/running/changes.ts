/** Did the records change while their pages were fetched? Finds duplicates and gaps, by ID and by the totals. */
import type { ApiRecord } from '../results/read-page';
import { IdSet } from './id-set';

export class ChangeWatch {
  readonly #ids: IdSet;
  #duplicates = 0;
  #withoutId = 0;
  #first: number | undefined;
  #last: number | undefined;
  /** The IDs of the page before. */
  #previous: string | undefined;

  constructor(ids = new IdSet()) {
    this.#ids = ids;
  }

  /** How many records arrived more than once. */
  get duplicates(): number {
    return this.#duplicates;
  }

  /** True for a page with the same records as the one before, which is then not counted. */
  repeats(records: readonly ApiRecord[]): boolean {
    const ids = records.map(idOf);
    const print = JSON.stringify(ids.includes(undefined) ? records : ids);
    if (records.length > 0 && print === this.#previous) return true;
    this.#previous = print;
    return false;
  }

  take(records: readonly ApiRecord[], total?: number): void {
    for (const record of records) {
      const id = idOf(record);
      if (id === undefined) this.#withoutId++;
      else if (!this.#ids.add(id)) this.#duplicates++;
    }
    if (total === undefined) return;
    this.#first ??= total;
    this.#last = total;
  }

  /**
   * Returns how many records are missing at most; undefined when that is unknown. `skipped`: how many of the total
   * were not asked for. When records are removed, later ones move to pages that were fetched already; so as many as
   * were removed may be missing besides.
   */
  missing(skipped: number): number | undefined {
    if (this.#last === undefined || this.#first === undefined || this.#withoutId > 0 || this.#ids.full)
      return undefined;
    const gone = Math.max(0, this.#first - this.#last);
    return Math.max(0, this.#last - skipped - this.#ids.size + gone);
  }

  /** Returns what a user should know when all pages have arrived. */
  notes(skipped: number): string[] {
    const notes: string[] = [];
    const number = (value: number) => value.toLocaleString('en-GB');
    const records = (count: number) => `${number(count)} ${count === 1 ? 'record' : 'records'}`;
    const missing = this.missing(skipped) ?? 0;
    if (this.#first !== this.#last)
      notes.push(
        `The records changed while their pages were fetched: there were ${number(this.#first ?? 0)}, now there are ${number(this.#last ?? 0)}.`,
      );
    if (missing > 0)
      notes.push(
        `Up to ${records(missing)} may be missing. Fetch again to be sure; $orderby = ID keeps new records from moving the others.`,
      );
    if (this.#withoutId > 0)
      notes.push(
        'Records without an ID can’t be told apart: with ID in $select, duplicates and gaps are found.',
      );
    if (this.#ids.full)
      notes.push(`After ${number(this.#ids.size)} IDs, duplicates were no longer looked for.`);
    return notes;
  }
}

/** O: the member is `ID`; any case is read. */
export function idOf(record: ApiRecord | undefined): string | undefined {
  if (record === undefined) return undefined;
  const value =
    'ID' in record ? record['ID'] : Object.entries(record).find(([name]) => name.toLowerCase() === 'id')?.[1];
  return (typeof value === 'string' && value !== '') || typeof value === 'number' ? String(value) : undefined;
}
