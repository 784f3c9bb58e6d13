/** Sorting in slices; values that are not there come last in either direction, equals stay in the order of arrival. */
import { isDate, type Column } from './columns';
import { Slices } from './slices';
import { booleanOf, memberOf, numberOf, textOf, voidOf, wallTimeOf, type ApiRecord } from './values';

export interface SortKey {
  readonly column: string;
  readonly descending: boolean;
}

/** Rows (numbers of records) in order. `rows` is not changed. */
export async function sortRows(
  rows: Uint32Array,
  records: readonly ApiRecord[],
  keys: readonly (SortKey & { readonly of: Column })[],
  slices: Slices,
): Promise<Uint32Array> {
  const ranks: { readonly rank: Float64Array; readonly sign: number }[] = [];
  for (const { of, descending } of keys)
    ranks.push({ rank: await ranksOf(rows, records, of, slices), sign: descending ? -1 : 1 });
  // The places in `rows` are sorted, which keeps ranks dense.
  const compare = (a: number, b: number): number => {
    for (const { rank, sign } of ranks) {
      const [x, y] = [rank[a] ?? NaN, rank[b] ?? NaN];
      if (x === y) continue;
      const [noX, noY] = [x !== x, y !== y];
      if (noX || noY) {
        if (noX && noY) continue;
        return noX ? 1 : -1;
      }
      return x < y ? -sign : sign;
    }
    return a - b;
  };
  const places = await mergeSort(Uint32Array.from(rows.keys()), compare, slices);
  return places.map((place) => rows[place] ?? 0);
}

const RUN = 4096;

async function mergeSort(
  places: Uint32Array,
  compare: (a: number, b: number) => number,
  slices: Slices,
): Promise<Uint32Array> {
  const { length } = places;
  for (let from = 0; from < length; from += RUN) {
    places.subarray(from, Math.min(length, from + RUN)).sort(compare);
    if (slices.due()) await slices.pause();
  }
  let source: Uint32Array = places;
  let target: Uint32Array = new Uint32Array(length);
  for (let width = RUN; width < length; width *= 2) {
    for (let from = 0; from < length; from += 2 * width) {
      const middle = Math.min(length, from + width);
      const to = Math.min(length, from + 2 * width);
      let [left, right] = [from, middle];
      for (let at = from; at < to; at++) {
        if ((at & 1023) === 0 && slices.due()) await slices.pause();
        const takeLeft =
          left < middle && (right >= to || compare(source[left] ?? 0, source[right] ?? 0) <= 0);
        target[at] = (takeLeft ? source[left++] : source[right++]) ?? 0;
      }
    }
    [source, target] = [target, source];
  }
  return source;
}

/** A number for each row that sorts as its value does; NaN where there is none. */
async function ranksOf(
  rows: Uint32Array,
  records: readonly ApiRecord[],
  { name, kind }: Column,
  slices: Slices,
): Promise<Float64Array> {
  const ranks = new Float64Array(rows.length).fill(NaN);
  const valueAt = (place: number) => memberOf(records[rows[place] ?? 0] ?? {}, name);
  const read =
    kind === 'number'
      ? numberOf
      : isDate(kind)
        ? wallTimeOf
        : kind === 'boolean'
          ? (value: unknown) => (booleanOf(value) < 0 ? NaN : booleanOf(value))
          : undefined;
  if (read !== undefined) {
    for (let place = 0; place < ranks.length; place++) {
      if ((place & 1023) === 0 && slices.due()) await slices.pause();
      ranks[place] = read(valueAt(place));
    }
    return ranks;
  }
  // Each distinct text is compared, not each row.
  const distinct = new Map<string, number>();
  const ordinals = new Int32Array(rows.length).fill(-1);
  for (let place = 0; place < ranks.length; place++) {
    if ((place & 1023) === 0 && slices.due()) await slices.pause();
    const value = valueAt(place);
    if (voidOf(value) !== undefined) continue;
    const text = textOf(value);
    let ordinal = distinct.get(text);
    if (ordinal === undefined) distinct.set(text, (ordinal = distinct.size));
    ordinals[place] = ordinal;
  }
  const folded: string[] = [];
  for (const text of distinct.keys()) {
    folded.push(fold(text));
    if ((folded.length & 1023) === 0 && slices.due()) await slices.pause();
  }
  const order = await mergeSort(
    Uint32Array.from(folded.keys()),
    (a, b) => {
      const [x = '', y = ''] = [folded[a], folded[b]];
      return x < y ? -1 : x > y ? 1 : a - b;
    },
    slices,
  );
  const rankOf = new Float64Array(order.length);
  let rank = -1;
  let last: string | undefined;
  for (const ordinal of order) {
    const text = folded[ordinal];
    // Texts that differ by case or accents only are equals, so that the next key decides.
    if (text !== last) rank++;
    last = text;
    rankOf[ordinal] = rank;
  }
  for (let place = 0; place < ranks.length; place++) {
    const ordinal = ordinals[place] ?? -1;
    if (ordinal >= 0) ranks[place] = rankOf[ordinal] ?? NaN;
  }
  return ranks;
}

/** Case and accents don't count; numbers in texts do (`Room 2` before `Room 10`). */
export const fold = (text: string): string =>
  (/[^\u0000-\u007f]/.test(text) ? text.normalize('NFD').replace(/\p{M}/gu, '') : text)
    .toLowerCase()
    .replace(/\d+/g, (digits) => digits.replace(/^0+(?=\d)/, '').padStart(12, '0'));
