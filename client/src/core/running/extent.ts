/** How much of what was asked for a fetch brought, and the sentences about it: one type and one place for all readers. */
import type { ApiError } from '../remote/api-error';
import type { Position } from './progress';

export type Extent =
  /** All records there are, from the first page that was asked for. */
  | { readonly kind: 'whole' }
  /** As many as were asked for; there are more, or there may be. `reason`: what it comes from is a part itself. */
  | { readonly kind: 'part'; readonly reason?: string }
  /** An error or the user ended it early; what had arrived is kept. */
  | { readonly kind: 'stopped'; readonly error: ApiError }
  /** Some of what was asked for may not have come, or came twice. `reason`: what happened, and what to do. */
  | { readonly kind: 'doubtful'; readonly reason: string };

/** True where what was asked for came, once and completely. */
export const isExact = ({ extent }: { readonly extent: Extent }): boolean =>
  extent.kind === 'whole' || extent.kind === 'part';

const number = (value: number) => value.toLocaleString('en-GB');

/** `1 record`, `2,000 records`. */
const countOf = (count: number): string => `${number(count)} ${count === 1 ? 'record' : 'records'}`;

const pagesOf = (count: number): string => `${number(count)} ${count === 1 ? 'page' : 'pages'}`;

/** `22 records`; `20 of 22 records`; `20 records; there may be more`. */
export function countIn({ count, total, extent }: { count: number; total?: number; extent: Extent }): string {
  if (total !== undefined && total !== count) return `${number(count)} of ${countOf(total)}`;
  return `${countOf(count)}${extent.kind === 'part' && total === undefined ? '; there may be more' : ''}`;
}

/** Where what the records come from is a part only: a table of a statement, or the source of a list of values. */
export const partOf = (reason: string): Extent => ({ kind: 'part', reason });

/** Why a result over the records of an answer may lack some. */
export const onlyPartOf = (name: string): string => `“${name}” has only a part of its records.`;

const FETCH_AGAIN = 'Fetch again; “$orderby = ID” keeps new records from moving the others.';

export const repeated = (): Extent => ({
  kind: 'doubtful',
  reason: `The platform sent the same page again, so fetching stopped there: records may be missing. ${FETCH_AGAIN}`,
});

/** Where fewer records came than the platform's total says. */
export const missing = (count: number): Extent => ({
  kind: 'doubtful',
  reason: `Up to ${countOf(count)} did not come, as the records changed while their pages were fetched or the platform’s total is wrong. ${FETCH_AGAIN}`,
});

/** Where records came twice, and so others may not have come. */
export const duplicated = (count: number): Extent => ({
  kind: 'doubtful',
  reason: `${countOf(count)} arrived more than once, so others may be missing: records changed while the pages were fetched, or their order is not fixed. ${FETCH_AGAIN}`,
});

/** Where the platform returns fewer or more records than were asked for, and does not go on from there. */
export const unresolved = (given: number, asked: number): Extent => ({
  kind: 'doubtful',
  reason: `The platform returned ${countOf(given)} where ${number(asked)} were asked for, and it can’t be known whether others were left out. Fetch again with “$top = ${given}”, and with ID in $select.`,
});

const COMPARE =
  'Compare their number with the list in accessplanit, or fetch one part after the other with $filter.';

/** Where a page after the first was refused, and no total says that all had come. `reading`: how it was refused. */
export const refusedAfter = ({ pages, records }: Position, reading: string): Extent => ({
  kind: 'doubtful',
  reason: `${countOf(records)} came in ${pagesOf(pages)}, but page ${number(pages + 1)} did not: ${reading} No total came that says whether these are all, so that may be the end, or an error with more records behind it. ${COMPARE}`,
});

/** Where a page has no records, and the next one has. `page` counts from 0. */
export const emptyBetween = (page: number): Extent => ({
  kind: 'doubtful',
  reason: `Page ${number(page + 1)} was empty although page ${number(page + 2)} has records, so it can’t be known how many there are: the platform may leave out records that you may not see. Fetch again with a larger “$top”, or one part after the other with $filter.`,
});

/** Where the platform takes the number of a page for a number of records. */
export const shifted = (): Extent => ({
  kind: 'doubtful',
  reason:
    'The second page begins with the second record of the first page, so the platform seems to read $skip as a number of records and not of pages: fetching stopped there. Fetch all in one page with a larger “$top”, or one part after the other with $filter, and tell accessplanit’s support.',
});

/** Where the API reports errors beside the records, or beside what it says of a change. */
export const reported = (words: readonly string[], isChange: boolean): Extent => ({
  kind: 'doubtful',
  reason: `${words.length === 0 ? '' : `“${words.join(' ')}” `}${
    isChange
      ? 'The API reported errors beside its answer: the change may not be made as asked. Look at the record before you try again.'
      : 'The API reported errors beside these records, so others may be missing. Correct what the API names, then run the request again.'
  }`,
});

/** The same for the programs of *Copy as*, which have no total: texts without quotes, as they become literals. */
export const CAME_AGAIN =
  'Records came that had come before, so others may be missing. Run it again, with $orderby=ID and with ID in $select.';
export const MORE_AFTER_EMPTY =
  'A page was empty although the next one has records, so others may be missing. Run it again with a larger $top.';
export const FEWER_THAN_COUNTED =
  'The platform counts more records than came, so others may be missing. Run it again, with $orderby=ID.';
export const NOT_AS_ASKED =
  'The first page is not as long as asked for, so which records come next is not known. Run it without $skip.';
