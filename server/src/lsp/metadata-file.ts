/** The metadata cache file: read at the start and whenever it changes. The only file that the server touches. */
import { readFile } from 'node:fs/promises';
import { unwatchFile, watch, watchFile, type FSWatcher } from 'node:fs';
import { basename, dirname } from 'node:path';

/**
 * Calls `changed` with the file's text (undefined: there is none) now (`ready` says when) and after each change. The folder is watched, as
 * the file is replaced whole; where that is not possible, the file is looked at every two seconds.
 */
export function watchMetadataFile(
  path: string,
  changed: (text: string | undefined) => void,
): { readonly ready: Promise<void>; readonly stop: () => void } {
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
  const ready = read();
  let watcher: FSWatcher | undefined;
  try {
    watcher = watch(dirname(path), (_event, name) => {
      if (name === null || name === basename(path)) soon();
    });
    watcher.on('error', () => watcher?.close());
  } catch {
    watchFile(path, { interval: 2000 }, soon);
  }
  const stop = () => {
    clearTimeout(timer);
    watcher?.close();
    unwatchFile(path, soon);
  };
  return { ready, stop };
}
