/** A database in memory that statements may only read, and that holds tables under the names that statements have for them. */
import { boundOf, columnsIn, declaration, longNumbersIn } from './cells';
import { DefaultOrder } from './default-order';
import { FAULTS, isSyntaxError, messageOf, SqlError } from './faults';
import { addFunctions, type Remarks } from './functions';
import type { LongNumbers } from './long-numbers';
import { quoted, sqlNameKey } from './names';
import type { EngineLimits } from './protocol';
import { type Engine, RESULT } from './sqlite';
import type { SqlCell, SqlColumn, SqlFault } from './types';

/** Table functions that statements may read. */
const TABLE_FUNCTIONS: ReadonlySet<string> = new Set(['json_each', 'json_tree']);
/** How many steps of the engine pass until it looks whether it is to end: far less than a hundredth of a second. */
const STEPS = 2_000;
const MOST_STATEMENT_BYTES = 1_000_000;

export interface DatabaseOptions {
  readonly limits: EngineLimits;
  /** Whether the statement that runs is to end. */
  readonly stopped: () => boolean;
  readonly remarks: Remarks;
  /** Those of the tables that the statement reads. */
  readonly long: LongNumbers;
}

/** A column that a statement reads. */
export interface ColumnRead {
  readonly table: string;
  readonly column: string;
}

export class Database {
  readonly #engine: Engine;
  readonly #pointer: number;
  readonly #stopped: () => boolean;
  readonly #order: DefaultOrder | undefined;
  /** What a statement that is being prepared may read, by `sqlNameKey`; undefined: everything is our own doing. */
  #readable: ReadonlySet<string> | undefined;
  #reads: ColumnRead[] = [];
  #refused = false;

