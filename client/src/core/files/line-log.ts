/** A file with one entry of JSON on each line, to which several programs append at once. */
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readJson } from '../values/read-json';
import { chunksOf, linesOf } from './lines';
import { Lock } from './lock';

/** Only the user may read it: requests and records hold names and addresses of people. */
const FILE = 0o600;
const FOLDER = 0o700;
const LINE_FEED = 0x0a;

interface Options {
  /** Where it would be longer, it becomes the file at `older`, in place of the one before, and another is begun. */
  readonly limit?: { readonly bytes: number; readonly older: string };
  /** Whether it must outlive a power cut: then a line is on the disk when `append` has returned. */
  readonly durable?: boolean;
}

/** A line, without its end, and its value. */
export interface LogLine {
  readonly line: string;
  readonly value: unknown;
}

interface Batch {
  readonly lines: string[];
  readonly written: Promise<void>;
}

export class LineLog {
  #next: Batch | undefined;
  #last: Promise<void> = Promise.resolve();
  #isReady = false;

  constructor(
    readonly path: string,
    private readonly options: Options = {},
  ) {}

  /**
   * Adds a line, which has no line feed in it. Those that come while others are being written go to the file in one
   * piece. Returns when they stand there; throws when they can't be written.
   */
  async append(line: string): Promise<void> {
    this.#next ??= this.#batch();
    this.#next.lines.push(`${line}\n`);
    return this.#next.written;
  }

  /** Settles when nothing is being written. */
  async idle(): Promise<void> {
    await this.#last.catch(() => undefined);
  }

  /** Yields its lines, the oldest first. Never throws; leaves out what can't be read. */
  async *lines(): AsyncGenerator<LogLine> {
    for (const path of [this.options.limit?.older, this.path]) if (path !== undefined) yield* linesIn(path);
  }

  /** Removes all of it. */
  async clear(): Promise<void> {
    await this.idle();
    for (const path of [this.options.limit?.older, this.path])
      if (path !== undefined) await rm(path, { force: true });
  }

  #batch(): Batch {
    const lines: string[] = [];
    const written = this.#last
      .catch(() => undefined)
      .then(async () => {
        this.#next = undefined;
        await this.#write(lines.join(''));
      });
    this.#last = written;
    return { lines, written };
  }

  async #write(text: string): Promise<void> {
    const file = await this.#open();
    let length: number;
    try {
      const { size } = await file.stat();
      const data = Buffer.from((await endsWithinLine(file, size)) ? `\n${text}` : text);
      // In one piece, so that lines of other programs stand before it or behind it.
      for (let at = 0; at < data.length;) at += (await file.write(data, at)).bytesWritten;
      if (this.options.durable === true) await file.datasync();
      length = size + data.length;
    } finally {
      await file.close();
    }
    if (length > (this.options.limit?.bytes ?? Infinity)) await this.#beginAnew();
  }

  /** The folder, and the file's rights, are looked after once: the next line finds them so. */
  async #open(): Promise<FileHandle> {
    if (this.#isReady) {
      const file = await open(this.path, 'a+', FILE).catch(() => undefined);
      if (file !== undefined) return file;
    }
    await mkdir(dirname(this.path), { recursive: true, mode: FOLDER });
    const file = await open(this.path, 'a+', FILE);
    // An earlier version wrote for everybody; some network drives know no rights.
    await file.chmod(FILE).catch(() => undefined);
    this.#isReady = true;
    return file;
  }

  /** Another program that writes meanwhile writes to the renamed file, which is read as well. */
  async #beginAnew(): Promise<void> {
    const { limit } = this.options;
    if (limit === undefined) return;
    try {
      const lock = await Lock.take(this.path);
      try {
        // Another program may have done it just before.
        if ((await stat(this.path)).size > limit.bytes) await rename(this.path, limit.older);
      } finally {
        await lock.release();
      }
    } catch {
      // Another program does it just now, or the next line tries again.
    }
  }
}

/** A program that was killed, or a full disk, leaves a part of a line. */
async function endsWithinLine(file: FileHandle, size: number): Promise<boolean> {
  if (size === 0) return false;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] !== LINE_FEED;
}

async function* linesIn(path: string): AsyncGenerator<LogLine> {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return;
  try {
    for await (const bytes of linesOf(chunksOf(file))) {
      const line = bytes.toString();
      const value = valueOf(line);
      if (value !== undefined) yield { line, value };
    }
  } catch {
    // What could be read was.
  } finally {
    await file.close();
  }
}

function valueOf(line: string): unknown {
  try {
    return readJson(line);
  } catch {
    return undefined;
  }
}
