/**
 * Where the pages of a request end: the rule for fetching and for the programs of *Copy as*.
 *
 * - An empty page is the last, and so is one that repeats the page before it (`ChangeWatch.repeats`).
 * - Where the response has a total, the page that reaches it is the last.
 * - Where it has none, a page with fewer records than the page before it is the last.
 * - That the first page is shorter than `$top` proves nothing: a platform may return fewer records per page than it is
 *   asked for. Then the second page decides, unless a total does. A total can't where pages are skipped: how many
 *   records those hold depends on the size of a page.
 */
import type { Position } from './progress';

/** The rule for the programs of *Copy as*, which know no total: its member has no documented name. */
export const LAST_PAGE = 'The last page is empty, repeats the page before it or has fewer records.';

/** The note when a page repeats the page before it. */
export const REPEATED_PAGE =
  'The platform sent the same page twice, so fetching stopped there; records may be missing.';

interface LastPageOptions {
  /** `$skip`: the number of the page that comes first, as the API counts them, from 0. */
  readonly start: number;
  /** How many records per page were asked for. */
  readonly size: number;
  /** How many pages to fetch at most. */
  readonly most: number;
  /** Where an earlier fetch ended. */
  readonly from?: Position | undefined;
}

/** Applies the rule, page after page. Pages are numbered from 0, from the first one that is fetched. */
export class LastPage {
  readonly #start: number;
  readonly #asked: number;
  readonly #most: number;
  #size: number;
  #total: number | undefined;
  #end: number;
  #cap: number | undefined;
  /** Records on a short first page, while it is unknown whether that is the platform's limit for every page. */
  #short: number | undefined;
  #before: number | undefined;

  constructor({ start, size, most, from }: LastPageOptions) {
    this.#start = start;
    this.#asked = size;
    this.#most = most;
    this.#size = from?.size ?? size;
    this.#total = from?.total;
    this.#before = from?.pages === 1 ? from.records : from?.size;
    if (from?.pages === 1 && from.records < this.#size && this.#provesNothing(from.records))
      this.#short = from.records;
    // At least one page, as there may be more records by now.
    this.#end = this.#planned((from?.pages ?? 0) + 1);
  }

  /** Records per page, as far as known. */
  get size(): number {
    return this.#size;
  }

  /** Records that meet the criteria, where the platform returned a total. */
  get total(): number | undefined {
    return this.#total;
  }

  /** The number of the first page that is not to be fetched; infinite while the end is unknown. */
  get end(): number {
    return this.#end;
  }

  /** Records of the total that precede the first page. */
  get skipped(): number {
    return this.#start * this.#size;
  }

  /** Records of the total that all wanted pages hold together; undefined while there is no total. */
  get wanted(): number | undefined {
    return this.#total === undefined
      ? undefined
      : Math.min(this.#total - this.skipped, this.#most * this.#size);
  }

  /** The platform's limit for the records on a page, where it turned out to be less than was asked for. */
  get cap(): { readonly given: number; readonly asked: number } | undefined {
    return this.#cap === undefined ? undefined : { given: this.#cap, asked: this.#asked };
  }

  /** Learns from a page with `count` records, and the `total` in its response. Returns true when more pages follow. */
  take(number: number, count: number, total: number | undefined): boolean {
    const before = this.#before;
    this.#before = count;
    if (total !== undefined) this.#total = total;
    if (count === 0) return false;
    if (this.#short !== undefined) this.#cappedAt(this.#short);
    if (number === 0 && count < this.#size) return this.#shortFirstPage(count);
    const longEnough = before === undefined || count >= before;
    if (this.#total === undefined) return longEnough;
    const last = number === this.#end - 1;
    const expected = this.#total - (this.#start + number) * this.#size;
    if (last && total === undefined && count > expected) {
      // More records than there should be: the total is out of date.
      this.#total = undefined;
      this.#end = this.#most;
      return longEnough;
    }
    this.#end = this.#planned(number + 1);
    return true;
  }

  #shortFirstPage(count: number): boolean {
    const total = this.#total;
    if (this.#provesNothing(count)) {
      this.#short = count;
      this.#end = Math.min(this.#most, total === undefined ? this.#most : 2);
      return true;
    }
    if (total !== this.skipped + count) this.#cappedAt(count);
    this.#end = this.#planned(1);
    return true;
  }

  /** A short first page may be the last, or as long as the platform's pages get. */
  #provesNothing(count: number): boolean {
    return this.#total === undefined || (this.#start > 0 && this.#total === this.skipped + count);
  }

  #cappedAt(count: number): void {
    this.#short = undefined;
    this.#cap = this.#size = count;
  }

  #planned(least: number): number {
    if (this.#total === undefined) return this.#most;
    return Math.min(this.#most, Math.max(least, Math.ceil(this.#total / this.#size) - this.#start));
  }
}
