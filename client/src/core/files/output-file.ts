/** Files that are written whole or not at all: the one way to write a file that somebody else may read or write. */
import { constants, type Stats } from 'node:fs';
import { access, lstat, open, realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf, OutputFileError, reasonOf, refusedFile, unwritable } from './file-error';
import { Lock } from './lock';
import type { FreshFile } from './own-file';
import { sweep, TemporaryFile } from './temporary-file';

/** Its user may always read and write it. */
const OWN = 0o600;

/** A file that appears whole or not at all: after a failure or an interruption nothing of it remains. */
export class OutputFile {
  private constructor(
    private readonly path: string,
    private readonly lock: Lock,
    private temporary: TemporaryFile,
    private readonly mode: number,
    /** How a file looks that was made here just now. */
    readonly fresh: FreshFile,
  ) {}

  /**
   * Follows a link of the user to its file, which keeps its permissions. Refuses a folder, a device, and a file that
   * another run is writing; waits for the latter as long as `waitMs`. `mode`: the most rights that a new file gets.
   */
  static async create(
    path: string,
    { waitMs = 0, mode }: { readonly waitMs?: number; readonly mode?: number | undefined } = {},
  ): Promise<OutputFile> {
    const { target, before } = await targetOf(path);
    try {
      const lock = await Lock.take(target, waitMs);
      try {
        const temporary = await TemporaryFile.create(target);
        const fresh = await temporary.stat();
        await sweep(target, fresh, temporary);
        const most = mode === undefined ? lock.fresh.mode : (lock.fresh.mode & mode) | OWN;
        return new OutputFile(target, lock, temporary, (before?.mode ?? most) & 0o777, fresh);
      } catch (error) {
        await lock.release();
        throw error;
      }
    } catch (error) {
      if (error instanceof OutputFileError) throw error;
      const folder = dirname(path);
      const lacksFolder = codeOf(error) === 'ENOENT' && !(await isThere(folder));
      throw refusedFile(
        lacksFolder
          ? `${path} can’t be written: the folder ${folder} does not exist. Create it first.`
          : `${path} can’t be written: ${reasonOf(error)}.`,
      );
    }
  }

  async write(data: string | Uint8Array): Promise<void> {
    await this.temporary.handle.writeFile(data).catch((error: unknown) => {
      throw unwritable(this.path, error);
    });
  }

  /** Replaces the text written so far with what `change` makes of it. */
  async rewrite(change: (text: AsyncIterable<string>) => AsyncIterable<string>): Promise<void> {
    const before = this.temporary;
    this.temporary = await TemporaryFile.create(this.path).catch((error: unknown) => {
      throw unwritable(this.path, error);
    });
    try {
      for await (const text of change(before.text())) await this.write(text);
    } finally {
      await before.remove();
    }
  }

  async keep(): Promise<void> {
    try {
      await this.lock.check();
      await this.temporary.become(this.path, this.mode);
    } catch (error) {
      await this.discard();
      throw error instanceof OutputFileError ? error : unwritable(this.path, error);
    }
    await syncFolder(dirname(this.path));
    await this.lock.release();
  }

  async discard(): Promise<void> {
    await this.temporary.remove();
    await this.lock.release();
  }
}

/** How long a short write waits for another one: two windows may write the same file at once. */
const PATIENCE_MS = 10_000;

/** Writes a file whole or not at all. Throws an `OutputFileError`. */
export async function writeWhole(path: string, data: string | Uint8Array): Promise<void> {
  const file = await OutputFile.create(path, { waitMs: PATIENCE_MS });
  try {
    await file.write(data);
  } catch (error) {
    await file.discard();
    throw error;
  }
  await file.keep();
}

const isThere = async (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

async function targetOf(
  path: string,
): Promise<{ readonly target: string; readonly before: Stats | undefined }> {
  const here = await lstat(path).catch(() => undefined);
  // As Linux does in folders where everybody may write.
  if (
    here?.isSymbolicLink() === true &&
    here.uid !== process.geteuid?.() &&
    here.uid !== (await stat(dirname(path))).uid
  )
    throw refusedFile(`${path} is a link that another user made. Remove it, or write to another file.`);
  const target = await realpath(path).catch(() => path);
  const before = await stat(target).catch(() => undefined);
  if (before?.isDirectory() === true || /[/\\]$/.test(path))
    throw refusedFile(`${path} is a folder. Name a file.`);
  if (before?.isFile() === false)
    throw refusedFile(`${path} is a device or a pipe, not a file. Name a file, or use standard output.`);
  if (before !== undefined)
    await access(target, constants.W_OK).catch((error: unknown) => {
      throw refusedFile(`${path} can’t be written: ${reasonOf(error)}.`);
    });
  return { target, before };
}

/** So that the new name outlives a power failure, too. Not every system can do it. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder).catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
