/** Reads the records of rows by their keys: for the plan, right before they are sent, and to find out what became of them. */
import type { ModuleInfo } from '#language';
import type { ApiClient } from '../remote/api';
import { ApiError } from '../remote/api-error';
import { type Found, readByValues } from '../running/id-batches';
import { nameKey } from '../text/names';
import { NAMING_FIELDS } from '../writing/record-name';

/** How many characters the names in `$select` take at most, so that several keys fit into the address. */
const MOST_NAMES = 1200;

export interface RecordReading {
  readonly client: ApiClient;
  readonly module: ModuleInfo;
  /** The field by which records are found: `ID`, or that of an upsert. */
  readonly field: string;
  /** The fields that rows write. */
  readonly written: Iterable<string>;
  /** Whether as many other fields are read as fit into an address, so that the records can be kept. */
  readonly whole: boolean;
}

/** What to read of each record: what rows write, what names it, and the rest where it is wanted. */
function selectOf({ module, field, written, whole }: RecordReading): readonly string[] {
  const names = new Map<string, string>();
  for (const name of ['ID', field, ...written]) names.set(nameKey(name), names.get(nameKey(name)) ?? name);
  const known = new Map(module.fields?.map(({ name }) => [nameKey(name), name]));
  const naming = NAMING_FIELDS.flatMap((name) => known.get(nameKey(name)) ?? []);
  const more = whole ? [...naming, ...known.values()] : naming;
  let length = [...names.values()].join(',').length;
  for (const name of more) {
    if (names.has(nameKey(name))) continue;
    length += name.length + 1;
    if (length > MOST_NAMES) break;
    names.set(nameKey(name), name);
  }
  return [...names.values()];
}

/**
 * Returns the records of each key; for a key that the API can't look up, the error. Throws the `ApiError` of a failure that
 * concerns them all.
 */
export async function readRecords(
  reading: RecordReading,
  keys: Iterable<string>,
  {
    signal,
    concurrency = 1,
  }: { readonly signal?: AbortSignal | undefined; readonly concurrency?: number } = {},
): Promise<ReadonlyMap<string, Found>> {
  const { client, module, field } = reading;
  const unique = nameKey(field) === 'id';
  const wanted = { module: module.name, field, select: selectOf(reading), unique };
  const found = await readByValues(client, wanted, keys, { signal, concurrency });
  for (const each of found.values()) if (each instanceof ApiError && each.kind !== 'refused') throw each;
  return found;
}
