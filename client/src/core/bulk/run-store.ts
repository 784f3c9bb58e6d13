/** Where a run gets its rows from, and tells what became of them: a journal on disk, or a plan in memory. */
import {
  lookedUpFrom,
  noRows,
  type PlannedRow,
  plannedState,
  type RowCounts,
  type RowOutcome,
  type RowState,
  stateAfter,
} from './planned-row';

/** A row of unknown outcome, and when its answer was lost, or will be, in milliseconds since 1970. */
export interface DoubtfulRow {
  readonly planned: PlannedRow;
  readonly lostAt: number;
  /** Whether nothing is known but that it was sent. */
  readonly isUnderWay: boolean;
}

export interface RunStore {
  readonly counts: RowCounts;
  /** The rows that are still to be sent, in order, as they are asked for. */
  pending(): AsyncIterable<PlannedRow>;
  /** The rows that may have been done. */
  doubtful(): AsyncIterable<DoubtfulRow>;
  /** Notes that a row is about to be sent: whatever happens then, it outlives this program. */
  sending(row: number): Promise<void>;
  /** Notes what became of a row. */
  settle(row: number, outcome: RowOutcome): Promise<void>;
}

interface Held {
  readonly planned: PlannedRow;
  state: RowState;
  lostAt: number;
}

/** A plan that lasts no longer than the program, such as the changes of a grid. */
export class PlanInMemory implements RunStore {
  readonly #rows: Held[] = [];
  readonly #byRow = new Map<number, Held>();
  readonly #counts = noRows();

  constructor(
    rows: readonly PlannedRow[],
    private readonly settled: (row: number, outcome: RowOutcome) => void = () => undefined,
  ) {
    for (const planned of rows) {
      const held = { planned, state: plannedState(planned.change), lostAt: 0 };
      this.#rows.push(held);
      this.#byRow.set(planned.row, held);
      this.#counts[held.state]++;
    }
  }

  get counts(): RowCounts {
    return this.#counts;
  }

  async *pending(): AsyncGenerator<PlannedRow> {
    for (const { planned, state } of this.#rows)
      if (state === 'create' || state === 'update') yield Promise.resolve(planned);
  }

  async *doubtful(): AsyncGenerator<DoubtfulRow> {
    for (const { planned, state, lostAt } of this.#rows)
      if (state === 'unknown' || state === 'sending')
        yield Promise.resolve({ planned, lostAt, isUnderWay: state === 'sending' });
  }

  async sending(row: number): Promise<void> {
    const held = this.#byRow.get(row);
    if (held !== undefined) held.lostAt = Date.now();
    return this.#move(row, 'sending');
  }

  async settle(row: number, outcome: RowOutcome): Promise<void> {
    const held = this.#byRow.get(row);
    if (held === undefined) return;
    if (outcome.kind === 'unknown') held.lostAt = lookedUpFrom(outcome);
    await this.#move(row, stateAfter(outcome) ?? plannedState(held.planned.change));
    this.settled(row, outcome);
  }

  #move(row: number, state: RowState): Promise<void> {
    const held = this.#byRow.get(row);
    if (held !== undefined) {
      this.#counts[held.state]--;
      this.#counts[state]++;
      held.state = state;
    }
    return Promise.resolve();
  }
}
