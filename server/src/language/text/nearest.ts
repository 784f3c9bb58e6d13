import { nameKey } from './names';

/**
 * Edit distance with transpositions (optimal string alignment); `limit + 1` as soon as it is sure to exceed `limit`.
 */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let best = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(cost);
      best = Math.min(best, cost);
    }
    if (best > limit) return limit + 1;
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? limit + 1;
}

/** True when the two differ by a typing slip only. */
export const isSlip = (word: string, name: string): boolean =>
  distance(nameKey(word), nameKey(name), 2) <= Math.min(2, Math.floor(word.length / 3));

/**
 * The names most like `word`, best first: by edit distance, ignoring case, then those that contain it or that it contains.
 * Empty when no name is near enough to be worth a guess.
 */
export function nearest(word: string, names: Iterable<string>, count = 3): string[] {
  const wanted = nameKey(word);
  if (wanted === '') return [];
  const limit = Math.max(1, Math.min(4, Math.floor(wanted.length / 2.5)));
  const found: { name: string; score: number }[] = [];
  for (const name of names) {
    const candidate = nameKey(name);
    const edits = distance(wanted, candidate, limit);
    if (edits <= limit) found.push({ name, score: edits });
    else if (
      wanted.length >= 3 &&
      (candidate.includes(wanted) || (candidate.length >= 3 && wanted.includes(candidate)))
    ) {
      found.push({ name, score: limit + 1 + Math.abs(candidate.length - wanted.length) / 100 });
    }
  }
  return found
    .sort((a, b) => a.score - b.score || (a.name < b.name ? -1 : 1))
    .slice(0, count)
    .map((entry) => entry.name);
}
