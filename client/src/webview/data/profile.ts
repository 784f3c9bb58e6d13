/** What a column holds, in numbers. */
import type { ApiRecord } from '#core/results/read-page';
import { cellText, memberOf } from '#core/results/table';
import { DecimalSum } from '#core/values/decimal';
import { compareNumbers, type Numeric, numericOf } from '#core/values/numbers';
import { wallTimeOf } from '#core/values/wall-time';
import { type Column, isDate } from './columns';
import type { Slices } from './slices';
import { TextNumbers } from './text-numbers';
import { numberOf, voidOf } from './values';

export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

export interface Profile {
  readonly rows: number;
  readonly missing: number;
  readonly nulls: number;
  readonly empty: number;
  readonly distinct: number;
  /** Counting stopped because there were too many different values. */
  readonly distinctCut: boolean;
  readonly top: readonly { readonly text: string; readonly count: number }[];
  /** Texts in alphabetical order, numbers in their digits, dates as they came, in the order of time. */
  readonly least?: string | number;
  readonly most?: string | number;
  readonly average?: number;
  readonly sum?: DecimalSum;
  readonly bins: readonly Bin[];
}

const MAX_DISTINCT = 500_000;
const TOP = 8;

export async function profileColumn(
  records: Iterable<ApiRecord>,
  { name, kind }: Column,
  slices: Slices,
): Promise<Profile> {
  const read = kind === 'number' ? numberOf : isDate(kind) ? wallTimeOf : undefined;
  const voids = { missing: 0, null: 0, empty: 0 };
  const different = new TextNumbers();
  const counts: number[] = [];
  const numbers: number[] = [];
  const sum = new DecimalSum();
  let [rows, amounts, distinctCut] = [0, 0, false];
  let [least, most]: (string | undefined)[] = [];
  let [lowest, highest]: (Numeric | undefined)[] = [];
  let [first, last] = [NaN, NaN];
  for (const record of records) {
    if ((rows++ & 255) === 0 && slices.due()) await slices.pause();
    const value = memberOf(record, name);
    const kindOfVoid = voidOf(value);
    if (kindOfVoid !== undefined) {
      voids[kindOfVoid]++;
      continue;
    }
    const text = cellText(value);
    if (counts.length < MAX_DISTINCT) {
      const at = different.numberOf(text);
      counts[at] = (counts[at] ?? 0) + 1;
    } else distinctCut = true;
    const digits = kind === 'number' ? numericOf(value) : undefined;
    if (digits !== undefined) {
      amounts++;
      sum.add(digits);
      if (lowest === undefined || compareNumbers(digits, lowest) < 0) lowest = digits;
      if (highest === undefined || compareNumbers(digits, highest) > 0) highest = digits;
    }
    const number = read?.(value) ?? NaN;
    if (!Number.isNaN(number)) {
      if (isDate(kind)) {
        if (!(number >= first)) [first, least] = [number, text];
        if (!(number <= last)) [last, most] = [number, text];
      }
      numbers.push(number);
    } else if (read === undefined) {
      if (least === undefined || text < least) least = text;
      if (most === undefined || text > most) most = text;
    }
  }
  const top = counts
    .map((count, at) => ({ text: different.texts[at] ?? '', count }))
    .sort((a, b) => b.count - a.count)
    .slice(0, TOP);
  const { low, high } = await limits(numbers, slices);
  const ends = [lowest ?? least, highest ?? most];
  return {
    rows,
    missing: voids.missing,
    nulls: voids.null,
    empty: voids.empty,
    distinct: counts.length,
    distinctCut,
    top,
    ...(ends[0] === undefined ? {} : { least: ends[0] }),
    ...(ends[1] === undefined ? {} : { most: ends[1] }),
    ...(amounts > 0 ? { sum, average: Number(sum.text) / amounts } : {}),
    bins: numbers.length > 0 ? await histogram(numbers, low, high, 24, slices) : [],
  };
}

export async function limits(
  numbers: readonly number[],
  slices: Slices,
): Promise<{ low: number; high: number }> {
  let [low, high] = [Infinity, -Infinity];
  for (let at = 0; at < numbers.length; at++) {
    if ((at & 4095) === 0 && slices.due()) await slices.pause();
    const number = numbers[at] ?? 0;
    if (number < low) low = number;
    if (number > high) high = number;
  }
  return { low, high };
}

/** Divides the values from the least to the greatest into equal bins; fewer when there are fewer whole numbers. */
export async function histogram(
  numbers: readonly number[],
  low: number,
  high: number,
  bins: number,
  slices: Slices,
): Promise<Bin[]> {
  if (low === high) return [{ from: low, to: high, count: numbers.length }];
  const whole = Number.isInteger(low) && Number.isInteger(high) && high - low < bins;
  const number = whole ? high - low + 1 : bins;
  const step = whole ? 1 : (high - low) / bins;
  const counts = new Array<number>(number).fill(0);
  for (let at = 0; at < numbers.length; at++) {
    if ((at & 4095) === 0 && slices.due()) await slices.pause();
    const bin = Math.min(number - 1, Math.floor(((numbers[at] ?? 0) - low) / step));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts.map((count, bin) => ({
    from: low + bin * step,
    to: whole ? low + bin : low + (bin + 1) * step,
    count,
  }));
}
