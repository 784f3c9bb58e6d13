/**
 * Divides an address: where its path and its query end, what its parameters are, and how their text is decoded.
 * The one reader of addresses, for request lines and for imports. Spans refer to the given text.
 */
import { endOf, type Span, textOf } from '../text/span';
import { decodedView, type PlusReading, type View } from '../text/view';
import { lineStart, trimEnd } from './lines';
import { referenceAt } from './references';

/** The parts of an address that a parser has to read. */
export interface AddressParts {
  readonly path: Span;
  /** From `?` (or `&`, or whatever else follows the path) to the end of the last parameter; empty: no query. */
  readonly query: Span;
}

/** With a host, a leading slash, or a variable that holds what comes before `/api/v2/`. */
const isWholeAddress = (text: string, start: number, end: number): boolean =>
  /^(?:https?:\/\/|\/|\{\{[^{}\r\n]*\}\}\/(?:\S*\/)?(?:api|apihelp)\/v2\/)/i.test(text.slice(start, end));

/** Divides the text from `start` to `end`. A protocol version (`HTTP/1.1`) and a fragment belong to neither part; `#` is text in a path without a host or leading slash. */
export function divideAddress(text: string, start: number, end: number): AddressParts {
  const fragments = isWholeAddress(text, start, end);
  const pathEnd = findPathEnd(text, start, end, fragments);
  let at = pathEnd;
  while (at < end && /\s/.test(text[at] ?? '')) at++;
  let stop = trimEnd(text, at, end);
  const version = /(?:^|\s)HTTP\/\d(?:\.\d)?$/i.exec(text.slice(Math.max(at, stop - 12), stop));
  if (version !== null) stop = trimEnd(text, at, stop - version[0].trimStart().length);
  stop = beforeFragment(text, at, stop);
  return {
    path: { offset: start, length: pathEnd - start },
    query: { offset: Math.min(at, stop), length: Math.max(0, stop - at) },
  };
}

/** The path ends at white space, at `?`, or at `&$`, which people write instead of `?`; `{{…}}` belongs to it whatever it contains. */
function findPathEnd(text: string, start: number, end: number, fragments: boolean): number {
  let i = start;
  while (i < end) {
    if (text.startsWith('{{', i)) {
      const reference = referenceAt(text, i, end);
      i = Math.max(i + 2, endOf(reference));
      continue;
    }
    const ch = text[i] ?? '';
    if (ch === '?' || /\s/.test(ch) || (ch === '&' && /^&(?:\$|%24)/.test(text.slice(i, i + 4)))) break;
    if (ch === '#' && fragments) break;
    i++;
  }
  return Math.min(i, end);
}

/** The end without a fragment: `#` outside quotes, right after other text, starts what a browser never sends. */
function beforeFragment(text: string, start: number, end: number): number {
  // A fragment ends with its line: the lines below must not be lost with it.
  const lastLine = lineStart(text, end);
  const afterQuoted = quotedTexts(text, end);
  for (let i = start; i < end; i++) {
    const after = afterQuoted(i);
    if (after !== undefined) i = after - 1;
    else if (text.startsWith('{{', i)) i = Math.max(i + 1, endOf(referenceAt(text, i, end)) - 1);
    else if (text[i] === '#' && i >= lastLine && !/\s/.test(text[i - 1] ?? '')) return i;
  }
  return end;
}

/** The parameters of a query, each from its `?` or `&` on. Quoted text may contain `&`: `'Fish & Chips'`. */
export function splitQuery(text: string, { offset, length }: Span): Span[] {
  const end = offset + length;
  const parts: Span[] = [];
  let from = offset;
  const afterQuoted = quotedTexts(text, end);
  for (let i = offset + 1; i < end; i++) {
    const after = afterQuoted(i);
    if (after !== undefined) i = after - 1;
    else if (text[i] === '&' && separates(text, i)) {
      parts.push({ offset: from, length: (text[i - 1] === '&' ? i - 1 : i) - from });
      from = i;
    }
  }
  parts.push({ offset: from, length: end - from });
  return parts.filter((part) => !/^[?&]*\s*$/.test(textOf(text, part)));
}

