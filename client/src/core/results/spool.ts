/** Results on disk while they are shown, so that no reload or crash loses what was fetched. Deleted with their view. */
import { createReadStream } from 'node:fs';
import { appendFile, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ApiRecord } from './read-page';

const HEAD = 'head.json';
const RECORDS = 'records.ndjson';
const DAY_MS = 24 * 60 * 60_000;
/** Views of windows that were never opened again. */
const KEPT_DAYS = 7;

/** One result; `id` is a name that is safe in a path. Writing is queued; a failure to write costs the copy, not the run. */
export class ResultSpool {
  #work: Promise<void>;
  readonly #folder: string;

  constructor(
    folder: string,
    readonly id: string,
    private readonly failed: (error: unknown) => void = () => undefined,
  ) {
    this.#folder = join(folder, id);
    this.#work = this.#try(async () => {
      await mkdir(this.#folder, { recursive: true });
    });
  }

  /** What the view shows beside the records, as JSON. */
  head(json: unknown): void {
    this.#queue(async () => writeFile(join(this.#folder, HEAD), JSON.stringify(json)));
  }

  add(records: readonly ApiRecord[]): void {
    if (records.length === 0) return;
    this.#queue(async () =>
      appendFile(
        join(this.#folder, RECORDS),
        records.map((record) => `${JSON.stringify(record)}\n`).join(''),
      ),
    );
  }

  remove(): void {
    this.#queue(async () => rm(this.#folder, { recursive: true, force: true }));
  }

  /** Settled when all that was given is written. */
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

/** What was spooled under an id; undefined when nothing is there. A last line that was cut off is left out. */
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
    for await (const line of linesOf(join(folder, id, RECORDS))) {
      const value = parse(line);
      if (isRecord(value)) records.push(value);
    }
  } catch {
    // None were written, or the rest can't be read: what came is kept.
  }
  return { head, records };
}

/** Not all at once: it may be more than one text holds, and others want their turn. */
async function* linesOf(path: string): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of createReadStream(path, 'utf8')) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  yield rest;
}

/** Removes what no window has asked for in a week. */
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
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is ApiRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
