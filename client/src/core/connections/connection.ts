/** A connection: an address, an environment and a kind of sign-in. The secret itself is never part of it. */
import * as v from 'valibot';
import { CHANGE_LEVELS, type ChangeLevel, strictest, usualLevel } from './change-level';
import { isLoopback, parseRoot } from './root';

/** Only what `parseRoot` returns: no user name in it, https except for loopback, one spelling. */
const isRoot = (text: string) => {
  const parsed = parseRoot(text);
  return parsed.ok && parsed.root === text;
};

/** How a list holds the level: `readOnly` is what earlier versions wrote. A level of a later version is taken for the strictest. */
export const STORED_LEVEL = {
  changes: v.exactOptional(v.fallback(v.picklist(CHANGE_LEVELS), 'readOnly')),
  readOnly: v.exactOptional(v.boolean()),
};

/** Reads it. */
export function storedLevel({
  changes,
  readOnly,
}: {
  readonly changes?: ChangeLevel | undefined;
  readonly readOnly?: boolean | undefined;
}): { readonly changes?: ChangeLevel } {
  const level = readOnly === true ? 'readOnly' : changes;
  return level === undefined ? {} : { changes: level };
}

const stored = v.object({
  id: v.pipe(v.string(), v.minLength(1)),
  name: v.pipe(v.string(), v.minLength(1)),
  /** Site root without a trailing slash. */
  root: v.pipe(v.string(), v.check(isRoot)),
  site: v.picklist(['production', 'sandbox', 'other']),
  auth: v.picklist(['apiKey', 'password']),
  ...STORED_LEVEL,
});

const schema = v.pipe(
  stored,
  v.transform(({ changes, readOnly, ...rest }) => ({ ...rest, ...storedLevel({ changes, readOnly }) })),
);

export type Connection = Readonly<v.InferOutput<typeof schema>>;

/** How freely records may be changed there. `production`: whether changes there are real, where the caller knows better. */
export const levelOf = (connection: Connection, production = isProduction(connection)): ChangeLevel =>
  connection.changes ?? usualLevel(production);

/** Whether POST, PUT and DELETE are refused there before anybody is asked. */
export const isReadOnly = ({ changes }: Pick<Connection, 'changes'>): boolean => changes === 'readOnly';

/** The connection with a level of the user's choice. The usual one is not kept: it follows the address. */
export function withLevel(
  connection: Connection,
  level: ChangeLevel,
  production = isProduction(connection),
): Connection {
  const { changes, ...rest } = connection;
  if (level === usualLevel(production)) return rest;
  return level === changes ? connection : { ...rest, changes: level };
}

/** The connection with the level of another address or user, unless that is looser than usual here. */
export const withCarriedLevel = (connection: Connection, level: ChangeLevel | undefined): Connection =>
  withLevel(connection, strictest(usualLevel(isProduction(connection)), level));

/**
 * True where writing changes a customer's live data. The root decides, whatever `site` holds; for a platform on this
 * machine, `site` alone decides.
 */
export function isProduction({ root, site }: Pick<Connection, 'root' | 'site'>): boolean {
  if (site === 'production') return true;
  const parsed = parseRoot(root);
  return parsed.ok && parsed.site === 'production' && !isLoopback(new URL(root).hostname);
}

/** Reads a stored list; invalid entries are left out and counted. */
export function parseConnections(value: unknown): { connections: Connection[]; skipped: number } {
  if (!Array.isArray(value)) return { connections: [], skipped: value === undefined ? 0 : 1 };
  const connections = value.flatMap((each: unknown) => {
    const parsed = v.safeParse(schema, each);
    return parsed.success ? [parsed.output] : [];
  });
  return { connections, skipped: value.length - connections.length };
}
