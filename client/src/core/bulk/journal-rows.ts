/** What of a journal is kept in memory: a few numbers for each row. */
import { noRows, ROW_STATES, type RowState } from './planned-row';

/** The place of a line in the file, in bytes. */
export interface Place {
  readonly at: number;
  readonly bytes: number;
}

/** The rows of a plan, in the order of the file. */
export class JournalRows {
  readonly numbers: number[] = [];
  readonly #states: number[] = [];
  /** The states as planned. */
  readonly #planned: number[] = [];
  /** Where the plan's line is, and the latest line after it. */
  readonly #at: number[] = [];
  readonly #bytes: number[] = [];
  readonly #lastAt: number[] = [];
  readonly #lastBytes: number[] = [];
  readonly counts = noRows();

  add(row: number, state: RowState, { at, bytes }: Place): void {
    const number = ROW_STATES.indexOf(state);
    this.numbers.push(row);
    this.#states.push(number);
    this.#planned.push(number);
    this.#at.push(at);
    this.#bytes.push(bytes);
    this.#lastAt.push(0);
    this.#lastBytes.push(0);
    this.counts[state]++;
  }

  /** `state` undefined: as it was planned. Returns false where there is no such row. */
  move(row: number, state: RowState | undefined, { at, bytes }: Place): boolean {
    const index = this.#indexOf(row);
    if (index === undefined) return false;
    this.counts[this.stateOf(index)]--;
    this.#states[index] = state === undefined ? (this.#planned[index] ?? 0) : ROW_STATES.indexOf(state);
    this.#lastAt[index] = at;
    this.#lastBytes[index] = bytes;
    this.counts[this.stateOf(index)]++;
    return true;
  }

  get size(): number {
    return this.numbers.length;
  }

  /** Where the plan of a row is. */
  plannedPlace(index: number): Place {
    return { at: this.#at[index] ?? 0, bytes: this.#bytes[index] ?? 0 };
  }

  /** Where the latest line about a row is; undefined before it was sent. */
  latestPlace(index: number): Place | undefined {
    const bytes = this.#lastBytes[index] ?? 0;
    return bytes === 0 ? undefined : { at: this.#lastAt[index] ?? 0, bytes };
  }

  stateOf(index: number): RowState {
    return ROW_STATES[this.#states[index] ?? 0] ?? 'refused';
  }

  /** The numbers of the rows ascend. */
  #indexOf(row: number): number | undefined {
    let [low, high] = [0, this.numbers.length - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = this.numbers[middle] ?? 0;
      if (found === row) return middle;
      if (found < row) low = middle + 1;
      else high = middle - 1;
    }
    return undefined;
  }
}
