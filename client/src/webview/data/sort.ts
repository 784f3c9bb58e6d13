/** Sorting in slices. Missing values come last in either direction; equal ones stay in the order of arrival. */
import type { ApiRecord } from '#core/results/read-page';
import { cellText, memberOf } from '#core/results/table';
import { compareNumbers, isBeyondDouble, type Numeric, numericOf } from '#core/values/numbers';
import { exactTimeOf, isBeyondMicroseconds, wallTimeOf } from '#core/values/wall-time';
import { type Column, isDate, type Kind } from './columns';
import type { Slices } from './slices';
import { TextNumbers } from './text-numbers';
import { booleanOf, voidOf } from './values';

export interface SortKey {
  readonly column: string;
  readonly descending: boolean;
}

/** Returns rows (numbers of records) in order. Leaves `rows` unchanged. */
export async function sortRows(
  rows: Uint32Array,
  records: readonly ApiRecord[],
  keys: readonly (SortKey & { readonly of: Column })[],
  slices: Slices,
): Promise<Uint32Array> {
  let sorted: Uint32Array = rows.slice();
  // The last key comes first: a stable sort by the key before it keeps that order among equals.
  for (const { of, descending } of keys.toReversed())
    sorted = await sortByRank(sorted, await ranksOf(sorted, records, of, slices), descending, slices);
  return sorted;
}

/** Counting sort by the positions of the ranks among all different ones, without comparing rows. */
async function sortByRank(
  rows: Uint32Array,
  ranks: Float64Array,
  descending: boolean,
  slices: Slices,
): Promise<Uint32Array> {
  const different = await differentNumbers(ranks, slices);
  const count = different.length;
  const places = new Uint32Array(rows.length);
  const starts = new Uint32Array(count + 2);
  await slices.each(rows.length, (from, to) => {
    for (let at = from; at < to; at++) {
      const rank = ranks[at] ?? NaN;
      const found = rank !== rank ? count : placeOf(different, rank);
      const place = found < count && descending ? count - 1 - found : found;
      places[at] = place;
      starts[place + 1] = (starts[place + 1] ?? 0) + 1;
    }
  });
  await slices.each(starts.length, (from, to) => {
    for (let at = Math.max(1, from); at < to; at++) {
      starts[at] = (starts[at] ?? 0) + (starts[at - 1] ?? 0);
    }
  });
  const sorted = new Uint32Array(rows.length);
  await slices.each(rows.length, (from, to) => {
    for (let at = from; at < to; at++) {
      const place = places[at] ?? 0;
      const to = starts[place] ?? 0;
      starts[place] = to + 1;
      sorted[to] = rows[at] ?? 0;
    }
  });
  return sorted;
}

