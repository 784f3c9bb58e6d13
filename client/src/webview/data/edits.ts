/**
 * Changes of cells that are not sent yet, by the ID of the record and the column: they outlive sorting, filters, further
 * pages, another run of the same request and a reload of the window. Two rows with the same ID are one record.
 */
import type { ApiRecord } from '#core/results/read-page';
import { idOf, memberOf } from '#core/results/table';
import { sameValue } from '#core/values/same-value';
import type { ViewField } from '../messages';

/** A cell, wherever it is shown. */
export interface CellKey {
  readonly id: string;
  readonly column: string;
}

/** What a cell is to hold. */
export interface NewValue {
  /** Of the field, as in the metadata. */
  readonly type: ViewField['type'];
  /** The text as it was typed, where it can't be a value of the field. */
  readonly value: unknown;
  /** Why the value can't be sent: a sentence. */
  readonly problem?: string;
  /** Why the platform did not take it: a sentence. */
  readonly failure?: string;
}

/** `before`: what the record has; undefined where it has no such member. */
export interface Edit extends NewValue {
  readonly before: unknown;
}

/** An edit and where it belongs. */
export interface CellEdit extends CellKey, Edit {}

/** What one action of the user did to a cell; undefined stands for no edit. */
interface Step extends CellKey {
  readonly from: NewValue | undefined;
  readonly to: NewValue | undefined;
}

/** How many actions can be undone. */
const MOST_ACTIONS = 200;

export class Edits {
  /** By ID, then by column. */
  readonly #edits = new Map<string, Map<string, Edit>>();
  /** What the records have, for the cells that have an edit, or had one that can come back. */
  readonly #originals = new Map<string, Map<string, unknown>>();
  #undo: (readonly Step[])[] = [];
  #redo: (readonly Step[])[] = [];
  #cells = 0;

  /** `tell` is called after each change. */
  constructor(private readonly tell: () => void) {}

  /** How many records have edits. */
  get records(): number {
    return this.#edits.size;
  }

  /** How many cells have an edit. */
  get cells(): number {
    return this.#cells;
  }

  /** The edits of a record, by column; undefined where it has none. */
  of(id: string | undefined): ReadonlyMap<string, Edit> | undefined {
    return id === undefined ? undefined : this.#edits.get(id);
  }

  get({ id, column }: CellKey): Edit | undefined {
    return this.#edits.get(id)?.get(column);
  }

  /** In the order in which their records were first changed. */
  *all(): Generator<CellEdit> {
    for (const [id, edits] of this.#edits) for (const [column, edit] of edits) yield { id, column, ...edit };
  }

  /**
   * Gives cells new values, as one action. `before`: what the record has. A cell that gets the value of its record has no
   * edit any more. Returns how many cells changed.
   */
  set(changes: readonly (CellKey & Edit)[]): number {
    for (const { id, column, before } of changes) {
      const known = this.#originals.get(id) ?? new Map<string, unknown>();
      if (!known.has(column)) known.set(column, before);
      this.#originals.set(id, known);
    }
    return this.#act(
      changes.map((change) => ({ id: change.id, column: change.column, to: newValueOf(change) })),
    );
  }

  /** Takes edits back, as one action. Returns how many there were. */
  revert(cells: Iterable<CellKey>): number {
    return this.#act(Array.from(cells, ({ id, column }) => ({ id, column, to: undefined })));
  }

  revertRecord(id: string): number {
    return this.revert(Array.from(this.of(id)?.keys() ?? [], (column) => ({ id, column })));
  }

  revertAll(): number {
    return this.revert(this.all());
  }

  /** Takes the last action back. Returns the cells that it had changed; none where there is no action. */
  undo(): readonly CellKey[] {
    const steps = this.#undo.pop();
    if (steps === undefined) return [];
    this.#redo.push(steps);
    // A cell that one action changed twice gets its first value back.
    for (const step of [...steps].reverse()) this.#put(step, step.from);
    this.tell();
    return steps;
  }

