/** Reads files that the user names. */
import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { reasonOf } from '#core/files/file-error';
import { textOfBytes } from '#core/files/text-of-bytes';
import { type Metadata, parseMetadata } from '#language';
import { Exit, usage } from './exit';

/** Refuses what is not UTF-8: characters would be lost, or mean something else. */
export const readText = async (path: string): Promise<string> => textOf(path, readFile(path));

/** Reads standard input to its end, as `readText` reads a file. */
export const readStdin = async (): Promise<string> => textOf('Standard input', buffer(process.stdin));

/** `what` begins the sentence that says why it can't be read. */
async function textOf(what: string, reading: Promise<Uint8Array>): Promise<string> {
  const bytes = await reading.catch((error: unknown) => {
    throw usage(`${what} can’t be read: ${reasonOf(error)}.`);
  });
  const read = textOfBytes(bytes);
  if (!read.ok) throw usage(`${what} ${read.problem}.`);
  return read.text;
}

export async function readMetadataFile(path: string): Promise<Metadata> {
  const parsed = parseMetadata(await readText(path));
  if (!parsed.ok) throw new Exit(2, `${path}: ${parsed.message}`);
  return parsed.metadata;
}
