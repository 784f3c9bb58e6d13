/** Which of many names a mistyped word may mean. Takes as long for a name among thousands as among a hundred. */
import { nameKey } from './names';

/** Names, each once: a list, or the keys of a map. An index of a long one is kept for as long as the object itself. */
export type NameSource = readonly string[] | ReadonlyMap<string, unknown>;

/** Nobody finds the slip in a longer word by eye, nor is there a name of that length. */
const MAX_WORD = 100;

/** So many names are all compared with a word. Of more, only those that share its rarest pairs of letters. */
const FEW = 200;
const COMPARED = 50;

/**
 * Edit distance with transpositions (optimal string alignment); `limit + 1` as soon as it is sure to exceed `limit`. Only
 * letters whose places differ by no more than that are compared.
 */
function distance(a: string, b: string, limit: number): number {
  const over = limit + 1;
  if (Math.abs(a.length - b.length) > limit) return over;
  let beforeLast: number[] = [];
  let last: number[] = [];
  for (let j = 0; j <= Math.min(b.length, limit); j++) last[j] = j;
  for (let i = 1; i <= a.length; i++) {
    const row: number[] = [];
    const [from, to] = [Math.max(0, i - limit), Math.min(b.length, i + limit)];
    let best = over;
    for (let j = from; j <= to; j++) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let cost = Math.min(
        (last[j] ?? over) + 1,
        (row[j - 1] ?? over) + 1,
        j === 0 ? i : (last[j - 1] ?? over) + (same ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (beforeLast[j - 2] ?? over) + 1);
      row[j] = cost;
      if (cost < best) best = cost;
    }
    if (best > limit) return over;
    beforeLast = last;
    last = row;
  }
  return Math.min(last[b.length] ?? over, over);
}

/** True when the two differ by a typing slip only. */
export const isSlip = (word: string, name: string): boolean =>
  word.length <= MAX_WORD &&
  distance(nameKey(word), nameKey(name), 2) <= Math.min(2, Math.floor(word.length / 3));

/**
 * True when the names most like the word, best first, leave no doubt: it is a slip of the first, and of none of the others.
 */
export const isSure = (word: string, [first, ...others]: readonly string[]): boolean =>
  first !== undefined && isSlip(word, first) && !others.some((other) => isSlip(word, other));

/** How unlike two names are; undefined where neither is like the other nor in it. */
function difference(wanted: string, key: string, limit: number): number | undefined {
  const edits = distance(wanted, key, limit);
  if (edits <= limit) return edits;
  const [short, long] = wanted.length < key.length ? [wanted, key] : [key, wanted];
  return short.length >= 3 && long.includes(short)
    ? limit + 1 + (long.length - short.length) / 100
    : undefined;
}

/**
 * The names most like `word`, best first: by edit distance, ignoring case, then those that contain it or that it contains.
 * Empty when no name is near enough to be worth a guess.
 */
export function nearest(
  word: string,
  names: NameSource,
  { count = 3, isOffered = () => true }: { count?: number; isOffered?: (name: string) => boolean } = {},
): string[] {
  const wanted = nameKey(word);
  if (wanted === '' || wanted.length > MAX_WORD) return [];
  const limit = Math.max(1, Math.min(4, Math.floor(wanted.length / 2.5)));
  const found: { name: string; score: number }[] = [];
  for (const { name, key } of indexOf(names).like(wanted)) {
    const score = difference(wanted, key, limit);
    if (score !== undefined && isOffered(name)) found.push({ name, score });
  }
  return found
    .sort((a, b) => a.score - b.score || (a.name < b.name ? -1 : 1))
    .slice(0, count)
    .map((entry) => entry.name);
}

interface Name {
  readonly name: string;
  readonly key: string;
}

/** The pairs of letters of a word, with its start and its end; those of its first letters, if it is very long. */
function pairsOf(key: string): Set<string> {
  const marked = ` ${key.slice(0, MAX_WORD)} `;
  const pairs = new Set<string>();
  for (let at = 0; at + 1 < marked.length; at++) pairs.add(marked.slice(at, at + 2));
  return pairs;
}

class NameIndex {
  readonly #names: readonly Name[];
  /** The names that have each pair. */
  readonly #byPair = new Map<string, Name[]>();

  constructor(names: Iterable<string>) {
    this.#names = Array.from(names, (name) => ({ name, key: nameKey(name) }));
    if (this.#names.length <= FEW) return;
    for (const each of this.#names)
      for (const pair of pairsOf(each.key)) {
        const same = this.#byPair.get(pair);
        if (same === undefined) this.#byPair.set(pair, [each]);
        else same.push(each);
      }
  }

  /** All names if they are few, else the most like it that are quickly found. */
  like(key: string): Iterable<Name> {
    if (this.#names.length <= FEW) return this.#names;
    const lists = [...pairsOf(key)].flatMap((pair) => {
      const list = this.#byPair.get(pair);
      return list === undefined ? [] : [list];
    });
    const chosen = new Set<Name>();
    for (const list of lists.sort((a, b) => a.length - b.length))
      for (const each of list) {
        if (chosen.size >= COMPARED) return chosen;
        chosen.add(each);
      }
    return chosen;
  }
}

const indexes = new WeakMap<NameSource, NameIndex>();

function indexOf(names: NameSource): NameIndex {
  let index = indexes.get(names);
  if (index === undefined) {
    index = new NameIndex('get' in names ? names.keys() : names);
    indexes.set(names, index);
  }
  return index;
}
