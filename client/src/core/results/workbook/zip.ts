/** Writes zip files, the envelope of a workbook. */
import { Readable } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';

/** Beyond it, a part would need the larger headers of Zip64. */
const MAX_SIZE = 0xffff_ffff;

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const VERSION = 20;
/** Names are UTF-8. */
const FLAGS = 0x0800;
const DEFLATE = 8;
/** 1 January 1980, the first that the format knows: the same content gives the same bytes. */
const DATE = 0x0021;

export class ZipWriter {
  readonly #parts: Buffer[] = [];
  readonly #central: Buffer[] = [];
  #offset = 0;

  /** Adds a file. Its text is compressed as it comes, so that only the compressed form is kept. */
  async add(name: string, text: Iterable<string>): Promise<void> {
    let [crc, size] = [0, 0];
    function* bytes(): Generator<Buffer> {
      for (const chunk of text) {
        const buffer = Buffer.from(chunk, 'utf8');
        crc = crc32(buffer, crc);
        size += buffer.length;
        yield buffer;
      }
    }
    const packed: Buffer[] = [];
    for await (const chunk of Readable.from(bytes(), { objectMode: true }).pipe(createDeflateRaw()))
      if (Buffer.isBuffer(chunk)) packed.push(chunk);
    const body = Buffer.concat(packed);
    const { length } = body;
    if (size > MAX_SIZE || this.#offset + length > MAX_SIZE)
      throw new Error('This is more than a workbook can hold. Export fewer rows or columns, or as CSV.');
    const encoded = Buffer.from(name, 'utf8');
    const shared = sharedHeader(crc, length, size, encoded.length);
    const local = Buffer.concat([numbers([LOCAL, 4]), shared, encoded]);
    const central = Buffer.concat([
      numbers([CENTRAL, 4], [VERSION, 2]),
      shared,
      numbers([0, 2], [0, 2], [0, 2], [0, 4], [this.#offset, 4]),
      encoded,
    ]);
    this.#parts.push(local, body);
    this.#central.push(central);
    this.#offset += local.length + length;
  }

  end(): Buffer {
    const count = this.#central.length;
    const size = this.#central.reduce((sum, each) => sum + each.length, 0);
    const end = numbers(
      [END, 4],
      [0, 2],
      [0, 2],
      [count, 2],
      [count, 2],
      [size, 4],
      [this.#offset, 4],
      [0, 2],
    );
    return Buffer.concat([...this.#parts, ...this.#central, end]);
  }
}

/** What a file’s own header and its entry in the directory have in common. */
const sharedHeader = (crc: number, packed: number, size: number, name: number): Buffer =>
  numbers(
    [VERSION, 2],
    [FLAGS, 2],
    [DEFLATE, 2],
    [0, 2],
    [DATE, 2],
    [crc, 4],
    [packed, 4],
    [size, 4],
    [name, 2],
    [0, 2],
  );

/** Numbers of so many bytes, the lowest byte first. */
function numbers(...fields: readonly (readonly [value: number, bytes: number])[]): Buffer {
  const buffer = Buffer.alloc(fields.reduce((sum, [, bytes]) => sum + bytes, 0));
  let at = 0;
  for (const [value, bytes] of fields) at = buffer.writeUIntLE(value, at, bytes);
  return buffer;
}
