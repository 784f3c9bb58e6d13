/**
 * What is planned for each row of a file, and what became of it, on disk beside the file: `.NAME.apq-journal.ndjson`. Each
 * row stands there before and after it is sent, so that a run that was killed can go on without repeating or leaving out one.
 */
import { type FileHandle, open } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { OutputFileError, reasonOf, refusedFile, unwritable } from '../files/file-error';
import { chunksOf, linesOf } from '../files/lines';
import { Lock } from '../files/lock';
import { openOwn, removeOwn } from '../files/own-file';
import { sweep, TemporaryFile } from '../files/temporary-file';
import type { PlannedChange } from '../writing/planned-change';
import {
  type FileNote,
  type JournalHead,
  type JournalLine,
  readLine,
  writeLine,
  type WrittenLine,
} from './journal-lines';
import { JournalRows, type Place } from './journal-rows';
import { JournalWriter } from './journal-writer';
import type { PlanSink } from './plan';
import {
  lookedUpFrom,
  type PlannedRow,
  plannedState,
  type RowCounts,
  type RowOutcome,
  type RowState,
  stateAfter,
} from './planned-row';
import type { DoubtfulRow, RunStore } from './run-store';

/** The path of the journal of a file. */
export const journalPath = (file: string): string =>
  join(dirname(file), `.${basename(file)}.apq-journal.ndjson`);

/** Only its holder may open or begin the journal. Throws where another program has it. */
export async function lockJournal(path: string): Promise<Lock> {
  try {
    return await Lock.take(path);
  } catch (error) {
    if (error instanceof OutputFileError) throw error;
    throw refusedFile(
      `An import keeps a journal beside its file, and nothing can be written to ${dirname(path)}: ${reasonOf(error)}. Copy the file to a folder of your own, and import it there.`,
    );
  }
}

/** A row, and what became of it. */
export interface JournalRow {
  readonly planned: PlannedRow;
  readonly state: RowState;
  /** Of `failed`, `unknown` and `sending`: a sentence. */
  readonly message: string | undefined;
  /** Of `created` and `changed`: as the platform gave it. */
  readonly id: string | undefined;
}

export class Journal implements PlanSink, RunStore {
  readonly #rows = new JournalRows();
  readonly #writer: JournalWriter;
  readonly #files: FileNote[] = [];
  #cleared: number | undefined;
  #started = false;
  /** What is planned while the journal of an earlier import still has its place. */
  #beside: TemporaryFile | undefined;
  #closing: Promise<void> | undefined;

  private constructor(
    readonly path: string,
    readonly head: JournalHead,
    private readonly handle: FileHandle,
    private readonly lock: Lock,
    size: number,
  ) {
    this.#writer = new JournalWriter(path, handle, size, async () => lock.check());
  }

  /**
   * Opens the journal of a file for reading and going on; undefined where there is none, or none with a whole plan: nothing
   * was sent then. Refuses one that is damaged, or that somebody else may have put there.
   */
  static async open(path: string, lock: Lock): Promise<Journal | undefined> {
    const handle = await openOwn(path, lock.fresh);
    if (handle === undefined) return undefined;
    try {
      const journal = await Journal.#read(path, handle, lock);
      if (journal?.planCleared !== undefined) return journal;
    } catch (error) {
      await handle.close();
      throw error;
    }
    await handle.close();
    return undefined;
  }

