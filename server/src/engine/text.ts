/** How texts compare: without regard to case, as `eq` of the API does, for all letters. */

const folded = (text: string): string => text.toLowerCase();

/** Letters without their accents, so that É stands beside E and not behind Z. */
const base = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '');

const order = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** The order of two texts; 0 only where they are equal but for case. For ASCII as SQLite's NOCASE has it. */
export function compareTexts(a: string, b: string): number {
  const [low, other] = [folded(a), folded(b)];
  return order(base(low), base(other)) || order(low, other);
}

/** The first bytes of `À` to `ſ` in UTF-8: letters with accents, which no letter behind them changes. */
const [LATIN, NOT_LATIN] = [0xc3, 0xc6];

/**
 * `compareTexts` of two texts in UTF-8, each by where it begins and how many bytes it has, as far as bytes tell; else
 * undefined. Most comparisons of a join are between texts that differ in an ASCII letter, or in no letter at all.
 */
export function compareBytes(
  heap: Uint8Array,
  [at, length]: readonly [number, number],
  [otherAt, otherLength]: readonly [number, number],
): number | undefined {
  const shorter = Math.min(length, otherLength);
  let before = 0;
  for (let index = 0; index < shorter; index++) {
    let byte = heap[at + index] ?? 0;
    let other = heap[otherAt + index] ?? 0;
    if (byte >= NOT_LATIN || other >= NOT_LATIN) return undefined;
    if (byte !== other) {
      byte = foldedByte(byte, before);
      other = foldedByte(other, before);
      // What follows may hold accents, which count less than any letter; but the letters before it are the same.
      if (byte !== other) return byte < 0x80 && other < 0x80 ? byte - other : undefined;
    }
    before = byte;
  }
  return length - otherLength;
}

/** The byte of the small letter: of A to Z, and behind `LATIN` of À to Þ; × is no letter. */
function foldedByte(byte: number, before: number): number {
  if (byte >= 0x41 && byte <= 0x5a) return byte + 0x20;
  return before === LATIN && byte >= 0x80 && byte <= 0x9e && byte !== 0x97 ? byte + 0x20 : byte;
}

/**
 * SQL's `like`: `%` stands for any characters, `_` for one; `escape` before one of them makes it plain. Takes at most the
 * time of the product of the lengths.
 */
export function isLike(pattern: string, text: string, escape?: string): boolean {
  const wanted = likeParts(folded(pattern), escape === undefined ? undefined : folded(escape));
  const chars = [...folded(text)];
  let [at, part] = [0, 0];
  /** Where to go on if what follows the last `%` does not fit. */
  let again: { at: number; part: number } | undefined;
  while (at < chars.length) {
    const next = wanted[part];
    if (next === ANY) again = { at, part: ++part };
    else if (next !== undefined && (next === ONE || next === chars[at])) {
      at++;
      part++;
    } else if (again === undefined) return false;
    else {
      again.at++;
      ({ at, part } = again);
    }
  }
  while (wanted[part] === ANY) part++;
  return part === wanted.length;
}

const ANY = Symbol('any');
const ONE = Symbol('one');

function likeParts(pattern: string, escape?: string): (string | typeof ANY | typeof ONE)[] {
  const parts: (string | typeof ANY | typeof ONE)[] = [];
  let plain = false;
  for (const char of pattern) {
    if (!plain && char === escape) plain = true;
    else {
      if (plain || (char !== '%' && char !== '_')) parts.push(char);
      else parts.push(char === '%' ? ANY : ONE);
      plain = false;
    }
  }
  return parts;
}
