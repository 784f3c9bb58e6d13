/** An import while it is prepared: how its file is read, what becomes of the rows, which column is which field. */
import { basename } from 'node:path';
import type { ModuleInfo } from '#language';
import { writeJson } from '../values/write-json';
import { type CellCheck, checkCells } from './check-cells';
import { CellEdits, editedTable } from './edited-table';
import {
  type Assignment,
  type Deed,
  findColumn,
  type Guess,
  guessFields,
  mapColumns,
  type MappingOutcome,
} from './mapping';
import { readTable } from './reading/read-table';
import type { ChoiceName, MadeChoice, ReadingChoices, TableReading, TableRow } from './table';

/** So many rows are shown while it is prepared. */
const SHOWN_ROWS = 8;
/** Answers about the text of cells: the cells stay where they are, so that what was mended stays too. */
const ABOUT_TEXTS: ReadonlySet<ChoiceName> = new Set(['dateOrder', 'decimalSign', 'merged', 'apostrophes']);

export class ImportDraft {
  readonly #edits = new CellEdits();
  #choices: ReadingChoices = {};
  #module: ModuleInfo | undefined;
  #deed: Deed | undefined;
  readonly #settled = new Map<number, Assignment>();
  #first: readonly TableRow[] = [];

  private constructor(
    readonly path: string,
    private reading: TableReading,
  ) {}

  /** Throws a `TableError` where the file can't be read. */
  static async of(path: string, signal?: AbortSignal): Promise<ImportDraft> {
    const draft = new ImportDraft(path, await readTable(path, {}, signal));
    await draft.#look(signal);
    return draft;
  }

  /** Of the file, without its folder. */
  get name(): string {
    return basename(this.path);
  }

  /** With the cells that were mended. */
  get table(): TableReading {
    return editedTable(this.reading, this.#edits);
  }

  /** How many cells were mended. */
  get mended(): number {
    return this.#edits.size;
  }

  get module(): ModuleInfo | undefined {
    return this.#module;
  }

  get deed(): Deed | undefined {
    return this.#deed;
  }

  /** The first rows, as they are shown. */
  get first(): readonly TableRow[] {
    return this.#first.map((row) => this.#edits.apply(row));
  }

  /** Guesses for each column, by its name. */
  get guesses(): readonly Guess[] {
    return guessFields(this.reading.columns, this.#module?.fields);
  }

  /** What was settled for a column, if it was. */
  settledFor(column: number): Assignment | undefined {
    return this.#settled.get(column);
  }

  /** Reads the file anew, in another way. Throws a `TableError` where that can't be; the draft is then as before. */
  async choose(choices: ReadingChoices, signal?: AbortSignal): Promise<void> {
    const next = { ...this.#choices, ...choices };
    const reading = await readTable(this.path, next, signal);
    const names = (of: TableReading) => writeJson(of.columns);
    const isSame = names(reading) === names(this.reading);
    this.#choices = next;
    this.reading = reading;
    if (!isSame) this.#settled.clear();
    if (!isSame && this.#deed?.kind === 'update') this.#deed = undefined;
    const changed = Object.keys(choices) as ChoiceName[];
    if (!changed.every((name) => ABOUT_TEXTS.has(name))) this.#edits.clear();
    await this.#look(signal);
  }

  /** What was settled for another module counts no more. */
  useModule(module: ModuleInfo): void {
    if (module.name !== this.#module?.name) {
      this.#settled.clear();
      if (this.#deed?.kind === 'upsert') this.#deed = undefined;
    }
    this.#module = module;
  }

  useDeed(deed: Deed): void {
    this.#deed = deed;
  }

  assign(column: number, assignment: Assignment): void {
    this.#settled.set(column, assignment);
  }

  edit(row: number, column: number, text: string): void {
    this.#edits.set(row, column, text);
  }

  /** Undefined until the module and the deed are chosen. */
  get outcome(): MappingOutcome | undefined {
    if (this.#module === undefined || this.#deed === undefined) return undefined;
    const { columns } = this.reading;
    return mapColumns({ columns, module: this.#module, deed: this.#deed, settled: this.#settled });
  }

  /** The column by whose IDs records are found; -1 where there is none. */
  get keyColumn(): number {
    const found = this.#deed?.kind === 'update' ? findColumn(this.reading.columns, this.#deed.column) : -1;
    return typeof found === 'number' ? found : -1;
  }

  /** Undefined while the columns are not settled. */
  async check(signal?: AbortSignal): Promise<CellCheck | undefined> {
    const { outcome } = this;
    return outcome?.ok === true ? checkCells(this.table, outcome.mapping, signal) : undefined;
  }

  /** What has to be said before there can be a plan. `needs`: what cells depend on. */
  openChoices(needs: CellCheck['needs']): readonly MadeChoice[] {
    const isNeeded = (name: ChoiceName) =>
      (name !== 'dateOrder' && name !== 'decimalSign') || needs.has(name);
    return this.reading.choices.filter(({ name, how }) => how === 'open' && isNeeded(name));
  }

  async #look(signal?: AbortSignal): Promise<void> {
    const first: TableRow[] = [];
    for await (const row of this.reading.rows(signal)) {
      first.push(row);
      if (first.length >= SHOWN_ROWS) break;
    }
    this.#first = first;
  }
}
