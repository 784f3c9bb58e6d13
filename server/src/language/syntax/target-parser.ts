/** The target of a request line: `module`, `module/id`, a path with `/api/v2/` or a whole address, with or without `?query`. */
import { between, endOf, type Span, textOf } from '../text/span';
import type { Steps } from '../text/steps';
import {
  type DecodedParameter,
  divideAddress,
  pathView,
  plusIn,
  readParameters,
  splitQuery,
} from './address';
import { isClauseStart, parseClause } from './clause-parser';
import { commentAt, misplacedComments } from './comments';
import { lineEndAt, lineStart } from './lines';
import type { Clause, Endpoint, Target, Word } from './nodes';
import type { SyntaxProblem } from './problems';
import { referenceAt, referencesInView } from './references';
import { spokenIn, spokenProblem } from './spoken-clause';

const word = (text: string, where: Span): Word => {
  const view = pathView(text, where.offset, endOf(where));
  return { ...where, text: view.text, references: referencesInView(view) };
};

/** Parses `text` from `start` to `end`: the rest of the request line and the indented lines after it. */
export function* parseTarget(
  text: string,
  start: number,
  end: number,
  problems: SyntaxProblem[],
): Steps<Target> {
  const parts = divideAddress(text, start, end);
  const pathEnd = endOf(parts.path);
  const path = splitPath(text, start, pathEnd);
  const spoken = spokenRest(text, pathEnd, parts.query, problems);
  const query = spoken === undefined ? yield* parseQuery(text, pathEnd, parts.query, problems) : [];
  return {
    offset: start,
    length: Math.max(pathEnd, endOf(query.at(-1) ?? spoken?.more ?? parts.path)) - start,
    ...path,
    pathEnd,
    plus: plusIn(text, query),
    query,
    more: spoken?.more,
  };
}

/** What a request line is, for text behind its address. */
export const ONLY_A_MODULE =
  'A request names a module, perhaps with an ID: “GET coursedate”. Write conditions on the next line, as $filter = …';

/** The target of a line that is no request. */
export const nothingIn = (where: Span): Target => ({
  ...where,
  form: 'module',
  endpoint: 'data',
  host: undefined,
  site: undefined,
  module: { offset: where.offset, length: 0, text: '', references: [] },
  id: undefined,
  pathEnd: endOf(where),
  key: undefined,
  plus: 'space',
  query: [],
  more: undefined,
});

/** An address that is not in a file. Everything is decoded; `{{…}}` is kept. */
export interface Address {
  readonly form: Target['form'];
  readonly endpoint: Endpoint;
  /** True when the path contains the API's `/api/v2/` or `/apihelp/v2/`. */
  readonly isApi: boolean;
  /** `https://host`. */
  readonly host: string | undefined;
  /** The site, such as `accessplansandbox`. */
  readonly site: string | undefined;
  readonly module: string;
  readonly id: string | undefined;
  readonly parameters: readonly DecodedParameter[];
}

/** Reads an address as a request line does. */
export function readAddress(text: string): Address {
  const parts = divideAddress(text, 0, text.length);
  const { form, endpoint, isApi, host, site, module, id } = splitPath(text, 0, endOf(parts.path));
  return {
    form,
    endpoint,
    isApi,
    host: host?.text,
    site: site?.text,
    module: module.text,
    id: id?.text,
    parameters: /^[?&]/.test(textOf(text, parts.query))
      ? readParameters(text, splitQuery(text, parts.query))
      : [],
  };
}

interface Path {
  /** True when it contains `/api/v2/` or `/apihelp/v2/`. */
  readonly isApi: boolean;
  readonly form: Target['form'];
  readonly endpoint: Endpoint;
  readonly host: Word | undefined;
  readonly site: Word | undefined;
  readonly module: Word;
  readonly id: Word | undefined;
  readonly key: Span | undefined;
}

// The guide has one `…/accessplan/modulesapihelp/…`, a slip for `apihelp`; it works when pasted, too.
const API = /(?:^|\/)(api|apihelp|modulesapihelp)\/v2(?:\/|$)/i;

