/** The metadata cache file: read at the start and whenever it changes. The only file that the server touches. */
import { type FSWatcher, unwatchFile, watch, watchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';

export interface MetadataFile {
  /** When it has been read for the first time. */
  readonly ready: Promise<void>;
  /** Reads it again, changed or not. */
  readonly again: () => Promise<void>;
  readonly stop: () => void;
}

/**
 * Calls `changed` with the file's text (undefined: there is none) now and after each change. The folder is watched, as
 * the file is replaced whole; the file itself is looked at every two seconds, for what no folder tells: a link's
 * target, a network drive, a folder that comes later.
 */
export function watchMetadataFile(path: string, changed: (text: string | undefined) => void): MetadataFile {
  let last: string | undefined | null = null;
  let timer: NodeJS.Timeout | undefined;
  const read = async () => {
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if (text === last) return;
    last = text;
    changed(text);
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void read(), 50);
  };
  const again = async () => {
    last = null;
    await read();
  };
  const ready = read();
  let watcher: FSWatcher | undefined;
  try {
    watcher = watch(dirname(path), (_event, name) => {
      if (name === null || name === basename(path)) soon();
    });
    watcher.on('error', () => watcher?.close());
  } catch {
    // There is no such folder yet.
  }
  const polled = !path.includes('\0');
  if (polled) watchFile(path, { interval: 2000 }, soon);
  const stop = () => {
    clearTimeout(timer);
    watcher?.close();
    if (polled) unwatchFile(path, soon);
  };
  return { ready, again, stop };
}
