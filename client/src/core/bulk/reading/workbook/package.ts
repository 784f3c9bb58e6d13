/** The parts of a workbook: a zip of XML files, by yauzl. */
import { Readable } from 'node:stream';
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from 'yauzl';
import { TableError } from '../table-error';
import type { TableSource } from '../table-source';

/** What a part may be unzipped to, in bytes: far more than Excel writes, and far less than a bomb. */
const MAX_SHEET = 2_000_000_000;
const MAX_PART = 400_000_000;
const MAX_PARTS = 20_000;

export class Package {
  private constructor(
    private readonly source: TableSource,
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
  ) {}

  static async open(source: TableSource): Promise<Package> {
    try {
      const options = { autoClose: false };
      const zip = await fromRandomAccessReaderPromise(new SourceReader(source), source.size, options);
      const entries = new Map<string, Entry>();
      for await (const entry of zip.eachEntry()) {
        if (entries.size >= MAX_PARTS) throw tooLarge();
        entries.set(keyOf(entry.fileName), entry);
      }
      return new Package(source, zip, entries);
    } catch (error) {
      throw asTableError(error);
    }
  }

  has(name: string): boolean {
    return this.entries.has(keyOf(name));
  }

  /** Yields the text of a part. Yields nothing where there is none of this name. */
  async *text(name: string, kind: 'sheet' | 'part', signal?: AbortSignal): AsyncGenerator<string> {
    const entry = this.entries.get(keyOf(name));
    if (entry === undefined) return;
    if (entry.isEncrypted())
      throw new TableError('The workbook has a password. Save it without one, and choose that.');
    if (entry.uncompressedSize > (kind === 'sheet' ? MAX_SHEET : MAX_PART)) throw tooLarge();
    await this.source.check();
    const decoder = new TextDecoder();
    try {
      for await (const chunk of await this.zip.openReadStreamPromise(entry)) {
        signal?.throwIfAborted();
        if (chunk instanceof Uint8Array) yield decoder.decode(chunk, { stream: true });
      }
    } catch (error) {
      throw signal?.aborted === true ? error : asTableError(error);
    }
    yield decoder.decode();
  }
}

/** Names of parts are the same in any case. */
const keyOf = (name: string): string => name.replace(/^\/+/, '').toLowerCase();

const tooLarge = (): TableError =>
  new TableError('The workbook is larger than APQ reads. Save the one sheet as CSV, and choose that.');

export const damaged = (): TableError =>
  new TableError('The workbook is damaged. Open it in Excel or LibreOffice, save it anew, and choose that.');

const asTableError = (error: unknown): unknown => (error instanceof TableError ? error : damaged());

/** Lets yauzl read a source. */
class SourceReader extends RandomAccessReader {
  constructor(private readonly source: TableSource) {
    super();
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#pieces(start, end), { objectMode: false });
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    this.source.range(position, length).then(
      (bytes) => {
        bytes.copy(buffer, offset);
        callback(bytes.length === length ? null : damaged());
      },
      (error: unknown) => {
        callback(error instanceof Error ? error : damaged());
      },
    );
  }

  async *#pieces(start: number, end: number): AsyncGenerator<Buffer> {
    for (let at = start; at < end;) {
      const piece = await this.source.range(at, Math.min(PIECE_BYTES, end - at));
      if (piece.length === 0) throw damaged();
      at += piece.length;
      yield piece;
    }
  }
}

const PIECE_BYTES = 1 << 18;
