/** What the worker does: keeps tables between statements, checks statements and runs them. */
import { cellOfInteger, cellOfText, typeOfDeclared } from './cells';
import { withOtherPartsFirst } from './compounds';
import { type ColumnRead, Database } from './database';
import { FAULTS, SqlError } from './faults';
import type { Remarks } from './functions';
import { LongNumbers } from './long-numbers';
import { sqlNameKey, uniqueNames } from './names';
import type { EngineLimits, FromSqlWorker, ToSqlWorker } from './protocol';
import { type Engine, RESULT, VALUE } from './sqlite';
import type { SqlAnswer, SqlCell, SqlColumn, SqlFinding, SqlTable } from './types';

/** Rows that go to the other side in one message. */
const CHUNK = 1_000;
/** About what a cell takes beside its text. */
const CELL_BYTES = 16;

interface SessionOptions {
  readonly limits: EngineLimits;
  readonly stopped: () => boolean;
  readonly send: (message: FromSqlWorker) => void;
}

/** What the cells of a column are: `real`, numbers that the engine keeps as doubles; `other`, no numbers. */
interface ColumnKinds {
  real: boolean;
  other: boolean;
}
const NO_KINDS: ColumnKinds = { real: false, other: false };

export class SqlSession {
  readonly #engine: Engine;
  readonly #options: SessionOptions;
  readonly #notes = new Set<string>();
  #leftOut: SqlAnswer['leftOut'];
  /** Those of the tables that the statement reads. */
  readonly #long = new LongNumbers();
  readonly #content: Database;
  /** Holds empty tables, those of the last check. */
  #checks: { database: Database; schema: string; names: readonly string[] } | undefined;
  /** Rows that came for the next table. */
  #rows: (readonly (readonly SqlCell[])[])[] = [];
  /** The names under which tables are now, by their key. */
  readonly #tables = new Map<string, string>();
  /** The long numbers of tables, by their key. */
  readonly #longOf = new Map<string, LongNumbers>();
  #stored = 0;

  constructor(engine: Engine, options: SessionOptions) {
    this.#engine = engine;
    this.#options = options;
    this.#content = this.#open();
  }

  /** Does what a message asks, and replies. Throws a `SqlError`. */
  handle(message: ToSqlWorker): void {
    const { send } = this.#options;
    switch (message.type) {
      case 'check':
        send({ type: 'finding', finding: this.#check(message.tables, message.statement) });
        return;
      case 'rows':
        this.#rows.push(message.rows);
        send({ type: 'taken' });
        return;
      case 'table':
        this.#make(message.key, message.columns);
        send({ type: 'taken' });
        return;
      case 'drop':
        this.#rows = [];
        for (const key of message.keys) this.#drop(key);
        return;
      case 'run':
        this.#run(message);
        return;
    }
  }

  #open(): Database {
    const { limits, stopped } = this.#options;
    const remarks: Remarks = {
      add: (sentence) => this.#notes.add(sentence),
      leftOut: () => (this.#leftOut = (this.#leftOut ?? 0) + 1),
    };
    return new Database(this.#engine, { limits, stopped, remarks, long: this.#long });
  }

  #make(key: string, columns: readonly SqlColumn[]): void {
    const rows = this.#rows;
    this.#rows = [];
    this.#drop(key);
    const name = this.#stash();
    this.#longOf.set(key, this.#content.makeTable(name, columns, rows));
    this.#tables.set(key, name);
  }

  /** A name that no statement can have for a table: those of requests hold no space. */
  #stash(): string {
    return ` ${++this.#stored}`;
  }

  #drop(key: string): void {
    const name = this.#tables.get(key);
    if (name === undefined) return;
    this.#tables.delete(key);
    this.#longOf.delete(key);
    this.#content.dropTable(name);
  }

