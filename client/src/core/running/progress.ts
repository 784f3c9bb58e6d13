/** How far a fetch is, how fast it is, and how long it will still take. */

import * as v from 'valibot';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** Reads a position that another process wrote. */
export const positionSchema = v.object({
  /** Pages that were delivered, from the first one that was asked for. */
  pages: count,
  records: count,
  /** Records that meet the criteria, where the platform returned a total. */
  total: v.exactOptional(count),
  /** Records per page. */
  size: v.pipe(count, v.minValue(1)),
  /** `$skip` of the next page. */
  skip: count,
  /** How many records precede the first page that was asked for. */
  offset: count,
  /** True where it is not known how the platform counts its pages: only its total can say that all came. */
  unsure: v.exactOptional(v.boolean()),
  /** Of a list of values: the batch, and how far it is; the rest counts all batches. */
  batch: v.exactOptional(
    v.object({
      /** From 0. */
      index: count,
      pages: count,
      records: count,
      total: v.exactOptional(count),
      /** Records that meet the criteria of the batches before it, where the platform returned their totals. */
      totalBefore: v.exactOptional(count),
    }),
  ),
});

/** How far a fetch is: all that is needed to go on from there, even in another process. */
export type Position = Readonly<v.InferOutput<typeof positionSchema>>;

export interface FetchProgress {
  readonly pages: number;
  readonly records: number;
  readonly total: number | undefined;
  readonly position: Position;
  /** Without pauses. */
  readonly elapsedMs: number;
  readonly recordsPerSecond: number;
  /** Undefined while unknown. */
  readonly secondsLeft: number | undefined;
  /** Reads that were sent again. */
  readonly retries: number;
  /** Of a list of values: the number of the batch, from 1, and how many there are. */
  readonly batch?: { readonly at: number; readonly of: number };
}

/** How many records came in batches before the one at which a fetch goes on: those need not be remembered. */
export const recordsBefore = ({ records, batch }: Position): number =>
  batch === undefined ? 0 : records - batch.records;

/** `12,000 of 200,000 records (6%) · 3,400 a second · 55 s left`; `120 records · batch 3 of 12`. */
export function describeProgress(progress: FetchProgress): string {
  const { records, total, recordsPerSecond, secondsLeft, batch } = progress;
  const number = (value: number) => Math.round(value).toLocaleString('en-GB');
  const of = total === undefined ? '' : ` of ${number(total)}`;
  const share = total === undefined || total === 0 ? '' : ` (${Math.floor((100 * records) / total)}%)`;
  const part = batch === undefined ? '' : ` · batch ${number(batch.at)} of ${number(batch.of)}`;
  const rate = recordsPerSecond > 0 ? ` · ${number(recordsPerSecond)} a second` : '';
  const left = secondsLeft === undefined || secondsLeft === 0 ? '' : ` · ${duration(secondsLeft)} left`;
  return `${number(records)}${of} ${records === 1 && of === '' ? 'record' : 'records'}${share}${part}${rate}${left}`;
}

/** `55 s`, `12 min`, `1.5 h`. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

const REMEMBERED = 40;

/** Measures the rate over the last pages, so that a slow start is soon forgotten. */
export class Meter {
  #marks: { readonly at: number; readonly records: number }[] = [];
  #elapsed = 0;
  /** Undefined while stopped. */
  #since: number | undefined;

  constructor(private readonly now: () => number = () => performance.now()) {
    this.#since = now();
  }

  get elapsedMs(): number {
    return this.#elapsed + (this.#since === undefined ? 0 : this.now() - this.#since);
  }

  stop(): void {
    this.#elapsed = this.elapsedMs;
    this.#since = undefined;
  }

  go(): void {
    this.#since ??= this.now();
  }

  /** Notes that `records` have arrived so far. */
  mark(records: number): void {
    this.#marks.push({ at: this.elapsedMs, records });
    if (this.#marks.length > REMEMBERED) this.#marks.shift();
  }

  get recordsPerSecond(): number {
    const [first, last] = [this.#marks[0], this.#marks.at(-1)];
    const milliseconds = (last?.at ?? 0) - (first?.at ?? 0);
    return milliseconds <= 0 ? 0 : (((last?.records ?? 0) - (first?.records ?? 0)) / milliseconds) * 1000;
  }
}
