/** Numbers for charts: grouped, counted and thinned out, so that a chart of a million records is as quick as one of ten. */
import type { ApiRecord } from '#core/results/read-page';
import { cellText, memberOf } from '#core/results/table';
import { DecimalSum } from '#core/values/decimal';
import { numericOf } from '#core/values/numbers';
import { timeOfDay, wallTimeOf } from '#core/values/wall-time';
import { type Column, isDate, type Kind } from './columns';
import { type Formats, plural } from './formats';
import { type Bin, histogram, limits } from './profile';
import type { Slices } from './slices';
import { numberOf } from './values';

export type ChartType = 'bar' | 'line' | 'histogram' | 'scatter';
export type Measure = 'count' | 'sum' | 'average';

export interface ChartSpec {
  readonly type: ChartType;
  readonly x: string;
  /** In a scatter chart the other axis; in a bar or line chart the column to sum. */
  readonly y: string;
  readonly measure: Measure;
  /** Where each record has a bar of its own, they stand as the records do. */
  readonly inOrder?: boolean;
}

interface Base {
  readonly xTitle: string;
  readonly yTitle: string;
  /** A note on what the chart leaves out or combines. */
  readonly note: string;
}

/** What is drawn, and as what it is read: with all digits of a sum, as far as that is exact. */
export interface Amount {
  readonly value: number;
  readonly amount: string;
}

interface Bar extends Amount {
  readonly text: string;
  /** What it is made up of: an amount for each of the series. */
  readonly parts?: readonly Amount[];
}

export type ChartData = Base &
  (
    | { readonly type: 'bar'; readonly bars: readonly Bar[]; readonly series?: readonly string[] }
    | {
        readonly type: 'line';
        readonly unit: 'day' | 'month' | 'year';
        readonly points: readonly (Amount & { readonly time: number })[];
      }
    | { readonly type: 'histogram'; readonly dates: boolean; readonly bins: readonly Bin[] }
    | { readonly type: 'scatter'; readonly points: readonly { readonly x: number; readonly y: number }[] }
  );

export const MAX_BARS = 25;
const MAX_DOTS = 2000;
const GUESS_FROM = 2000;

/** Which kinds of columns suit the first axis. */
const ON_FIRST_AXIS: Readonly<Record<ChartType, (kind: Kind) => boolean>> = {
  bar: (kind) => kind !== 'object',
  line: isDate,
  histogram: (kind) => kind === 'number' || isDate(kind),
  scatter: (kind) => kind === 'number',
};

export const xColumns = (type: ChartType, columns: readonly Column[]): Column[] =>
  columns.filter(({ kind }) => ON_FIRST_AXIS[type](kind));

export const numberColumns = (columns: readonly Column[]): Column[] =>
  columns.filter(({ kind, name }) => kind === 'number' && !/ID$/.test(name));

const differentOnes = (records: readonly ApiRecord[], { name }: Column) =>
  new Set(records.map((record) => cellText(memberOf(record, name)))).size;

/** Chooses the chart most likely to be useful: a course over time, else a few groups, else a few figures, else a spread. */
export function guessChart(columns: readonly Column[], records: readonly ApiRecord[]): ChartSpec | undefined {
  const sample = records.slice(0, GUESS_FROM);
  const numbers = numberColumns(columns);
  const y = numbers[0]?.name ?? '';
  const date = columns.find(({ kind, name }) => isDate(kind) && !/created|updated|modified/i.test(name));
  if (date !== undefined && differentOnes(sample, date) > 2)
    return { type: 'line', x: date.name, y, measure: 'count' };
  const group = bestGroups(columns, records);
  if (group !== undefined) return { type: 'bar', x: group.name, y, measure: 'count' };
  const label = y === '' ? undefined : labelsOf(columns, records);
  if (label !== undefined) return { type: 'bar', x: label.name, y, measure: 'sum' };
  if (y !== '') return { type: 'histogram', x: y, y, measure: 'count' };
  const [first] = xColumns('bar', columns);
  return first === undefined ? undefined : { type: 'bar', x: first.name, y, measure: 'count' };
}

/**
 * Chooses the chart of an answer that is worked out, whose rows are no records to be counted: its figures along what
 * they are of. Undefined where it has no figures.
 */
export function guessAnswerChart(
  columns: readonly Column[],
  records: readonly ApiRecord[],
): ChartSpec | undefined {
  const sample = records.slice(0, GUESS_FROM);
  const numbers = numberColumns(columns);
  const y = numbers.find((column) => isRanked(column, sample)) ?? numbers.find(isFigure) ?? numbers[0];
  const x = columns.find(
    ({ kind, name }) => (kind === 'text' || kind === 'boolean' || isDate(kind)) && !/ID$/.test(name),
  );
  if (x === undefined || y === undefined) return undefined;
  const base = { x: x.name, y: y.name };
  // Shares of several rows have no sum.
  const isShare = /%|\b(?:average|avg|mean|rate|share)\b/i.test(y.name);
  const measure = isShare && differentOnes(sample, x) < sample.length ? 'average' : 'sum';
  return isDate(x.kind)
    ? { type: 'line', ...base, measure }
    : { type: 'bar', ...base, measure, inOrder: true };
}

