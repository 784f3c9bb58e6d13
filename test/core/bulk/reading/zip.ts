/** Writes zip files whose entries are not compressed. */
import { crc32 } from 'node:zlib';

/** @param sizes What an entry says about its size, as if it were compressed. */
export function zipOf(
  files: Readonly<Record<string, string>>,
  sizes: Readonly<Record<string, number>> = {},
): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const [nameBytes, data] = [Buffer.from(name), Buffer.from(text)];
    const fields = fieldsOf(nameBytes, data, sizes[name]);
    const local = Buffer.concat([u32(0x04034b50), fields, u16(0), nameBytes, data]);
    const central = [
      u32(0x02014b50),
      u16(20),
      fields,
      u16(0),
      u16(0),
      u16(0),
      u16(0),
      u32(0),
      u32(offset),
      nameBytes,
    ];
    locals.push(local);
    directory.push(Buffer.concat(central));
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const count = u16(locals.length);
  const end = [u32(0x06054b50), u16(0), u16(0), count, count, u32(central.length), u32(offset), u16(0)];
  return Buffer.concat([...locals, central, ...end]);
}

const STORED = 0;
const DEFLATED = 8;

/** What stands in both headers, from the version to the length of the name. */
const fieldsOf = (name: Buffer, data: Buffer, size: number | undefined): Buffer =>
  Buffer.concat([
    u16(20),
    u16(0x800),
    u16(size === undefined ? STORED : DEFLATED),
    u32(0),
    u32(crc32(data)),
    u32(data.length),
    u32(size ?? data.length),
    u16(name.length),
  ]);

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
