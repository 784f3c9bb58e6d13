/**
 * Which pages to ask for: the rule for fetching and for the programs of *Copy as*.
 *
 * - Only an empty page proves the end, or one that repeats what came before. A short page proves nothing, and neither
 *   does the platform's total: it says how many pages to ask for at a time, and whether all came.
 * - D: `$skip` counts pages. What a page is where the platform returns more or fewer records than were asked for is not
 *   documented: it may count by what it returns, or by `$top`. Asking on with `$top` as long as the first page leaves
 *   no difference (`PageSize`).
 * - Where it was found out that `$skip` counts records, or how large `$top` may be, that holds, and nothing is tried.
 */
import { type PlatformTraits, sizeOfPages, skipsRecords } from '#language';
import type { Position } from './progress';

/** The rule for the programs of *Copy as*, which know no total: its member has no documented name. */
export const LAST_PAGE = 'Only an empty page is the last: a short one proves nothing.';

interface PagePlanOptions {
  /** `$skip`: the number of the page that comes first, as the API counts them, from 0. */
  readonly start: number;
  /** How many records per page were asked for. */
  readonly size: number;
  /** How many pages to fetch at most. */
  readonly most: number;
  /** Where an earlier fetch ended. */
  readonly from?: Position | undefined;
  /** What was found out about the platform. */
  readonly traits?: Pick<PlatformTraits, 'skip' | 'largestTop'>;
}

/** A page as it is asked for; `top` is absent where the request's own `$top` is right. */
export interface PageAddress {
  readonly skip: number;
  readonly top?: number;
}

/** Pages are numbered from 0, from the first one that is fetched. */
export class PagePlan {
  readonly start: number;
  /** Records per page that are asked for: as many as the request says, unless the platform is known to return fewer. */
  readonly asked: number;
  /** Records per page that the request itself asks for. */
  readonly #own: number;
  readonly #skipsRecords: boolean;
  readonly #most: number;
  #position: Position;
  #settled: boolean;

  constructor({ start, size: own, most, from, traits = {} }: PagePlanOptions) {
    this.start = start;
    this.#skipsRecords = skipsRecords(traits);
    const size = most > 1 ? sizeOfPages(own, start, traits) : own;
    this.#own = own;
    this.asked = size;
    this.#most = most;
    const offset = this.#skipsRecords ? start : start * size;
    this.#position = from ?? { pages: 0, records: 0, size, skip: start, offset };
    // An earlier fetch may have counted pages, where this was not known yet.
    if (from !== undefined && this.#skipsRecords)
      this.#position = { ...from, skip: start + from.pages * from.size, offset };
    this.#settled = from === undefined || this.#skipsRecords || from.pages > 1 || from.records === size;
  }

  /** How far the fetch is. */
  get position(): Position {
    return this.#position;
  }

  /** Records that meet the criteria, where the platform returned a total. */
  get total(): number | undefined {
    return this.#position.total;
  }

  /** The number of the first page that is not to be asked for yet. One more than the total has is always asked for. */
  get end(): number {
    const { pages } = this.#position;
    const left = this.#left;
    if (left === undefined) return this.#most;
    return Math.min(this.#most, pages + Math.ceil(Math.max(0, left) / this.#position.size) + 1);
  }

  /** Whether all pages that were asked for have been fetched. */
  get done(): boolean {
    return this.#position.pages >= this.#most;
  }

  /** Records of the total that all wanted pages hold together; undefined while there is no total. */
  get wanted(): number | undefined {
    const left = this.#left;
    if (left === undefined) return undefined;
    const { pages, records, size } = this.#position;
    return records + Math.min(Math.max(0, left), (this.#most - pages) * size);
  }

  /**
   * Whether as many records came as the total says, or none where its last record precedes the first page. False where
   * there is no total, or where it is wrong.
   */
  get reached(): boolean {
    const left = this.#left;
    return left === 0 || (left !== undefined && left < 0 && this.#position.records === 0);
  }

  /** Whether fewer records came than the total says. */
  get promisesMore(): boolean {
    return (this.#left ?? 0) > 0;
  }

  /** How many records of the total have not come yet; less than 0 where more came. */
  get #left(): number | undefined {
    const { total, offset, records } = this.#position;
    return total === undefined ? undefined : total - offset - records;
  }

  /** False after a first page that is longer or shorter than asked for, until `settle` says what that means. */
  get settled(): boolean {
    return this.#settled;
  }

  /** The address of a page that has not arrived yet. */
  addressOf(page: number): PageAddress {
    const { skip, pages, size } = this.#position;
    return this.address(skip + (page - pages) * this.#step, size);
  }

  /** The address of a page of this size. */
  address(skip: number, size: number): PageAddress {
    return { skip, ...(size === this.#own ? {} : { top: size }) };
  }

  /** By how much `$skip` grows from page to page. */
  get #step(): number {
    return this.#skipsRecords ? this.#position.size : 1;
  }

  /** True for a page that should bring the total: the first, the last that has records, and the one after it. */
  counts(page: number, first: number): boolean {
    return this.#most > 1 && (page === first || (this.total !== undefined && page >= this.end - 2));
  }

  /** Learns the total in the response of a page. An empty page after others may have none, written as 0. */
  learn(total: number | undefined, empty: boolean): void {
    if (total !== undefined && !(empty && total === 0)) this.#position = { ...this.#position, total };
  }

  /** Takes a page with records, or the first one. */
  take(count: number): void {
    const { pages, records, skip } = this.#position;
    const next = { ...this.#position, pages: pages + 1, records: records + count };
    const isOdd = pages === 0 && count > 0 && count !== this.asked && this.#most > 1;
    // Counted by records, the next page begins behind what came, however much that was.
    this.#position =
      isOdd && this.#skipsRecords
        ? { ...next, skip: skip + count, size: count }
        : { ...next, skip: skip + this.#step };
    if (isOdd && !this.#skipsRecords) this.#settled = false;
  }

  /** After the first page: asks on from `skip`, in pages of `size`. `offset`: how many records precede the first page. */
  settle({
    skip,
    size,
    offset,
    unsure = false,
  }: Pick<Position, 'skip' | 'size' | 'offset' | 'unsure'>): void {
    this.#position = { ...this.#position, skip, size, offset, unsure };
    this.#settled = true;
  }
}
