/** Did the records change while their pages were fetched? Finds duplicates and gaps, by ID and by the totals. */
import type { ApiRecord } from '../results/read-page';
import { idOf } from '../results/table';
import { writeJson } from '../values/write-json';
import { IdSet, type Print, printOf, printOfAll } from './id-set';

/** What tells the records of a page apart, worked out once for each page. */
interface PageKeys {
  /** Of the ID of each record, or of all of it where it has none. */
  readonly keys: readonly Print[];
  /** Whether each record has an ID. */
  readonly hasId: readonly boolean[];
  /** True where two records have the same ID. */
  readonly ambiguous: boolean;
  /** Of the whole page: a page that is the same as another has the same. */
  readonly page: Print;
}

export class ChangeWatch {
  /** For as long as a page is in use: it is asked about several times, and its records are long. */
  readonly #keys = new WeakMap<readonly ApiRecord[], PageKeys>();
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
    // While all have IDs, a record without one is not known.
    return this.identifies ? this.knows(records) : this.#pages.has(this.#keysOf(records).page);
  }

  /** True when all of the records came before, by ID or by content. */
  knows(records: readonly ApiRecord[]): boolean {
    return this.#keysOf(records).keys.every((key) => this.#known.has(key));
  }

  /** True when one of the records came before. */
  knowsAny(records: readonly ApiRecord[]): boolean {
    return this.#keysOf(records).keys.some((key) => this.#known.has(key));
  }

  /** True where `page` has the records of `before` but for the first, and perhaps more. */
  isShifted(before: readonly ApiRecord[], page: readonly ApiRecord[]): boolean {
    const [was, is] = [this.#keysOf(before), this.#keysOf(page)];
    return (
      was.keys.length > 1 &&
      new Set(was.keys.map(String)).size === was.keys.length &&
      was.keys.slice(1).every((key, index) => isSame(key, is.keys[index]))
    );
  }

  /** Takes a page. */
  take(records: readonly ApiRecord[]): void {
    const { ambiguous, page } = this.#keysOf(records);
    this.#ambiguous ||= ambiguous;
    this.recall(records);
    if (records.length > 0) this.#pages.add(page);
  }

  /** Takes records of an earlier fetch that this one continues, whatever pages they came in. */
  recall(records: readonly ApiRecord[]): void {
    const { keys, hasId } = this.#keysOf(records);
    this.#count += records.length;
    keys.forEach((key, index) => {
      const isNew = this.#known.add(key);
      if (hasId[index] !== true) this.#withoutId++;
      else if (isNew) this.#ids++;
      else this.#duplicates++;
    });
  }

  #keysOf(records: readonly ApiRecord[]): PageKeys {
    const keys = this.#keys.get(records) ?? keysOf(records);
    this.#keys.set(records, keys);
    return keys;
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

const contentsOf = (record: ApiRecord): Print => printOf(writeJson(record));

function keysOf(records: readonly ApiRecord[]): PageKeys {
  const ids = records.map(idOf);
  const given = ids.filter((id) => id !== undefined);
  const ambiguous = new Set(given).size < given.length;
  const keys = records.map((record, index) => {
    const id = ids[index];
    return id === undefined ? contentsOf(record) : printOf(id);
  });
  return {
    keys,
    hasId: ids.map((id) => id !== undefined),
    ambiguous,
    page: printOfAll(ambiguous ? records.map(contentsOf) : keys),
  };
}

const isSame = ([high, low]: Print, other: Print | undefined): boolean =>
  other !== undefined && high === other[0] && low === other[1];
