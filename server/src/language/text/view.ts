/**
 * A piece of source as the parsers read it: `text` may be percent-decoded, `offsets[i]` says where its i-th unit
 * stands in the source (one more entry than units: the end). Without decoding the map is the identity plus `base`.
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

const ESCAPES = /(?:%[0-9A-Fa-f]{2})+/g;

/** How `+` is read: in a path as itself, in a query as a space outside quotes, in a form-encoded query as a space. */
export type PlusReading = 'plus' | 'space-outside-quotes' | 'space';

/** Text for an address: what would be read as an escape or as a space is written as an escape. `{{…}}` stays. */
export const escapeForAddress = (text: string, plus: PlusReading = 'space-outside-quotes'): string =>
  text
    .split(/(\{\{[^{}\r\n]*\}\})/)
    .map((part, index) => {
      if (index % 2 === 1) return part;
      const escaped = part.replace(/%(?=[0-9A-Fa-f]{2})/g, '%25').replaceAll('+', '%2B');
      // A space would end the reading of `+` as a space inside the quotes of the other parameters.
      return plus === 'space' ? escaped.replaceAll(' ', '+') : escaped;
    })
    .join('');

/**
 * The source with its valid percent sequences decoded, as in an address copied from a browser. Sequences that are
 * no UTF-8 stay as they are, so that `'50%'` typed by hand survives.
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
    let rest = match[0];
    let from = match.index;
    while (rest !== '') {
      const { decoded, used } = decodeOne(rest);
      for (let i = 0; i < decoded.length; i++) offsets.push(start + from);
      text += decoded;
      from += used;
      rest = rest.slice(used);
    }
    last = match.index + match[0].length;
  }
  copy(raw.length);
  offsets.push(end);
  const at = (index: number) => offsets[Math.min(index, offsets.length - 1)] ?? end;
  return { text: plus === 'plus' ? text : withSpaces(text, (index) => source[at(index)] === '+', plus), at };
}

/** `text` with a space for each `+` that is written so in the source; those in `{{…}}` belong to the language. */
function withSpaces(text: string, isPlus: (index: number) => boolean, plus: PlusReading): string {
  let quoted = false;
  return text.replace(/\{\{[^{}\r\n]*\}\}|['+]/g, (found, index: number) => {
    if (found === "'") quoted = !quoted;
    return found === '+' && isPlus(index) && (plus === 'space' || !quoted) ? ' ' : found;
  });
}

/** Decodes the first character of a run of `%XX`; three literal units where it is no valid UTF-8. */
function decodeOne(run: string): { decoded: string; used: number } {
  for (let bytes = 1; bytes <= 4 && bytes * 3 <= run.length; bytes++) {
    try {
      return { decoded: decodeURIComponent(run.slice(0, bytes * 3)), used: bytes * 3 };
    } catch {
      // Not a whole character yet.
    }
  }
  return { decoded: run.slice(0, 1), used: 1 };
}
