/** The rows of a journal as a view of changes shows them: only those in sight are read. */
import { nameKey } from '../text/names';
import {
  type ChangeQuery,
  type ChangeSlice,
  type ChangeSource,
  type ChangeState,
  type NumberedChange,
  type SentOutcome,
  type Urgency,
  urgencyOf,
} from '../writing/change-source';
import { textOf } from '../writing/changes-in-memory';
import type { Journal } from './journal';
import { ROW_STATES, type RowState, shownState } from './planned-row';

const SENT: ReadonlySet<ChangeState> = new Set<SentOutcome>(['done', 'failed', 'unknown', 'unsent']);
const isSent = (state: ChangeState): state is SentOutcome => SENT.has(state);

export class JournalChanges implements ChangeSource {
  /** The rows that the latest text was looked for in: their states then, and whether they have it. */
  #searched = { text: '', rows: new Map<number, { readonly state: RowState; readonly has: boolean }>() };

  /** `isOver`: whether the run has ended, so that rows that were not sent say so. */
  constructor(
    private readonly journal: Journal,
    private readonly isOver: () => boolean = () => false,
  ) {}

  get size(): number {
    return this.journal.size;
  }

  counts(): Partial<Record<ChangeState, number>> {
    const counts: Partial<Record<ChangeState, number>> = {};
    for (const state of ROW_STATES) {
      const count = this.journal.counts[state];
      if (count > 0) counts[this.#shown(state)] = (counts[this.#shown(state)] ?? 0) + count;
    }
    return counts;
  }

  async slice({ states, text }: ChangeQuery, from: number, count: number): Promise<ChangeSlice> {
    const wanted = nameKey(text.trim());
    const byUrgency: Record<Urgency, number[]> = { 0: [], 1: [], 2: [] };
    for (let index = 0; index < this.size; index++) {
      const state = this.#shown(this.journal.stateAt(index).state);
      if (states !== 'all' && !states.includes(state)) continue;
      if (wanted !== '' && !(await this.#has(index, wanted))) continue;
      byUrgency[urgencyOf(state)].push(index);
    }
    const found = [...byUrgency[0], ...byUrgency[1], ...byUrgency[2]];
    const changes: NumberedChange[] = [];
    for (const index of found.slice(from, from + count)) changes.push(await this.#at(index));
    return { total: found.length, changes };
  }

  /** A row is read once for a text, and again only when something has become of it. */
  async #has(index: number, text: string): Promise<boolean> {
    if (this.#searched.text !== text) this.#searched = { text, rows: new Map() };
    const { rows } = this.#searched;
    const { state } = this.journal.stateAt(index);
    const known = rows.get(index);
    if (known?.state === state) return known.has;
    const has = nameKey(textOf(await this.#at(index))).includes(text);
    rows.set(index, { state, has });
    return has;
  }

  async #at(index: number): Promise<NumberedChange> {
    const { planned, state, message, id } = await this.journal.rowAt(index);
    const outcome = this.#shown(state);
    const text = message ?? (state === 'created' && id !== undefined ? `ID ${id}` : '');
    return {
      row: planned.row,
      change: planned.change,
      ...(isSent(outcome) && { sent: { outcome, text } }),
    };
  }

  #shown(state: RowState): ChangeState {
    return shownState(state, this.isOver());
  }
}
