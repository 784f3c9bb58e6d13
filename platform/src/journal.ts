/**
 * Keeps what users changed over a restart, in a file of its own: one line of JSON for each record as it was written,
 * `{"site","module","id","row"}`, where `row` is null for one that was removed. The last line of a record counts. The
 * records that nobody changed are not kept: they are made anew, around the day of the start.
 */
import { appendFileSync, readFileSync } from 'node:fs';
import { findModule, type Module } from './catalog';
import { type SiteName, SITES } from './records';
import type { Row, Value } from './values';
import { isObject } from './values';

/** What became of the changed records of one module, by ID; null for one that was removed. */
export type Changes = ReadonlyMap<string, Row | null>;

export class Journal {
  readonly #changes = new Map<string, Map<string, Row | null>>();
  readonly #file: string | undefined;

  /** Reads the file where there is one; without a name nothing is kept. Throws when the file can't be read or written. */
  constructor(file: string | undefined) {
    this.#file = file;
    if (file === undefined) return;
    // Also tells now, rather than at the first change, that the file can't be written.
    appendFileSync(file, '', { mode: 0o600 });
    const text = readFileSync(file, 'utf8');
    // A line that was not written whole, as the machine stopped, must not swallow the next.
    if (text !== '' && !text.endsWith('\n')) appendFileSync(file, '\n');
    for (const line of text.split('\n')) {
      const entry = readEntry(line);
      if (entry !== undefined) this.#of(entry.site, entry.module).set(entry.id, entry.row);
    }
  }

  changes(site: SiteName, module: string): Changes {
    return this.#of(site, module);
  }

  /** Adds a change; throws when it can't be written. */
  add(site: SiteName, module: string, id: string, row: Row | null): void {
    if (this.#file === undefined) return;
    appendFileSync(this.#file, `${JSON.stringify({ site, module, id, row })}\n`);
  }

  #of(site: SiteName, module: string): Map<string, Row | null> {
    const key = `${site}/${module}`;
    let changes = this.#changes.get(key);
    if (changes !== undefined) return changes;
    changes = new Map<string, Row | null>();
    this.#changes.set(key, changes);
    return changes;
  }
}

interface Entry {
  readonly site: SiteName;
  readonly module: string;
  readonly id: string;
  readonly row: Row | null;
}

/** Returns undefined for a line that is not whole, or that names what this version does not have. */
function readEntry(line: string): Entry | undefined {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (!isObject(json)) return undefined;
  const site = SITES.find((name) => name === json['site']);
  const module = typeof json['module'] === 'string' ? findModule(json['module']) : undefined;
  const { id, row } = json;
  if (site === undefined || module === undefined || typeof id !== 'string') return undefined;
  if (row !== null && !isObject(row)) return undefined;
  return { site, module: module.name, id, row: row === null ? null : readRow(row, module) };
}

const isValue = (value: unknown): value is Value =>
  value === null ||
  ['string', 'number', 'boolean'].includes(typeof value) ||
  (Array.isArray(value) && value.every((item) => typeof item === 'string'));

/** Returns the members that the module has, and null for those that are missing. */
const readRow = (row: Readonly<Record<string, unknown>>, module: Module): Row =>
  Object.fromEntries(
    module.fields.map(({ name }) => {
      const value = row[name];
      return [name, isValue(value) ? value : null];
    }),
  );
