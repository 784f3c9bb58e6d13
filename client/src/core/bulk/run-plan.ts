/** Sends the rows of a plan, each once, and finds out what became of those whose answers were lost. */
import { CONCURRENCY, type ModuleInfo } from '#language';
import type { Connection } from '../connections/connection';
import type { ApiClient } from '../remote/api';
import { ApiError } from '../remote/api-error';
import { rowOf } from '../remote/error-kinds';
import { wait } from '../remote/retry';
import { readPage } from '../results/read-page';
import { looseKey } from '../running/batches';
import type { Pause } from '../running/pause';
import { outcomeOf } from '../running/send';
import { noted } from '../writing/noted';
import type { WriteSource } from '../writing/planned-change';
import type { WriteLog } from '../writing/write-log';
import { Brake, type BrakeTools } from './brake';
import { type BulkProgress, ProgressMeter } from './bulk-progress';
import { type PlannedRow, SLOW_MS } from './planned-row';
import { readRecords, type RecordReading } from './records';
import { nowWith, type RecordOfRow, sentWith } from './row-check';
import type { DoubtfulRow, RunStore } from './run-store';

export interface RunOptions extends BrakeTools {
  readonly client: ApiClient;
  readonly module: ModuleInfo;
  /** 4 when absent. */
  readonly concurrency?: number | undefined;
  /** Aborted: what is under way is waited for, and nothing else is sent. */
  readonly signal?: AbortSignal;
  readonly pause?: Pause;
  /** Is told of each write before it is sent, and of what became of it. */
  readonly log: WriteLog;
  readonly source: WriteSource;
  /** Of all writes that belong together, in the list of changes. */
  readonly run?: string;
  /** What the list of changes calls them. */
  readonly title?: string;
  readonly onProgress?: (progress: BulkProgress) => void;
  /** How many pauses in a row that bring nothing are waited for. */
  readonly pauses?: number | undefined;
  /** Gets a sentence before a pause. */
  readonly onPause?: (why: string) => void;
  /** Milliseconds after which a request whose answer was lost has most likely been carried out, if it ever will be. */
  readonly settleMs?: number;
  /** … and after which it surely has. */
  readonly lateMs?: number;
}

export interface RunEnding {
  /** Why rows were left unsent; undefined where all were sent, or the run was stopped. */
  readonly stoppedBy: ApiError | undefined;
}

/** Settles the rows that are not to be sent any more, and returns the others, with their records as they are now. */
type Check = (rows: readonly PlannedRow[]) => Promise<readonly PlannedRow[]>;

/** What a write was answered with. */
interface Answer {
  readonly status: number;
  readonly milliseconds: number;
  readonly createdId?: string;
}

/** Rows that are looked at together, right before they are sent. */
const BATCH = 50;
const SETTLE_MS = 1000;
/** After so long, records are read again before more is sent: a slow platform takes long for a batch. */
const FRESH_MS = 10_000;
/** How often rows whose answers were lost are looked up, and sent again where they were not done. */
const ROUNDS = 4;
/** So many answers that are lost in a row, or pauses that bring nothing, end the run. */
const MOST_LOST = 10;
const MOST_PAUSES = { reached: 6, unreached: 3 } as const;
/** So many answers that are lost in a row ask for a pause. */
const LOST_BEFORE_PAUSE = 3;
const UNFINDABLE =
  'It was being sent when the import was interrupted, and nothing tells its record apart: look whether it was created.';
/** A longer pause than this is for another day. */
const LONGEST_PAUSE_SECONDS = 300;

/** Sends all rows of a plan that are still to be sent. Throws only for faults of this program and of the disk. */
export async function runPlan(store: RunStore, options: RunOptions): Promise<RunEnding> {
  const run = new Run(store, options);
  await run.all();
  return { stoppedBy: run.stoppedBy };
}

class Run {
  stoppedBy: ApiError | undefined;
  readonly #brake: Brake;
  readonly #meter: ProgressMeter;
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  /** Answers that were lost in a row. */
  #lost = 0;

