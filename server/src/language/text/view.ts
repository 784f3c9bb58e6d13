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

/**
 * The source with its valid percent sequences decoded, as in an address copied from a browser. Sequences that are
 * no UTF-8 stay as they are, so that `'50%'` typed by hand survives.
 */
/** Text for an address: a percent sign that would be read as an escape is written as one. */
export const escapePercent = (text: string): string => text.replace(/%(?=[0-9A-Fa-f]{2})/g, '%25');

export function decodedView(source: string, start: number, end: number): View {
  const raw = source.slice(start, end);
  if (!raw.includes('%')) return plainView(source, start, end);
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
  return { text, at: (index) => offsets[Math.min(index, offsets.length - 1)] ?? end };
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
