/** The parts of a workbook, unzipped by another program than the one that wrote it. */
import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import { fromBufferPromise } from 'yauzl';

/** Returns the texts of all parts, by name, and checks their sums. */
export async function partsOf(bytes: Buffer): Promise<ReadonlyMap<string, string>> {
  const zip = await fromBufferPromise(bytes);
  const parts = new Map<string, string>();
  for await (const entry of zip.eachEntry()) {
    const part = await buffer(await zip.openReadStreamPromise(entry));
    assert.equal(crc32(part), entry.crc32, entry.fileName);
    parts.set(entry.fileName, part.toString('utf8'));
  }
  return parts;
}

/** The names of the elements inside the root of a part, in order. */
export const elementsOf = (xml: string): string[] => {
  const names: string[] = [];
  let depth = 0;
  for (const [, close, name = '', empty] of xml.matchAll(/<(\/?)([A-Za-z]\w*)[^>]*?(\/?)>/g)) {
    if (close === '/') depth--;
    else {
      if (depth === 1) names.push(name);
      if (empty !== '/') depth++;
    }
  }
  return names;
};