function splitPath(text: string, start: number, end: number): Path {
  const written = text.slice(start, end);
  const address = /^https?:\/\/[^/?#\s]*/i.exec(written);
  const host = address === null ? undefined : word(text, { offset: start, length: address[0].length });
  const below = start + (address?.[0].length ?? 0);
  const api = API.exec(text.slice(below, end));
  if (api === null) {
    if (host !== undefined) {
      // A whole address without `/api/v2/`: its last segments are the best guess.
      const segment = below + (text.slice(below, end).lastIndexOf('/') + 1);
      return {
        form: 'address',
        endpoint: 'data',
        isApi: false,
        host,
        site: undefined,
        ...moduleAndId(text, Math.max(segment, below), end),
      };
    }
    const slash = text[start] === '/' ? 1 : 0;
    return {
      form: 'module',
      endpoint: 'data',
      isApi: false,
      host,
      site: undefined,
      ...moduleAndId(text, start + slash, end),
    };
  }
  const prefix = text.slice(below, below + api.index);
  const siteOffset = below + prefix.lastIndexOf('/') + 1;
  const site =
    prefix === '' || prefix.endsWith('…')
      ? undefined
      : word(text, { offset: siteOffset, length: below + api.index - siteOffset });
  const rest = below + api.index + api[0].length;
  const form = host === undefined ? 'path' : 'address';
  if (api[1]?.toLowerCase() !== 'api') {
    const list = /^modules(\/|$)/i.exec(text.slice(rest, end));
    const module = Math.min(end, rest + (list?.[0].length ?? 0));
    const named = moduleAndId(text, module, end);
    return {
      form,
      endpoint: named.module.length === 0 ? 'modules' : 'fields',
      isApi: true,
      host,
      site,
      ...named,
    };
  }
  const named = moduleAndId(text, rest, end);
  return {
    form,
    isApi: true,
    endpoint: named.module.text.toLowerCase() === 'token' && named.id === undefined ? 'token' : 'data',
    host,
    site,
    ...named,
  };
}

/** OData's form of an ID: `('2024')`, `(2024)`, `(ID='2024')`. */
const KEY = /^[^('"{}]+(\((?:ID\s*=\s*)?(?:'((?:[^']|'')*)'|([^'"(),=\s]+))\))$/i;

function moduleAndId(
  text: string,
  start: number,
  end: number,
): { module: Word; id: Word | undefined; key: Span | undefined } {
  // A slash too many, as where a part of an address is empty, names nothing.
  const first = afterSlashes(text, start, end);
  let slash = first;
  while (slash < end && text[slash] !== '/') {
    slash = text.startsWith('{{', slash)
      ? Math.max(slash + 2, endOf(referenceAt(text, slash, end)))
      : slash + 1;
  }
  // Some clients end an address with a slash, which names nothing.
  let stop = end;
  while (stop > slash && text[stop - 1] === '/') stop--;
  const keyed = slash >= stop ? moduleAndKey(text, first, stop) : undefined;
  if (keyed !== undefined) return keyed;
  const module = word(text, between(first, Math.min(slash, end)));
  const idStart = afterSlashes(text, slash, stop);
  const id = idStart < stop ? word(text, between(idStart, stop)) : undefined;
  return { module, id, key: undefined };
}

function afterSlashes(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && text[at] === '/') at++;
  return at;
}

function moduleAndKey(
  text: string,
  start: number,
  end: number,
): { module: Word; id: Word; key: Span } | undefined {
  const view = pathView(text, start, end);
  const [, written = '', quoted, bare = ''] = KEY.exec(view.text) ?? [];
  if (written === '') return undefined;
  const key = between(view.at(view.text.length - written.length), end);
  return {
    module: word(text, between(start, key.offset)),
    id: { ...word(text, key), text: quoted?.replaceAll("''", "'") ?? bare },
    key,
  };
}

/** Words behind the path, and a clause in words behind them: `… dates`, `… where Status = 'Full'`. Undefined for a query. */
function spokenRest(
  text: string,
  pathEnd: number,
  query: Span,
  problems: SyntaxProblem[],
): { readonly more: Span | undefined } | undefined {
  const rest = textOf(text, query);
  if (rest === '' || /^[?&#/]/.test(rest) || isClauseStart(text, query.offset)) return undefined;
  const clause = spokenIn(rest);
  const before = rest.slice(0, clause?.index).trimEnd();
  if (!/^[\p{L}\p{N}_*,; ]*$/u.test(before) || (clause === undefined && before === '')) return undefined;
  const more = before === '' ? undefined : { offset: query.offset, length: before.length };
  if (clause !== undefined) {
    const eol = lineEndAt(text, lineStart(text, pathEnd));
    const lead = { from: more === undefined ? pathEnd : endOf(more), text: eol };
    problems.push(spokenProblem(text, clause, query.offset + clause.index, endOf(query), lead));
  }
  return { more };
}

function* parseQuery(text: string, pathEnd: number, query: Span, problems: SyntaxProblem[]): Steps<Clause[]> {
  if (query.length === 0) return [];
  const at = query.offset;
  const comment = commentAt(text, at, endOf(query));
  if (comment !== undefined) {
    for (const problem of misplacedComments(text, [comment], pathEnd)) problems.push(problem);
    return [];
  }
  if (text[at] !== '?' && text[at] !== '&') {
    if (!isClauseStart(text, at)) {
      problems.push({ ...query, code: 'unexpected-text', message: ONLY_A_MODULE });
      return [];
    }
    problems.push({
      code: 'unexpected-text',
      offset: at,
      length: 1,
      message: 'Start the query with “?”, or write it on its own line.',
      fixes: [
        {
          title: 'Insert “?”',
          preferred: true,
          edits: [{ offset: pathEnd, length: at - pathEnd, text: '?' }],
        },
      ],
    });
  }
  const parts = splitQuery(text, query);
  const plus = plusIn(text, parts);
  const clauses: Clause[] = [];
  for (const part of parts)
    clauses.push(yield* parseClause(text, part.offset, endOf(part), 'address', problems, plus));
  return clauses;
}
