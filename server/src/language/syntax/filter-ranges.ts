/** Reads what people write from one value to another: `Cost 500-1000`, `Cost = 500 to 1000`, `StartDate 01/05/2026 - 31/05/2026`. */
import { adjacent, cover, type FilterReader, isEnd, isText, keyword, toWord } from './filter-tokens';
import { bareValue } from './filter-values';
import type { Comparison, Word } from './nodes';
import type { Token } from './tokens';

/** More words than two dates have, with one between them. */
const MAX_WORDS = 7;

/** Both ends begin with a digit, or with a sign of money before it. The type of the field says whether it is one. */
const ENDS =
  /^([£$€]?\d[\w.,/]*(?: \p{L}{3,9} \d{4})?) ?(?:[-–—]|\.\.|(?<= )to(?= )) ?([£$€]?\d[\w.,/]*(?: \p{L}{3,9} \d{4})?)$/u;

/** The two ends that a text has; undefined where it has none. */
export function endsIn(text: string): readonly [low: string, high: string] | undefined {
  const [, low, high] = text.length > MAX_LENGTH ? [] : (ENDS.exec(text) ?? []);
  return low === undefined || high === undefined ? undefined : [low, high];
}

/** Longer than two dates with words between them. */
const MAX_LENGTH = 80;

/** Undefined, with nothing read, for anything else: an end may be a part of a text, too, so that it is kept as one value. */
export function readEnds(reader: FilterReader, field: Word): Comparison | undefined {
  const start = reader.position;
  const lead: Token[] = [];
  if (keyword(reader.peek(), 'is')) lead.push(reader.take());
  if (keyword(reader.peek(), 'between') || isEquals(reader.peek())) lead.push(reader.take());
  const words: Token[] = [];
  while (words.length < MAX_WORDS && (isText(reader.peek()) || isThousands(reader)))
    words.push(reader.take());
  const [first, ...rest] = lead;
  const value = { ...bareValue(words), text: textOf(words) };
  if (isEnd(reader) && value.references.length === 0 && endsIn(value.text) !== undefined)
    return {
      kind: 'comparison',
      field,
      operator: first === undefined ? undefined : toWord(first, ...rest),
      value,
      ...cover(field, value),
    };
  reader.reset(start);
  return undefined;
}

/** The comma of `1,000` is next, or what is behind it. */
function isThousands(reader: FilterReader): boolean {
  const [comma, digits] = [reader.peek(), reader.peek(1)];
  const isTight = comma?.kind === ',' && adjacent(reader.last(), comma) && adjacent(comma, digits);
  return isTight && /^\d{3}(?!\d)/.test(digits?.text ?? '');
}

const textOf = (words: readonly Token[]): string =>
  words.reduce((text, word, index) => {
    const before = words[index - 1];
    return text + (before === undefined || adjacent(before, word) ? '' : ' ') + word.text;
  }, '');

const isEquals = (token: Token | undefined): boolean =>
  keyword(token, 'eq') || (token?.kind === 'symbol' && /^=+$/.test(token.text));
