/** The metadata cache file on disk: written whole or not at all. */
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Metadata, type ParsedMetadata, parseMetadata } from '#language';
import { writeWhole } from '../files/output-file';

/** Returns a readable file name, the same for any case of the root: `acme.accessplanit.com-accessplan.json`. */
export const cachePath = (folder: string, root: string): string =>
  join(
    folder,
    `${root
      .toLowerCase()
      .replace(/^https?:\/\//, '')
      .replace(/[^\w.-]+/g, '-')}.json`,
  );

/** Returns undefined when there is no file; one that can't be opened is `unreadable`. Never throws. */
export async function readMetadata(path: string): Promise<ParsedMetadata | undefined> {
  try {
    return parseMetadata(await readFile(path, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    const message = `The metadata file can’t be opened: ${error instanceof Error ? error.message : String(error)}. Fetch the metadata again to write a new one.`;
    return { ok: false, reason: 'unreadable', message };
  }
}

/** A reader sees the old file or the new one. */
export async function writeMetadata(path: string, metadata: Metadata): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeWhole(path, JSON.stringify(metadata));
}
