/** The records of a run and the user's view of them: sorted, filtered, searched. Fetched records are never changed. */
import { ColumnNames } from '#core/results/columns';
import type { ApiRecord } from '#core/results/read-page';
import { idOf, memberOf } from '#core/results/table';
import { ByName } from '#core/text/names';
import type { ViewField } from '../messages';
import { type Column, describeColumn, SAMPLE } from './columns';
import { Edits } from './edits';
import { type Filter, testOf } from './filters';
import { Formats } from './formats';
import { EMPTY_LAYOUT, type Layout, visibleNames } from './layout';
import { namingColumn } from './naming';
import { countMatches, finderOf } from './search';
import { ShownNames } from './shown-names';
import { Slices, Superseded } from './slices';
import { type SortKey, sortRows } from './sort';

interface Matches {
  readonly text: string;
  /** Matching cells. */
  readonly cells: number;
  /** Positions in the view of the rows that match, ascending. */
  readonly rows: readonly number[];
  readonly done: boolean;
}

export type ModelEvent = 'records' | 'columns' | 'rows' | 'matches' | 'busy';

/** The least time between two sorts of the view while records stream in. */
const RESORT = 400;

export class Model {
  readonly records: ApiRecord[] = [];
  formats: Formats;
  columns: readonly Column[] = [];
  layout: Layout = EMPTY_LAYOUT;
  sort: readonly SortKey[] = [];
  filters: readonly Filter[] = [];
  /** Numbers of records in the order of the view; undefined means all in the order of arrival. */
  rows: Uint32Array | undefined;
  matches: Matches | undefined;
  busy = false;
  /** Names of records beside their IDs. */
  readonly shownNames = new ShownNames();
  readonly #names = new ColumnNames();
  #fields = new ByName<ViewField>([]);
  #visible: readonly Column[] | undefined;
  #described = 0;
  #work: AbortController | undefined;
  #search: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    locale: string,
    private readonly tell: (event: ModelEvent) => void,
    /** Gets to know what records have, as they arrive. */
    readonly edits = new Edits(() => undefined),
  ) {
    this.formats = new Formats(locale);
  }

  /** The columns that are shown, in the user's order. */
  get visible(): readonly Column[] {
    if (this.#visible === undefined) {
      const byName = new Map(this.columns.map((column) => [column.name, column]));
      this.#visible = visibleNames([...byName.keys()], this.layout).flatMap((name) => byName.get(name) ?? []);
    }
    return this.#visible;
  }

  /** How many of the visible columns are pinned; they come first. */
  get pinned(): number {
    const pinned = new Set(this.layout.pinned);
    return this.visible.filter(({ name }) => pinned.has(name)).length;
  }

  /** The place among the visible columns of the one that names the records; -1 where there are no columns. */
  get naming(): number {
    return namingColumn(this.visible.map(({ name }) => name));
  }

  get count(): number {
    return this.rows?.length ?? this.records.length;
  }

  /** Whether all rows that have arrived are in their order. */
  get settled(): boolean {
    return !this.busy && this.#timer === undefined;
  }

  /** Returns the number of the record in a row of the view. */
  numberAt(row: number): number {
    return this.rows === undefined ? row : (this.rows[row] ?? -1);
  }

  recordAt(row: number): ApiRecord | undefined {
    return this.records[this.numberAt(row)];
  }

  /** Returns the row of a record by its number; -1 where the view does not have it. */
  rowOf(number: number): number {
    return this.rows === undefined ? number : this.rows.indexOf(number);
  }

  /** Returns the record in a row as the grid shows it: with the changes that are not sent yet. */
  shownAt(row: number): ApiRecord | undefined {
    const record = this.recordAt(row);
    const edits = this.edits.records === 0 ? undefined : this.edits.of(idOf(record));
    if (record === undefined || edits === undefined) return record;
    const changes = Array.from(edits, ([column, { value }]) => [column, value] as const);
    return { ...record, ...Object.fromEntries(changes) };
  }

  /** Replaces records, wherever they are, by others with their IDs; members that these lack stay. */
  replace(records: readonly ApiRecord[]): void {
    const byId = new Map(records.map((record) => [idOf(record), record]));
    this.records.forEach((record, at) => {
      const next = byId.get(idOf(record));
      if (next === undefined) return;
      this.records[at] = { ...record, ...next };
      this.edits.arrive([this.records[at]]);
    });
    this.#describe();
    void this.#arrange();
  }

  /** Yields the records of the view, in its order. */
  *view(): Generator<ApiRecord> {
    const { rows, records } = this;
    for (let row = 0; row < (rows?.length ?? records.length); row++) {
      const record = records[rows?.[row] ?? row];
      if (record !== undefined) yield record;
    }
  }

  /** The name beside an ID; undefined where there is none to show. */
  nameBeside(column: Column, value: unknown): string | undefined {
    return this.shownNames.of(column, value, this.layout);
  }

  column(name: string): Column | undefined {
    return this.columns.find((column) => column.name === name);
  }

  /** Takes what is known before records arrive. */
  describe(select: readonly string[], fields: readonly ViewField[]): void {
    this.#fields = new ByName(fields);
    this.#names.setSelect(select);
    this.#describe();
  }

  reset(): void {
    this.records.length = 0;
    this.shownNames.clear();
    this.#names.clear();
    this.#described = 0;
    this.rows = undefined;
    this.matches = undefined;
    this.#work?.abort();
    this.#search?.abort();
    // The sorted and filtered rows are gone; new records are arranged once they have arrived.
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#setBusy(false);
    this.#describe();
    this.tell('rows');
  }

  add(start: number, records: readonly ApiRecord[]): void {
    if (start < this.records.length) this.records.length = start;
    for (const record of records) this.records.push(record);
    this.edits.arrive(records);
    const more = this.#names.add(records);
    if (more || (this.#described < SAMPLE && this.records.length > this.#described)) this.#describe();
    if (this.sort.length === 0 && this.filters.length === 0) {
      this.rows = undefined;
      this.tell('records');
      this.#searchSoon();
    } else {
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        void this.#arrange();
      }, RESORT);
      this.tell('records');
    }
  }

  setLayout(layout: Layout): void {
    this.layout = layout;
    this.#visible = undefined;
    this.tell('columns');
  }

  async setSort(sort: readonly SortKey[]): Promise<void> {
    this.sort = sort;
    await this.#arrange();
  }

  async setFilters(filters: readonly Filter[]): Promise<void> {
    this.filters = filters;
    await this.#arrange();
  }

  /** Searches all visible columns; `matches` grows meanwhile. */
  async search(text: string): Promise<void> {
    this.#search?.abort();
    if (text === '') {
      this.matches = undefined;
      this.tell('matches');
      return;
    }
    const control = new AbortController();
    this.#search = control;
    const slices = new Slices(control.signal);
    const find = finderOf(text, this.formats);
    const rows: number[] = [];
    let [cells, told] = [0, performance.now()];
    const columns = this.visible;
    const report = (done: boolean) => {
      this.matches = { text, cells, rows, done };
      this.tell('matches');
    };
    try {
      await slices.each(
        this.count,
        (from, to) => {
          for (let row = from; row < to; row++) {
            const found = countMatches(this.recordAt(row) ?? {}, columns, find);
            if (found === 0) continue;
            cells += found;
            rows.push(row);
          }
          if (performance.now() - told < 150) return;
          report(false);
          told = performance.now();
        },
        128,
      );
      report(true);
    } catch (error) {
      if (!(error instanceof Superseded)) throw error;
    }
  }

  #describe(): void {
    this.#described = this.records.length;
    this.columns = this.#names
      .list()
      .map((name) => describeColumn(name, this.records, this.#fields.get(name)));
    this.#visible = undefined;
    this.tell('columns');
  }

  async #arrange(): Promise<void> {
    this.#work?.abort();
    const keys = this.sort.flatMap((key) => {
      const of = this.column(key.column);
      return of === undefined ? [] : [{ ...key, of }];
    });
    const tests = this.filters.flatMap((filter) => {
      const column = this.column(filter.column);
      return column === undefined ? [] : [{ name: filter.column, test: testOf(filter, column.kind) }];
    });
    if (keys.length === 0 && tests.length === 0) {
      this.rows = undefined;
      this.#setBusy(false);
      this.tell('rows');
      this.#searchSoon();
      return;
    }
    const control = new AbortController();
    this.#work = control;
    this.#setBusy(true);
    const slices = new Slices(control.signal);
    try {
      let rows = await this.#filtered(tests, slices);
      if (keys.length > 0) rows = await sortRows(rows, this.records, keys, slices);
      this.rows = rows;
      this.#setBusy(false);
      this.tell('rows');
      this.#searchSoon();
    } catch (error) {
      if (!(error instanceof Superseded)) throw error;
    }
  }

  async #filtered(
    tests: readonly { name: string; test: (value: unknown) => boolean }[],
    slices: Slices,
  ): Promise<Uint32Array> {
    const { records } = this;
    const kept = new Uint32Array(records.length);
    let count = 0;
    await slices.each(
      kept.length,
      (from, to) => {
        for (let row = from; row < to; row++) {
          const record = records[row] ?? {};
          if (tests.every(({ name, test }) => test(memberOf(record, name)))) kept[count++] = row;
        }
      },
      256,
    );
    return kept.slice(0, count);
  }

  /** Searches again, as matches have moved within the view. */
  #searchSoon(): void {
    if (this.matches !== undefined) void this.search(this.matches.text);
  }

  #setBusy(busy: boolean): void {
    if (busy === this.busy) return;
    this.busy = busy;
    this.tell('busy');
  }
}
