// Where things are. Everything a script writes goes to a git-ignored folder named here, or to os.tmpdir().
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root folder. */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** Logs, screenshots and other things to look at after a failure. */
export const CACHE = path.join(ROOT, '.cache');
export const LOGS = path.join(CACHE, 'logs');
export const SCREENSHOTS = path.join(CACHE, 'screenshots');

/** Creates a folder and returns its path. */
export function ensureFolder(folder: string) {
  mkdirSync(folder, { recursive: true });
  return folder;
}