  constructor(engine: Engine, { limits, stopped, remarks, long }: DatabaseOptions) {
    this.#engine = engine;
    this.#stopped = stopped;
    const { capi, wasm } = engine;
    const handle = wasm.alloc(4);
    const result = capi.sqlite3_open_v2(
      ':memory:',
      handle,
      capi.SQLITE_OPEN_READWRITE | capi.SQLITE_OPEN_CREATE,
      0,
    );
    this.#pointer = wasm.peekPtr(handle);
    wasm.dealloc(handle);
    if (result !== RESULT.ok) throw this.#error();
    this.execute(`pragma hard_heap_limit = ${limits.heap}`);
    capi.sqlite3_limit(this.#pointer, capi.SQLITE_LIMIT_LENGTH, limits.value);
    capi.sqlite3_limit(this.#pointer, capi.SQLITE_LIMIT_SQL_LENGTH, MOST_STATEMENT_BYTES);
    // Without it, a value that is bound may have the statement prepared anew while it runs, by another default order.
    capi.sqlite3_db_config(this.#pointer, capi.SQLITE_DBCONFIG_ENABLE_QPSG, 1, 0);
    addFunctions(engine, this.#pointer, remarks, long);
    this.#order = new DefaultOrder(engine, this.#pointer);
    capi.sqlite3_progress_handler(this.#pointer, STEPS, () => Number(this.#stopped()), 0);
    capi.sqlite3_set_authorizer(this.#pointer, this.#authorize, 0);
  }

  /** Runs a statement of our own. */
  execute(statement: string): void {
    const { pointer } = this.prepare(statement, undefined);
    if (pointer === 0) return;
    let result: number;
    do result = this.#engine.raw.sqlite3_step(pointer);
    while (result === RESULT.row);
    if (result === RESULT.done) this.#engine.capi.sqlite3_finalize(pointer);
    else throw this.failed(pointer, result);
  }

  /**
   * Prepares the one statement of a text, which may read the tables of these names; without them it is our own. The caller
   * finalizes it. Throws a `SqlError`.
   */
  prepare(text: string, tables: readonly string[] | undefined): { pointer: number; reads: ColumnRead[] } {
    const { wasm, capi } = this.#engine;
    this.#readable = tables === undefined ? undefined : new Set(tables.map(sqlNameKey));
    this.#reads = [];
    this.#refused = false;
    const bytes = new TextEncoder().encode(text);
    if (bytes.length >= MOST_STATEMENT_BYTES) throw new SqlError(TOO_LONG);
    const start = wasm.alloc(bytes.length + 1);
    const places = wasm.alloc(8);
    try {
      const heap = wasm.heap8u();
      heap.set(bytes, start);
      heap[start + bytes.length] = 0;
      const next = (from: number) => {
        const result = capi.sqlite3_prepare_v2(
          this.#pointer,
          from,
          start + bytes.length - from,
          places,
          places + 4,
        );
        return { result, pointer: wasm.peekPtr(places), tail: wasm.peekPtr(places + 4) };
      };
      this.#order?.preparing();
      const { result, pointer, tail } = next(start);
      if (result !== RESULT.ok) throw this.#statementError(bytes, result);
      const refused = pointer !== 0 && tables !== undefined && !this.#isQuery(pointer);
      const second = pointer === 0 ? undefined : this.#second(tail, start + bytes.length, next);
      if (pointer !== 0 && !refused && second === undefined) {
        if (tables !== undefined) this.#order?.complete(pointer);
        return { pointer, reads: this.#reads };
      }
      capi.sqlite3_finalize(pointer);
      if (pointer === 0) throw new SqlError({ ...FAULTS.empty, offset: 0 });
      if (refused || second === undefined) throw new SqlError({ ...FAULTS.refused, offset: 0 });
      throw new SqlError({ ...FAULTS.second, offset: unitsIn(bytes, second - start) });
    } finally {
      this.#order?.running();
      wasm.dealloc(places);
      wasm.dealloc(start);
      this.#readable = undefined;
    }
  }

  /** `vacuum` and `reindex` ask nobody whether they may, and have no columns. */
  #isQuery(statement: number): boolean {
    const { capi } = this.#engine;
    return (
      capi.sqlite3_stmt_isexplain(statement) === 0 &&
      capi.sqlite3_column_count(statement) > 0 &&
      capi.sqlite3_stmt_readonly(statement) !== 0
    );
  }

  /** Where a second statement begins behind the first: blanks, comments and semicolons are none. */
  #second(
    from: number,
    end: number,
    next: (from: number) => { result: number; pointer: number; tail: number },
  ): number | undefined {
    let at = from;
    while (at < end) {
      const { result, pointer, tail } = next(at);
      this.#engine.capi.sqlite3_finalize(pointer);
      if (result !== RESULT.ok || pointer !== 0) return this.#afterBlanks(at, end);
      if (tail <= at) return undefined;
      at = tail;
    }
    return undefined;
  }

  #afterBlanks(from: number, end: number): number {
    const heap = this.#engine.wasm.heap8u();
    let at = from;
    while (at < end && (heap[at] ?? 0) <= 0x20) at++;
    return at;
  }

  /** Makes a table of rows; returns its long numbers. Throws a `SqlError`, and leaves nothing behind then. */
  makeTable(
    name: string,
    columns: readonly SqlColumn[],
    chunks: readonly (readonly (readonly SqlCell[])[])[],
  ): LongNumbers {
    const typed = columnsIn(columns, chunks);
    const types = typed.map(({ type }) => type);
    const long = longNumbersIn(types, chunks);
    // A table of no known columns can be counted at least.
    const declared =
      typed.length === 0
        ? [quoted('')]
        : typed.map((column) => `${quoted(column.name)} ${declaration(column)}`);
    this.execute(`create table ${quoted(name)} (${declared.join(', ')})`);
    try {
      this.#insert(name, types, long, chunks);
      return long;
    } catch (error) {
      this.execute('rollback');
      this.dropTable(name);
      throw error;
    }
  }

  #insert(
    name: string,
    types: readonly SqlColumn['type'][],
    long: LongNumbers,
    chunks: readonly (readonly (readonly SqlCell[])[])[],
  ): void {
    this.execute('begin');
    const places = Array.from({ length: Math.max(types.length, 1) }, () => '?').join(', ');
    const { pointer } = this.prepare(`insert into ${quoted(name)} values (${places})`, undefined);
    const { raw } = this.#engine;
    for (const rows of chunks)
      for (const row of rows) {
        this.#engine.nextRow();
        for (let index = 0; index < types.length; index++) {
          const bound = boundOf(row[index] ?? null, types[index] ?? 'unknown', long);
          if (typeof bound !== 'string') this.bind(pointer, index + 1, bound);
          else this.#bound(pointer, this.#engine.bindRowText(pointer, index + 1, bound));
        }
        const result = raw.sqlite3_step(pointer);
        if (result !== RESULT.done) throw this.failed(pointer, result);
        raw.sqlite3_reset(pointer);
      }
    this.#engine.capi.sqlite3_finalize(pointer);
    this.execute('commit');
  }

  bind(statement: number, index: number, value: string | number | bigint | null): void {
    const { raw } = this.#engine;
    let result: number;
    if (value === null) result = raw.sqlite3_bind_null(statement, index);
    else if (typeof value === 'string') result = this.#engine.bindText(statement, index, value);
    else if (typeof value === 'bigint') result = raw.sqlite3_bind_int64(statement, index, value);
    else if ((value | 0) === value) result = raw.sqlite3_bind_int(statement, index, value);
    else if (Number.isSafeInteger(value)) result = raw.sqlite3_bind_int64(statement, index, BigInt(value));
    else result = raw.sqlite3_bind_double(statement, index, value);
    this.#bound(statement, result);
  }

  #bound(statement: number, result: number): void {
    if (result !== RESULT.ok) throw this.failed(statement, result);
  }

  dropTable(name: string): void {
    this.execute(`drop table ${quoted(name)}`);
  }

  renameTable(from: string, to: string): void {
    this.execute(`alter table ${quoted(from)} rename to ${quoted(to)}`);
  }

  /** The error of a statement that failed while it ran; it is finalized. */
  failed(statement: number, result: number): SqlError {
    const error = this.#error(result);
    this.#engine.capi.sqlite3_finalize(statement);
    return error;
  }

  #error(result: number = this.#engine.capi.sqlite3_errcode(this.#pointer)): SqlError {
    switch (result & 0xff) {
      case RESULT.nomem:
        return new SqlError(FAULTS.memory);
      case RESULT.toobig:
        return new SqlError(FAULTS.value);
      case RESULT.interrupt:
        return new SqlError(FAULTS.cancelled);
    }
    const message = this.#engine.capi.sqlite3_errmsg(this.#pointer);
    return new SqlError({
      kind: 'statement',
      message: messageOf(message),
      ...(isSyntaxError(message) && { isSyntax: true }),
    });
  }

  #statementError(bytes: Uint8Array, result: number): SqlError {
    if (this.#refused) return new SqlError({ ...FAULTS.refused, offset: 0 });
    const { fault } = this.#error(result);
    if (fault.kind !== 'statement') return new SqlError(fault);
    const offset = this.#engine.capi.sqlite3_error_offset(this.#pointer);
    return new SqlError({ ...fault, offset: unitsIn(bytes, offset < 0 ? bytes.length : offset) });
  }

  /** Says of each thing that a statement is going to do whether it may. */
  readonly #authorize = (_: number, action: number, table: string | 0, column: string | 0): number => {
    const { capi } = this.#engine;
    if (this.#readable === undefined) return capi.SQLITE_OK;
    switch (action) {
      case capi.SQLITE_SELECT:
      case capi.SQLITE_FUNCTION:
      case capi.SQLITE_RECURSIVE:
        return capi.SQLITE_OK;
      case capi.SQLITE_READ: {
        // Without a column: a table of which none is read. It may be a part of the statement itself.
        if (table === 0 || column === 0 || column === '') return capi.SQLITE_OK;
        const key = sqlNameKey(table);
        if (TABLE_FUNCTIONS.has(key)) return capi.SQLITE_OK;
        if (this.#readable.has(key)) {
          this.#reads.push({ table, column });
          return capi.SQLITE_OK;
        }
      }
    }
    this.#refused = true;
    return capi.SQLITE_DENY;
  };
}

const TOO_LONG: SqlFault = {
  kind: 'statement',
  message: 'The statement is longer than a million characters, which is the most: shorten it.',
};

/** How many UTF-16 units the first bytes of a UTF-8 text are. */
const unitsIn = (bytes: Uint8Array, count: number): number =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, count)).length;
