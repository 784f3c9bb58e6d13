/** A connection: an address, an environment and a kind of sign-in. The secret itself is never part of it. */
import * as v from 'valibot';
import { isLoopback, parseRoot } from './root';

/** Only what `parseRoot` returns: no user name in it, https except for loopback, one spelling. */
const isRoot = (text: string) => {
  const parsed = parseRoot(text);
  return parsed.ok && parsed.root === text;
};

const schema = v.object({
  id: v.pipe(v.string(), v.minLength(1)),
  name: v.pipe(v.string(), v.minLength(1)),
  /** Site root without a trailing slash. */
  root: v.pipe(v.string(), v.check(isRoot)),
  site: v.picklist(['production', 'sandbox', 'other']),
  auth: v.picklist(['apiKey', 'password']),
  /** POST, PUT and DELETE are refused before the user is asked. */
  readOnly: v.exactOptional(v.boolean()),
});

export type Connection = Readonly<v.InferOutput<typeof schema>>;

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