  #check(tables: readonly SqlTable[], statement: string): SqlFinding {
    const schema = JSON.stringify(tables);
    this.#checks ??= { database: this.#open(), schema: '[]', names: [] };
    const checks = this.#checks;
    const { database } = checks;
    try {
      if (checks.schema !== schema) {
        for (const name of checks.names) database.dropTable(name);
        checks.names = [];
        checks.schema = '[]';
        for (const { name, columns } of tables) {
          database.makeTable(name, columns, []);
          checks.names = [...checks.names, name];
        }
        checks.schema = schema;
      }
      const { pointer, reads } = database.prepare(statement, checks.names);
      const columns = this.#columns(pointer);
      this.#engine.capi.sqlite3_finalize(pointer);
      const typed = this.#typesOfAllParts(database, statement, checks.names, columns);
      return { ok: true, columns: typed, reads: distinct(reads) };
    } catch (error) {
      if (!(error instanceof SqlError)) throw error;
      return { ok: false, fault: error.fault };
    }
  }

  /** The columns with a type only where all parts of a compound have it. */
  #typesOfAllParts(
    database: Database,
    statement: string,
    tables: readonly string[],
    columns: readonly SqlColumn[],
  ): readonly SqlColumn[] {
    if (columns.every(({ type }) => type === 'unknown')) return columns;
    const others = withOtherPartsFirst(statement);
    if (others === undefined) return columns.map(withoutBoolean);
    let typed = columns;
    for (const other of others) {
      try {
        const { pointer } = database.prepare(other, tables);
        const found = this.#columns(pointer);
        this.#engine.capi.sqlite3_finalize(pointer);
        typed = typed.map((column, index) =>
          column.type === found[index]?.type ? column : { ...column, type: 'unknown' },
        );
      } catch (error) {
        if (!(error instanceof SqlError)) throw error;
        // A part can't stand first, as where its columns have other names.
        typed = typed.map(withoutBoolean);
      }
    }
    return typed;
  }

  #columns(statement: number): SqlColumn[] {
    const { capi } = this.#engine;
    const count = capi.sqlite3_column_count(statement);
    const indexes = Array.from({ length: count }, (_, index) => index);
    const names = uniqueNames(indexes.map((index) => capi.sqlite3_column_name(statement, index)));
    return indexes.map((index) => ({
      name: names[index] ?? '',
      type: typeOfDeclared(capi.sqlite3_column_decltype(statement, index)),
    }));
  }

  #run({ statement, values, tables, mostRows }: Extract<ToSqlWorker, { type: 'run' }>): void {
    this.#notes.clear();
    this.#leftOut = undefined;
    this.#name(tables);
    this.#long.clear();
    for (const { key } of tables) this.#long.add(this.#longOf.get(key) ?? new LongNumbers());
    const names = tables.map(({ name }) => name);
    try {
      const { pointer } = this.#content.prepare(statement, names);
      const columns = this.#typesOfAllParts(this.#content, statement, names, this.#columns(pointer));
      for (const [index, value] of values.entries()) this.#content.bind(pointer, index + 1, value);
      const kinds = columns.map(() => ({ real: false, other: false }));
      const whole = this.#sendRows(pointer, columns, kinds, mostRows);
      const leftOut = this.#leftOut;
      const notes = [...this.#notes];
      const answer = {
        columns: columns.map((column, index) => withReal(column, kinds[index])),
        whole,
        notes,
        ...(leftOut !== undefined && { leftOut }),
      };
      this.#options.send({ type: 'answer', answer });
    } catch (error) {
      // While it runs, the engine knows no place.
      throw error instanceof SqlError ? new SqlError({ offset: 0, ...error.fault }) : error;
    }
  }

  /** Gives the tables the names that the statement has for them. */
  #name(tables: readonly { readonly name: string; readonly key: string }[]): void {
    const wanted = new Map(tables.map(({ key, name }) => [key, name]));
    for (const [key, name] of this.#tables)
      if (wanted.get(key) !== name && !name.startsWith(' ')) this.#rename(key, this.#stash());
    for (const [key, name] of wanted) if (this.#tables.get(key) !== name) this.#rename(key, name);
  }

  #rename(key: string, to: string): void {
    const from = this.#tables.get(key);
    if (from === undefined) throw new Error(`The table ${key} was not loaded.`);
    this.#content.renameTable(from, to);
    this.#tables.set(key, to);
  }

  /** Sends the rows; returns whether these are all, and notes what each column holds. Finalizes the statement. */
  #sendRows(
    statement: number,
    columns: readonly SqlColumn[],
    kinds: readonly ColumnKinds[],
    mostRows: number,
  ): boolean {
    const { raw, capi } = this.#engine;
    const { send, limits } = this.#options;
    let rows: SqlCell[][] = [];
    let [count, bytes] = [0, 0];
    let result = raw.sqlite3_step(statement);
    for (; result === RESULT.row && count < mostRows; result = raw.sqlite3_step(statement)) {
      const row: SqlCell[] = [];
      for (const [index, { type }] of columns.entries()) {
        const cell = this.#cell(statement, index, type, kinds[index]);
        row.push(cell);
        bytes += CELL_BYTES + (typeof cell === 'string' ? cell.length : 0);
      }
      count++;
      rows.push(row);
      if (bytes > limits.answer) {
        capi.sqlite3_finalize(statement);
        throw new SqlError(FAULTS.answer);
      }
      if (rows.length < CHUNK) continue;
      send({ type: 'rows', rows });
      rows = [];
    }
    if (result !== RESULT.row && result !== RESULT.done) throw this.#content.failed(statement, result);
    capi.sqlite3_finalize(statement);
    if (rows.length > 0) send({ type: 'rows', rows });
    return result === RESULT.done;
  }

  #cell(statement: number, index: number, type: SqlColumn['type'], kinds?: ColumnKinds): SqlCell {
    const { raw } = this.#engine;
    const bytes = (at: number) => ({ at, count: raw.sqlite3_column_bytes(statement, index) });
    switch (raw.sqlite3_column_type(statement, index)) {
      case VALUE.integer:
        return cellOfInteger(raw.sqlite3_column_int64(statement, index), type, this.#long);
      case VALUE.float: {
        if (kinds !== undefined) kinds.real = true;
        const number = raw.sqlite3_column_double(statement, index);
        const digits = this.#long.digitsOf(number);
        if (digits !== undefined) return { digits };
        if (Number.isFinite(number)) return number;
        this.#notes.add(
          'A result is larger than a number can be, which is about 1.8e308: its cell is empty.',
        );
        return null;
      }
      case VALUE.text: {
        if (kinds !== undefined) kinds.other = true;
        const { at, count } = bytes(raw.sqlite3_column_text(statement, index));
        return cellOfText(this.#engine.text(at, count), type);
      }
      case VALUE.blob: {
        if (kinds !== undefined) kinds.other = true;
        const { at, count } = bytes(raw.sqlite3_column_blob(statement, index));
        return Buffer.from(this.#engine.wasm.heap8u().slice(at, at + count)).toString('hex');
      }
      default:
        return null;
    }
  }
}

/** Outside, 5.0 and 5 are one number: as a table of another statement, 5.0 / 2 would be 2. */
const withReal = (column: SqlColumn, { real, other }: ColumnKinds = NO_KINDS): SqlColumn =>
  column.type === 'unknown' && real && !other ? { ...column, real } : column;

/** 1 and 0 of a type that is not sure may be counts. */
const withoutBoolean = (column: SqlColumn): SqlColumn =>
  column.type === 'boolean' ? { ...column, type: 'unknown' } : column;

function distinct(reads: readonly ColumnRead[]): ColumnRead[] {
  const found = new Map(
    reads.map((read) => [JSON.stringify([read.table, read.column].map(sqlNameKey)), read]),
  );
  return [...found.values()];
}
