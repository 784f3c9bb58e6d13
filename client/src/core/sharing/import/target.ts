/** From an address of any tool to the request line's target, and its parameters. */
import type { Parameter } from './imported';

export interface ForeignTarget {
  /** As a request line has it: `coursedate/2024`, `/apihelp/v2/modules`. */
  readonly target: string;
  readonly endpoint: 'data' | 'help' | 'token';
  /** Where the address led; undefined where it does not say. */
  readonly host: string | undefined;
  /** It held a user name and a password. */
  readonly signedIn: string | undefined;
  readonly parameters: readonly Parameter[];
}

// The guide prints `modulesapihelp` once, a slip for `apihelp`.
const API = /(?:^|\/)(api|apihelp|modulesapihelp)\/v2(?:\/|$)/i;

/** Undefined: no address of the API. */
export function readAddress(address: string): ForeignTarget | undefined {
  const text = address.trim().replace(/[\r\n\t]+/g, '');
  const mark = outsideBraces(text, /[?#]/);
  const path = text.slice(0, mark);
  const query = text[mark] === '?' ? (text.slice(mark + 1).split('#', 1)[0] ?? '') : '';
  const [, scheme, authority = '', below = ''] =
    /^(?:(https?):\/\/)?((?:\{\{[^{}]*\}\}|[^/])*)(.*)$/is.exec(path) ?? [];
  const at = authority.lastIndexOf('@');
  const api = API.exec(path);
  const named = (segments: readonly string[]): string =>
    segments
      .map(encodeSegment)
      .filter((segment, index) => segment !== '' || index === 0)
      .join('/');
  const common = {
    host: scheme === undefined || authority.includes('{{') ? undefined : authority.slice(at + 1),
    signedIn: scheme !== undefined && at >= 0 ? authority.slice(0, at) : undefined,
    parameters: readQuery(query),
  };
  const data = ([module = '', id, ...more]: readonly string[]): ForeignTarget | undefined => {
    if (module === '') return undefined;
    if (module.toLowerCase() === 'token') return { target: 'token', endpoint: 'token', ...common };
    const ids = id === undefined || id === '' ? [] : [[id, ...more].join('/')];
    return { target: named([module, ...ids]), endpoint: 'data', ...common };
  };
  if (api === null) {
    // `{{baseUrl}}/coursedate`: the variable may hold all that comes before.
    const segments = splitSegments(below.slice(1));
    return scheme === undefined && /^\{\{[^{}]*\}\}$/.test(authority) && segments.length <= 2
      ? data(segments)
      : undefined;
  }
  const segments = splitSegments(path.slice(api.index + api[0].length));
  if (api[1]?.toLowerCase() !== 'api') {
    const [list, ...rest] = segments;
    if (list?.toLowerCase() !== 'modules') return undefined;
    return { target: `/apihelp/v2/${named(['modules', ...rest.slice(0, 1)])}`, endpoint: 'help', ...common };
  }
  return data(segments);
}

function outsideBraces(text: string, what: RegExp): number {
  for (let at = 0; at < text.length; at++) {
    const reference = text[at] === '{' ? /^\{\{[^{}]*\}\}/.exec(text.slice(at, at + 200)) : null;
    if (reference !== null) at += reference[0].length - 1;
    else if (what.test(text[at] ?? '')) return at;
  }
  return text.length;
}

function splitSegments(path: string): string[] {
  const segments: string[] = [];
  for (let rest = path; ;) {
    const slash = outsideBraces(rest, /\//);
    segments.push(rest.slice(0, slash));
    // No address of ours has so many: what is left is one.
    if (slash >= rest.length || segments.length > 20) return segments;
    rest = rest.slice(slash + 1);
  }
}

/** Percent-encoded once, whether it was or not; `{{…}}` stays. */
const encodeSegment = (segment: string): string =>
  segment
    .split(/(\{\{[^{}]*\}\})/)
    .map((part, index) => (index % 2 === 1 ? part : encodeURIComponent(decode(part))))
    .join('');

/** Sequences that are no UTF-8 stay as they are: `50%`. Halves of surrogate pairs, which nothing can encode, go. */
export function decode(text: string): string {
  return text
    .replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
      try {
        return decodeURIComponent(run);
      } catch {
        return run;
      }
    })
    .replace(/\p{Cs}/gu, '\ufffd');
}

/** Parameters of a query, decoded. `&` inside quotes belongs to the text, as somebody typed it: `'Fish & Chips'`. */
export function readQuery(query: string): Parameter[] {
  // A form's plus is a space; in an address typed by hand, which has real spaces, it is a plus.
  const form = !/ |%20/.test(query);
  return splitQuery(query)
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const equals = part.indexOf('=');
      const [name, value] = equals < 0 ? [part, ''] : [part.slice(0, equals), part.slice(equals + 1)];
      return { name: decode(name).trim(), value: decode(form ? value.replaceAll('+', ' ') : value) };
    });
}

function splitQuery(query: string): string[] {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < query.length; at++) {
    if (query[at] === "'") {
      // An unclosed quote ends where the next parameter starts.
      const close = query.indexOf("'", at + 1);
      if (close >= 0 && !/&(?:\$|%24)[a-z]+=/i.test(query.slice(at, close))) at = close;
    } else if (query[at] === '&') {
      parts.push(query.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, query.slice(from)];
}
