/** Appends lines to a file: those of one moment together, and on the disk where somebody waits for that. */
import type { FileHandle } from 'node:fs/promises';
import { OutputFileError, unwritable } from '../files/file-error';
import type { Place } from './journal-rows';

interface Waiting {
  readonly data: Buffer;
  readonly toDisk: boolean;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/** How long a look is good for. */
const LOOK_MS = 250;

export class JournalWriter {
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;
  /** Where the next line goes, and up to where the file is written. */
  #next: number;
  #written: number;
  #looked = Date.now();

  constructor(
    private readonly path: string,
    private readonly handle: FileHandle,
    size: number,
    /** Throws where another program writes the file by now. */
    private readonly guard: () => Promise<void>,
  ) {
    this.#next = size;
    this.#written = size;
  }

  /** What is behind this place is overwritten. Call it before the first line. */
  goOnAt(place: number): void {
    this.#next = place;
    this.#written = place;
  }

  /** `done` resolves when the line is written, or on the disk. */
  put(line: string, toDisk: boolean): { readonly place: Place; readonly done: Promise<void> } {
    const data = Buffer.from(line);
    const place = { at: this.#next, bytes: data.length };
    this.#next += data.length;
    const done = new Promise<void>((resolve, reject) =>
      this.#waiting.push({ data, toDisk, done: resolve, failed: reject }),
    );
    this.#writing ??= this.#work();
    return { place, done };
  }

  /** Resolves when nothing is being written; a failure is told to those who wait for their line. */
  async idle(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing;
  }

  async sync(): Promise<void> {
    await this.idle();
    await this.handle.datasync();
  }

  async #work(): Promise<void> {
    // What others write in this moment comes along.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const lines = this.#waiting;
      this.#waiting = [];
      try {
        await this.#look();
        await this.#write(Buffer.concat(lines.map(({ data }) => data)));
        for (const { toDisk, done } of lines) if (!toDisk) done();
        if (lines.some(({ toDisk }) => toDisk)) await this.handle.datasync();
        for (const { done } of lines) done();
      } catch (error) {
        for (const { failed } of lines)
          failed(error instanceof OutputFileError ? error : unwritable(this.path, error));
      }
    }
    this.#writing = undefined;
  }

  /** This program may have stood still, and the file be another’s, since it looked last. */
  async #look(): Promise<void> {
    const now = Date.now();
    if (now - this.#looked < LOOK_MS) return;
    await this.guard();
    this.#looked = now;
  }

  async #write(data: Buffer): Promise<void> {
    for (let done = 0; done < data.length;) {
      const { bytesWritten } = await this.handle.write(data, done, data.length - done, this.#written + done);
      done += bytesWritten;
    }
    this.#written += data.length;
  }
}
