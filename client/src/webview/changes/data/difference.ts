/** What differs between two texts, or two lists: for readers, so by words rather than characters. */

/** A part that both have, or only one of them. */
export interface Part {
  readonly text: string;
  readonly differs: boolean;
}

export interface Difference {
  readonly before: readonly Part[];
  readonly after: readonly Part[];
}

/** More comparisons than this take too long for a page: then all between the common ends differs. */
const MOST_COMPARISONS = 1_000_000;

/** Texts that share less than this part of the longer one are other texts: marks on single words would only confuse. */
const LEAST_COMMON = 0.3;

/** Compares word by word. */
export function textDifference(before: string, after: string): Difference {
  const difference = listDifference(wordsOf(before), wordsOf(after));
  const joined = { before: joinAlike(difference.before), after: joinAlike(difference.after) };
  const common = joined.before.reduce(
    (sum, { text, differs }) => sum + (differs ? 0 : text.trim().length),
    0,
  );
  const longest = Math.max(before.length, after.length);
  return longest === 0 || common / longest >= LEAST_COMMON
    ? joined
    : { before: whole(before), after: whole(after) };
}

/** Compares item by item. */
export function listDifference(before: readonly string[], after: readonly string[]): Difference {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const kept = common(before.slice(start, before.length - end), after.slice(start, after.length - end));
  const partsOf = (items: readonly string[], inner: ReadonlySet<number>): Part[] =>
    items.map((text, at) => ({
      text,
      differs: at >= start && at < items.length - end && !inner.has(at - start),
    }));
  return { before: partsOf(before, kept.before), after: partsOf(after, kept.after) };
}

const whole = (text: string): Part[] => (text === '' ? [] : [{ text, differs: true }]);

/** Words, runs of spaces, and other characters one by one. */
const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}\p{M}]+|\s+|[^\p{L}\p{N}\p{M}\s]/gu) ?? [];

/** Neighbours of one kind become one part; so do two that differ with nothing but spaces between them. */
function joinAlike(parts: readonly Part[]): Part[] {
  const joined: Part[] = [];
  for (const [at, { text, differs }] of parts.entries()) {
    const between =
      !differs && text.trim() === '' && parts[at - 1]?.differs === true && parts[at + 1]?.differs === true;
    const last = joined.at(-1);
    if (last !== undefined && last.differs === (differs || between))
      joined[joined.length - 1] = { text: last.text + text, differs: last.differs };
    else joined.push({ text, differs: differs || between });
  }
  return joined;
}

/** The positions of a longest common subsequence. */
function common(
  before: readonly string[],
  after: readonly string[],
): { readonly before: ReadonlySet<number>; readonly after: ReadonlySet<number> } {
  const kept = { before: new Set<number>(), after: new Set<number>() };
  if (before.length * after.length > MOST_COMPARISONS) return kept;
  const width = after.length + 1;
  /** How many items the rests from a position on have in common. */
  const lengths = new Uint32Array((before.length + 1) * width);
  const lengthAt = (row: number, column: number) => lengths[row * width + column] ?? 0;
  for (let row = before.length - 1; row >= 0; row--)
    for (let column = after.length - 1; column >= 0; column--)
      lengths[row * width + column] =
        before[row] === after[column]
          ? lengthAt(row + 1, column + 1) + 1
          : Math.max(lengthAt(row + 1, column), lengthAt(row, column + 1));
  for (let row = 0, column = 0; row < before.length && column < after.length;) {
    if (before[row] === after[column]) {
      kept.before.add(row++);
      kept.after.add(column++);
    } else if (lengthAt(row + 1, column) >= lengthAt(row, column + 1)) row++;
    else column++;
  }
  return kept;
}
