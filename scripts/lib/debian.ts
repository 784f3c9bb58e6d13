// Programs that npm does not provide: found on PATH, else installed with apt if possible.
import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';
import { ensureFolder, LOGS } from './paths';
import { cleanEnvironment, mustRun } from './processes';

/**
 * Returns the first of these programs that can be run.
 * @param names Names to look for on PATH, or absolute paths.
 */
export function findProgram(names: readonly string[]) {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  const candidates = names.flatMap((name) =>
    path.isAbsolute(name) ? [name] : folders.map((folder) => path.join(folder, name)),
  );
  return candidates.find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/**
 * Installs Debian packages, or throws an error that tells the user what to do.
 * @param what For the user: what is missing.
 */
export async function installPackages(what: string, packages: readonly string[]) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw new Error(
      `${what} is needed and was not found. Install it (Debian: apt-get install ${packages[0]}).`,
    );
  }
  console.log(`Installing ${what} (apt-get) …`);
  const options = {
    env: cleanEnvironment({ DEBIAN_FRONTEND: 'noninteractive' }),
    logFile: path.join(ensureFolder(LOGS), `${packages[0]}-install.log`),
    append: true,
    timeoutMs: 15 * 60_000,
  };
  await mustRun('apt-get', ['-o', 'Acquire::Retries=3', 'update'], { ...options, append: false });
  await mustRun(
    'apt-get',
    ['-o', 'Acquire::Retries=3', 'install', '-y', '--no-install-recommends', ...packages],
    options,
  );
}

/** Returns a program's path, and installs it first if possible. */
async function ensureProgram(what: string, names: readonly string[], packageName: string) {
  const found = findProgram(names);
  if (found !== undefined) return found;
  await installPackages(what, [packageName]);
  const installed = findProgram(names);
  if (installed === undefined) throw new Error(`apt-get installed ${what}, yet it is not on PATH.`);
  return installed;
}

/** Returns Neovim's path, and installs it first if possible. */
export const ensureNeovim = () => ensureProgram('Neovim', ['nvim'], 'neovim');

/** Returns LibreOffice's path, and installs it first if possible. */
export const ensureLibreOffice = () =>
  ensureProgram('LibreOffice', ['soffice', 'libreoffice'], 'libreoffice-calc-nogui');