  /** Does again what was taken back last. */
  redo(): readonly CellKey[] {
    const steps = this.#redo.pop();
    if (steps === undefined) return [];
    this.#undo.push(steps);
    for (const step of steps) this.#put(step, step.to);
    this.tell();
    return steps;
  }

  /** What a record has now is the original of its edits; one that says the same has ended. */
  arrive(records: readonly ApiRecord[]): void {
    if (this.#originals.size === 0) return;
    const before = this.#cells;
    let changed = false;
    for (const record of records) {
      const id = idOf(record);
      const known = id === undefined ? undefined : this.#originals.get(id);
      if (id === undefined || known === undefined) continue;
      for (const column of known.keys()) {
        known.set(column, memberOf(record, column));
        const edit = this.get({ id, column });
        if (edit === undefined) continue;
        changed = true;
        this.#put({ id, column }, edit);
      }
    }
    if (changed || this.#cells !== before) this.tell();
  }

  /**
   * What was sent is done and has ended, or was not taken, with the reason, and stays. Neither can be taken back by a key
   * any more. A cell that was changed again meanwhile stays as it is.
   */
  settle(outcomes: Iterable<CellKey & { readonly value: unknown; readonly failure?: string }>): void {
    for (const { id, column, value, failure } of outcomes) {
      const edit = this.get({ id, column });
      if (edit === undefined || !sameValue(edit.type, edit.value, value)) continue;
      this.#put({ id, column }, failure === undefined ? undefined : { ...edit, failure });
    }
    this.#forget();
    this.tell();
  }

  /** Begins anew, with edits that were kept. */
  restore(edits: Iterable<CellEdit>): void {
    const kept = [...edits];
    this.#edits.clear();
    this.#cells = 0;
    this.#forget();
    this.set(kept);
    this.#forget();
    this.tell();
  }

  /** Nothing can be taken back any more. */
  #forget(): void {
    this.#undo = [];
    this.#redo = [];
    this.#originals.clear();
    for (const { id, column, before } of this.all()) {
      const known = this.#originals.get(id) ?? new Map<string, unknown>();
      this.#originals.set(id, known.set(column, before));
    }
  }

  #act(changes: readonly (CellKey & { readonly to: NewValue | undefined })[]): number {
    const steps = changes.flatMap(({ id, column, to }): Step[] => {
      const from = this.get({ id, column });
      const now = this.#put({ id, column }, to);
      return isSame(from, now) ? [] : [{ id, column, from, to: now }];
    });
    if (steps.length === 0) return 0;
    this.#undo = [...this.#undo.slice(1 - MOST_ACTIONS), steps];
    this.#redo = [];
    this.tell();
    return steps.length;
  }

  /** Returns what the cell has then: no edit, where it would say what the record has. */
  #put({ id, column }: CellKey, to: NewValue | undefined): Edit | undefined {
    const edits = this.#edits.get(id) ?? new Map<string, Edit>();
    const edit = to === undefined ? undefined : { ...to, before: this.#originals.get(id)?.get(column) };
    const kept =
      edit === undefined || (edit.problem === undefined && sameValue(edit.type, edit.before, edit.value))
        ? undefined
        : edit;
    this.#cells -= Number(edits.has(column));
    if (kept === undefined) edits.delete(column);
    else edits.set(column, kept);
    this.#cells += Number(edits.has(column));
    if (edits.size === 0) this.#edits.delete(id);
    else this.#edits.set(id, edits);
    return kept;
  }
}

const newValueOf = ({ type, value, problem, failure }: NewValue): NewValue => ({
  type,
  value,
  ...(problem === undefined ? {} : { problem }),
  ...(failure === undefined ? {} : { failure }),
});

const isSame = (a: Edit | undefined, b: Edit | undefined): boolean =>
  a === b ||
  (a !== undefined &&
    b !== undefined &&
    a.problem === b.problem &&
    a.failure === b.failure &&
    Object.is(a.value, b.value));
