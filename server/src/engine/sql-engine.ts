/** The SQL engine, for the server, the editor and the command line: it starts a worker when it is first asked. */
import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { FAULTS, SqlError } from './faults';
import type { EngineLimits, FromSqlWorker, ToSqlWorker, WorkerData } from './protocol';
import type { SqlAnswer, SqlCell, SqlFinding, SqlQuestion, SqlTable, TableContent } from './types';

/** Rows that go to the worker in one message, and are taken from their source without a pause. */
const CHUNK = 2_000;
/** How long a statement that is to end may take to notice, in milliseconds: then its worker is ended. */
const PATIENCE = 1_000;
/** How long an engine that is asked nothing keeps its memory, in milliseconds. */
const IDLE = 10 * 60_000;
/** How many cells of tables that the last statement did not use are kept for the next ones. */
const KEPT_CELLS = 5_000_000;
/** How many rows an answer has where nothing else is said: as many as a workbook's sheet. */
const MOST_ROWS = 1_048_575;
const LIMITS: EngineLimits = { heap: 1_000_000_000, value: 64_000_000, answer: 400_000_000 };

type Reply = Exclude<FromSqlWorker, { type: 'rows' }>;

/** A table that the worker has. */
interface Loaded {
  readonly cells: number;
}

export interface SqlEngineOptions {
  /** The path of `sql-worker.js`; `sqlite3.wasm.br` is beside it. */
  readonly program: string;
  readonly limits?: Partial<EngineLimits>;
}

/** Answers one question after the other. A failure of the engine itself is an error of the question; the next starts anew. */
export class SqlEngine {
  readonly #options: SqlEngineOptions;
  #running: RunningWorker | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #idle: NodeJS.Timeout | undefined;
  #disposed = false;

  constructor(options: SqlEngineOptions) {
    this.#options = options;
  }

  /** Prepares a statement against empty tables. Throws a `SqlError` only where the engine itself fails. */
  async check(tables: readonly SqlTable[], statement: string): Promise<SqlFinding> {
    return this.#next(async (worker) => {
      const reply = await worker.ask({ type: 'check', tables, statement });
      if (reply.type !== 'finding') throw worker.unexpected(reply);
      return reply.finding;
    });
  }

  /** Runs a statement. Throws a `SqlError`. */
  async run(question: SqlQuestion): Promise<SqlAnswer> {
    return this.#next((worker) => worker.run(question), question.signal);
  }

  /** Ends the worker; a question under way fails as cancelled. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    await this.#end();
  }

  /** Asks when all questions before are answered. */
  #next<T>(ask: (worker: RunningWorker) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const answer = this.#last.then(async () => {
      if (this.#disposed || signal?.aborted === true) throw new SqlError(FAULTS.cancelled);
      clearTimeout(this.#idle);
      const worker = (this.#running ??= new RunningWorker(this.#options));
      worker.hold(true);
      try {
        return await ask(worker);
      } finally {
        worker.hold(false);
        if (worker.ended) this.#running = undefined;
        this.#idle = setTimeout(() => void this.#end(), IDLE).unref();
      }
    });
    this.#last = answer.catch(() => undefined);
    return answer;
  }

  async #end(): Promise<void> {
    clearTimeout(this.#idle);
    const worker = this.#running;
    this.#running = undefined;
    await worker?.end();
  }
}

/** One worker from its start to its end. */
class RunningWorker {
  readonly #worker: Worker;
  readonly #stop = new Int32Array(new SharedArrayBuffer(4));
  readonly #program: string;
  /** In the order of their last use. */
  readonly #loaded = new Map<string, Loaded>();
  #onReply: ((reply: Reply) => void) | undefined;
  #onRows: (rows: readonly (readonly SqlCell[])[]) => void = () => undefined;
  /** Why the worker is no more. */
  #failure: SqlError | undefined;
  #onFailure: ((failure: SqlError) => void) | undefined;

