/**
 * What a fetch with `--resume` has so far: next to FILE, a hidden `.FILE.apq-partial.ndjson` with the records as
 * received, so that FILE's format may still change, and all columns of a CSV are known when it is written. After each
 * page stands a mark with its position and a hash of everything before it: whatever a crash leaves of the file, the
 * pages up to the last good mark are whole, and no others are used.
 */
import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import * as v from 'valibot';
import { unwritable } from '#core/files/file-error';
import { chunksOf, linesOf } from '#core/files/lines';
import { type FreshFile, openOwn, removeOwn } from '#core/files/own-file';
import { toNdjson } from '#core/results/json';
import type { ApiRecord } from '#core/results/read-page';
import { type Position, positionSchema } from '#core/running/progress';
import { isRecord } from '#core/values/kind-of';
import { readJson } from '#core/values/read-json';
import { writeJson } from '#core/values/write-json';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** The first line. Records are objects, so a list is none. */
const header = v.tuple([
  v.literal('apq-partial'),
  v.object({
    version: v.literal(3),
    /** The connection's root, and the request's address below it. */
    root: v.string(),
    address: v.string(),
  }),
]);
const mark = v.tuple([
  v.literal('page'),
  v.object({
    /** Milliseconds since 1970. */
    savedAt: count,
    position: positionSchema,
    hash: v.string(),
  }),
]);

/** Identifies the request and its platform. */
export interface Identity {
  readonly root: string;
  readonly address: string;
}

/** Where an unfinished fetch is. */
export interface Reached {
  readonly identity: Identity;
  readonly position: Position;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
}

const SYNC_MS = 1000;
/** How many records are converted at a time. */
const CHUNK = 500;

const pathOfPartial = (output: string): string =>
  join(dirname(output), `.${basename(output)}.apq-partial.ndjson`);

/** Removes what an unfinished fetch to this file left. Never throws. */
export const removePartial = async (output: string, fresh: FreshFile): Promise<void> =>
  removeOwn(pathOfPartial(output), fresh);

/** How far the good part of a file reaches, and the hash of it. */
interface Good {
  readonly identity: Identity;
  readonly reached: Reached | undefined;
  readonly bytes: number;
  readonly hash: Hash;
}

/** What an earlier fetch left, with a page at least. */
interface Opened {
  readonly partial: PartialFile;
  readonly reached: Reached;
}

/** Is only for the holder of the output's lock. */
export class PartialFile {
  #bytes: number;
  #reached: Reached | undefined;
  readonly #path: string;
  readonly #identity: Identity;
  readonly #hash: Hash;
  #synced = 0;

  private constructor(
    private readonly output: string,
    private readonly fresh: FreshFile,
    private readonly handle: FileHandle,
    { identity, reached, bytes, hash }: Good,
  ) {
    this.#path = pathOfPartial(output);
    this.#identity = identity;
    this.#bytes = bytes;
    this.#reached = reached;
    this.#hash = hash;
  }

  /**
   * Opens what an earlier fetch left, for reading and going on. Returns undefined when there is nothing, and `useless`
   * when none of its pages is whole. Refuses what somebody else may have put there. `fresh`: see `openOwn`.
   */
  static async open(output: string, fresh: FreshFile): Promise<Opened | 'useless' | undefined> {
    const handle = await openOwn(pathOfPartial(output), fresh);
    if (handle === undefined) return undefined;
    try {
      const { size } = await handle.stat();
      const good = await goodPart(handle, size);
      if (good?.reached !== undefined) {
        const { reached } = good;
        return { partial: new PartialFile(output, fresh, handle, good), reached };
      }
      await handle.close();
      // An earlier run may have ended before its first page.
      return size === (good?.bytes ?? 0) ? undefined : 'useless';
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** Begins anew, in place of what is there. */
  static async create(output: string, fresh: FreshFile, identity: Identity): Promise<PartialFile> {
    const path = pathOfPartial(output);
    await removePartial(output, fresh);
    const line = `${writeJson(['apq-partial', { version: 3, ...identity }])}\n`;
    try {
      // Only the user may read the records before they are in FILE.
      const handle = await open(path, 'wx+', 0o600);
      await handle.writeFile(line);
      const hash = createHash('sha256').update(line);
      const bytes = Buffer.byteLength(line);
      return new PartialFile(output, fresh, handle, { identity, reached: undefined, bytes, hash });
    } catch (error) {
      throw unwritable(path, error);
    }
  }

  /** Undefined before the first page. */
  get reached(): Reached | undefined {
    return this.#reached;
  }

  async append(records: readonly ApiRecord[], position: Position): Promise<void> {
    const text = toNdjson(records);
    const savedAt = Date.now();
    this.#hash.update(text);
    const line = `${writeJson(['page', { savedAt, position, hash: this.#hash.copy().digest('hex') }])}\n`;
    this.#hash.update(line);
    const data = Buffer.from(text + line);
    try {
      for (let done = 0; done < data.length;)
        done += (await this.handle.write(data, done, data.length - done, this.#bytes + done)).bytesWritten;
      if (savedAt - this.#synced >= SYNC_MS) {
        await this.handle.datasync();
        this.#synced = savedAt;
      }
    } catch (error) {
      throw unwritable(this.#path, error);
    }
    this.#bytes += data.length;
    this.#reached = { identity: this.#identity, position, savedAt };
  }

  /** Yields all records, in chunks; what a crash left behind the last whole page is no part of it. */
  async *records(): AsyncGenerator<readonly ApiRecord[]> {
    let chunk: ApiRecord[] = [];
    for await (const line of linesOf(chunksOf(this.handle, this.#bytes))) {
      if (line[0] !== OBJECT) continue;
      const record = readJson(line.toString('utf8'));
      if (isRecord(record)) chunk.push(record);
      if (chunk.length < CHUNK) continue;
      yield chunk;
      chunk = [];
    }
    if (chunk.length > 0) yield chunk;
  }

  /** Leaves the file for another run. Without a page there is nothing to leave. */
  async leave(): Promise<void> {
    await this.close();
    if (this.#reached === undefined) await removePartial(this.output, this.fresh);
  }

  async close(): Promise<void> {
    await this.handle.datasync().catch(() => undefined);
    await this.handle.close();
  }
}

const OBJECT = 0x7b;

/** Reads up to the last mark whose hash is that of all before it. Returns undefined when not even the header is good. */
async function goodPart(handle: FileHandle, size: number): Promise<Good | undefined> {
  const hash = createHash('sha256');
  let identity: Identity | undefined;
  let good: Good | undefined;
  let bytes = 0;
  for await (const line of linesOf(chunksOf(handle, size))) {
    bytes += line.length + 1;
    if (identity === undefined) {
      identity = read(header, line)?.[1];
      if (identity === undefined) return undefined;
      good = { identity, reached: undefined, bytes, hash: hash.copy().update(line).update('\n') };
    } else if (line[0] !== OBJECT) {
      const found = read(mark, line)?.[1];
      if (found?.hash !== hash.copy().digest('hex')) return good;
      const { savedAt, position } = found;
      const after = hash.copy().update(line).update('\n');
      good = { identity, reached: { identity, position, savedAt }, bytes, hash: after };
    }
    hash.update(line).update('\n');
  }
  return good;
}

function read<Schema extends v.GenericSchema>(
  schema: Schema,
  line: Buffer,
): v.InferOutput<Schema> | undefined {
  try {
    const parsed = v.safeParse(schema, readJson(line.toString('utf8')));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}