  constructor(
    private readonly store: RunStore,
    private readonly options: RunOptions,
  ) {
    this.#brake = new Brake(options);
    this.#meter = new ProgressMeter(store.counts);
    const { signal } = options;
    this.#signal = signal === undefined ? this.#stop.signal : AbortSignal.any([signal, this.#stop.signal]);
  }

  async all(): Promise<void> {
    await this.#giveUpUnfindable();
    await this.#settleDoubts('soon');
    for await (const batch of batchesOf(this.store.pending())) {
      if (this.#signal.aborted) return;
      await this.#send(batch, (rows) => this.#stillAsPlanned(rows));
    }
    for (let round = 0; round < ROUNDS && !this.#signal.aborted; round++) {
      const soon = await this.#settleDoubts('soon');
      const late = await this.#settleDoubts('late');
      if (!soon && !late) return;
    }
  }

  #end(error: ApiError): void {
    if (error.kind !== 'cancelled') this.stoppedBy ??= error;
    this.#stop.abort();
    this.#brake.leave();
  }

  /** Reads, as often as a pause may mend what fails. Undefined: the run is over. */
  async #unlessOver<T>(read: () => Promise<T>): Promise<T | undefined> {
    while (!this.#signal.aborted) {
      try {
        await this.options.pause?.over(this.#signal);
        await this.#brake.over(this.#signal);
        const found = await read();
        this.#brake.through();
        return found;
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (mayPass(error)) this.#hold(error);
        else this.#end(error);
      }
    }
    return undefined;
  }

