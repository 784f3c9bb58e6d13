/**
 * Whether a page that is empty or refused is the end, where no total vouches for it: one more page says. Pages are
 * numbered from 0, from the first one that was asked for.
 */
import type { ApiError } from '../remote/api-error';
import type { ApiRecord } from '../results/read-page';
import type { ChangeWatch } from './changes';
import { emptyBetween, type Extent, refusedAfter } from './extent';
import type { Position } from './progress';

/** Why a fetch ended. */
export type End = 'empty' | Extent;

/** Fetches a page; undefined where the platform says that there is none. */
type FetchPage = (page: number) => Promise<readonly ApiRecord[] | undefined>;

/** After an empty page: the end, unless the next one brings records that have not come yet. */
export async function endAtEmpty(page: number, watch: ChangeWatch, fetch: FetchPage): Promise<End> {
  const next = (await fetch(page + 1)) ?? [];
  return next.length === 0 || watch.repeats(next) ? 'empty' : emptyBetween(page);
}

/**
 * After a page that was refused. D: 404 is a wrong address, or that there is no such record; it is not the address where
 * the page before still comes, and it is the end where nothing follows. 400 is an error of any kind, so that what
 * comes after it is not known.
 */
export async function endAtRefusal(
  error: ApiError,
  position: Position,
  watch: ChangeWatch,
  fetch: FetchPage,
): Promise<End> {
  const { pages } = position;
  if (error.kind === 'not-found') {
    const last = (await fetch(pages - 1)) ?? [];
    const next = (await fetch(pages + 1)) ?? [];
    if (last.length > 0 && watch.knows(last) && next.length === 0) return 'empty';
  }
  return refusedAfter(position, error.reading);
}