/** An amount rather than a number of things, also where all are whole. */
const isFigure = ({ decimals, field }: Column): boolean =>
  decimals > 0 || field?.type === 'decimal' || field?.real === true;

/** Whether the rows stand in the order of its numbers, the largest first, as an answer to “the most”. */
function isRanked({ name }: Column, records: readonly ApiRecord[]): boolean {
  const values = records
    .map((record) => numberOf(memberOf(record, name)))
    .filter((value) => !Number.isNaN(value));
  const falls = values.every((value, at) => at === 0 || value <= (values[at - 1] ?? value));
  return falls && values[0] !== values.at(-1);
}

/** Returns the column that makes the best bars, one with few different values. */
export function bestGroups(columns: readonly Column[], records: readonly ApiRecord[]): Column | undefined {
  const sample = records.slice(0, GUESS_FROM);
  const groups = columns
    .filter(({ kind, name }) => (kind === 'text' || kind === 'boolean' || kind === 'list') && name !== 'ID')
    .map((column) => ({ column, groups: differentOnes(sample, column) }))
    .filter(({ groups }) => groups > 1 && groups <= Math.max(MAX_BARS, 2) && groups < sample.length)
    .sort((a, b) => Number(a.column.kind === 'boolean') - Number(b.column.kind === 'boolean'));
  return groups[0]?.column;
}

/** The column that names each record, as in an answer by groups, where there are so few that each has a bar. */
function labelsOf(columns: readonly Column[], records: readonly ApiRecord[]): Column | undefined {
  if (records.length < 2 || records.length > MAX_BARS) return undefined;
  return columns.find(
    (column) =>
      column.kind === 'text' && column.name !== 'ID' && differentOnes(records, column) === records.length,
  );
}

interface Sums {
  count: number;
  readonly sum: DecimalSum;
  numbers: number;
}

/** Something infinite has no length. */
export const drawable = (value: number): number => Math.max(-1e300, Math.min(1e300, value));

/** The measure that is shown of a group's records. */
const MEASURED: Readonly<Record<Measure, (sums: Sums, formats: Formats, decimals: number) => Amount>> = {
  count: ({ count }, formats) => ({ value: count, amount: formats.count(count) }),
  sum: ({ sum }, formats, decimals) => ({
    value: drawable(Number(sum.text)),
    amount: formats.sum(sum, decimals),
  }),
  average: ({ sum, numbers }, formats) => {
    const value = numbers === 0 ? 0 : Number(sum.text) / numbers;
    return { value: drawable(value), amount: formats.number(value, 2) };
  },
};

const zeroOf = (measure: Measure, decimals: number, formats: Formats): string =>
  measure === 'count' ? formats.count(0) : formats.digits(0, decimals);

/** Returns undefined when a column does not exist. */
export async function chartData(
  records: readonly ApiRecord[],
  spec: ChartSpec,
  columns: readonly Column[],
  formats: Formats,
  slices: Slices,
): Promise<ChartData | undefined> {
  const x = columns.find(({ name }) => name === spec.x);
  const y = columns.find(({ name }) => name === spec.y);
  if (x === undefined || !xColumns(spec.type, columns).includes(x)) return undefined;
  if (spec.type === 'scatter') return y === undefined ? undefined : scatter(records, x, y, formats, slices);
  if (spec.type === 'histogram') return spread(records, x, formats, slices);
  const measure = y === undefined ? 'count' : spec.measure;
  const sums = new Map<string | number, Sums>();
  const unit = spec.type === 'line' ? await unitOf(records, x, slices) : undefined;
  let without = 0;
  for (let row = 0; row < records.length; row++) {
    if ((row & 255) === 0 && slices.due()) await slices.pause();
    const record = records[row] ?? {};
    const value = memberOf(record, x.name);
    const number = y === undefined ? undefined : numericOf(memberOf(record, y.name));
    const keys =
      unit === undefined
        ? Array.isArray(value)
          ? value.map(cellText)
          : [cellText(value)]
        : [startOf(wallTimeOf(value), unit)];
    for (const key of keys) {
      if (Number.isNaN(key)) {
        without++;
        continue;
      }
      let sum = sums.get(key);
      if (sum === undefined) sums.set(key, (sum = { count: 0, sum: new DecimalSum(), numbers: 0 }));
      sum.count++;
      if (number === undefined) continue;
      sum.sum.add(number);
      sum.numbers++;
    }
  }
  const decimals = y?.decimals ?? 0;
  const amountOf = (of: Sums) => MEASURED[measure](of, formats, decimals);
  const yTitle =
    measure === 'count'
      ? 'Records'
      : measure === 'sum'
        ? `Sum of ${y?.name ?? ''}`
        : `Average of ${y?.name ?? ''}`;
  const base = { xTitle: x.name, yTitle };
  if (unit !== undefined)
    return {
      ...base,
      type: 'line',
      unit,
      points: filledUp(sums, amountOf, unit, measure === 'average', zeroOf(measure, decimals, formats)),
      note: `By ${unit}${without > 0 ? `; ${plural(formats, without, 'record')} without a date` : ''}`,
    };
  const found = [...sums].map(([key, sum]) => ({ key, ...amountOf(sum) }));
  const asTheyStand = spec.inOrder === true && found.length === records.length && found.length <= MAX_BARS;
  const sorted = asTheyStand ? found : found.sort((a, b) => b.value - a.value || 0);
  const bars = sorted.slice(0, MAX_BARS).map(({ key, ...amount }) => ({
    text: key === '' ? '(no value)' : formats.show(x, key),
    ...amount,
  }));
  return {
    ...base,
    type: 'bar',
    bars,
    note: sorted.length > MAX_BARS ? `The ${MAX_BARS} highest of ${formats.count(sorted.length)} values` : '',
  };
}

