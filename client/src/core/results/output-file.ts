/** Files that are written whole or not at all. */
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** `refused`: thrown before anything was done. The message is a sentence. */
export class OutputFileError extends Error {
  constructor(
    readonly refused: boolean,
    message: string,
  ) {
    super(message);
  }
}

/** A file that appears whole or not at all: after a failure or an interruption nothing of it remains. */
export class OutputFile {
  private constructor(
    private readonly path: string,
    private handle: FileHandle,
    private temporary: string,
    private readonly mode: number,
  ) {}

  /** Follows a link to its file, which keeps its permissions. Refuses a folder. */
  static async create(path: string): Promise<OutputFile> {
    const target = await realpath(path).catch(() => path);
    const before = await stat(target).catch(() => undefined);
    if (before?.isDirectory() === true || /[/\\]$/.test(path))
      throw new OutputFileError(true, `${path} is a folder. Name a file.`);
    const temporary = temporaryBeside(target);
    const mode = before?.mode ?? 0o666;
    try {
      return new OutputFile(target, await open(temporary, 'wx', mode), temporary, mode);
    } catch (error) {
      throw new OutputFileError(true, `${path} can’t be written: ${reasonOf(error)}.`);
    }
  }

  async write(text: string): Promise<void> {
    await this.handle.writeFile(text).catch((error: unknown) => {
      throw unwritable(this.path, error);
    });
  }

  /** Replaces the text written so far with what `change` makes of it. */
  async rewrite(change: (text: AsyncIterable<string>) => AsyncIterable<string>): Promise<void> {
    const [before, old] = [this.temporary, this.handle];
    const temporary = temporaryBeside(this.path);
    this.handle = await open(temporary, 'wx', this.mode);
    this.temporary = temporary;
    await old.close();
    try {
      for await (const text of change(createReadStream(before, 'utf8'))) await this.write(text);
    } finally {
      await rm(before, { force: true });
    }
  }

  async keep(): Promise<void> {
    await this.handle.sync();
    await this.handle.close();
    await rename(this.temporary, this.path);
  }

  async discard(): Promise<void> {
    await this.handle.close().catch(() => undefined);
    await rm(this.temporary, { force: true });
  }
}

/** For a full disk and the like. */
export const unwritable = (path: string, error: unknown): OutputFileError =>
  new OutputFileError(false, `${path} can’t be written: ${reasonOf(error)}.`);

const temporaryBeside = (path: string): string =>
  join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);

/** Returns why a call of the file system failed, in a user's words. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const known: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such file or folder',
    EACCES: 'permission denied',
    EISDIR: 'it is a folder',
    ENOSPC: 'the disk is full',
  };
  return known[code] ?? (error instanceof Error ? error.message : String(error));
}