function placeOf(sorted: Float64Array, wanted: number): number {
  let [low, high] = [0, sorted.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Returns all numbers but NaN, each once, ascending. */
async function differentNumbers(numbers: Float64Array, slices: Slices): Promise<Float64Array> {
  const there = new Float64Array(numbers.length);
  let count = 0;
  await slices.each(numbers.length, (from, to) => {
    for (let at = from; at < to; at++) {
      const number = numbers[at] ?? NaN;
      if (number === number) there[count++] = number;
    }
  });
  const all = there.subarray(0, count);
  const sorted = await mergeRuns(
    all,
    new Float64Array(count),
    RUN.numbers,
    (from, to) => all.subarray(from, to).sort(),
    slices,
  );
  let different = 0;
  for (let at = 0; at < count; at++)
    if (at === 0 || sorted[at] !== sorted[at - 1]) sorted[different++] = sorted[at] ?? 0;
  return sorted.subarray(0, different);
}

/** Returns each text once, in the order of UTF-16 units. */
async function sortTexts(texts: string[], slices: Slices): Promise<string[]> {
  const sorted = await mergeRuns(
    texts,
    new Array<string>(texts.length).fill(''),
    RUN.texts,
    (from, to) => {
      const run = texts.slice(from, to).sort();
      for (let at = from; at < to; at++) texts[at] = run[at - from] ?? '';
    },
    slices,
  );
  return sorted;
}

/** How many values take some 20 ms to sort. */
const RUN = { numbers: 1 << 18, texts: 1 << 13 };

interface Values<T> {
  readonly length: number;
  [at: number]: T;
}

/** Returns a function that merges some more values each time it is called. */
function merging<T extends number | string>(
  source: Values<T>,
  target: Values<T>,
  from: number,
  middle: number,
  to: number,
): (values: number) => void {
  let [at, left, right] = [from, from, middle];
  return (values) => {
    for (const end = at + values; at < end; at++) {
      const takeLeft = left < middle && (right >= to || (source[left] as T) <= (source[right] as T));
      target[at] = source[takeLeft ? left++ : right++] as T;
    }
  };
}

/** Sorts runs, which the engine does quickly, then merges them in slices. Overwrites both arrays. */
async function mergeRuns<T extends number | string, A extends Values<T>>(
  values: A,
  spare: A,
  run: number,
  sortRun: (from: number, to: number) => void,
  slices: Slices,
): Promise<A> {
  const { length } = values;
  for (let from = 0; from < length; from += run) {
    sortRun(from, Math.min(length, from + run));
    if (slices.due()) await slices.pause();
  }
  let [source, target] = [values, spare];
  for (let width = run; width < length; width *= 2) {
    for (let from = 0; from < length; from += 2 * width) {
      const middle = Math.min(length, from + width);
      const to = Math.min(length, from + 2 * width);
      const merge = merging<T>(source, target, from, middle, to);
      await slices.each(to - from, (begin, end) => merge(end - begin), 16_384);
    }
    [source, target] = [target, source];
  }
  return source;
}

/** Returns a reader of values that are ordered as numbers. */
function readerOf(kind: Kind): ((value: unknown) => number) | undefined {
  if (kind === 'number') return (value) => Number(numericOf(value) ?? NaN);
  if (isDate(kind)) return wallTimeOf;
  return kind === 'boolean' ? (value) => (booleanOf(value) < 0 ? NaN : booleanOf(value)) : undefined;
}

/** Returns a number for each row that sorts as its value does; NaN for a missing value. */
async function ranksOf(
  rows: Uint32Array,
  records: readonly ApiRecord[],
  { name, kind }: Column,
  slices: Slices,
): Promise<Float64Array> {
  const ranks = new Float64Array(rows.length).fill(NaN);
  const valueAt = (place: number) => memberOf(records[rows[place] ?? 0] ?? {}, name);
  const read = readerOf(kind);
  if (read !== undefined) {
    const isRounded = isDate(kind) ? isBeyondMicroseconds : isBeyondDouble;
    const exactOf = isDate(kind) ? exactTimeOf : numericOf;
    let exact = false;
    await slices.each(ranks.length, (from, to) => {
      for (let place = from; place < to; place++) {
        const value = valueAt(place);
        ranks[place] = read(value);
        exact ||= isRounded(value);
      }
    });
    return exact ? await exactRanks(ranks, (place) => exactOf(valueAt(place)), slices) : ranks;
  }
  // Numbers in texts, as in most IDs, are not compared as texts.
  let numeric = true;
  await slices.each(ranks.length, (from, to) => {
    for (let place = from; place < to && numeric; place++) {
      const value = valueAt(place);
      if (voidOf(value) !== undefined) continue;
      numeric = typeof value === 'string' && /^\d{1,15}$/.test(value);
      if (numeric) ranks[place] = Number(value);
    }
  });
  if (numeric) return ranks;
  ranks.fill(NaN);
  // Each distinct text is compared, not each row.
  const distinct = new TextNumbers();
  const ordinals = new Int32Array(rows.length).fill(-1);
  await slices.each(ranks.length, (from, to) => {
    for (let place = from; place < to; place++) {
      const value = valueAt(place);
      if (voidOf(value) !== undefined) continue;
      ordinals[place] = distinct.numberOf(cellText(value));
    }
  });
  const folded: string[] = [];
  for (const text of distinct.texts) {
    folded.push(fold(text));
    if ((folded.length & 1023) === 0 && slices.due()) await slices.pause();
  }
  // Texts that differ only by case or accents are equal, so that the next key decides.
  const rankOf = new Map<string, number>();
  for (const text of await sortTexts([...folded], slices))
    if (!rankOf.has(text)) rankOf.set(text, rankOf.size);
  for (let place = 0; place < ranks.length; place++) {
    const ordinal = ordinals[place] ?? -1;
    if ((place & 1023) === 0 && slices.due()) await slices.pause();
    if (ordinal >= 0) ranks[place] = rankOf.get(folded[ordinal] ?? '') ?? NaN;
  }
  return ranks;
}

/** Returns ranks that tell numbers apart which are one number as doubles. */
async function exactRanks(
  doubles: Float64Array,
  numberAt: (place: number) => Numeric | undefined,
  slices: Slices,
): Promise<Float64Array> {
  const groups = new Map<number, Map<string, Numeric>>();
  await slices.each(doubles.length, (from, to) => {
    for (let place = from; place < to; place++) {
      const value = numberAt(place);
      if (value === undefined) continue;
      const group = groups.get(doubles[place] ?? NaN) ?? new Map<string, Numeric>();
      groups.set(doubles[place] ?? NaN, group.set(String(value), value));
    }
  });
  const different = await differentNumbers(doubles, slices);
  const ranks = new Map<string, number>();
  let rank = 0;
  for (const double of different) {
    let before: Numeric | undefined;
    for (const [text, value] of [...(groups.get(double) ?? [])].sort((a, b) => compareNumbers(a[1], b[1]))) {
      if (before === undefined || compareNumbers(before, value) !== 0) rank++;
      ranks.set(text, rank);
      before = value;
    }
    if (slices.due()) await slices.pause();
  }
  const exact = new Float64Array(doubles.length).fill(NaN);
  await slices.each(exact.length, (from, to) => {
    for (let place = from; place < to; place++) exact[place] = ranks.get(String(numberAt(place))) ?? NaN;
  });
  return exact;
}

/** Ignores case and accents, and compares numbers in texts as numbers (`Room 2` before `Room 10`). */
const fold = (text: string): string =>
  (/[^\u0000-\u007f]/.test(text) ? text.normalize('NFD').replace(/\p{M}/gu, '') : text)
    .toLowerCase()
    .replace(/\d+/g, (digits) => {
      const significant = digits.replace(/^0+(?=\d)/, '');
      return String(significant.length).padStart(6, '0') + significant;
    });
