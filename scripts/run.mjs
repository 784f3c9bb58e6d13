// Installs the project's dependencies where that is still to be done. Only Node's own modules.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './paths.mjs';
import { npm } from './processes.mjs';

/**
 * @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, link?: boolean }} LockedPackage
 */

/**
 * Reads the packages of a lock file; undefined where there is no readable one.
 * @param {string} file
 * @returns {Record<string, LockedPackage> | undefined}
 */
function lockedPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/**
 * Whether node_modules holds what package-lock.json asks for. Contents are compared, not times: a fresh
 * clone or a branch switch gives every file a new time. npm notes in node_modules/.package-lock.json what
 * it installed; optional packages (binaries for other systems) are rightly missing there.
 * @param {string} folder
 */
export function dependenciesInstalled(folder) {
  const wanted = lockedPackages(path.join(folder, 'package-lock.json'));
  const installed = lockedPackages(path.join(folder, 'node_modules/.package-lock.json'));
  if (wanted === undefined || installed === undefined) return false;
  return Object.entries(wanted).every(([location, { version, optional, devOptional }]) => {
    if (location === '') return true;
    const present = installed[location];
    if (present === undefined) return optional === true || devOptional === true;
    return present.version === version && existsSync(path.join(folder, location));
  });
}

/** Runs `npm ci` in the project's root when node_modules is missing or out of date. */
export async function ensureDependencies() {
  if (dependenciesInstalled(ROOT)) return;
  console.log('Installing the dependencies (npm ci) …');
  await npm(['ci', '--no-audit', '--no-fund'], { cwd: ROOT });
}
