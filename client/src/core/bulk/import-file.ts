/** What an import is: its file, and how the file is read. A journal goes on with the same only. */
import { createHash, randomUUID } from 'node:crypto';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { isSameRoot } from '../connections/root';
import { chunksOf } from '../files/lines';
import { nameKey } from '../text/names';
import { writeJson } from '../values/write-json';
import type { JournalHead } from './journal-lines';
import type { Mapping } from './mapping';
import type { TableReading } from './table';

/** Identifies the content of a file. */
export async function markOf(path: string): Promise<JournalHead['file']> {
  const hash = createHash('sha256');
  let bytes = 0;
  const handle = await open(path, 'r');
  try {
    for await (const chunk of chunksOf(handle)) {
      hash.update(chunk);
      bytes += chunk.length;
    }
  } finally {
    await handle.close();
  }
  return { name: basename(path), bytes, sha256: hash.digest('hex') };
}

/** What a journal says about an import. */
export const headOf = (
  file: JournalHead['file'],
  root: string,
  module: string,
  { table, mapping: { deed, key, fields } }: { readonly table: TableReading; readonly mapping: Mapping },
): JournalHead => ({
  version: 1,
  run: randomUUID(),
  file,
  root,
  module,
  deed,
  ...(key !== undefined && { key: { column: key.column, field: key.field.name } }),
  fields: fields.map(({ column, field, mode }) => ({ column, field: field.name, mode })),
  choices: Object.fromEntries(table.choices.map(({ name, value = '' }) => [name, value])),
});

/** Whether both are the same content. */
export const isSameFile = (found: JournalHead, now: JournalHead): boolean =>
  found.file.bytes === now.file.bytes && found.file.sha256 === now.file.sha256;

/** Says in what an import differs from the one whose journal was found; undefined where it is the same. */
export function differenceFrom(found: JournalHead, now: JournalHead): string | undefined {
  if (!isSameRoot(found.root, now.root)) return `it was begun on ${found.root}, not on ${now.root}`;
  if (!isSameFile(found, now)) return 'the file has changed since it was begun';
  if (nameKey(found.module) !== nameKey(now.module))
    return `it was begun for ${found.module}, not for ${now.module}`;
  if (found.deed !== now.deed) return `it was begun as ${DEEDS[found.deed]}, not as ${DEEDS[now.deed]}`;
  if (!isSame(found.key, now.key))
    return `its records were found by ${found.key?.field ?? 'nothing'} of another column`;
  if (!isSame(found.fields, now.fields)) return 'its columns were taken for other fields';
  return isSame(found.choices, now.choices) ? undefined : 'the file was read in another way';
}

const DEEDS = { create: 'a creation', update: 'an update', upsert: 'an upsert' } as const;

const isSame = (one: unknown, other: unknown): boolean => writeJson(one) === writeJson(other);
