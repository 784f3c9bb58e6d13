/** A source of a few changes, held in memory. */
import { cellText } from '../results/table';
import { nameKey } from '../text/names';
import {
  type ChangeQuery,
  type ChangeSlice,
  type ChangeSource,
  type ChangeState,
  type NumberedChange,
  stateOf,
  urgencyOf,
} from './change-source';
import type { PlannedChange } from './planned-change';

/** Changes whose outcomes can be told while a view shows them. */
export class ChangesInMemory implements ChangeSource {
  readonly #changes: NumberedChange[];

  constructor(changes: readonly PlannedChange[]) {
    this.#changes = changes.map((change, index) => ({ row: index + 1, change }));
  }

  get size(): number {
    return this.#changes.length;
  }

  counts(): Partial<Record<ChangeState, number>> {
    const counts: Partial<Record<ChangeState, number>> = {};
    for (const numbered of this.#changes) {
      const state = stateOf(numbered);
      counts[state] = (counts[state] ?? 0) + 1;
    }
    return counts;
  }

  async slice({ states, text }: ChangeQuery, from: number, count: number): Promise<ChangeSlice> {
    const wanted = nameKey(text.trim());
    const found = this.#changes.filter(
      (each) =>
        (states === 'all' || states.includes(stateOf(each))) &&
        (wanted === '' || nameKey(textOf(each)).includes(wanted)),
    );
    // Sorting keeps the order of what is equal.
    const ordered = found.toSorted((a, b) => urgencyOf(stateOf(a)) - urgencyOf(stateOf(b)));
    return Promise.resolve({ total: found.length, changes: ordered.slice(from, from + count) });
  }

  /** Tells what became of the change in a row. */
  settle(row: number, sent: NonNullable<NumberedChange['sent']>): void {
    const numbered = this.#changes[row - 1];
    if (numbered !== undefined) this.#changes[row - 1] = { ...numbered, sent };
  }

  /** Tells that the run is over: what was to be written, and was not, is left unsent. */
  end(): void {
    for (const { row, change, sent } of this.#changes)
      if (sent === undefined && change.outcome !== 'unchanged' && change.outcome !== 'refused')
        this.settle(row, { outcome: 'unsent', text: '' });
  }
}

/** All that a user may look for in a change. */
export function textOf({ change, sent }: NumberedChange): string {
  return [
    ...('record' in change ? Object.values(change.record).map(cellText) : []),
    ...change.fields.flatMap(({ name, after, problem = '' }) => [name, cellText(after), problem]),
    'reason' in change ? change.reason : '',
    sent?.text ?? '',
  ].join('\n');
}