/** `a && b` is one parameter, as people write `&&` for `and`; `&&$top=5` is an empty parameter and another one. */
const separates = (text: string, at: number): boolean =>
  /^&(?:\$|%24)[A-Za-z]+\s*=/.test(text.slice(at, at + 24)) || (text[at + 1] !== '&' && text[at - 1] !== '&');

/**
 * Returns where the quoted text that starts at an offset ends; undefined where none does, or where a parameter starts before
 * the quote is closed. To be asked from left to right: where a quote is not closed is remembered, so that many of them don't
 * each search the whole text.
 */
function quotedTexts(text: string, end: number): (at: number) => number | undefined {
  const unclosedUpTo = new Map<Quotes, number>();
  return (at) => {
    const quote = QUOTES.find(({ open }) => open.some((each) => text.startsWith(each, at)));
    if (quote === undefined || at < (unclosedUpTo.get(quote) ?? 0)) return undefined;
    let i = at + quoteLength(text, at, quote.open);
    for (; i < end; i++) {
      if (text[i] === '\n' || text[i] === '\r') break;
      if (text[i] === '&' && /^&(?:\$|%24)[A-Za-z]+\s*=/.test(text.slice(i, i + 24))) break;
      const close = quoteLength(text, i, quote.close);
      if (close > 0) return i + close;
    }
    unclosedUpTo.set(quote, i);
    return undefined;
  };
}

interface Quotes {
  readonly open: readonly string[];
  readonly close: readonly string[];
}

const SINGLE = ["'", '%27'];
const DOUBLE = ['"', '%22'];

/** The API's quotes, and those that people write instead. */
const QUOTES: readonly Quotes[] = [
  { open: SINGLE, close: SINGLE },
  { open: DOUBLE, close: DOUBLE },
  { open: ['‘'], close: ['’'] },
  { open: ['“'], close: ['”'] },
];

const quoteLength = (text: string, at: number, of: readonly string[]): number =>
  of.find((each) => text.startsWith(each, at))?.length ?? 0;

/**
 * How `+` is read in these parameters. A form encodes every space as `+`, even in quotes; where the text has real spaces
 * (or `%20`), a `+` in quotes is a plus.
 */
export function plusIn(text: string, parameters: readonly Span[]): PlusReading {
  const written = parameters.map((each) => textOf(text, each).replace(/\{\{[^{}\r\n]*\}\}/g, ''));
  if (!written.some((each) => each.includes('+'))) return 'space-outside-quotes';
  return written.some((each) => /\s|%20/.test(each.trim())) ? 'space-outside-quotes' : 'space';
}

/** Text of a path, or of a parameter's name, decoded. */
export const pathView = (text: string, start: number, end: number): View => decodedView(text, start, end);

/** The value of a parameter, decoded. */
export const valueView = (text: string, start: number, end: number, plus: PlusReading): View =>
  decodedView(text, start, end, plus);

export interface DecodedParameter {
  readonly name: string;
  readonly value: string;
}

/** The parameters of a query without its `?`, decoded, whatever they are called. */
export function readQuery(query: string): DecodedParameter[] {
  const text = `?${query}`;
  const parts = splitQuery(text, { offset: 0, length: trimEnd(text, 0, text.length) });
  return readParameters(text, parts);
}

/** Decodes parameters that a tool stores separately but encoded. */
export function decodeParameters(encoded: readonly DecodedParameter[]): DecodedParameter[] {
  let text = '';
  const parts = encoded.map(({ name, value }): Span => {
    const offset = text.length;
    text += `&${name}=${value}`;
    return { offset, length: text.length - offset };
  });
  return readParameters(text, parts);
}

/** The parameters at `parts`, decoded. */
export function readParameters(text: string, parts: readonly Span[]): DecodedParameter[] {
  const plus = plusIn(text, parts);
  return parts.map((part) => {
    const start = part.offset + (/^[?&]+/.exec(textOf(text, part))?.[0].length ?? 0);
    const equals = text.slice(start, endOf(part)).indexOf('=');
    const nameEnd = equals < 0 ? endOf(part) : start + equals;
    const valueStart = Math.min(nameEnd + 1, endOf(part));
    return {
      name: pathView(text, start, nameEnd).text.trim(),
      value: valueView(text, valueStart, endOf(part), plus).text.trim(),
    };
  });
}
