/** The log of every write of this user's, in the editor and on the command line, and the old records beside it. */
import { randomUUID } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { reasonOf } from '../files/file-error';
import { LineLog } from '../files/line-log';
import { withoutSecrets } from '../history/kept-request';
import { harmless } from '../text/foreign-text';
import { mask } from '../text/mask';
import { writeJson } from '../values/write-json';
import { type BegunLine, type ChangeEntry, endOf, type KeptRecord, takeLine } from './change-entry';
import { KeptRecords } from './kept-records';
import type { FieldChange } from './planned-change';
import { withoutSecretsOf } from './secret-value';
import type { BegunWrite, NewWrite, WriteLog, WriteOutcome } from './write-log';

/** How old the entries are that are listed at most. */
const MAX_AGE_MS = 365 * 24 * 60 * 60_000;
/** Of each of two files. An entry of an import is about a kilobyte. */
const MAX_BYTES = 20 * 1024 * 1024;

export interface ChangeLogOptions {
  /** See `userFolder`. */
  readonly folder: string | undefined;
  /** Of how many runs the old records are kept; 0: of none. */
  readonly keep: () => number;
  /** Gets a sentence when the log can't be written: once. */
  readonly tell: (sentence: string) => void;
  readonly now?: () => Date;
  /** Called when an entry was added or has ended. */
  readonly changed?: () => void;
}

export class ChangeLog implements WriteLog {
  readonly #now: () => Date;
  readonly #log: LineLog | undefined;
  readonly #older: string;
  readonly #kept: KeptRecords | undefined;
  #told = false;
  #swept: Promise<void> | undefined;

  constructor(private readonly options: ChangeLogOptions) {
    const { folder, keep, now = () => new Date() } = options;
    this.#now = now;
    this.#older = folder === undefined ? '' : join(folder, 'changes.older.ndjson');
    if (folder === undefined) return;
    const limit = { bytes: MAX_BYTES, older: this.#older };
    this.#log = new LineLog(join(folder, 'changes.ndjson'), { limit });
    this.#kept = new KeptRecords(join(folder, 'kept'), keep, now);
  }

  async begin(write: NewWrite): Promise<BegunWrite> {
    const id = randomUUID();
    const run = write.run ?? id;
    await (this.#swept ??= this.#sweep());
    const kept = await this.#try(() => this.#kept?.add(id, run, write.change));
    await this.#append(begunLine(write, { id, run, at: this.#now().toISOString(), kept }));
    return {
      id,
      end: async (outcome) => this.#append(endOf(id, harmlessOutcome(outcome, write.change.fields))),
    };
  }

  /** All writes, the latest first. Never throws. */
  async entries(): Promise<ChangeEntry[]> {
    const entries = new Map<string, ChangeEntry>();
    if (this.#log === undefined) return [];
    await this.#log.idle();
    for await (const { value } of this.#log.lines()) takeLine(entries, value);
    const oldest = new Date(this.#now().getTime() - MAX_AGE_MS).toISOString();
    return [...entries.values()].filter(({ at }) => at >= oldest).reverse();
  }

  /** Returns the old records of some writes, by the ID of the write, as far as they are still kept. */
  async kept(entries: readonly Pick<ChangeEntry, 'kept'>[]): Promise<Map<string, KeptRecord>> {
    const names = new Set(entries.flatMap(({ kept }) => (kept === undefined ? [] : [kept])));
    const found = new Map<string, KeptRecord>();
    for (const name of names)
      for (const [id, record] of (await this.#kept?.read(name)) ?? []) found.set(id, record);
    return found;
  }

  /** How many runs have kept records. */
  async countKept(): Promise<number> {
    return (await this.#kept?.count()) ?? 0;
  }

  /** Forgets all old records; the log of changes stays. Throws when they can't be removed. */
  async clearKept(): Promise<void> {
    await this.#kept?.clear();
    this.options.changed?.();
  }

  async #append(line: object): Promise<void> {
    await this.#try(() => this.#log?.append(writeJson(line)));
    this.options.changed?.();
  }

  /** Nothing that fails here stops a write. */
  async #try<T>(work: () => Promise<T> | undefined): Promise<T | undefined> {
    try {
      if (this.#log === undefined) this.#tell('there is no home folder to keep it in');
      return await work();
    } catch (error) {
      this.#tell(reasonOf(error));
      return undefined;
    }
  }

  #tell(reason: string): void {
    if (this.#told) return;
    this.#told = true;
    const path = this.options.folder === undefined ? '' : ` (${this.options.folder})`;
    this.options.tell(
      `The list of changes can’t be written${path}: ${reason}. Changes are sent all the same, but APQ can’t take them back.`,
    );
  }

  /** Once for each program: removes what is too old or too much. */
  async #sweep(): Promise<void> {
    await this.#kept?.sweep().catch(() => undefined);
    const found = await stat(this.#older).catch(() => undefined);
    if (found !== undefined && found.mtimeMs < this.#now().getTime() - MAX_AGE_MS)
      await rm(this.#older, { force: true }).catch(() => undefined);
  }
}

function begunLine(
  { change, connection, source, title }: NewWrite,
  { kept, ...known }: Pick<BegunLine, 'id' | 'run' | 'at'> & { readonly kept: string | undefined },
): BegunLine {
  const { method, module, id, query, body } = change.request;
  const request = {
    method,
    module,
    ...(id === undefined ? {} : { id }),
    query: [...query],
    ...(body === undefined ? {} : { body }),
  };
  const masked = withoutSecrets(request);
  return {
    ...known,
    source,
    ...(title === undefined ? {} : { title: mask(title) }),
    connection: { name: mask(connection.name), root: connection.root },
    request: { ...masked, query: [...masked.query] },
    planned: change.outcome,
    ...(kept === undefined ? {} : { kept }),
    ...(writeJson(masked) === writeJson(request) ? {} : { masked: true }),
  };
}

const harmlessOutcome = (outcome: WriteOutcome, fields: readonly FieldChange[]): WriteOutcome =>
  outcome.kind === 'done'
    ? outcome
    : { ...outcome, message: harmless(withoutSecretsOf(fields, outcome.message)) };