  /** Reads the records of rows that have a key. Undefined: the run is over. */
  async #recordsOf(rows: readonly PlannedRow[]): Promise<RecordOfRow | undefined> {
    const keyed = rows.filter(({ key }) => key !== undefined);
    const [first] = keyed;
    if (first?.key === undefined) return () => [];
    const { client, module } = this.options;
    const reading: RecordReading = {
      client,
      module,
      field: first.key.field,
      written: new Set(keyed.flatMap(({ change }) => change.fields.map(({ name }) => name))),
      whole: keyed.some(({ change }) => change.outcome !== 'create'),
    };
    const keys = keyed.flatMap(({ key }) => (key === undefined ? [] : [key.value]));
    const found = await this.#unlessOver(() => readRecords(reading, keys, { signal: this.#signal }));
    return found && (({ key }) => found.get(key?.value ?? '') ?? []);
  }

  /** Leaves out, and settles, the rows whose records are no longer as the plan has them. */
  async #stillAsPlanned(rows: readonly PlannedRow[]): Promise<readonly PlannedRow[]> {
    const recordOf = await this.#recordsOf(rows);
    if (recordOf === undefined) return [];
    const ready: PlannedRow[] = [];
    for (const planned of rows) {
      const now = nowWith(planned, recordOf(planned));
      if (now.kind === 'as planned') ready.push(now.planned);
      else await this.#settle(planned.row, now.outcome);
    }
    return ready;
  }

  /** Sends what `check` leaves of the rows. Whenever somebody had to wait, the rest is checked again. */
  async #send(rows: readonly PlannedRow[], check: Check): Promise<void> {
    for (let left = rows; left.length > 0 && !this.#signal.aborted;)
      left = await this.#sendWhileFresh(await check(left));
  }

  /** Returns the rows that are left when the check of their records is no longer fresh, or the run is over. */
  async #sendWhileFresh(rows: readonly PlannedRow[]): Promise<readonly PlannedRow[]> {
    const { now = Date.now } = this.options;
    const waiting = rows.values();
    const left: PlannedRow[] = [];
    const staleFrom = now() + FRESH_MS;
    const work = async () => {
      try {
        while (left.length === 0 && now() < staleFrom && !this.#signal.aborted) {
          const { value: planned } = waiting.next();
          if (planned === undefined) return;
          if (!(await this.#sendOne(planned))) left.push(planned);
        }
      } catch (error) {
        // The disk is full, say: without a journal, nobody may send.
        this.#stop.abort();
        this.#brake.leave();
        throw error;
      }
    };
    const workers = Math.max(1, this.options.concurrency ?? CONCURRENCY);
    const ended = await Promise.allSettled(Array.from({ length: workers }, work));
    for (const each of ended) if (each.status === 'rejected') throw each.reason;
    return [...left, ...waiting];
  }

  /** Returns whether it is the caller’s turn at once, so that nobody can have changed records since they were read. */
  async #turn(): Promise<boolean> {
    try {
      const paused = this.options.pause?.on === true;
      await this.options.pause?.over(this.#signal);
      const waited = await this.#brake.turn(this.#signal);
      if (!paused && !waited && !this.#signal.aborted) return true;
      this.#brake.leave();
      return false;
    } catch (error) {
      if (error instanceof ApiError) return false;
      throw error;
    }
  }

  /** Returns false where it was not sent, or certainly not done. */
  async #sendOne(planned: PlannedRow): Promise<boolean> {
    if (!(await this.#turn())) return false;
    const { row, change } = planned;
    await this.store.sending(row);
    try {
      const { status, createdId } = await this.#exchange(planned);
      this.#brake.through();
      this.#lost = 0;
      const id = createdId ?? ('id' in change ? change.id : undefined);
      const deed = outcomeOf({ status }, change.request.method) === 'created' ? 'created' : 'changed';
      await this.#settle(row, { kind: 'done', deed, ...(id !== undefined && { id }) });
      return true;
    } catch (error) {
      if (error instanceof ApiError) return this.#failed(row, error);
      throw error;
    }
  }

  /** Sends the write of a row, once, between the two lines of the log. */
  async #exchange({ change }: PlannedRow): Promise<Answer> {
    const { log, client, source, run, title } = this.options;
    const send = async (): Promise<Answer> => {
      // Without a signal: an answer that is called off is lost.
      const { status, milliseconds, json } = await client.send(change.request);
      const { createdId } = readPage(json);
      return { status, milliseconds, ...(createdId !== undefined && { createdId }) };
    };
    const connection: Pick<Connection, 'name' | 'root'> = client.connection;
    const about = { ...(run !== undefined && { run }), ...(title !== undefined && { title }) };
    return (await noted(log, { change, connection, source, ...about }, send)).result;
  }

  /** Returns false for a row that was certainly not done for a reason that is not its own. */
  async #failed(row: number, error: ApiError): Promise<boolean> {
    if (error.outcomeUnknown) {
      await this.#settle(row, { kind: 'unknown', message: error.reading, slow: error.kind === 'timeout' });
      if (++this.#lost >= MOST_LOST) this.#end(error);
      else if (this.#lost >= LOST_BEFORE_PAUSE || error.retryAfterSeconds !== undefined) this.#hold(error);
      else this.#brake.leave();
      return true;
    }
    if (rowOf(error.kind).exit !== 1 || error.kind === 'read-only') {
      await this.store.settle(row, { kind: 'unsent' });
      if (mayPass(error)) this.#hold(error);
      else this.#end(error);
      return false;
    }
    this.#brake.through();
    await this.#settle(row, { kind: 'failed', message: error.reading });
    return true;
  }

  #hold(error: ApiError): void {
    const seconds = error.retryAfterSeconds;
    const reached = rowOf(error.kind).reached || error.outcomeUnknown;
    const most = this.options.pauses ?? (reached ? MOST_PAUSES.reached : MOST_PAUSES.unreached);
    if ((seconds ?? 0) > LONGEST_PAUSE_SECONDS || this.#brake.pauses >= most) {
      this.#end(error);
      return;
    }
    const milliseconds = this.#brake.hold(seconds);
    const left = Math.ceil(milliseconds / 1000);
    this.options.onPause?.(`${error.reading} Going on ${left === 0 ? 'at once' : `in ${left} s`}.`);
  }

  async #settle(row: number, outcome: Parameters<RunStore['settle']>[1]): Promise<void> {
    await this.store.settle(row, outcome);
    this.options.onProgress?.(this.#meter.progress(this.store.counts));
  }

  /** A row without a key that was under way when its program ended: no look-up can find its record. */
  async #giveUpUnfindable(): Promise<void> {
    const rows: number[] = [];
    for await (const { planned, isUnderWay } of this.store.doubtful())
      if (isUnderWay && planned.key === undefined) rows.push(planned.row);
    for (const row of rows) await this.#settle(row, { kind: 'unknown', message: UNFINDABLE });
  }

  /**
   * Looks up the rows that may have been done, and sends those again that were not: changes soon, as a change that arrives
   * twice is the same change; creations only when the first can’t arrive any more. Returns whether any was sent.
   */
  async #settleDoubts(when: 'soon' | 'late'): Promise<boolean> {
    const { settleMs = SETTLE_MS, lateMs = SLOW_MS } = this.options;
    const isLate = when === 'late';
    const maySend = ({ change }: PlannedRow) => isLate || change.outcome !== 'create';
    const check: Check = async (rows) => (await this.#notDone(rows)).filter(maySend);
    let sent = false;
    for await (const batch of batchesOf(withKey(this.store.doubtful(), isLate), ({ planned }) => planned)) {
      if (!(await this.#settled(batch, isLate ? lateMs : settleMs))) return sent;
      const rows = await check(batch.map(({ planned }) => planned));
      sent ||= rows.length > 0;
      await this.#sendAgain(rows, check);
      if (this.#signal.aborted) return sent;
    }
    return sent;
  }

  /** Sends rows that were checked. What is left after a wait, also of creations, is checked again. */
  async #sendAgain(rows: readonly PlannedRow[], check: Check): Promise<void> {
    await this.#send(await this.#sendWhileFresh(rows), check);
  }

  /** Waits until nothing of the rows is under way any more. Returns false where the run is over. */
  async #settled(rows: readonly DoubtfulRow[], settleMs: number): Promise<boolean> {
    const { now = Date.now, sleep = wait, onPause } = this.options;
    const left = Math.max(...rows.map(({ lostAt }) => lostAt)) + settleMs - now();
    if (left > SETTLE_MS)
      onPause?.(
        `Answers were lost, and what was sent may still arrive: waiting ${Math.ceil(left / 1000)} s before looking.`,
      );
    if (left > 0) await this.#unlessOver(() => sleep(Math.min(left, settleMs + SLOW_MS), this.#signal));
    return !this.#signal.aborted;
  }

  async #notDone(rows: readonly PlannedRow[]): Promise<readonly PlannedRow[]> {
    const recordOf = await this.#recordsOf(rows);
    if (recordOf === undefined) return [];
    const again: PlannedRow[] = [];
    for (const planned of rows) {
      const then = sentWith(planned, recordOf(planned));
      if (then.kind === 'not done') again.push(then.planned);
      else await this.#settle(planned.row, then.outcome);
    }
    return again;
  }
}

