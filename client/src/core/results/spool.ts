/** Keeps results on disk while they are shown, so that they survive a reload or crash. Deleted with their view. */
import { createReadStream } from 'node:fs';
import { appendFile, mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { linesOf } from '../files/lines';
import { isRecord } from '../values/kind-of';
import { readJson } from '../values/read-json';
import { writeJson } from '../values/write-json';
import { toNdjson } from './json';
import type { ApiRecord } from './read-page';

const HEAD = 'head.json';
const RECORDS = 'records.ndjson';
const DAY_MS = 24 * 60 * 60_000;
/** How many records are written at a time. */
const CHUNK = 2000;
/** For views of windows that were never opened again. */
const KEPT_DAYS = 7;
/** How often a window that is open says so; a result may be looked at for longer than a week. */
const SIGN_OF_LIFE_MS = DAY_MS / 2;

/** One result; `id` is a name that is safe in a path. Writing is queued, and a failure to write does not end the run. */
export class ResultSpool {
  #work: Promise<void>;
  readonly #folder: string;
  readonly #signOfLife: NodeJS.Timeout;

  constructor(
    private readonly folder: string,
    readonly id: string,
    private readonly failed: (error: unknown) => void = () => undefined,
    signOfLifeMs = SIGN_OF_LIFE_MS,
  ) {
    this.#folder = join(folder, id);
    this.#work = this.#try(async () => {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    });
    this.#signOfLife = setInterval(() => {
      const now = new Date();
      this.#queue(async () => utimes(this.#folder, now, now));
    }, signOfLifeMs).unref();
  }

  /** Writes what the view shows besides the records, as JSON. */
  head(json: unknown): void {
    this.#queue(async () => writeFile(join(this.#folder, HEAD), writeJson(json)));
  }

  add(records: readonly ApiRecord[]): void {
    if (records.length === 0) return;
    this.#queue(async () => appendFile(join(this.#folder, RECORDS), toNdjson(records)));
  }

  /** Writes all records anew, as some of them have changed. */
  replace(records: readonly ApiRecord[]): void {
    const file = join(this.#folder, RECORDS);
    const all = [...records];
    this.#queue(async () => {
      await rm(`${file}.new`, { force: true });
      for (let from = 0; from < all.length; from += CHUNK)
        await appendFile(`${file}.new`, toNdjson(all.slice(from, from + CHUNK)));
      await rename(`${file}.new`, file);
    });
  }

  remove(): void {
    clearInterval(this.#signOfLife);
    this.#queue(async () => rm(this.#folder, { recursive: true, force: true }));
  }

  /** Returns the records, once everything is written; undefined where it could not be. */
  async records(): Promise<readonly ApiRecord[] | undefined> {
    await this.#work;
    return (await readSpool(this.folder, this.id))?.records;
  }

  /** Resolves when everything is written. */
  async written(): Promise<void> {
    await this.#work;
  }

  #queue(work: () => Promise<void>): void {
    this.#work = this.#work.then(async () => this.#try(work));
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.failed(error);
    }
  }
}

/** Returns what was spooled under an ID; undefined when there is nothing. A last line that was cut off is left out. */
export async function readSpool(
  folder: string,
  id: string,
): Promise<{ head: unknown; records: ApiRecord[] } | undefined> {
  if (!/^[\w-]+$/.test(id)) return undefined;
  const read = async (name: string) => readFile(join(folder, id, name), 'utf8').catch(() => undefined);
  const head = parse((await read(HEAD)) ?? '');
  if (head === undefined) return undefined;
  const records: ApiRecord[] = [];
  try {
    for await (const line of linesOf(createReadStream(join(folder, id, RECORDS)))) {
      const value = parse(line.toString('utf8'));
      if (isRecord(value)) records.push(value);
    }
  } catch {
    // No records were written, or the rest can't be read: those read so far are returned.
  }
  return { head, records };
}

/** Removes spools that are a week old. */
export async function removeOldSpools(folder: string, now = Date.now()): Promise<void> {
  for (const id of await readdir(folder).catch(() => [])) {
    const path = join(folder, id);
    const age = await stat(path).then(
      ({ mtimeMs }) => now - mtimeMs,
      () => 0,
    );
    if (age > KEPT_DAYS * DAY_MS) await rm(path, { recursive: true, force: true });
  }
}

function parse(text: string): unknown {
  try {
    return readJson(text);
  } catch {
    return undefined;
  }
}
