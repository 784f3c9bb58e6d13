/** Connections in a file that a team can share: names and addresses, never a key, a password or a user name. */
import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { visibleOnOneLine } from '../text/foreign-text';
import { nameKey } from '../text/names';
import { type Connection, STORED_LEVEL, storedLevel, withCarriedLevel } from './connection';
import { parseRoot } from './root';

/** The version that is written, and the only one that is read. */
const VERSION = 1;
const file = v.object({ version: v.number(), connections: v.array(v.unknown()) });
const entry = v.object({
  name: v.pipe(
    v.string(),
    v.trim(),
    v.minLength(1),
    v.maxLength(200),
    v.check((name) => visibleOnOneLine(name) === name),
  ),
  root: v.string(),
  auth: v.optional(v.picklist(['apiKey', 'password']), 'apiKey'),
  ...STORED_LEVEL,
});

/** The new connections in a file, and what was left out, in words. */
export interface ImportedConnections {
  readonly connections: readonly Connection[];
  readonly problems: readonly string[];
}

export function exportConnections(connections: readonly Connection[]): string {
  const shared = connections.map(({ name, root, auth, changes }) => ({
    name,
    root,
    auth,
    ...(changes === undefined ? {} : { changes }),
  }));
  return `${JSON.stringify({ version: VERSION, connections: shared }, undefined, 2)}\n`;
}

/**
 * Each connection gets an ID of its own and no secret: the user signs in after importing. A connection whose name and
 * address exist already is left out; a name that is taken by another address gets a number. Never throws.
 */
export function importConnections(text: string, existing: readonly Connection[]): ImportedConnections {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { connections: [], problems: ['The file is not JSON.'] };
  }
  const parsed = v.safeParse(file, json);
  if (!parsed.success) return { connections: [], problems: ['The file holds no connections.'] };
  const { version } = parsed.output;
  if (version !== VERSION)
    return {
      connections: [],
      problems: [
        Number.isInteger(version) && version > VERSION
          ? 'The file was written by a newer version of APQ. Update this one.'
          : `The file says version ${version}, which APQ never wrote. Export the connections again.`,
      ],
    };
  const connections: Connection[] = [];
  const problems: string[] = [];
  for (const [index, each] of parsed.output.connections.entries()) {
    const read = v.safeParse(entry, each);
    if (!read.success) {
      problems.push(`Entry ${index + 1} has no name or no address.`);
      continue;
    }
    const { name, root, auth } = read.output;
    const place = parseRoot(root);
    if (!place.ok) {
      problems.push(`${name}: ${place.message}`);
      continue;
    }
    const taken = [...existing, ...connections];
    const same = taken.find((known) => known.root === place.root && nameKey(known.name) === nameKey(name));
    if (same !== undefined) {
      problems.push(`${name} exists already.`);
      continue;
    }
    const connection = {
      id: randomUUID(),
      name: freeName(name, taken),
      root: place.root,
      site: place.site,
      auth,
    };
    // A file of somebody else makes nothing looser.
    connections.push(withCarriedLevel(connection, storedLevel(read.output).changes));
  }
  return { connections, problems };
}

/** Returns the name, with a number where it is taken: `Acme 2`. */
export function freeName(name: string, taken: readonly Pick<Connection, 'name'>[]): string {
  const used = new Set(taken.map((each) => nameKey(each.name)));
  let free = name;
  for (let number = 2; used.has(nameKey(free)); number++) free = `${name} ${number}`;
  return free;
}
