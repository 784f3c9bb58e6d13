/** A connection: where, as whom, by what kind of secret. The secret itself is never part of it. */
import * as v from 'valibot';

const schema = v.object({
  id: v.pipe(v.string(), v.minLength(1)),
  name: v.pipe(v.string(), v.minLength(1)),
  /** Site root without a trailing slash. */
  root: v.pipe(v.string(), v.url()),
  site: v.picklist(['production', 'sandbox', 'other']),
  auth: v.picklist(['apiKey', 'password']),
});

export type Connection = Readonly<v.InferOutput<typeof schema>>;

/** Reads a stored list; entries that are not understood are left out and counted. */
export function parseConnections(value: unknown): { connections: Connection[]; skipped: number } {
  if (!Array.isArray(value)) return { connections: [], skipped: value === undefined ? 0 : 1 };
  const connections = value.flatMap((each: unknown) => {
    const parsed = v.safeParse(schema, each);
    return parsed.success ? [parsed.output] : [];
  });
  return { connections, skipped: value.length - connections.length };
}
