import type { Span } from './span';

/**
 * A piece of source as the parsers read it: `text` may be percent-decoded, `at` maps an index in it to an offset in the
 * source (also the index at its end).
 */
export interface View {
  readonly text: string;
  readonly at: (index: number) => number;
}

/** The source itself, from `start` to `end`. */
export const plainView = (source: string, start: number, end: number): View => ({
  text: source.slice(start, end),
  at: (index) => start + index,
});

/** The text of a span of the source, as the view reads it. */
export function readIn({ text, at }: View, { offset, length }: Span): string {
  const indexOf = (place: number): number => {
    let [low, high] = [0, text.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (at(middle) < place) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return text.slice(indexOf(offset), indexOf(offset + length));
}

const ESCAPES = /(?:%[0-9A-Fa-f]{2})+/g;

/** How `+` is read: in a path as a plus, in a query as a space outside quotes, in a form-encoded query as a space. */
export type PlusReading = 'plus' | 'space-outside-quotes' | 'space';

const QUOTED = /'(?:[^']|'')*'/g;

/**
 * Text for an address: whatever would be read as an escape, as a space, or within quotes as the next parameter, becomes
 * an escape. `{{…}}` is kept.
 */
export const escapeForAddress = (text: string, plus: PlusReading = 'space-outside-quotes'): string =>
  text
    .split(/(\{\{[^{}\r\n]*\}\})/)
    .map((part, index) => {
      if (index % 2 === 1) return part;
      const escaped = part.replace(/%(?=[0-9A-Fa-f]{2})/g, '%25').replaceAll('+', '%2B');
      // A space would end the reading of `+` as a space inside the quotes of the other parameters.
      return plus === 'space' ? escaped.replaceAll(' ', '+') : escaped;
    })
    .join('')
    .replace(QUOTED, (found) => found.replace(/&(?=\$)/g, '%26'));

/** The whole value of a parameter for an address: outside quotes, `&` and `#` would end it there. */
export const escapeParameter = (value: string): string =>
  escapeForAddress(value).replace(/'(?:[^']|'')*'|[&#]/g, (found) =>
    found.length === 1 ? encodeURIComponent(found) : found,
  );

/**
 * The source with its valid percent sequences decoded, as in an address copied from a browser. Sequences that are not
 * UTF-8 are kept, so that `'50%'` typed by hand survives.
 */
export function decodedView(source: string, start: number, end: number, plus: PlusReading = 'plus'): View {
  const raw = source.slice(start, end);
  if (!raw.includes('%') && (plus === 'plus' || !raw.includes('+'))) return plainView(source, start, end);
  let text = '';
  const offsets: number[] = [];
  let last = 0;
  const copy = (to: number) => {
    for (; last < to; last++) {
      offsets.push(start + last);
      text += raw[last];
    }
  };
  for (const match of raw.matchAll(ESCAPES)) {
    copy(match.index);
    // Decode character by character, so that each keeps its own place in the source.
    const stop = match.index + match[0].length;
    while (last < stop) {
      const next = last + lengthOfCharacter(raw, last);
      const decoded = next > stop ? undefined : decode(raw.slice(last, next));
      if (decoded === undefined) copy(last + 3);
      else {
        for (let i = 0; i < decoded.length; i++) offsets.push(start + last);
        text += decoded;
        last = next;
      }
    }
  }
  copy(raw.length);
  offsets.push(end);
  const at = (index: number) => offsets[Math.min(index, offsets.length - 1)] ?? end;
  return { text: plus === 'plus' ? text : withSpaces(text, (index) => source[at(index)] === '+', plus), at };
}

/** `text` with a space for each `+` that is a plain `+` in the source; those in `{{…}}` belong to the language. */
function withSpaces(text: string, isPlus: (index: number) => boolean, plus: PlusReading): string {
  let quoted = false;
  return text.replace(/\{\{[^{}\r\n]*\}\}|['+]/g, (found, index: number) => {
    if (found === "'") quoted = !quoted;
    return found === '+' && isPlus(index) && (plus === 'space' || !quoted) ? ' ' : found;
  });
}

/** The length in `raw` of the UTF-8 character whose first byte is escaped at `offset`. */
function lengthOfCharacter(raw: string, offset: number): number {
  const lead = Number.parseInt(raw.slice(offset + 1, offset + 3), 16);
  return ([0xc0, 0xe0, 0xf0].filter((least) => lead >= least).length + 1) * 3;
}

/** One byte of ASCII, or a first byte with its continuation bytes. Anything else is not worth the slow attempt to decode. */
const CHARACTER = /^(?:%[0-7].|%[C-F].(?:%[89AB].)+)$/i;

/** Returns undefined for what is not UTF-8. */
function decode(escapes: string): string | undefined {
  if (!CHARACTER.test(escapes)) return undefined;
  try {
    return decodeURIComponent(escapes);
  } catch {
    return undefined;
  }
}
