/** One writer for each output at a time: a lock beside it, `.NAME.apq-lock`, which outlives no process for long. */
import { randomUUID } from 'node:crypto';
import { constants, readFileSync, rmSync, type Stats } from 'node:fs';
import { type FileHandle, link, lstat, open, readFile, rename, rm, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as v from 'valibot';
import { codeOf, OutputFileError, reasonOf, refusedFile } from './file-error';
import type { FreshFile } from './own-file';
import { creating, forget, remember } from './unfinished';

const content = v.object({ pid: v.pipe(v.number(), v.integer()), host: v.string(), token: v.string() });
type Holder = v.InferOutput<typeof content>;

/** The holder renews the lock's time. */
const BEAT_MS = 60_000;
/** Without a sign of life for so long, the holder's process is another one by now, or its computer is gone. */
const LOST_MS = 10 * 60_000;
/** For a lock that is created, and not written yet. */
const BEING_WRITTEN_MS = 5_000;
const RETRY_MS = 30;

/** The tokens of the locks that this process holds or wants: its number may be that of a dead process. */
const held = new Set<string>();

export class Lock {
  readonly #beat: NodeJS.Timeout;

  private constructor(
    private readonly path: string,
    private readonly target: string,
    private readonly token: string,
    /** How a new file looks here, with the rights that the user's mask leaves. */
    readonly fresh: FreshFile,
  ) {
    remember(this);
    this.#beat = setInterval(() => {
      const now = new Date();
      utimes(path, now, now).catch(() => undefined);
    }, BEAT_MS).unref();
  }

  /** Waits at most `waitMs` for another writer; then refuses. A lock of a dead process is taken over. */
  static async take(target: string, waitMs = 0): Promise<Lock> {
    const path = join(dirname(target), `.${basename(target)}.apq-lock`);
    const token = randomUUID();
    const until = Date.now() + waitMs;
    held.add(token);
    try {
      for (;;) {
        const fresh = await creating(create(path, token));
        if (fresh !== undefined) return new Lock(path, target, token, fresh);
        const found = await look(path);
        if (found === undefined) continue;
        if (!isAlive(found.holder, found.stats)) await moveAway(path, found.holder);
        else if (Date.now() >= until) throw refusedFile(inUse(target, found.holder));
        else await sleep(RETRY_MS);
      }
    } catch (error) {
      held.delete(token);
      throw error;
    }
  }

  /** Throws when another process took the lock, because this one gave no sign of life. */
  async check(): Promise<void> {
    if ((await look(this.path))?.holder?.token !== this.token)
      throw new OutputFileError(
        false,
        `${this.target} is written by another run by now, as this one stood still. Run it again.`,
      );
  }

  async release(): Promise<void> {
    clearInterval(this.#beat);
    const found = await look(this.path).catch(() => undefined);
    if (found?.holder?.token === this.token) await rm(this.path, { force: true }).catch(() => undefined);
    held.delete(this.token);
    forget(this);
  }

  removeSync(): void {
    if (parse(readFileSync(this.path, 'utf8'))?.token === this.token) rmSync(this.path, { force: true });
  }
}

/** Returns undefined when there is a lock already. Only this user can read it. */
async function create(path: string, token: string): Promise<FreshFile | undefined> {
  let handle: FileHandle;
  try {
    handle = await open(path, 'wx', 0o666);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return undefined;
    throw error;
  }
  try {
    const fresh = await handle.stat();
    // Some network drives know no rights.
    await handle.chmod(0o600).catch(() => undefined);
    const holder: Holder = { pid: process.pid, host: hostname(), token };
    await handle.writeFile(JSON.stringify(holder));
    return fresh;
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}

interface Found {
  /** Undefined when it can't be read. */
  readonly holder: Holder | undefined;
  readonly stats: Stats;
}

async function look(path: string): Promise<Found | undefined> {
  try {
    const stats = await lstat(path);
    if (!stats.isFile()) throw refusedFile(`${path} is no lock of APQ. Remove it, or write to another file.`);
    return { stats, holder: parse(await readFile(path, { encoding: 'utf8', flag: READ })) };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    if (error instanceof OutputFileError) throw error;
    if (codeOf(error) === 'EACCES')
      throw refusedFile(
        `${path} is the lock of another user’s run. Wait until that has ended, or write to another file.`,
      );
    throw refusedFile(`${path} can’t be read: ${reasonOf(error)}. Remove it, or write to another file.`);
  }
}

// Windows has no such flags.
const { O_NOFOLLOW = 0, O_NONBLOCK = 0, O_RDONLY } = constants;
const READ = O_RDONLY | O_NOFOLLOW | O_NONBLOCK;

function parse(text: string): Holder | undefined {
  try {
    const parsed = v.safeParse(content, JSON.parse(text));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(holder: Holder | undefined, { mtimeMs }: Stats): boolean {
  const age = Date.now() - mtimeMs;
  if (holder === undefined) return age < BEING_WRITTEN_MS;
  if (age > LOST_MS) return false;
  if (holder.host !== hostname()) return true;
  if (holder.pid === process.pid) return held.has(holder.token);
  try {
    process.kill(holder.pid, 0);
    return true;
  } catch (error) {
    // A process of another user can't be sent a signal.
    return codeOf(error) === 'EPERM';
  }
}

/**
 * Two runs may find the same dead lock: the slower one must not remove the lock of the quicker. And a holder may have
 * released its lock, and ended, since the lock was read.
 */
async function moveAway(path: string, dead: Holder | undefined): Promise<void> {
  if ((await look(path))?.holder?.token !== dead?.token) return;
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw refusedFile(`${path} can’t be removed: ${reasonOf(error)}. Remove it, or write to another file.`);
  }
  const moved = await look(aside);
  if (moved?.holder?.token !== dead?.token) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}

function inUse(target: string, holder: Holder | undefined): string {
  const who =
    holder === undefined
      ? ''
      : ` (process ${holder.pid}${holder.host === hostname() ? '' : ` on ${holder.host}`})`;
  return `Another run${who} is writing ${target}. Wait until it has ended, or write to another file.`;
}
