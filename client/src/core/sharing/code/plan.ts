/** What every generator needs to know about a request, worked out once. */
import {
  bringsAll,
  type Method,
  PAGE_SIZE,
  pathOf,
  type PlatformTraits,
  type QueryParameter,
  shortened,
  sizeOfPages,
  skipsRecords,
  type WireRequest,
} from '#language';
import { LAST_PAGE } from '../../running/page-plan';
import { asksForAll, parameter } from '../../running/page-request';
import { jsonLines } from './literals';

interface CodeOptions {
  /** How many pages to fetch; for a read. */
  readonly pages: number | 'all';
  /** What was found out about the platform. */
  readonly traits?: PlatformTraits | undefined;
}

/** Turns a request into a program that sends it. Pure; the key is read from the environment, never written. */
export type Generator = (request: WireRequest, root: string, options: CodeOptions) => string;

/** The pages of a read. */
export interface Paging {
  /** D: `$skip` counts pages, from 0, unless it was found out that it counts records. */
  readonly counts: 'pages' | 'records';
  /** `$skip` of the first page. */
  readonly first: number;
  /** The first `$skip` that is not to be asked for; undefined where all pages are fetched. */
  readonly end: number | undefined;
  /** Records per page that are asked for. */
  readonly size: number;
  /** How many records precede the first page. */
  readonly offset: number;
  /** The member of an answer that says how many records there are, where it is known and all are fetched. */
  readonly total: string | undefined;
  /** The address up to the number of the page, and `&$top=…` after it where the request has it. */
  readonly address: string;
  readonly top: string;
}

/** For a comment next to the loop that follows the rule. */
export const PAGING = {
  pages: `$skip is the number of a page. ${LAST_PAGE}`,
  records: `$skip is a number of records. ${LAST_PAGE}`,
} as const satisfies Record<Paging['counts'], string>;
/** For a comment where a first page is followed by pages of its length, however the platform counts them. */
export const AS_LONG =
  'A platform may return fewer than asked for. Pages of that length then follow one another.';
/** For a comment where a page after an empty one is asked for. */
export const LOOK_ON = 'An empty page is the last if the next one is empty, too.';
/** For a comment where `$skip` begins behind the first page, and nothing may follow a short page. */
export const NOTHING_AFTER =
  'The last page, if nothing follows, whether pages count by $top or by what came.';
/** For a comment where the platform's own count is asked for at the end. */
export const COUNTED = 'How many records there are, as the platform counts them.';

export interface Plan {
  readonly method: Method;
  /** `GET CourseDate`: for a comment. */
  readonly title: string;
  /** The whole address, percent-encoded; without `$skip` where several pages are fetched. */
  readonly url: string;
  /** The address without its query. */
  readonly address: string;
  /** The part of the address below the site's root, without a leading slash. */
  readonly path: string;
  /** Decoded; without `$skip` where several pages are fetched. */
  readonly query: readonly QueryParameter[];
  /** `+`: spaces in the query are sent so, as the address is too long otherwise. */
  readonly spaces: '+' | undefined;
  readonly paging: Paging | undefined;
  /** Indented JSON. */
  readonly body: string | undefined;
}

/** The environment variable that the programs read the key from. */
export const KEY = 'APQ_API_KEY';

export function planOf(request: WireRequest, root: string, { pages, traits = {} }: CodeOptions): Plan {
  const [path = ''] = pathOf(request).split('?', 1);
  const data = (request.endpoint ?? 'data') === 'data';
  const isEverything = bringsAll(traits) && asksForAll(request);
  const paged = data && request.method === 'GET' && (pages === 'all' || pages > 1) && !isEverything;
  const { spaces } = shortened(paged ? withLongestSkip(request) : request, root, traits);
  const whole = spaces === undefined ? request : { ...request, spaces };
  const sent = paged ? requestOfPages(whole, traits) : { ...whole, query: data ? whole.query : [] };
  return {
    method: request.method,
    title: path.replace(/^\/api\/v2\//, `${request.method} `).replace(/^\//, `${request.method} /`),
    url: root + pathOf(sent),
    address: root + path,
    path: path.slice(1),
    query: sent.query,
    spaces,
    paging: paged ? pagingOf(sent, root, startOf(request), pages, traits) : undefined,
    body: request.body === undefined ? undefined : jsonLines(request.body),
  };
}

/** For a program, the length of an address is that of its last page. */
const withLongestSkip = (request: WireRequest): WireRequest => ({
  ...request,
  query: [...request.query, { name: '$skip', value: '1000000' }],
});

/** The request of every page: without `$skip`, and with no larger `$top` than the platform is known to take. */
function requestOfPages(request: WireRequest, traits: PlatformTraits): WireRequest {
  const own = parameter(request, '$top') ?? PAGE_SIZE;
  const size = sizeOfPages(own, startOf(request), traits);
  const query = request.query.filter(({ name }) => name !== '$skip');
  if (size === own) return { ...request, query };
  const top = { name: '$top', value: String(size) };
  const has = query.some(({ name }) => name === '$top');
  return {
    ...request,
    query: has ? query.map((each) => (each.name === '$top' ? top : each)) : [...query, top],
  };
}

const startOf = (request: WireRequest): number => parameter(request, '$skip') ?? 0;

function pagingOf(
  request: WireRequest,
  root: string,
  first: number,
  pages: number | 'all',
  traits: PlatformTraits,
): Paging {
  const others = request.query.filter(({ name }) => name !== '$top');
  const address = root + pathOf({ ...request, query: others });
  const top = request.query.find(({ name }) => name === '$top')?.value;
  const size = parameter(request, '$top') ?? PAGE_SIZE;
  const records = skipsRecords(traits);
  return {
    counts: records ? 'records' : 'pages',
    first,
    end: pages === 'all' ? undefined : first + pages * (records ? size : 1),
    size,
    offset: records ? first : first * size,
    total: pages === 'all' ? traits.countNames?.total : undefined,
    address: `${address}${others.length === 0 ? '?' : '&'}$skip=`,
    top: top === undefined ? '' : `&$top=${encodeURIComponent(top)}`,
  };
}

/** Joins lines, and leaves out absent ones. */
export const lines = (...parts: readonly (string | false | undefined)[]): string =>
  `${parts.filter((part) => part !== undefined && part !== false).join('\n')}\n`;

/** Moves each line of `text` to the right. */
export const indent = (text: string, by: number): string => text.replace(/^(?=.)/gm, ' '.repeat(by));
