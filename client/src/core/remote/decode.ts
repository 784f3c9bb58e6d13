/** The text of a body, in the encoding that it is in. */

/**
 * Decodes a body: by its byte order mark, which is left out, else by the `charset` of its `Content-Type`, else as UTF-8,
 * which is also taken for a charset that nobody knows.
 */
export function decoded(bytes: Uint8Array, contentType: string | undefined): string {
  const decoder = decoderFor(charsetOf(bytes, contentType));
  const text = decoder.decode(bytes);
  if (decoder.encoding !== 'windows-1252') return text;
  // Some versions of Node decode it, and so ISO 8859-1, as if it had no letters there.
  return text.replace(/[\x80-\x9f]/g, (unit) => WINDOWS_1252[unit.charCodeAt(0) - 0x80] ?? unit);
}

/** From 0x80 to 0x9f. */
const WINDOWS_1252 =
  '\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178';

function charsetOf(bytes: Uint8Array, contentType: string | undefined): string {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return /;\s*charset\s*=\s*["']?([^\s"';]+)/i.exec(contentType ?? '')?.[1] ?? 'utf-8';
}

function decoderFor(charset: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(charset);
  } catch (error) {
    if (error instanceof RangeError) return new TextDecoder();
    throw error;
  }
}
