/** Where a table comes from: a file that is read again for each pass, or its bytes. */
import { open, stat } from 'node:fs/promises';
import { reasonOf } from '../../files/file-error';
import { chunksOf } from '../../files/lines';
import { TableError } from './table-error';

export interface TableSource {
  readonly size: number;
  /** Its beginning, or all of it. */
  head(bytes: number): Promise<Buffer>;
  /** All of it, from the start. Throws a `TableError` where the file has changed since it was first looked at. */
  chunks(signal?: AbortSignal): AsyncIterable<Buffer>;
  /** A part of it, for formats that are read from their end. Shorter at the end of the file. */
  range(from: number, bytes: number): Promise<Buffer>;
  /** Throws a `TableError` where the file has changed since it was first looked at. */
  check(): Promise<void>;
}

/** @param source The path of a file, or its content. */
export const tableSource = (source: string | Uint8Array): Promise<TableSource> =>
  typeof source === 'string' ? sourceOfFile(source) : Promise.resolve(sourceOfBytes(source));

const CHUNK_BYTES = 1 << 18;

function sourceOfBytes(bytes: Uint8Array): TableSource {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const range = (from: number, length: number) => all.subarray(from, from + length);
  return {
    size: all.length,
    head: (length) => Promise.resolve(range(0, length)),
    range: (from, length) => Promise.resolve(range(from, length)),
    check: () => Promise.resolve(),
    // eslint-disable-next-line @typescript-eslint/require-await -- so that both sources are read alike
    async *chunks(signal) {
      for (let at = 0; at < all.length; at += CHUNK_BYTES) {
        signal?.throwIfAborted();
        yield range(at, CHUNK_BYTES);
      }
    },
  };
}

async function sourceOfFile(path: string): Promise<TableSource> {
  const seen = await versionOf(path);
  const check = async (): Promise<void> => {
    const now = await versionOf(path);
    if (now.size !== seen.size || now.changed !== seen.changed) throw changed();
  };
  return {
    check,
    size: seen.size,
    head: (bytes) => rangeOf(path, 0, bytes),
    range: (from, bytes) => rangeOf(path, from, bytes),
    async *chunks(signal) {
      await check();
      const handle = await opened(path);
      try {
        for await (const chunk of chunksOf(handle)) {
          signal?.throwIfAborted();
          yield chunk;
        }
      } finally {
        await handle.close();
      }
    },
  };
}

const changed = (): TableError =>
  new TableError('The file was changed while it was read. Start again, so that the plan fits the file.');

async function versionOf(path: string): Promise<{ size: number; changed: number }> {
  try {
    const { size, mtimeMs } = await stat(path);
    return { size, changed: mtimeMs };
  } catch (error) {
    throw unreadable(error);
  }
}

async function opened(path: string) {
  try {
    return await open(path, 'r');
  } catch (error) {
    throw unreadable(error);
  }
}

async function rangeOf(path: string, from: number, bytes: number): Promise<Buffer> {
  const handle = await opened(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes), 0, bytes, from);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    throw unreadable(error);
  } finally {
    await handle.close();
  }
}

const unreadable = (error: unknown): TableError =>
  new TableError(`The file can’t be read: ${reasonOf(error)}.`);
