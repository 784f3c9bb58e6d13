/** The engine itself: SQLite as WebAssembly, with the few of its functions that we use, by their types. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import init, { type Sqlite3Static } from '@sqlite.org/sqlite-wasm';

/** The functions of the C interface that are called for each value: without the conversions of the package. */
interface RawCalls {
  sqlite3_bind_int64(statement: number, index: number, value: bigint): number;
  sqlite3_bind_int(statement: number, index: number, value: number): number;
  sqlite3_bind_double(statement: number, index: number, value: number): number;
  sqlite3_bind_null(statement: number, index: number): number;
  sqlite3_bind_text(
    statement: number,
    index: number,
    text: number,
    bytes: number,
    destructor: number,
  ): number;
  sqlite3_step(statement: number): number;
  sqlite3_reset(statement: number): number;
  sqlite3_column_type(statement: number, index: number): number;
  sqlite3_column_int64(statement: number, index: number): bigint;
  sqlite3_column_double(statement: number, index: number): number;
  sqlite3_column_text(statement: number, index: number): number;
  sqlite3_column_blob(statement: number, index: number): number;
  sqlite3_column_bytes(statement: number, index: number): number;
  sqlite3_value_type(value: number): number;
  sqlite3_value_int64(value: number): bigint;
  sqlite3_value_double(value: number): number;
  sqlite3_value_text(value: number): number;
  sqlite3_value_bytes(value: number): number;
  sqlite3_aggregate_context(context: number, bytes: number): number;
}

type Sqlite = Pick<Sqlite3Static, 'capi' | 'wasm'> & { readonly raw: RawCalls };

/** Types of values, in the numbers of the C interface. */
export const VALUE = { integer: 1, float: 2, text: 3, blob: 4, null: 5 } as const;
/** Results of calls, in the numbers of the C interface. */
export const RESULT = {
  ok: 0,
  error: 1,
  nomem: 7,
  interrupt: 9,
  toobig: 18,
  auth: 23,
  row: 100,
  done: 101,
} as const;
/** "Copy the text now", for `sqlite3_bind_text`. */
const TRANSIENT = -1;
/** "The text stays where it is". */
const STATIC = 0;
const ROW_BYTES = 262_144;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** SQLite, with texts to and from its memory. */
export class Engine {
  readonly capi: Sqlite['capi'];
  readonly wasm: Sqlite['wasm'];
  readonly raw: RawCalls;
  /** Memory for the texts of one row on their way into the engine, and how much of it is used. */
  #row = 0;
  #used = 0;

  constructor({ capi, wasm, raw }: Sqlite) {
    this.capi = capi;
    this.wasm = wasm;
    this.raw = raw;
  }

  #heap: Uint8Array = new Uint8Array();

  /** The engine's memory, for what is called for each value. It is another one where it has grown. */
  get heap(): Uint8Array {
    if (this.#heap.length === 0) this.#heap = this.wasm.heap8u();
    return this.#heap;
  }

  /** The pointer at a place in the engine's memory. */
  pointerAt(place: number): number {
    const { heap } = this;
    const [a = 0, b = 0, c = 0, d = 0] = [heap[place], heap[place + 1], heap[place + 2], heap[place + 3]];
    return (a | (b << 8) | (c << 16) | (d << 24)) >>> 0;
  }

  /** The text at a place in the engine's memory. */
  text(pointer: number, bytes: number): string {
    if (bytes === 0) return '';
    return decoder.decode(this.heap.subarray(pointer, pointer + bytes));
  }

  /** Binds a text, which the engine copies. */
  bindText(statement: number, index: number, text: string): number {
    const bytes = encoder.encode(text);
    const pointer = this.wasm.alloc(bytes.length + 1);
    this.wasm.heap8u().set(bytes, pointer);
    const result = this.raw.sqlite3_bind_text(statement, index, pointer, bytes.length, TRANSIENT);
    this.wasm.dealloc(pointer);
    return result;
  }

  /** Before the texts of the next row are bound: those of the one before are no longer needed. */
  nextRow(): void {
    this.#used = 0;
  }

  /** Binds a text of a row, which stands in memory until the next row: millions of texts need no memory of their own. */
  bindRowText(statement: number, index: number, text: string): number {
    const most = text.length * 3;
    if (this.#used + most > ROW_BYTES) return this.bindText(statement, index, text);
    if (this.#row === 0) this.#row = this.wasm.alloc(ROW_BYTES);
    const start = this.#row + this.#used;
    const { heap } = this;
    const bytes =
      asciiInto(heap, start, text) ?? encoder.encodeInto(text, heap.subarray(start, start + most)).written;
    this.#used += bytes;
    return this.raw.sqlite3_bind_text(statement, index, start, bytes, STATIC);
  }
}

/** Writes a short text of ASCII; undefined where it is none. Faster than an encoder, which most texts need not. */
function asciiInto(heap: Uint8Array, start: number, text: string): number | undefined {
  const { length } = text;
  if (length > 100) return undefined;
  for (let index = 0; index < length; index++) {
    const code = text.charCodeAt(index);
    if (code >= 0x80) return undefined;
    heap[start + index] = code;
  }
  return length;
}

/** What the package's function takes, which its types leave out. */
type Init = (module: {
  locateFile: (name: string) => string;
  wasmBinary: Uint8Array;
  print: () => void;
  printErr: () => void;
}) => Promise<Sqlite3Static>;

/** Loads the engine from the file beside the program. Its own log is silent: it would hold values of statements. */
export async function loadEngine(): Promise<Engine> {
  const silent = () => undefined;
  const file = path.join(import.meta.dirname, 'sqlite3.wasm.br');
  // The package reads its settings from here, and deletes them.
  Object.assign(globalThis, {
    sqlite3ApiConfig: { log: silent, debug: silent, warn: silent, error: silent },
  });
  const { capi, wasm } = await (init as Init)({
    locateFile: () => file,
    wasmBinary: brotliDecompressSync(readFileSync(file)),
    print: silent,
    printErr: silent,
  });
  return new Engine({ capi, wasm, raw: wasm.exports as RawCalls });
}
