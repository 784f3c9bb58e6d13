/** Lets SQLite sort and compare by our comparison of texts where a statement names none. */
import type { Engine } from './sqlite';

/** In the database's structure, as it begins with three pointers of which this is the third. */
const DEFAULT_AT = 8;
/** The structure of a comparison: its name and four more words. */
const COMPARISON_BYTES = 20;

/** Where a prepared statement keeps its program, and how many instructions that has. */
const PROGRAM = { at: 104, count: 108 };
/** An instruction: what it does, where it jumps to, and the kind and the value of its fourth operand. */
const INSTRUCTION = { bytes: 20, code: 0, kind: 1, jump: 8, value: 16 };
/** The first of each program; a test of hashes before a search; a table made for `in`. */
const CODES = { init: 8, filter: 65, table: 119 };
/** `<>`, `=`, `>`, `<=`, `<` and `>=` follow each other. */
const [FIRST_COMPARE, LAST_COMPARE] = [53, 58];
/** Kinds of operands: a comparison of texts, and how a table of keys compares, a comparison for each column. */
const KINDS = { comparison: -2, keys: -9 };
const KEYS = { count: 6, database: 12, comparisons: 20 };

const ELSEWHERE = 'This build of SQLite keeps its programs elsewhere.';

/**
 * SQLite's sorter compares bytes where a comparison is the database's default, whatever function that has. So while a
 * statement runs, the default is a copy of the one with which it was prepared: alike in all, but not the same.
 */
export class DefaultOrder {
  readonly #engine: Engine;
  readonly #database: number;
  readonly #place: number;
  readonly #own: number;
  readonly #copy: number;

  /** After the comparison `BINARY` was replaced. */
  constructor(engine: Engine, database: number) {
    const { wasm } = engine;
    this.#engine = engine;
    this.#database = database;
    this.#place = database + DEFAULT_AT;
    this.#own = wasm.peekPtr(this.#place);
    // The structure is not documented: another version of the engine may have another.
    if (wasm.cstrToJs(wasm.peekPtr(this.#own)) !== 'BINARY')
      throw new Error('This build of SQLite keeps its default order elsewhere.');
    this.#copy = wasm.alloc(COMPARISON_BYTES);
    wasm.heap8u().copyWithin(this.#copy, this.#own, this.#own + COMPARISON_BYTES);
  }

  /** Before a statement is prepared. */
  preparing(): void {
    this.#engine.wasm.pokePtr(this.#place, this.#own);
  }

  /** Before it runs. */
  running(): void {
    this.#engine.wasm.pokePtr(this.#place, this.#copy);
  }

  /**
   * Makes a statement that is prepared compare computed texts as it does columns: where no side of a comparison is a column,
   * as in `trim(a) = lower(b)` or a constant before `in`, SQLite notes no comparison at all, and compares bytes.
   */
  complete(statement: number): void {
    const { wasm } = this.#engine;
    const program = wasm.peekPtr(statement + PROGRAM.at);
    const count = wasm.peek32(statement + PROGRAM.count);
    if (wasm.peek8(program + INSTRUCTION.code) !== CODES.init) throw new Error(ELSEWHERE);
    const filters: number[] = [];
    let areFiltersRight = true;
    for (let index = 0; index < count; index++) {
      const at = program + index * INSTRUCTION.bytes;
      const code = wasm.peek8(at + INSTRUCTION.code);
      const value = wasm.peekPtr(at + INSTRUCTION.value);
      if (code === CODES.filter) filters.push(index);
      else if (wasm.peek8(at + INSTRUCTION.kind) === KINDS.keys) {
        const wereComplete = this.#completeKeys(value);
        if (code === CODES.table) areFiltersRight &&= wereComplete;
      } else if (code >= FIRST_COMPARE && code <= LAST_COMPARE && value === 0) {
        wasm.poke8(at + INSTRUCTION.kind, KINDS.comparison);
        wasm.pokePtr(at + INSTRUCTION.value, this.#own);
      }
    }
    // They know bytes only: what they miss goes on to the next instruction, which searches.
    if (!areFiltersRight)
      for (const index of filters)
        wasm.poke32(program + index * INSTRUCTION.bytes + INSTRUCTION.jump, index + 1);
  }

  /** Returns whether they were complete. */
  #completeKeys(keys: number): boolean {
    const { wasm } = this.#engine;
    if (wasm.peekPtr(keys + KEYS.database) !== this.#database) throw new Error(ELSEWHERE);
    const first = keys + KEYS.comparisons;
    const end = first + wasm.peek16(keys + KEYS.count) * 4;
    let wereComplete = true;
    for (let at = first; at < end; at += 4) {
      if (wasm.peekPtr(at) !== 0) continue;
      wasm.pokePtr(at, this.#own);
      wereComplete = false;
    }
    return wereComplete;
  }
}
