/** Reads files that the user names. */
import { readFile } from 'node:fs/promises';
import { reasonOf } from '#core/files/file-error';
import { type Metadata, parseMetadata } from '#language';
import { Exit, usage } from './exit';

export async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw usage(`${path} can’t be read: ${reasonOf(error)}.`);
  }
}

export async function readMetadataFile(path: string): Promise<Metadata> {
  const parsed = parseMetadata(await readText(path));
  if (!parsed.ok) throw new Exit(2, `${path}: ${parsed.message}`);
  return parsed.metadata;
}
