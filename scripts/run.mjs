// `node scripts/run.mjs NAME …` runs scripts/NAME.ts, even in a bare clone: it first installs missing
// dependencies. So this file and lib/npm.mjs use only Node's own modules, and are JavaScript.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { npmCommand } from './lib/npm.mjs';

const ROOT = path.resolve(import.meta.dirname, '..');

/**
 * @typedef {{ version?: string, optional?: boolean, devOptional?: boolean }} LockedPackage
 */

/**
 * Reads the packages of a lock file; returns undefined when it can't be read.
 * @param {string} file
 * @returns {Record<string, LockedPackage> | undefined}
 */
function lockedPackages(file) {
  try {
    const text = readFileSync(file, 'utf8');
    return /** @type {{ packages?: Record<string, LockedPackage> }} */ (JSON.parse(text)).packages;
  } catch {
    return undefined;
  }
}

/**
 * Whether node_modules holds what package-lock.json requires. Contents are compared, not times: a fresh
 * clone or a branch switch gives every file a new time. npm records in node_modules/.package-lock.json what
 * it installed; optional packages (binaries for other systems) may be missing there.
 */
function dependenciesInstalled() {
  const wanted = lockedPackages(path.join(ROOT, 'package-lock.json'));
  const installed = lockedPackages(path.join(ROOT, 'node_modules/.package-lock.json'));
  if (wanted === undefined || installed === undefined) return false;
  return Object.entries(wanted).every(([location, { version, optional, devOptional }]) => {
    if (location === '') return true;
    const present = installed[location];
    if (present === undefined) return optional === true || devOptional === true;
    return present.version === version && existsSync(path.join(ROOT, location));
  });
}

/** Runs `npm ci` when node_modules is missing or out of date; ends this process when that fails. */
function ensureDependencies() {
  if (dependenciesInstalled()) return;
  console.log('Installing the dependencies (npm ci) …');
  const { command, args, shell } = npmCommand(['ci', '--no-audit', '--no-fund']);
  const { status, error } = spawnSync(command, args, {
    cwd: ROOT,
    shell,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (error !== undefined) console.error(`Could not start ${command}: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

const [name] = process.argv.splice(2, 1);
const script = path.join(ROOT, 'scripts', `${name}.ts`);
if (name === undefined || !existsSync(script)) {
  console.error('node scripts/run.mjs NAME …: NAME is a script in scripts/, without .ts.');
  process.exit(2);
}
ensureDependencies();
const { register } = await import('tsx/cjs/api');
register(); // From here on `require` reads TypeScript.
const { main } = /** @type {{ main: () => Promise<void> }} */ (createRequire(import.meta.url)(script));
await main();
