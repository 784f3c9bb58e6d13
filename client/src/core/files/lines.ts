/** Lines of a file that may be longer than a string can be. */

const LINE_FEED = 0x0a;

/**
 * Yields lines without their line feed, which alone ends a line: in JSON, U+2028 may stand in a text. What follows the
 * last line feed was cut off, and is left out.
 */
export async function* linesOf(chunks: AsyncIterable<unknown>): AsyncGenerator<Buffer> {
  let pieces: Buffer[] = [];
  for await (const chunk of chunks) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('a stream of bytes is needed');
    let from = 0;
    for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, from)) {
      const end = chunk.subarray(from, at);
      yield pieces.length === 0 ? end : Buffer.concat([...pieces, end]);
      pieces = [];
      from = at + 1;
    }
    if (from < chunk.length) pieces.push(chunk.subarray(from));
  }
}
