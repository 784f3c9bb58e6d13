/** Temporary files beside an output: names that can't be guessed, for this user only, swept when a run was killed. */
import { randomUUID } from 'node:crypto';
import { rmSync, type Stats } from 'node:fs';
import { type FileHandle, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { chunksOf } from './lines';
import { type FreshFile, removeOwn } from './own-file';
import { creating, forget, remember } from './unfinished';

const NAME = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\.tmp$/;

export class TemporaryFile {
  private constructor(
    readonly path: string,
    readonly handle: FileHandle,
  ) {
    remember(this);
  }

  static async create(target: string): Promise<TemporaryFile> {
    const path = join(dirname(target), `${prefixOf(target)}${randomUUID()}.tmp`);
    return new TemporaryFile(path, await creating(open(path, 'wx+', 0o600)));
  }

  async stat(): Promise<Stats> {
    return this.handle.stat();
  }

  /** Yields what was written so far. */
  async *text(): AsyncGenerator<string> {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    for await (const chunk of chunksOf(this.handle)) yield decoder.decode(chunk, { stream: true });
  }

  /** Makes it the target, with these rights, when all is on the disk. */
  async become(target: string, mode: number): Promise<void> {
    await this.handle.sync();
    // Some network drives know no rights.
    await this.handle.chmod(mode).catch(() => undefined);
    await this.handle.close();
    await rename(this.path, target);
    forget(this);
  }

  /** Makes it the target, and goes on being written. */
  async stayAs(target: string): Promise<void> {
    await this.handle.sync();
    await rename(this.path, target);
    forget(this);
  }

  async remove(): Promise<void> {
    await this.handle.close().catch(() => undefined);
    await rm(this.path, { force: true });
    forget(this);
  }

  removeSync(): void {
    rmSync(this.path, { force: true });
  }
}

/** Removes what killed runs left beside the target. Only for the holder of its lock. */
export async function sweep(target: string, fresh: FreshFile, except: TemporaryFile): Promise<void> {
  const [folder, prefix] = [dirname(target), prefixOf(target)];
  for (const name of await readdir(folder).catch(() => []))
    if (name.startsWith(prefix) && NAME.test(name.slice(prefix.length)) && name !== basename(except.path))
      await removeOwn(join(folder, name), fresh);
}

const prefixOf = (target: string): string => `.${basename(target)}.`;