  /**
   * Begins anew. An import that was begun before is forgotten only when `takePlace` is called: until then, the plan is kept
   * beside its journal. Of that, the new one keeps in mind which files of failed rows it wrote.
   */
  static async create(path: string, head: JournalHead, lock: Lock): Promise<Journal> {
    const { files, isBegun } = await Journal.#earlier(path, lock);
    let handle: FileHandle;
    let beside: TemporaryFile | undefined;
    try {
      if (isBegun) {
        beside = await TemporaryFile.create(path);
        await sweep(path, lock.fresh, beside);
        handle = beside.handle;
      } else {
        await removeOwn(path, lock.fresh);
        // It holds what the file holds: for this user only.
        handle = await open(path, 'wx+', 0o600);
      }
    } catch (error) {
      throw unwritable(path, error);
    }
    const journal = new Journal(path, head, handle, lock, 0);
    journal.#beside = beside;
    try {
      await journal.#put({ line: 'apq-journal', head }, true);
      for (const file of files) if (file.kind === 'failed') await journal.wrote(file);
    } catch (error) {
      await journal.discard();
      throw error;
    }
    return journal;
  }

  /** `isBegun`: whether rows were sent, or may have been, as nobody can tell of a damaged journal. */
  static async #earlier(path: string, lock: Lock): Promise<{ files: readonly FileNote[]; isBegun: boolean }> {
    // Throws where it is somebody else's: it is not replaced.
    const found = await openOwn(path, lock.fresh);
    if (found === undefined) return { files: [], isBegun: false };
    await found.close();
    try {
      const earlier = await Journal.open(path, lock);
      await earlier?.close();
      return { files: earlier?.files ?? [], isBegun: earlier?.started ?? false };
    } catch {
      return { files: [], isBegun: true };
    }
  }

  /** The plan is agreed to: it replaces the journal of an earlier import. Call it before a row is sent. */
  async takePlace(): Promise<void> {
    if (this.#beside === undefined) return;
    await this.#writer.idle();
    await this.lock.check();
    try {
      await this.#beside.stayAs(this.path);
    } catch (error) {
      throw unwritable(this.path, error);
    }
    this.#beside = undefined;
  }

  /** What a crash left behind the last whole line is none of it. */
  static async #read(path: string, handle: FileHandle, lock: Lock): Promise<Journal | undefined> {
    let journal: Journal | undefined;
    let at = 0;
    let torn = false;
    for await (const bytes of linesOf(chunksOf(handle))) {
      if (torn) throw damaged(path);
      const line = readLine(bytes.toString('utf8'));
      const place = { at, bytes: bytes.length + 1 };
      if (journal === undefined) {
        if (line?.line !== 'apq-journal') throw damaged(path);
        journal = new Journal(path, line.head, handle, lock, place.bytes);
      } else if (line === undefined) torn = true;
      else if (!journal.#take(line, place)) throw damaged(path);
      if (!torn) at += place.bytes;
    }
    if (journal !== undefined) journal.#writer.goOnAt(at);
    return journal;
  }

  /** Returns false for a line that does not belong there. */
  #take(line: JournalLine, place: Place): boolean {
    switch (line.line) {
      case 'apq-journal':
        return false;
      case 'plan':
        if (this.#cleared !== undefined || line.row <= (this.#rows.numbers.at(-1) ?? 0)) return false;
        this.#rows.add(line.row, plannedState(line.change), place);
        return true;
      case 'planned':
        this.#cleared = line.cleared;
        return true;
      case 'sending':
        this.#started = true;
        return this.#rows.move(line.row, 'sending', place);
      case 'done':
        return this.#rows.move(line.row, stateAfter({ kind: 'done', deed: line.deed }), place);
      case 'failed':
      case 'unknown':
        return this.#rows.move(line.row, line.line, place);
      case 'unsent':
        return this.#rows.move(line.row, undefined, place);
      case 'file':
        this.#files.push(line.file);
        return true;
    }
  }

  get counts(): RowCounts {
    return this.#rows.counts;
  }

  /** How many rows the plan has. */
  get size(): number {
    return this.#rows.size;
  }

  /** How many fields will be emptied; undefined before the plan is whole. */
  get planCleared(): number | undefined {
    return this.#cleared;
  }

  /** The files of rows that were written, the latest last. */
  get files(): readonly FileNote[] {
    return this.#files;
  }

  /** Whether a row was sent, or was about to be. */
  get started(): boolean {
    return this.#started;
  }

  /** Whether nothing is left to be sent. */
  get finished(): boolean {
    const { create, update, sending } = this.counts;
    return create + update + sending === 0;
  }

  async add(rows: readonly PlannedRow[]): Promise<void> {
    const written = rows.map(({ row, change, key }) => {
      const line = writeLine({ line: 'plan', row, change, ...(key !== undefined && { key }) });
      const { place, done } = this.#writer.put(line, false);
      this.#rows.add(row, plannedState(change), place);
      return done;
    });
    await Promise.all(written);
  }

  /** The plan is whole. */
  async planned(cleared: number): Promise<void> {
    await this.#put({ line: 'planned', cleared }, true);
    this.#cleared = cleared;
  }

  async *pending(): AsyncGenerator<PlannedRow> {
    for (let index = 0; index < this.size; index++) {
      const { state } = this.stateAt(index);
      if (state === 'create' || state === 'update') yield await this.#plannedAt(index);
    }
  }

  async *doubtful(): AsyncGenerator<DoubtfulRow> {
    for (let index = 0; index < this.size; index++) {
      const { state } = this.stateAt(index);
      if (state !== 'sending' && state !== 'unknown') continue;
      const latest = await this.#latestAt(index);
      const lostAt = latest?.line === 'sending' || latest?.line === 'unknown' ? latest.at : 0;
      yield { planned: await this.#plannedAt(index), lostAt, isUnderWay: state === 'sending' };
    }
  }

  /** Resolves when it is on the disk, together with others that are sent at the same time. */
  async sending(row: number): Promise<void> {
    if (this.#beside !== undefined) throw new Error('The plan has not taken its place.');
    this.#started = true;
    const { place, done } = this.#writer.put(writeLine({ line: 'sending', row, at: Date.now() }), true);
    this.#rows.move(row, 'sending', place);
    await done;
  }

  /** Resolves when it is written. Where a power cut takes it from the disk, the row is looked up. */
  async settle(row: number, outcome: RowOutcome): Promise<void> {
    const { place, done } = this.#writer.put(writeLine(lineOf(row, outcome)), false);
    this.#rows.move(row, stateAfter(outcome), place);
    await done;
  }

  /** The row at a place in the plan, from 0. */
  async rowAt(index: number): Promise<JournalRow> {
    const latest = await this.#latestAt(index);
    return {
      planned: await this.#plannedAt(index),
      state: this.stateAt(index).state,
      message: messageOf(latest),
      id: latest?.line === 'done' ? latest.id : undefined,
    };
  }

  /** The number of the row at a place in the plan, and its state, without reading it. */
  stateAt(index: number): { readonly row: number; readonly state: RowState } {
    return { row: this.#rows.numbers[index] ?? 0, state: this.#rows.stateOf(index) };
  }

  /** Notes a file of rows, so that it is known again. */
  async wrote(file: FileNote): Promise<void> {
    await this.#put({ line: 'file', file }, false);
    this.#files.push(file);
  }

  /**
   * Closes the journal. Where the import is finished, old and new values are no longer needed: only what became of the rows
   * is kept, and those rows whole that may be looked up once more.
   */
  async closeFinished(): Promise<void> {
    if (!this.finished || this.#beside !== undefined) return this.close();
    const temporary = await TemporaryFile.create(this.path);
    try {
      await sweep(this.path, await temporary.stat(), temporary);
      for await (const line of this.#withoutValues()) await temporary.handle.writeFile(writeLine(line));
      await this.lock.check();
      await this.close();
      await temporary.become(this.path, 0o600);
    } catch (error) {
      await temporary.remove();
      throw error instanceof OutputFileError ? error : unwritable(this.path, error);
    }
    return undefined;
  }

  async *#withoutValues(): AsyncGenerator<WrittenLine> {
    yield { line: 'apq-journal', head: this.head };
    for (const file of this.#files) yield { line: 'file', file };
    for (let index = 0; index < this.size; index++) {
      const { row, change, key } = await this.#plannedAt(index);
      if (this.stateAt(index).state !== 'unknown') yield { line: 'plan', row, change: bare(change) };
      else yield { line: 'plan', row, change, ...(key !== undefined && { key }) };
    }
    yield { line: 'planned', cleared: this.#cleared ?? 0 };
    for (let index = 0, isFirst = this.#started; index < this.size; index++) {
      const line = await this.#latestAt(index);
      if (line === undefined || line.line === 'plan' || line.line === 'apq-journal') continue;
      // That anything was sent is told by such a line.
      if (isFirst) yield { line: 'sending', row: this.stateAt(index).row, at: 0 };
      isFirst = false;
      yield line;
    }
  }

  /** Nothing is left of a plan that has not taken the place of an earlier import. */
  async close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#writer.sync().catch(() => undefined);
    if (this.#beside === undefined) await this.handle.close();
    else await this.#beside.remove();
  }

  /** Closes the journal of a plan that nobody agreed to, and leaves nothing of it: it holds what the file holds. */
  async discard(): Promise<void> {
    const isInPlace = this.#beside === undefined;
    await this.close();
    if (isInPlace) await removeOwn(this.path, this.lock.fresh);
  }

  async #plannedAt(index: number): Promise<PlannedRow> {
    const line = await this.#lineAt(this.#rows.plannedPlace(index));
    if (line?.line !== 'plan') throw damaged(this.path);
    const { row, change, key } = line;
    return { row, change, ...(key !== undefined && { key }) };
  }

  async #latestAt(index: number): Promise<JournalLine | undefined> {
    const place = this.#rows.latestPlace(index);
    return place === undefined ? undefined : this.#lineAt(place);
  }

  async #lineAt({ at, bytes }: Place): Promise<JournalLine | undefined> {
    await this.#writer.idle();
    const { buffer } = await this.handle.read(Buffer.alloc(bytes), 0, bytes, at);
    return readLine(buffer.toString('utf8'));
  }

  async #put(line: WrittenLine, toDisk: boolean): Promise<void> {
    await this.#writer.put(writeLine(line), toDisk).done;
  }
}

/** A row that was sent and never settled ended with the program. */
function messageOf(latest: JournalLine | undefined): string | undefined {
  if (latest?.line === 'sending') return 'It was sent, and its answer was lost.';
  return latest?.line === 'failed' || latest?.line === 'unknown' ? latest.message : undefined;
}

const damaged = (path: string) =>
  refusedFile(
    `${path} is damaged, so it is not known which rows were sent. Compare the records with the file, then begin anew.`,
  );

/** What is left of a plan when its values are gone. */
function bare(change: PlannedChange): PlannedChange {
  const { method, module, id } = change.request;
  const request = { method, module, query: [], ...(id !== undefined && { id }) };
  const { outcome } = change;
  switch (outcome) {
    case 'create':
      return { outcome, request, fields: [] };
    case 'update':
    case 'unchanged':
      return { outcome, request, fields: [], id: change.id, record: {} };
    case 'refused':
      return { outcome, request, fields: [], reason: change.reason, matches: [] };
    default:
      return change;
  }
}

/** Closes in peace what a view has read to its end: see `closeFinished`. */
export async function forgetFinished(path: string): Promise<void> {
  const lock = await lockJournal(path);
  try {
    await (await Journal.open(path, lock))?.closeFinished();
  } finally {
    await lock.release();
  }
}

function lineOf(row: number, outcome: RowOutcome): WrittenLine {
  switch (outcome.kind) {
    case 'done': {
      const { deed, id } = outcome;
      return { line: 'done', row, deed, ...(id !== undefined && { id }) };
    }
    case 'failed':
      return { line: 'failed', row, message: outcome.message };
    case 'unknown':
      return { line: 'unknown', row, at: lookedUpFrom(outcome), message: outcome.message };
    case 'unsent':
      return { line: 'unsent', row };
  }
}
