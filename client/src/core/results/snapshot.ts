/** A result in a file, for later comparison. */
import * as v from 'valibot';
import { readJson } from '../values/read-json';
import { writeJson } from '../values/write-json';
import type { ApiRecord } from './read-page';

export interface Snapshot {
  readonly title: string;
  /** ISO 8601. */
  readonly savedAt: string;
  readonly connection: string;
  /** The address that was requested, without secrets. */
  readonly address: string;
  readonly records: readonly ApiRecord[];
}

const schema = v.object({
  version: v.literal(1),
  title: v.string(),
  savedAt: v.string(),
  connection: v.string(),
  address: v.string(),
  records: v.array(v.record(v.string(), v.unknown())),
});

/** How many records are converted at a time. */
const CHUNK = 2000;

/** Returns chunks, so that a large snapshot does not block the editor. */
export async function* writeSnapshot({ records, ...about }: Snapshot): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  const head = writeJson({ version: 1, ...about });
  yield encoder.encode(`${head.slice(0, -1)},"records":[`);
  for (let start = 0; start < records.length; start += CHUNK) {
    const lines = records.slice(start, start + CHUNK).map((record) => `\n${writeJson(record)}`);
    yield encoder.encode(`${start === 0 ? '' : ','}${lines.join(',')}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
  yield encoder.encode('\n]}\n');
}

/** Reads a snapshot, or a JSON array of records as *Export* writes it. Returns undefined when it is neither. */
export function readSnapshot(text: string, name: string): Snapshot | undefined {
  let json: unknown;
  try {
    json = readJson(text);
  } catch {
    return undefined;
  }
  const whole = v.safeParse(schema, json);
  if (whole.success) return whole.output;
  const list = v.safeParse(v.array(v.record(v.string(), v.unknown())), json);
  return list.success
    ? { title: name, savedAt: '', connection: '', address: '', records: list.output }
    : undefined;
}
