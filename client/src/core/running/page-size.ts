/**
 * How a platform counts its pages, where it returns more or fewer records than were asked for: by what it returns, or
 * by what was asked for. With `$skip` that decides where the first page begins, and everywhere which page comes next.
 */
import type { ApiRecord } from '../results/read-page';
import type { ChangeWatch } from './changes';
import type { Position } from './progress';

/** The first page, which has arrived: its `$skip`, how many records were asked for, and how many came. */
interface FirstPage {
  readonly start: number;
  readonly asked: number;
  readonly given: number;
  /** Whether the platform's total says that there are no more. */
  readonly reached: boolean;
}

/** Where to go on; `records` are those of the next page that did not come with the first one. */
type Next = Pick<Position, 'skip' | 'size' | 'offset' | 'unsure'> & {
  readonly records?: readonly ApiRecord[];
};

/**
 * Asks on in pages of `given` records, which is one page however they are counted: the platform returns so many, and
 * so many are asked for. `page` fetches a page by its number and size.
 *
 * Where that page overlaps with the first, or is empty and a page as asked for brings more, `given` is not what the platform
 * counts by: it may leave out records that the user may not see, after it has counted them. Then it goes on as the
 * request says. Returns undefined where records without IDs leave it open where the first page begins.
 */
export async function nextPage(
  { start, asked, given, reached }: FirstPage,
  watch: ChangeWatch,
  page: (skip: number, size: number) => Promise<readonly ApiRecord[]>,
): Promise<Next | undefined> {
  // Counted by what it returns, the first page is the one of the same number in pages of `given`.
  const same = start > 0 ? await page(start, given) : [];
  const byGiven = same.length > 0 && watch.knows(same);
  if (byGiven && !watch.identifies) return undefined;
  const offset = start * (byGiven ? given : asked);
  const skip = Math.floor((offset + given) / given);
  const overlap = (offset + given) % given;
  // The first page begins on the page before, behind this number of others, if it begins where it should.
  const begins = start === 0 || byGiven || watch.knows((await page(skip - 1, given)).slice(overlap));
  const records = await page(skip, given);
  const [before, after] = [records.slice(0, overlap), records.slice(overlap)];
  // Contents tell records apart less well than IDs do, so without IDs it is not looked for.
  const overlaps = watch.identifies && (!begins || !watch.knows(before) || watch.knowsAny(after));
  const others = after.length === 0 && !reached && !watch.knows(await page(start + 1, asked));
  return overlaps || others
    ? { skip: start + 1, size: asked, offset: start * asked, unsure: true }
    : { skip, size: given, offset, records: after };
}
