/**
 * What a fetch with `--resume` has so far: next to FILE, a hidden `.FILE.apq-partial.ndjson` with the records as
 * received, and a small `.FILE.apq-partial.json` with the request, the page and the byte. Records are always kept as
 * NDJSON, so that FILE's format may still change, and all columns of a CSV are known when it is written.
 */
import { createReadStream } from 'node:fs';
import { type FileHandle, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import * as v from 'valibot';
import { toNdjson } from '#core/results/json';
import { unwritable } from '#core/results/output-file';
import type { ApiRecord } from '#core/results/read-page';
import type { Position } from '#core/running/progress';
import { Exit } from './exit';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const stored = v.object({
  version: v.literal(1),
  /** The connection's root, and the request's address below it. */
  root: v.string(),
  address: v.string(),
  savedAt: v.string(),
  bytes: count,
  position: v.object({ pages: count, records: count, size: count, total: v.optional(count) }),
});
type State = v.InferOutput<typeof stored>;

/** Identifies the request and its platform. */
export interface Identity {
  readonly root: string;
  readonly address: string;
}

const SAVE_MS = 1000;
/** How many records are converted at a time. */
const CHUNK = 500;

const pathsOf = (output: string): { readonly records: string; readonly state: string } => {
  const path = join(dirname(output), `.${basename(output)}.apq-partial`);
  return { records: `${path}.ndjson`, state: `${path}.json` };
};

/** Returns what an unfinished fetch to this file left; undefined when there is nothing, or nothing readable. */
export async function unfinished(output: string): Promise<State | undefined> {
  const text = await readFile(pathsOf(output).state, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const parsed = v.safeParse(stored, JSON.parse(text));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}

export async function removePartial(output: string): Promise<void> {
  const { records, state } = pathsOf(output);
  await rm(state, { force: true });
  await rm(records, { force: true });
}

export class PartialFile {
  #bytes: number;
  #position: Position | undefined;
  #saved = 0;

  private constructor(
    private readonly output: string,
    private readonly identity: Identity,
    private readonly handle: FileHandle,
    /** Where the earlier fetch ended. */
    readonly from: Position | undefined,
    bytes: number,
  ) {
    this.#bytes = bytes;
    this.#position = from;
  }

  /** Opens what an earlier fetch left, or begins anew where there is nothing. Refuses what another request left. */
  static async open(output: string, identity: Identity): Promise<PartialFile> {
    const paths = pathsOf(output);
    const state = await unfinished(output);
    if (state === undefined) {
      await removePartial(output);
      // Only the user may read the records before they are in FILE.
      return new PartialFile(output, identity, await open(paths.records, 'wx', 0o600), undefined, 0);
    }
    const differs =
      state.root !== identity.root
        ? `went to ${state.root}, this one goes to ${identity.root}`
        : state.address !== identity.address
          ? `asked for ${decoded(state.address)}, this one asks for ${decoded(identity.address)}`
          : undefined;
    if (differs !== undefined)
      throw new Exit(
        2,
        `The unfinished fetch next to ${output} belongs to another request: it ${differs}. Run without --resume to start over.`,
      );
    const size = await stat(paths.records).then(
      (found) => found.size,
      () => -1,
    );
    if (size < state.bytes)
      throw new Exit(
        2,
        `The unfinished fetch next to ${output} is damaged: it lacks records. Run without --resume to start over.`,
      );
    const handle = await open(paths.records, 'r+');
    // Records that were written after the state was saved are fetched again.
    await handle.truncate(state.bytes);
    const { total, ...position } = state.position;
    const from = total === undefined ? position : { ...position, total };
    return new PartialFile(output, identity, handle, from, state.bytes);
  }

  async append(records: readonly ApiRecord[], position: Position): Promise<void> {
    const data = Buffer.from(toNdjson(records));
    try {
      for (let done = 0; done < data.length;)
        done += (await this.handle.write(data, done, data.length - done, this.#bytes + done)).bytesWritten;
    } catch (error) {
      throw unwritable(pathsOf(this.output).records, error);
    }
    this.#bytes += data.length;
    this.#position = position;
    if (Date.now() - this.#saved >= SAVE_MS) await this.#save();
  }

  async #save(): Promise<void> {
    if (this.#position === undefined) return;
    const state: State = {
      version: 1,
      ...this.identity,
      savedAt: new Date().toISOString(),
      bytes: this.#bytes,
      position: this.#position,
    };
    const path = pathsOf(this.output).state;
    try {
      await writeFile(`${path}.tmp`, JSON.stringify(state), { mode: 0o600 });
      await rename(`${path}.tmp`, path);
    } catch (error) {
      throw unwritable(path, error);
    }
    this.#saved = Date.now();
  }

  /** Yields all records, in chunks. */
  async *records(): AsyncGenerator<readonly ApiRecord[]> {
    const input = createReadStream(pathsOf(this.output).records, { encoding: 'utf8' });
    let chunk: ApiRecord[] = [];
    for await (const line of createInterface({ input, crlfDelay: Infinity })) {
      // Written by `append`.
      chunk.push(JSON.parse(line) as ApiRecord);
      if (chunk.length < CHUNK) continue;
      yield chunk;
      chunk = [];
    }
    if (chunk.length > 0) yield chunk;
  }

  /** Leaves the file for another run. Returns how far it is; undefined when there is nothing. */
  async leave(): Promise<Position | undefined> {
    await this.close();
    if (this.#position === undefined) await removePartial(this.output);
    return this.#position;
  }

  async close(): Promise<void> {
    await this.#save();
    await this.handle.close();
  }
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
