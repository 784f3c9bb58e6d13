/** Did the records change while their pages were fetched? Finds duplicates and gaps, by ID and by the totals. */
import type { ApiRecord } from '../results/read-page';
import { memberNamed } from '../text/names';
import { IdSet } from './id-set';

export class ChangeWatch {
  /** IDs, and the contents of records that have none. */
  readonly #known: IdSet;
  /** The pages so far. */
  readonly #pages = new IdSet();
  #ids = 0;
  #count = 0;
  #duplicates = 0;
  #withoutId = 0;
  /** True when one page has an ID twice: then IDs don't tell records apart in this module. */
  #ambiguous = false;
  #first: number | undefined;
  #last: number | undefined;

  constructor(known = new IdSet()) {
    this.#known = known;
  }

  /** How many records arrived more than once. */
  get duplicates(): number {
    return this.#ambiguous ? 0 : this.#duplicates;
  }

  /** Whether each record has an ID of its own, as far as known. */
  get identifies(): boolean {
    return this.#withoutId === 0 && !this.#ambiguous && !this.#known.full;
  }

  /** True for a page that brings nothing new: all of its records came before, or, without IDs, the same page did. */
  repeats(records: readonly ApiRecord[]): boolean {
    if (records.length === 0) return false;
    if (this.identifies && records.every((record) => idOf(record) !== undefined)) return this.knows(records);
    return this.#pages.has(printOf(records));
  }

  /** True when all of the records came before, by ID or by content. */
  knows(records: readonly ApiRecord[]): boolean {
    return records.every((record) => this.#known.has(keyOf(record)));
  }

  /** True when one of the records came before. */
  knowsAny(records: readonly ApiRecord[]): boolean {
    return records.some((record) => this.#known.has(keyOf(record)));
  }

  /** Takes a page. */
  take(records: readonly ApiRecord[]): void {
    if (!this.#ambiguous) {
      const ids = records.map(idOf).filter((id) => id !== undefined);
      this.#ambiguous = new Set(ids).size < ids.length;
    }
    this.recall(records);
    if (records.length > 0) this.#pages.add(printOf(records));
  }

  /** Takes records of an earlier fetch that this one continues, whatever pages they came in. */
  recall(records: readonly ApiRecord[]): void {
    this.#count += records.length;
    for (const record of records) {
      const isNew = this.#known.add(keyOf(record));
      if (idOf(record) === undefined) this.#withoutId++;
      else if (isNew) this.#ids++;
      else this.#duplicates++;
    }
  }

  /** Takes the platform's total in a response. */
  learn(total: number | undefined): void {
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
    if (this.#last === undefined || this.#first === undefined) return undefined;
    const gone = Math.max(0, this.#first - this.#last);
    return Math.max(0, this.#last - skipped - (this.identifies ? this.#ids : this.#count) + gone);
  }

  /** Returns what a user should know besides when all pages have arrived. */
  notes(skipped: number): string[] {
    const notes: string[] = [];
    const number = (value: number) => value.toLocaleString('en-GB');
    if (this.#first !== this.#last)
      notes.push(
        `The records changed while their pages were fetched: there were ${number(this.#first ?? 0)}, now there are ${number(this.#last ?? 0)}.`,
      );
    else if (this.#last !== undefined && this.#count > this.#last - skipped && this.duplicates === 0)
      notes.push(
        `The platform counts ${number(Math.max(0, this.#last - skipped))}, but ${number(this.#count)} came: its total is wrong.`,
      );
    if (this.#withoutId > 0)
      notes.push(
        'Without ID in $select, APQ can’t notice records that came twice or moved to another page meanwhile.',
      );
    if (this.#ambiguous)
      notes.push('Several records have the same ID, so APQ can’t notice those that came twice.');
    if (this.#known.full) notes.push(`After ${number(this.#ids)} IDs, duplicates were no longer looked for.`);
    return notes;
  }
}

/** O: the member is `ID`; any case is read. */
export function idOf(record: ApiRecord | undefined): string | undefined {
  if (record === undefined) return undefined;
  const value = memberNamed(record, 'ID')?.value;
  return (typeof value === 'string' && value !== '') || typeof value === 'number' ? String(value) : undefined;
}

const keyOf = (record: ApiRecord): string => idOf(record) ?? JSON.stringify(record);

/** The IDs of a page, or all of it where they don't tell its records apart. */
function printOf(records: readonly ApiRecord[]): string {
  const ids = records.map(idOf);
  return JSON.stringify(ids.includes(undefined) || new Set(ids).size < ids.length ? records : ids);
}
