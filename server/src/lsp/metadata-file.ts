/** The metadata cache file, read at the start and whenever it changes. */
import { type FSWatcher, unwatchFile, watch, watchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';

export interface MetadataFile {
  /** Resolves when the file has been read for the first time. */
  readonly ready: Promise<void>;
  /** Reads the file again and calls `changed`, changed or not. */
  readonly again: () => Promise<void>;
  readonly stop: () => void;
}

/**
 * Calls `changed` with the file's text (undefined: it can't be read) now and after each change. The folder is watched,
 * since the file is replaced as a whole; the file itself is polled every two seconds, for what a folder does not report:
 * a link's target, a network drive, a folder that is created later.
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
    // The folder does not exist yet.
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
