/** Opens files that lie beside an output under a name that anybody can guess: only those that this user made. */
import { constants, type Stats } from 'node:fs';
import { type FileHandle, lstat, open, rm } from 'node:fs/promises';
import { codeOf, refusedFile } from './file-error';

// Windows has neither.
const { O_NOFOLLOW = 0, O_NONBLOCK = 0, O_RDWR } = constants;

/** How the file system shows a file that was made just now: its owner and the rights that it can't take away. */
export type FreshFile = Pick<Stats, 'uid' | 'mode'>;

/**
 * Opens a file for reading and writing, without following links. Returns undefined when there is none; refuses a link,
 * and a file that somebody else made or may change. `fresh` is compared with rather than the user's number, as some
 * network drives show every file as another user's.
 */
export async function openOwn(path: string, fresh: FreshFile): Promise<FileHandle | undefined> {
  const before = await lstat(path).catch(() => undefined);
  if (before === undefined) return undefined;
  refuseForeign(path, before, fresh);
  let handle: FileHandle;
  try {
    // Not to wait for the other end of a pipe that has taken the file's place meanwhile.
    handle = await open(path, O_RDWR | O_NOFOLLOW | O_NONBLOCK);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw refusedFile(foreign(path, 'can’t be opened'));
  }
  try {
    refuseForeign(path, await handle.stat(), fresh);
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Removes the file if `openOwn` would open it; leaves anything else alone. Never throws. */
export async function removeOwn(path: string, fresh: FreshFile): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (found !== undefined && foreignness(found, fresh) === undefined)
    await rm(path, { force: true }).catch(() => undefined);
}

function refuseForeign(path: string, stats: Stats, fresh: FreshFile): void {
  const why = foreignness(stats, fresh);
  if (why !== undefined) throw refusedFile(foreign(path, why));
}

const foreign = (path: string, why: string): string =>
  `${path} ${why}, so it is not used. Remove it, or write to another folder.`;

const WRITABLE_BY_OTHERS = 0o022;

function foreignness(stats: Stats, fresh: FreshFile): string | undefined {
  if (stats.isSymbolicLink()) return 'is a link';
  if (!stats.isFile()) return 'is not a file';
  if (stats.nlink > 1) return 'is a link';
  if (stats.uid !== fresh.uid) return 'belongs to another user';
  if ((stats.mode & WRITABLE_BY_OTHERS & ~fresh.mode) !== 0) return 'can be changed by other users';
  return undefined;
}
