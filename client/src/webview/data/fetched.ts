/** How many rows are meant, in words that say where they are not all there is. */
import { type Formats, plural } from './formats';

/** The rows of a result: `count` of the `all` that were fetched are in the view. */
export interface Rows {
  readonly formats: Formats;
  readonly count: number;
  readonly all: number;
  /** Whether there are more records than were fetched, or may be. */
  readonly part: boolean;
}

/** `all 400 rows`, `12 of 400 rows`; `the 20 fetched rows`, `12 of the 20 fetched rows`. */
export function rowsInWords({ formats, count, all, part }: Rows, one = 'row'): string {
  const some = count === all ? '' : `${formats.count(count)} of `;
  if (!part) return some === '' ? `all ${plural(formats, all, one)}` : `${some}${plural(formats, all, one)}`;
  return `${some}the ${formats.count(all)} fetched ${all === 1 ? one : `${one}s`}`;
}

/** `in the 20 fetched`; nothing where all are here. */
export const inFetched = ({ formats, all, part }: Omit<Rows, 'count'>): string =>
  part ? `in the ${formats.count(all)} fetched` : '';