  constructor({ program, limits }: SqlEngineOptions) {
    this.#program = program;
    const workerData: WorkerData = { stop: this.#stop, limits: { ...LIMITS, ...limits } };
    this.#worker = new Worker(program, { workerData, stdout: true, stderr: true });
    this.#worker.on('message', (message: FromSqlWorker) => {
      if (message.type === 'rows') this.#onRows(message.rows);
      else this.#onReply?.(message);
    });
    this.#worker.on('error', (error) => this.#fail(this.#startError(error)));
    this.#worker.on('exit', () => this.#fail(new SqlError(FAULTS.cancelled)));
  }

  get ended(): boolean {
    return this.#failure !== undefined;
  }

  /** Whether the program waits for this worker before it ends. */
  hold(held: boolean): void {
    if (held) this.#worker.ref();
    else this.#worker.unref();
  }

  async end(): Promise<void> {
    this.#fail(new SqlError(FAULTS.cancelled));
    await this.#worker.terminate();
  }

  /** Sends a message and waits for its reply. A fault is thrown. */
  ask(message: ToSqlWorker): Promise<Reply> {
    return new Promise<Reply>((resolve, reject) => {
      if (this.#failure !== undefined) {
        reject(this.#failure);
        return;
      }
      this.#onFailure = reject;
      this.#onReply = (reply) => {
        if (reply.type !== 'fault') {
          resolve(reply);
          return;
        }
        const error = new SqlError(reply.fault);
        if (reply.broken) this.#fail(error);
        reject(error);
      };
      this.#worker.postMessage(message);
    });
  }

  unexpected(reply: Reply): Error {
    return new Error(`The SQL engine replied ${reply.type}.`);
  }

  async run({ statement, values, tables, signal, mostRows = MOST_ROWS }: SqlQuestion): Promise<SqlAnswer> {
    const rows: (readonly SqlCell[])[] = [];
    this.#onRows = (more) => {
      for (const row of more) rows.push(row);
    };
    Atomics.store(this.#stop, 0, 0);
    let kill: NodeJS.Timeout | undefined;
    const onAbort = () => {
      Atomics.store(this.#stop, 0, 1);
      kill = setTimeout(() => void this.end(), PATIENCE);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      const used = tables.map(({ name, columns, key }) => ({
        name,
        columns,
        key: keyOf({ name, columns, key }),
      }));
      for (const table of tables) await this.#load(table, signal);
      this.#dropUnused(new Set(used.map(({ key }) => key)));
      const reply = await this.ask({ type: 'run', statement, values, tables: used, mostRows });
      if (reply.type !== 'answer') throw this.unexpected(reply);
      return { ...reply.answer, rows };
    } finally {
      clearTimeout(kill);
      signal?.removeEventListener('abort', onAbort);
    }
  }

  async #load(table: TableContent, signal: AbortSignal | undefined): Promise<void> {
    const key = keyOf(table);
    const loaded = this.#loaded.get(key);
    if (loaded !== undefined) {
      this.#loaded.delete(key);
      this.#loaded.set(key, loaded);
      return;
    }
    let count = 0;
    try {
      let rows: (readonly SqlCell[])[] = [];
      const push = async () => {
        if (signal?.aborted === true) throw new SqlError(FAULTS.cancelled);
        await this.ask({ type: 'rows', rows });
        rows = [];
      };
      for (const row of table.rows) {
        count++;
        if (rows.push(row) >= CHUNK) await push();
      }
      await push();
      await this.ask({ type: 'table', key, columns: table.columns });
    } catch (error) {
      // What came of the table is none.
      this.#send({ type: 'drop', keys: [key] });
      throw error;
    }
    this.#loaded.set(key, { cells: count * table.columns.length });
  }

  /** Keeps what the next statements may need, the last used first. */
  #dropUnused(used: ReadonlySet<string>): void {
    let room = KEPT_CELLS;
    const dropped: string[] = [];
    for (const [key, { cells }] of [...this.#loaded].reverse()) {
      if (used.has(key)) continue;
      room -= cells;
      if (room < 0) dropped.push(key);
    }
    for (const key of dropped) this.#loaded.delete(key);
    if (dropped.length > 0) this.#send({ type: 'drop', keys: dropped });
  }

  #send(message: ToSqlWorker): void {
    if (this.#failure === undefined) this.#worker.postMessage(message);
  }

  #fail(error: SqlError): void {
    if (this.#failure !== undefined) return;
    this.#failure = error;
    this.#onFailure?.(error);
    void this.#worker.terminate();
  }

  #startError(error: unknown): SqlError {
    const message = existsSync(this.#program)
      ? `${FAULTS.broken.message}${String(error)}`
      : FAULTS.missing.message;
    return new SqlError({ kind: 'engine', message });
  }
}

/** The rows, the columns and the name make a table: where one differs, it is another. */
const keyOf = ({ name, columns, key }: Omit<TableContent, 'rows'>): string =>
  JSON.stringify([key, name, columns]);
