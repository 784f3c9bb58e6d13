/** The text of a file that a user names: UTF-8, and nothing that would be lost when it is written back. */

/** `problem` completes a sentence that begins with the name of the file. */
export type ReadText =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: string };

/** Keeps a byte order mark. */
export function textOfBytes(bytes: Uint8Array): ReadText {
  if (utf16OrderOf(bytes) !== undefined) return refused('is saved as UTF-16');
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes('\0') ? refused('holds NUL characters') : { ok: true, text };
  } catch (error) {
    return error instanceof TypeError
      ? refused('is not UTF-8')
      : { ok: false, problem: 'is too large to be read' };
  }
}

const refused = (what: string): ReadText => ({
  ok: false,
  problem: `${what}, so it was not read. Save it as UTF-8 first`,
});

/** With a byte order mark; without one, where every second byte of the beginning is 0, as in English text. */
export function utf16OrderOf(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const head = bytes.subarray(0, 256);
  const zeros = [0, 0] as [number, number];
  head.forEach((byte, at) => {
    if (byte === 0) zeros[at % 2 === 0 ? 0 : 1]++;
  });
  if (Math.max(...zeros) <= head.length / 4) return undefined;
  return zeros[1] > zeros[0] ? 'utf-16le' : 'utf-16be';
}
