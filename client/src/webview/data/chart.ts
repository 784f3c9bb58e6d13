/** Numbers for charts: grouped, counted and thinned out, so that a chart of a million records is as quick as one of ten. */
import type { ApiRecord } from '#core/results/read-page';
import { cellText, memberOf } from '#core/results/table';
import { type Column, isDate, type Kind } from './columns';
import { type Formats, plural } from './formats';
import { type Bin, histogram, limits } from './profile';
import type { Slices } from './slices';
import { numberOf, wallTimeOf } from './values';

export type ChartType = 'bar' | 'line' | 'histogram' | 'scatter';
export type Measure = 'count' | 'sum' | 'average';

export interface ChartSpec {
  readonly type: ChartType;
  readonly x: string;
  /** In a scatter chart the other axis; in a bar or line chart the column to sum. */
  readonly y: string;
  readonly measure: Measure;
}

interface Base {
  readonly xTitle: string;
  readonly yTitle: string;
  /** A note on what the chart leaves out or combines. */
  readonly note: string;
}

export type ChartData = Base &
  (
    | { readonly type: 'bar'; readonly bars: readonly { readonly text: string; readonly value: number }[] }
    | {
        readonly type: 'line';
        readonly unit: 'day' | 'month' | 'year';
        readonly points: readonly { readonly time: number; readonly value: number }[];
      }
    | { readonly type: 'histogram'; readonly dates: boolean; readonly bins: readonly Bin[] }
    | { readonly type: 'scatter'; readonly points: readonly { readonly x: number; readonly y: number }[] }
  );

const MAX_BARS = 25;
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

/** Chooses the chart most likely to be useful: a few groups, else a course over time, else the spread of a number. */
export function guessChart(columns: readonly Column[], records: readonly ApiRecord[]): ChartSpec | undefined {
  const sample = records.slice(0, GUESS_FROM);
  const numbers = numberColumns(columns);
  const y = numbers[0]?.name ?? '';
  const date = columns.find(({ kind, name }) => isDate(kind) && !/created|updated|modified/i.test(name));
  if (date !== undefined && differentOnes(sample, date) > 2)
    return { type: 'line', x: date.name, y, measure: 'count' };
  const group = bestGroups(columns, records);
  if (group !== undefined) return { type: 'bar', x: group.name, y, measure: 'count' };
  if (y !== '') return { type: 'histogram', x: y, y, measure: 'count' };
  const [first] = xColumns('bar', columns);
  return first === undefined ? undefined : { type: 'bar', x: first.name, y, measure: 'count' };
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

interface Sums {
  count: number;
  sum: number;
  numbers: number;
}

/** The measure that is shown of a group's records. */
const MEASURED: Readonly<Record<Measure, (sums: Sums) => number>> = {
  count: ({ count }) => count,
  sum: ({ sum }) => sum,
  average: ({ sum, numbers }) => (numbers === 0 ? 0 : sum / numbers),
};

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
    const number = y === undefined ? NaN : numberOf(memberOf(record, y.name));
    const keys =
      unit === undefined
        ? Array.isArray(value)
          ? value.map(cellText)
          : [cellText(value)]
        : [startOf(wallTimeOf(value), unit)];
    for (const key of keys) {
      if (typeof key === 'number' && Number.isNaN(key)) {
        without++;
        continue;
      }
      let sum = sums.get(key);
      if (sum === undefined) sums.set(key, (sum = { count: 0, sum: 0, numbers: 0 }));
      sum.count++;
      if (Number.isNaN(number)) continue;
      sum.sum += number;
      sum.numbers++;
    }
  }
  const valueOf = MEASURED[measure];
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
      points: filledUp(sums, valueOf, unit, measure === 'average'),
      note: `By ${unit}${without > 0 ? `; ${plural(formats, without, 'record')} without a date` : ''}`,
    };
  const sorted = [...sums].sort((a, b) => valueOf(b[1]) - valueOf(a[1]));
  const bars = sorted.slice(0, MAX_BARS).map(([key, sum]) => ({
    text: key === '' ? '(no value)' : formats.show(x, x.kind === 'number' ? Number(key) : key),
    value: valueOf(sum),
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
  return Date.UTC(
    date.getUTCFullYear(),
    unit === 'year' ? 0 : date.getUTCMonth(),
    unit === 'day' ? date.getUTCDate() : 1,
  );
}

function next(time: number, unit: 'day' | 'month' | 'year'): number {
  const date = new Date(time);
  return Date.UTC(
    date.getUTCFullYear() + (unit === 'year' ? 1 : 0),
    date.getUTCMonth() + (unit === 'month' ? 1 : 0),
    date.getUTCDate() + (unit === 'day' ? 1 : 0),
  );
}

/** Adds missing months and the like with no records, so that no straight line skips them. */
function filledUp(
  sums: ReadonlyMap<string | number, Sums>,
  valueOf: (sums: Sums) => number,
  unit: 'day' | 'month' | 'year',
  gaps: boolean,
): { time: number; value: number }[] {
  const times = [...sums.keys()].filter((key) => typeof key === 'number').sort((a, b) => a - b);
  const [first, last] = [times[0], times.at(-1)];
  const points: { time: number; value: number }[] = [];
  if (first === undefined || last === undefined) return points;
  for (let time = first; time <= last; time = next(time, unit)) {
    const sum = sums.get(time);
    if (sum !== undefined) points.push({ time, value: valueOf(sum) });
    else if (!gaps) points.push({ time, value: 0 });
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
