/** The target of a request line: `module`, `module/id`, a path with `/api/v2/` or a whole address, with or without `?query`. */
import { endOf, textOf, type Span } from '../text/span';
import { decodedView } from '../text/view';
import { isClauseStart, parseClause } from './clause-parser';
import { trimEnd } from './lines';
import type { Clause, Endpoint, Target, Word } from './nodes';
import type { SyntaxProblem } from './problems';
import { findReferences, referenceAt } from './references';

const word = (text: string, where: Span): Word => ({
  ...where,
  text: decodedView(text, where.offset, endOf(where)).text,
  references: findReferences(text, where.offset, endOf(where)),
});

/** `text` from `start` to `end`: the rest of the request line and the indented lines after it. */
export function parseTarget(text: string, start: number, end: number, problems: SyntaxProblem[]): Target {
  const pathEnd = findPathEnd(text, start, end);
  const path = splitPath(text, start, pathEnd);
  const query = parseQuery(text, pathEnd, end, problems);
  return {
    offset: start,
    length: Math.max(pathEnd, ...query.map(endOf)) - start,
    ...path,
    pathEnd,
    query,
  };
}

/** The path ends at white space, at `?`, or at `&$`, which people write for it; `{{…}}` belongs to it whatever it contains. */
function findPathEnd(text: string, start: number, end: number): number {
  let i = start;
  while (i < end) {
    if (text.startsWith('{{', i)) {
      const reference = referenceAt(text, i, end);
      i = Math.max(i + 2, endOf(reference));
      continue;
    }
    const ch = text[i] ?? '';
    if (ch === '?' || /\s/.test(ch) || (ch === '&' && /^&(?:\$|%24)/.test(text.slice(i, i + 4)))) break;
    i++;
  }
  return Math.min(i, end);
}

interface Path {
  readonly form: Target['form'];
  readonly endpoint: Endpoint;
  readonly host: Word | undefined;
  readonly site: Word | undefined;
  readonly module: Word;
  readonly id: Word | undefined;
}

// The guide prints `…/accessplan/modulesapihelp/…` once, a slip for `apihelp`: what is pasted from it works, too.
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
        host,
        site: undefined,
        module: word(text, { offset: Math.max(segment, below), length: end - Math.max(segment, below) }),
        id: undefined,
      };
    }
    const slash = text[start] === '/' ? 1 : 0;
    return {
      form: 'module',
      endpoint: 'data',
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
    return { form, endpoint: named.module.length === 0 ? 'modules' : 'fields', host, site, ...named };
  }
  const named = moduleAndId(text, rest, end);
  return {
    form,
    endpoint: named.module.text.toLowerCase() === 'token' && named.id === undefined ? 'token' : 'data',
    host,
    site,
    ...named,
  };
}

function moduleAndId(text: string, start: number, end: number): { module: Word; id: Word | undefined } {
  let slash = start;
  while (slash < end && text[slash] !== '/') {
    slash = text.startsWith('{{', slash)
      ? Math.max(slash + 2, endOf(referenceAt(text, slash, end)))
      : slash + 1;
  }
  const module = word(text, { offset: start, length: Math.min(slash, end) - start });
  const id = slash + 1 < end ? word(text, { offset: slash + 1, length: end - slash - 1 }) : undefined;
  return { module, id };
}

function parseQuery(text: string, pathEnd: number, end: number, problems: SyntaxProblem[]): Clause[] {
  let at = pathEnd;
  while (at < end && /\s/.test(text[at] ?? '')) at++;
  const stop = trimEnd(text, at, end);
  if (at >= stop) return [];
  if (text[at] !== '?' && text[at] !== '&') {
    const rest = { offset: at, length: stop - at };
    if (/^HTTP\/\d/i.test(textOf(text, rest))) return [];
    if (!isClauseStart(text, at)) {
      problems.push({
        ...rest,
        code: 'unexpected-text',
        message:
          'A request is a module, perhaps with an ID: “GET coursedate”. Write conditions on the next line, as $filter = …',
      });
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
  const clauses: Clause[] = [];
  for (const part of splitQuery(text, at, stop))
    clauses.push(parseClause(text, part.offset, endOf(part), 'address', problems));
  return clauses;
}

/** Splits at `?` and `&`, but not inside quotes: `'Fish & Chips'`. An unclosed quote ends where a parameter starts. */
function splitQuery(text: string, start: number, end: number): Span[] {
  const parts: Span[] = [];
  let from = start;
  for (let i = start + 1; i < end; i++) {
    const quote = text[i] === "'" ? 1 : text.startsWith('%27', i) ? 3 : 0;
    if (quote > 0) {
      const close = closingQuote(text, i + quote, end);
      if (close !== undefined) i = close - 1;
    } else if (text[i] === '&' && text[i + 1] !== '&' && text[i - 1] !== '&') {
      parts.push({ offset: from, length: i - from });
      from = i;
    }
  }
  parts.push({ offset: from, length: end - from });
  return parts.filter((part) => !/^[?&]?\s*$/.test(textOf(text, part)));
}

function closingQuote(text: string, from: number, end: number): number | undefined {
  for (let i = from; i < end; i++) {
    if (text[i] === '\n' || text[i] === '\r') return undefined;
    if (text[i] === '&' && /^&(?:\$|%24)[A-Za-z]+\s*=/.test(text.slice(i, i + 24))) return undefined;
    if (text[i] === "'") return i + 1;
    if (text.startsWith('%27', i)) return i + 3;
  }
  return undefined;
}
