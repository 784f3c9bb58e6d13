/** Which parts of a text are not in an earlier version of it, by words. */
import type { Span } from '#language';

const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}_$.-]+|\s+|[^\p{L}\p{N}_$.\s-]/gu) ?? [];

/** The spans of the words of `after` that a longest common subsequence with `before` lacks; white space is none. */
export function newWords(before: string, after: string): Span[] {
  const [a, b] = [wordsOf(before), wordsOf(after)];
  let head = 0;
  while (head < Math.min(a.length, b.length) && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  const common = commonWords(a.slice(head, a.length - tail), b.slice(head, b.length - tail));
  const found: Span[] = [];
  let offset = 0;
  for (const [index, word] of b.entries()) {
    const own = index >= head && index < b.length - tail && !common.has(index - head);
    if (own && word.trim() !== '') found.push({ offset, length: word.length });
    offset += word.length;
  }
  return found;
}

/** The indexes in `b` of a longest common subsequence. */
function commonWords(a: readonly string[], b: readonly string[]): Set<number> {
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const found = new Set<number>();
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      found.add(j);
      i++;
      j++;
    } else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return found;
}
