/** The encoding of a text file: by its byte order mark, else UTF-8 where all of it is, else Windows-1252. No statistics. */
import { utf16OrderOf } from '../../files/text-of-bytes';
import type { MadeChoice, ReadingChoices } from '../table';
import { valueLabel } from './choice-words';

export type Encoding = NonNullable<ReadingChoices['encoding']>;

const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const satisfies Encoding[];

/** By the beginning only: that it is UTF-8 is certain when all of it was read. */
export function likelyEncoding(head: Buffer): Encoding {
  return utf16OrderOf(head) ?? 'utf-8';
}

export const madeEncoding = (value: Encoding, given: boolean): MadeChoice => ({
  name: 'encoding',
  value,
  how: how(value, given),
  options: ENCODINGS,
  sentence:
    value === 'windows-1252' && !given
      ? 'The file is not UTF-8, so it was read as Windows-1252. Check letters with accents.'
      : `The text was read as ${valueLabel('encoding', value)}.`,
});

function how(value: Encoding, given: boolean): MadeChoice['how'] {
  if (given) return 'given';
  return value === 'windows-1252' ? 'assumed' : 'found';
}

/** Thrown by `decoded` for bytes that are not UTF-8. */
export class NotUtf8 extends Error {}

/** Yields the text without its byte order mark. @param strict Whether bytes that are not UTF-8 throw `NotUtf8`. */
export async function* decoded(
  chunks: AsyncIterable<Buffer>,
  encoding: Encoding,
  strict: boolean,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: strict && encoding === 'utf-8' });
  const decode = (chunk?: Buffer): string => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch (error) {
      if (error instanceof TypeError) throw new NotUtf8();
      throw error;
    }
  };
  for await (const chunk of chunks) yield decode(chunk);
  yield decode();
}