async function timesOf(
  records: readonly ApiRecord[],
  { name, kind }: Column,
  slices: Slices,
): Promise<number[]> {
  const read = isDate(kind) ? wallTimeOf : numberOf;
  const numbers: number[] = [];
  for (let row = 0; row < records.length; row++) {
    if ((row & 511) === 0 && slices.due()) await slices.pause();
    const number = read(memberOf(records[row] ?? {}, name));
    if (!Number.isNaN(number)) numbers.push(number);
  }
  return numbers;
}

async function unitOf(
  records: readonly ApiRecord[],
  x: Column,
  slices: Slices,
): Promise<'day' | 'month' | 'year'> {
  const { low, high } = await limits(await timesOf(records, x, slices), slices);
  const days = (high - low) / 86_400_000;
  return days <= 92 ? 'day' : days <= 366 * 8 ? 'month' : 'year';
}

function startOf(time: number, unit: 'day' | 'month' | 'year'): number {
  if (Number.isNaN(time)) return NaN;
  const date = new Date(time);
  return timeOfDay(
    date.getUTCFullYear(),
    unit === 'year' ? 1 : date.getUTCMonth() + 1,
    unit === 'day' ? date.getUTCDate() : 1,
  );
}

function next(time: number, unit: 'day' | 'month' | 'year'): number {
  const date = new Date(time);
  return timeOfDay(
    date.getUTCFullYear() + (unit === 'year' ? 1 : 0),
    date.getUTCMonth() + 1 + (unit === 'month' ? 1 : 0),
    date.getUTCDate() + (unit === 'day' ? 1 : 0),
  );
}

/** Adds missing months and the like with no records, so that no straight line skips them. */
function filledUp(
  sums: ReadonlyMap<string | number, Sums>,
  amountOf: (sums: Sums) => Amount,
  unit: 'day' | 'month' | 'year',
  gaps: boolean,
  zero: string,
): (Amount & { time: number })[] {
  const times = [...sums.keys()].filter((key) => typeof key !== 'string').sort((a, b) => a - b);
  const [first, last] = [times[0], times.at(-1)];
  const points: (Amount & { time: number })[] = [];
  if (first === undefined || last === undefined) return points;
  for (let time = first; time <= last; time = next(time, unit)) {
    const sum = sums.get(time);
    if (sum !== undefined) points.push({ time, ...amountOf(sum) });
    else if (!gaps) points.push({ time, value: 0, amount: zero });
  }
  return points;
}

async function spread(
  records: readonly ApiRecord[],
  x: Column,
  formats: Formats,
  slices: Slices,
): Promise<ChartData> {
  const numbers = await timesOf(records, x, slices);
  const { low, high } = await limits(numbers, slices);
  const without = records.length - numbers.length;
  return {
    type: 'histogram',
    xTitle: x.name,
    yTitle: 'Records',
    dates: isDate(x.kind),
    bins: numbers.length === 0 ? [] : await histogram(numbers, low, high, 30, slices),
    note: without > 0 ? `${plural(formats, without, 'record')} without a value` : '',
  };
}

async function scatter(
  records: readonly ApiRecord[],
  x: Column,
  y: Column,
  formats: Formats,
  slices: Slices,
): Promise<ChartData> {
  const points: { x: number; y: number }[] = [];
  // Evenly spread over the rows, so that the picture is the same each time.
  const step = Math.max(1, records.length / MAX_DOTS);
  for (let at = 0; at < records.length; at += step) {
    if (slices.due()) await slices.pause();
    const record = records[Math.floor(at)] ?? {};
    const point = { x: numberOf(memberOf(record, x.name)), y: numberOf(memberOf(record, y.name)) };
    if (!Number.isNaN(point.x) && !Number.isNaN(point.y)) points.push(point);
  }
  return {
    type: 'scatter',
    xTitle: x.name,
    yTitle: y.name,
    points,
    note:
      step > 1
        ? `${formats.count(MAX_DOTS)} of ${plural(formats, records.length, 'record')}, evenly chosen`
        : '',
  };
}