/** Failures that a pause may mend. */
const mayPass = ({ kind }: ApiError): boolean => rowOf(kind).attempts === Infinity;

/** Rows that can be looked up; of those that are settled late, the creations. */
async function* withKey(rows: AsyncIterable<DoubtfulRow>, isLate: boolean): AsyncGenerator<DoubtfulRow> {
  for await (const doubtful of rows) {
    const { key, change } = doubtful.planned;
    if (key !== undefined && (!isLate || change.outcome === 'create')) yield doubtful;
  }
}

/**
 * Divides rows into batches. Keys that some platform may take for the same are never in one, so that they are not under
 * way together.
 */
function batchesOf(rows: AsyncIterable<PlannedRow>): AsyncGenerator<readonly PlannedRow[]>;
function batchesOf<T>(
  rows: AsyncIterable<T>,
  plannedOf: (row: T) => PlannedRow,
): AsyncGenerator<readonly T[]>;
async function* batchesOf(
  rows: AsyncIterable<PlannedRow>,
  plannedOf: (row: PlannedRow) => PlannedRow = (row) => row,
): AsyncGenerator<readonly PlannedRow[]> {
  let batch: PlannedRow[] = [];
  const keys = new Set<string>();
  for await (const row of rows) {
    const { key } = plannedOf(row);
    const loose = key === undefined ? undefined : looseKey(key.value);
    if (batch.length === BATCH || (loose !== undefined && keys.has(loose))) {
      yield batch;
      batch = [];
      keys.clear();
    }
    batch.push(row);
    if (loose !== undefined) keys.add(loose);
  }
  if (batch.length > 0) yield batch;
}
