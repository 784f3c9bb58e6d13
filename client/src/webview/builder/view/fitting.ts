/** Which names fit what is typed, the likeliest first. */
import { nearest } from '#core/text/names';

export interface Named {
  readonly name: string;
  /** What it is. */
  readonly about: string;
}

const LETTER = /[\p{L}\p{N}]/u;

/** Where the words of a name begin: `Main`, `Company` and `ID` in `MainCompanyID`. */
function startsOf(name: string): number[] {
  const starts: number[] = [];
  for (let at = 0; at < name.length; at++) {
    const [before, here] = [name.charAt(at - 1), name.charAt(at)];
    const isUpper = here !== here.toLowerCase();
    if (LETTER.test(here) && (!LETTER.test(before) || (isUpper && before === before.toLowerCase())))
      starts.push(at);
  }
  return starts;
}

const INSIDE = 1000;
const DESCRIBED = 2000;

/** The less the better: whole words before their beginnings, the first word before the second; undefined where it fits not at all. */
function distance({ name, about }: Named, word: string): number | undefined {
  const key = name.toLowerCase();
  if (key === word) return -1;
  const starts = startsOf(name);
  const index = starts.findIndex((at) => key.startsWith(word, at));
  if (index >= 0) {
    const end = (starts[index] ?? 0) + word.length;
    return 2 * index + (end === key.length || starts.includes(end) ? 0 : 1);
  }
  if (key.includes(word)) return INSIDE;
  return about.toLowerCase().includes(word) ? DESCRIBED : undefined;
}

/** Those that have every word; of equal ones, the first stays first. */
export function fitting<T>(all: readonly T[], typed: string, named: (item: T) => Named): readonly T[] {
  const words = typed
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return all;
  const found: { readonly item: T; readonly far: number }[] = [];
  for (const item of all) {
    const each = named(item);
    const far = words.reduce((sum, word) => sum + (distance(each, word) ?? NaN), 0);
    if (!Number.isNaN(far)) found.push({ item, far });
  }
  return found.sort((a, b) => a.far - b.far).map(({ item }) => item);
}

/** Those that are called nearly so, or whose descriptions have nearly such a word. */
export function nearly<T>(all: readonly T[], typed: string, named: (item: T) => Named): readonly T[] {
  const items = new Map(all.map((item) => [named(item).name, item]));
  const names = nearest(typed, items).flatMap((name) => items.get(name) ?? []);
  if (names.length > 0) return names;
  const words = new Set(all.flatMap((item) => wordsOf(named(item))));
  const [word] = nearest(typed, [...words], { count: 1 });
  return word === undefined ? [] : fitting(all, word, named).slice(0, MOST_NEAR);
}

const wordsOf = ({ name, about }: Named): readonly string[] => {
  const starts = startsOf(name);
  const parts = starts.map((start, index) => name.slice(start, starts[index + 1]));
  return [...parts, ...(about.match(/\p{L}{4,}/gu) ?? [])].map((word) => word.toLowerCase());
};

const MOST_NEAR = 5;
