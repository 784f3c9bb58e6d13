/** How far a run over many rows is. */
import { duration, Meter } from '../running/progress';
import { type RowCounts, tallyOf } from './planned-row';

export interface BulkProgress {
  /** Rows that are done with, whatever became of them. */
  readonly done: number;
  /** Rows that are to be sent, or were. */
  readonly of: number;
  readonly failed: number;
  readonly unknown: number;
  readonly rowsPerSecond: number;
  /** Undefined while unknown. */
  readonly secondsLeft: number | undefined;
}

export class ProgressMeter {
  readonly #meter = new Meter();
  readonly #of: number;

  constructor(counts: RowCounts) {
    const { created, changed, failed, unknown, unsent } = tallyOf(counts);
    this.#of = created + changed + counts.already + failed + unknown + unsent;
  }

  progress(counts: RowCounts): BulkProgress {
    const { created, changed, failed, unknown } = tallyOf(counts);
    const done = created + changed + counts.already + failed;
    this.#meter.mark(done);
    const { recordsPerSecond: rowsPerSecond } = this.#meter;
    const secondsLeft = rowsPerSecond > 0 ? (this.#of - done) / rowsPerSecond : undefined;
    return { done, of: this.#of, failed, unknown, rowsPerSecond, secondsLeft };
  }
}

const number = (value: number) => Math.round(value).toLocaleString('en-GB');
const joined = (parts: readonly string[]) => parts.filter((part) => part !== '').join(' · ');

/** What a bar does not show: `2 to be looked up · 120 a second · 74 s left`. */
export const describePace = ({ unknown, rowsPerSecond, secondsLeft }: BulkProgress): string =>
  joined([
    unknown === 0 ? '' : `${number(unknown)} to be looked up`,
    rowsPerSecond > 0 ? `${number(rowsPerSecond)} a second` : '',
    secondsLeft === undefined || secondsLeft === 0 ? '' : `${duration(secondsLeft)} left`,
  ]);

/** `1,200 of 10,000 rows · 3 failed · 120 a second · 74 s left`. */
export const describeBulk = (progress: BulkProgress): string =>
  joined([
    `${number(progress.done)} of ${number(progress.of)} ${progress.of === 1 ? 'row' : 'rows'}`,
    progress.failed === 0 ? '' : `${number(progress.failed)} failed`,
    describePace(progress),
  ]);
