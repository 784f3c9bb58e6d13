/** The query files of the workspace's folders, for workspace symbols: read on demand, never watched. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const MAX_FILES = 500;
const MAX_FOLDERS = 2000;
const MAX_BYTES = 2_000_000;
const SKIPPED = /^(?:\.|node_modules$|dist$|out$)/;

/** `folders` are URIs; files and folders that can't be read are left out. */
export async function findQueryFiles(folders: readonly string[]): Promise<{ uri: string; text: string }[]> {
  const queue = folders.filter((uri) => uri.startsWith('file:')).map((uri) => fileURLToPath(uri));
  const found: { uri: string; text: string }[] = [];
  for (let visited = 0; queue.length > 0 && visited < MAX_FOLDERS && found.length < MAX_FILES; visited++) {
    const folder = queue.shift() ?? '';
    for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !SKIPPED.test(entry.name)) queue.push(path);
      else if (entry.isFile() && entry.name.endsWith('.apq') && found.length < MAX_FILES) {
        const text = await stat(path)
          .then(
            ({ size }) => (size > MAX_BYTES ? undefined : readFile(path, 'utf8')),
            () => undefined,
          )
          .catch(() => undefined);
        if (text !== undefined) found.push({ uri: pathToFileURL(path).href, text });
      }
    }
  }
  return found;
}
