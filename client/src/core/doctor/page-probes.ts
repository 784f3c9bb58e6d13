/** How records are counted and come in pages. */
import type { Traits } from '#language';
import { numbersIn } from '../results/read-page';
import { findEdge } from './edge';
import { totalIn } from './ground';
import type { Answer } from './inquiry';
import { brings, known, type Outcome, undecided, unknown } from './outcome';
import type { Questions } from './questions';

/**
 * Asks for two pages and for two records: the number that is the same for both pages, and 2 at last, is the total; the
 * one that is as long as each page is theirs; the one that follows `$skip` is their index.
 */
export async function countNames(ask: Questions): Promise<Outcome<Traits['countNames']>> {
  const { module, ids } = ask.main;
  const pages: {
    readonly numbers: ReadonlyMap<string, number>;
    readonly size: number;
    readonly skip: number;
  }[] = [];
  for (const [size, skip] of [
    [3, 1],
    [2, 2],
  ] as const) {
    const page = await ask.ids(module, ['$top', size], ['$skip', skip], ['$count', 'true']);
    if (page.kind !== 'records') return undecided(page);
    pages.push({ numbers: numbersIn(page.json), size: page.records.length, skip });
  }
  const two = await ask.ids(
    module,
    ['$filter', `ID eq '${ids[0]}' or ID eq '${ids[1]}'`],
    ['$top', 5],
    ['$count', 'true'],
  );
  const ofTwo = two.kind === 'records' ? numbersIn(two.json) : undefined;
  const names = [...(pages[0]?.numbers.keys() ?? [])];
  const named = (fits: (page: (typeof pages)[number], name: string) => boolean) =>
    names.find((name) => pages.every((page) => fits(page, name)));
  const pageTotal = named(({ numbers, size }, name) => numbers.get(name) === size);
  const total = named(({ numbers, size }, name) => (numbers.get(name) ?? 0) > size && ofTwo?.get(name) === 2);
  // Where $skip counts records, the index may still be that of a page.
  const pageIndex =
    named(({ numbers, skip }, name) => numbers.get(name) === skip) ??
    named(({ numbers, size, skip }, name) => numbers.get(name) === Math.floor(skip / size));
  const value = {
    ...(pageIndex === undefined ? {} : { pageIndex }),
    ...(pageTotal === undefined ? {} : { pageTotal }),
    ...(total === undefined ? {} : { total }),
  };
  return Object.keys(value).length > 0
    ? known(value)
    : unknown('The answers with $count=true have no member that fits the number of records.');
}

/** Of six records, $skip=2 with two a page brings the last two, or those behind the second. */
export async function skip(ask: Questions): Promise<Outcome<Traits['skip']>> {
  const { module } = ask.main;
  const order = [['$orderby', 'ID']] as const;
  const sorted = await ask.ids(module, ['$top', 6], ...order);
  const isSorted = sorted.kind === 'records';
  const first = isSorted ? sorted : await ask.ids(module, ['$top', 6]);
  if (first.kind !== 'records') return undecided(first);
  const { ids } = first;
  if (new Set(ids).size < 6) return unknown(`${module} does not bring six records with IDs of their own.`);
  const answer = await ask.ids(module, ['$top', 2], ['$skip', 2], ...(isSorted ? order : []));
  if (brings(answer, ids.slice(4, 6))) return known('pages');
  return brings(answer, ids.slice(2, 4)) ? known('records') : undecided(answer);
}

/** More records would be a burden to the platform. */
const MOST_RECORDS = 3200;
/** A page without `$top` (D). */
const PAGE = 50;

/** Modules whose total is known, the largest first. */
const bySize = ({ ground, found }: Questions) =>
  ground.measured
    .map(({ module, json }) => ({ module, total: totalIn(json, found.countNames?.total) ?? 0 }))
    .sort((a, b) => b.total - a.total);

/** All records of a module that has more than a page of them, but not many. */
export async function everyRecord(ask: Questions): Promise<Outcome<boolean>> {
  const fits = bySize(ask).filter(({ total }) => total > PAGE && total <= MOST_RECORDS);
  const { module, total } = ask.fit(fits.at(-1), 'a module with a known and modest number of records');
  const answer = await ask.ids(module, ['$top', -1]);
  if (answer.kind === 'refused') return known(false);
  if (answer.kind === 'unclear') return undecided(answer);
  if (answer.records.length === total) return known(true);
  return answer.records.length < total ? known(false) : undecided(answer);
}

/** Doubles `$top` while as many records come, and stops where fewer come than there are, or where it is refused. */
export async function largestTop(ask: Questions): Promise<Outcome<Traits['largestTop']>> {
  const [largest] = bySize(ask);
  const { module, total } =
    largest !== undefined && largest.total > 0 ? largest : { module: ask.main.module, total: undefined };
  /** How many records came where fewer came than asked for. */
  const fewer: number[] = [];
  let all: number | undefined;
  let odd: Answer | undefined;
  const edge = await findEdge(PAGE, MOST_RECORDS, async (top) => {
    const answer = await ask.ids(module, ['$top', top]);
    if (answer.kind === 'refused') return false;
    const came = answer.kind === 'records' ? answer.records.length : 0;
    if (answer.kind === 'records' && came === top) return true;
    if (answer.kind === 'records' && came < top && came > 0) {
      if (came === total) all = came;
      else fewer.push(came);
      // The same once more says that it is the platform's limit.
      if (fewer.length < 2) return true;
    }
    odd = answer;
    return undefined;
  });
  const [cap, again] = fewer;
  if (cap !== undefined && cap === again) {
    const next = await ask.ids(module, ['$top', cap], ['$skip', 1]);
    const others = next.kind === 'records' && next.records.length > 0;
    return others
      ? known(cap)
      : unknown(`${module} has no more than ${cap} records, and which is the limit is open.`);
  }
  if ('most' in edge) return known(edge.most);
  if ('none' in edge && all === undefined && cap === undefined) return known('none');
  if (all !== undefined)
    return unknown(`No limit up to ${all} records was met, and no module that was tried has more.`);
  if ('refused' in edge) return unknown(`Even ${edge.refused} records were refused.`);
  return odd === undefined || cap !== undefined
    ? unknown('Fewer records came than asked for, and not the same number each time.')
    : undecided(odd);
}
