/** Reads files that the user names. */
import { readFile } from 'node:fs/promises';
import { reasonOf } from '#core/files/file-error';
import { textOfBytes } from '#core/files/text-of-bytes';
import { type Metadata, parseMetadata } from '#language';
import { Exit, usage } from './exit';

/** Refuses what is not UTF-8: characters would be lost, or mean something else. */
export async function readText(path: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw usage(`${path} can’t be read: ${reasonOf(error)}.`);
  }
  const read = textOfBytes(bytes);
  if (!read.ok) throw usage(`${path} ${read.problem}.`);
  return read.text;
}

export async function readMetadataFile(path: string): Promise<Metadata> {
  const parsed = parseMetadata(await readText(path));
  if (!parsed.ok) throw new Exit(2, `${path}: ${parsed.message}`);
  return parsed.metadata;
}
