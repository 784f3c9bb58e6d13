/** The old records of changes, so that these can be taken back: a file for each run, in a folder of the user's. */
import { randomUUID } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LineLog } from '../files/line-log';
import { writeJson } from '../values/write-json';
import { type KeptRecord, keptRecordOf } from './change-entry';
import type { PlannedChange } from './planned-change';
import { isSecretValue } from './secret-value';

const DAY_MS = 24 * 60 * 60_000;
const MAX_AGE_MS = 90 * DAY_MS;
const MAX_BYTES = 50 * 1024 * 1024;
/** How many runs are under way at most, as far as they share a file. */
const MAX_OPEN = 16;
/** How many runs may begin between two searches for what is too old or too much. */
const SWEEP_EVERY = 20;

interface OpenFile {
  readonly name: string;
  readonly log: LineLog;
}

export class KeptRecords {
  readonly #open = new Map<string, OpenFile>();
  #begun = 0;

  /** `limit`: how many runs are kept; an import of a thousand records is one. 0: none. */
  constructor(
    private readonly folder: string,
    private readonly limit: () => number,
    private readonly now: () => Date,
  ) {}

  /**
   * Keeps the record that a write changes. Returns the name of its file when it is on the disk; undefined where there is
   * nothing to keep, or nothing is to be kept. Throws when it can't be written.
   */
  async add(id: string, run: string, change: PlannedChange): Promise<string | undefined> {
    if (this.limit() === 0) return undefined;
    const kept = keptOf(id, change);
    if (kept === undefined) return undefined;
    const { name, log } = this.#open.get(run) ?? (await this.#begin(run));
    await log.append(writeJson(kept));
    return name;
  }

  /** Returns what was kept in a file, by the ID of the write. Empty where it was cleared. */
  async read(name: string): Promise<Map<string, KeptRecord>> {
    const found = new Map<string, KeptRecord>();
    for await (const { value } of new LineLog(join(this.folder, name)).lines()) {
      const kept = keptRecordOf(value);
      if (kept !== undefined) found.set(kept.id, kept);
    }
    return found;
  }

  /** How many runs have kept records. */
  async count(): Promise<number> {
    return (await this.#names()).length;
  }

  async clear(): Promise<void> {
    for (const name of await this.#names()) await rm(join(this.folder, name), { force: true });
    this.#open.clear();
  }

  async #begin(run: string): Promise<OpenFile> {
    const name = `${this.now().toISOString().replace(/[-:.]/g, '')}-${randomUUID()}.ndjson`;
    const file = { name, log: new LineLog(join(this.folder, name), { durable: true }) };
    this.#open.set(run, file);
    const [oldest] = this.#open.keys();
    if (this.#open.size > MAX_OPEN && oldest !== undefined) this.#open.delete(oldest);
    // Else only at the start of a program, as it takes a look at each file.
    if (++this.#begun % SWEEP_EVERY === 0) await this.sweep().catch(() => undefined);
    return file;
  }

  /**
   * Removes what is too old, too many or too large, the oldest first. The names begin with the time. Where none are to be
   * kept from now on, what is there stays until it is too old, or cleared.
   */
  async sweep(): Promise<void> {
    const names = (await this.#names()).sort().reverse();
    const oldest = new Date(this.now().getTime() - MAX_AGE_MS).toISOString().replace(/[-:.]/g, '');
    const most = this.limit() === 0 ? Infinity : this.limit();
    let bytes = 0;
    for (const [index, name] of names.entries()) {
      const path = join(this.folder, name);
      bytes += (await stat(path).catch(() => ({ size: 0 }))).size;
      // A run that is under way is never cut in half.
      if (index > 0 && (index >= most || bytes > MAX_BYTES || name < oldest)) await rm(path, { force: true });
    }
  }

  async #names(): Promise<string[]> {
    const names = await readdir(this.folder).catch(() => []);
    return names.filter((name) => name.endsWith('.ndjson'));
  }
}

function keptOf(id: string, change: PlannedChange): KeptRecord | undefined {
  if (change.outcome !== 'update' && change.outcome !== 'delete') return undefined;
  const masked: string[] = [];
  const record = Object.fromEntries(
    Object.entries(change.record).map(([name, value]) => {
      if (!isSecretValue(name, value)) return [name, value];
      masked.push(name);
      return [name, '***'];
    }),
  );
  return {
    id,
    record,
    of: change.id,
    fields: change.fields.filter(({ changes }) => changes).map(({ name }) => name),
    masked,
    ...(change.outcome === 'delete' ? { step: change.step } : {}),
  };
}
