/** What every generator needs to know about a request, worked out once. */
import { type Method, PAGE_SIZE, pathOf, type QueryParameter, type WireRequest } from '#language';
import { LAST_PAGE } from '../../running/page-plan';
import { jsonLines } from './literals';

interface CodeOptions {
  /** How many pages to fetch; for a read. */
  readonly pages: number | 'all';
}

/** Turns a request into a program that sends it. Pure; the key is read from the environment, never written. */
export type Generator = (request: WireRequest, root: string, options: CodeOptions) => string;

/** The pages of a read. D: `$skip` counts pages, from 0. */
interface Paging {
  readonly first: number;
  /** How many to fetch at most. */
  readonly most: number | 'all';
  /** Records per page that are asked for. */
  readonly size: number;
  /** The address up to the number of the page, and `&$top=…` after it where the request has it. */
  readonly address: string;
  readonly top: string;
}

/** For a comment next to the loop that follows the rule. */
export const PAGING = `$skip is the number of a page. ${LAST_PAGE}`;
/** For a comment where a first page is followed by pages of its length, however the platform counts them. */
export const AS_LONG =
  'A platform may return fewer than asked for. Pages of that length then follow one another.';
/** For a comment where a page after an empty one is asked for. */
export const LOOK_ON = 'An empty page is the last if the next one is empty, too.';
/** For a comment where `$skip` begins behind the first page, and nothing may follow a short page. */
export const NOTHING_AFTER =
  'The last page, if nothing follows, whether pages count by $top or by what came.';

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
  readonly paging: Paging | undefined;
  /** Indented JSON. */
  readonly body: string | undefined;
}

/** The environment variable that the programs read the key from. */
export const KEY = 'APQ_API_KEY';

export function planOf(request: WireRequest, root: string, { pages }: CodeOptions): Plan {
  const [path = ''] = pathOf(request).split('?', 1);
  const data = (request.endpoint ?? 'data') === 'data';
  const paged = data && request.method === 'GET' && (pages === 'all' || pages > 1);
  const query = data ? request.query : [];
  const sent = paged ? query.filter(({ name }) => name !== '$skip') : query;
  return {
    method: request.method,
    title: path.replace(/^\/api\/v2\//, `${request.method} `).replace(/^\//, `${request.method} /`),
    url: root + pathOf({ ...request, query: sent }),
    address: root + path,
    path: path.slice(1),
    query: sent,
    paging: paged ? pagingOf(request, root, pages) : undefined,
    body: request.body === undefined ? undefined : jsonLines(request.body),
  };
}

function pagingOf(request: WireRequest, root: string, most: number | 'all'): Paging {
  const { query } = request;
  const others = query.filter(({ name }) => name !== '$skip' && name !== '$top');
  const address = root + pathOf({ ...request, query: others });
  const top = query.find(({ name }) => name === '$top')?.value;
  return {
    first: numberOf(query, '$skip') ?? 0,
    most,
    size: numberOf(query, '$top') ?? PAGE_SIZE,
    address: `${address}${others.length === 0 ? '?' : '&'}$skip=`,
    top: top === undefined ? '' : `&$top=${encodeURIComponent(top)}`,
  };
}

function numberOf(query: readonly QueryParameter[], name: string): number | undefined {
  const value = query.find((each) => each.name === name)?.value.trim();
  return value !== undefined && /^\d{1,9}$/.test(value) ? Number(value) : undefined;
}

/** Joins lines, and leaves out absent ones. */
export const lines = (...parts: readonly (string | false | undefined)[]): string =>
  `${parts.filter((part) => part !== undefined && part !== false).join('\n')}\n`;

/** Moves each line of `text` to the right. */
export const indent = (text: string, by: number): string => text.replace(/^(?=.)/gm, ' '.repeat(by));
