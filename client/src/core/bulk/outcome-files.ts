/** Files of rows beside the file that was imported: those that failed, those done, and those of unknown outcome. */
import { lstat, rm, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { OutputFileError, reasonOf } from '../files/file-error';
import { OutputFile } from '../files/output-file';
import { BYTE_ORDER_MARK, delimitedText } from '../results/csv';
import { markOf } from './import-file';
import type { Journal } from './journal';
import type { FileKind } from './journal-lines';
import { KINDS } from './outcome-kinds';
import { type OutcomeRows, rowsFromJournal, rowsFromTable } from './outcome-rows';
import type { TableReading } from './table';

/** The paths of the files that were written; undefined where no row belongs there, or it could not be written. */
export type OutcomeFiles = Readonly<Record<FileKind, string | undefined>>;

export interface WrittenOutcomes {
  readonly files: OutcomeFiles;
  /** What a user should know: sentences. */
  readonly warnings: readonly string[];
}

/**
 * Writes the rows of the file with what became of them: as they stand there, or, when the file has changed since, as the
 * journal has them. Replaces only what an import of this file has written, and removes that where no row belongs there any
 * more; another file of such a name stays, and the rows go to `people.failed-2.csv`. What fails becomes a warning, as rows
 * were sent.
 */
export async function writeOutcomes(
  path: string,
  table: () => Promise<TableReading> | TableReading,
  journal: Journal,
): Promise<WrittenOutcomes> {
  const writing = new OutcomeWriting(path, table, journal);
  const files = {
    failed: await writing.file('failed'),
    done: await writing.file('done'),
    unknown: await writing.file('unknown'),
  };
  return { files, warnings: writing.warnings };
}

class OutcomeWriting {
  readonly warnings: string[] = [];

  constructor(
    private readonly path: string,
    private readonly table: () => Promise<TableReading> | TableReading,
    private readonly journal: Journal,
  ) {}

  async file(kind: FileKind): Promise<string | undefined> {
    try {
      const isWanted = KINDS[kind].states.some((state) => this.journal.counts[state] > 0);
      if (!isWanted) {
        await this.#clear(kind);
        return undefined;
      }
      const target = await this.#target(kind);
      await this.#write(kind, target);
      const { name, sha256 } = await markOf(target);
      await this.journal.wrote({ kind, name, sha256 });
      return target;
    } catch (error) {
      this.warnings.push(
        `The rows that ${KINDS[kind].what} could not be written to a file. ${error instanceof OutputFileError ? error.message : reasonOf(error)}`,
      );
      return undefined;
    }
  }

  /** The first name that is free, or that of a file of ours. */
  async #target(kind: FileKind): Promise<string> {
    for (let number = 1; ; number++) {
      const target = this.#named(kind, number);
      if ((await lstat(target).catch(() => undefined)) === undefined) return target;
      if (await this.#isOurs(kind, target)) return target;
    }
  }

  /** `people.csv` → `people.failed.csv`. */
  #named(kind: FileKind, number: number): string {
    const stem = basename(this.path, extname(this.path));
    return join(dirname(this.path), `${stem}.${kind}${number === 1 ? '' : `-${number}`}.csv`);
  }

  /** Whether it is as an import of this file has written it: a file in which rows were mended is the user's. */
  async #isOurs(kind: FileKind, target: string): Promise<boolean> {
    const notes = this.journal.files.filter((file) => file.kind === kind && file.name === basename(target));
    if (notes.length === 0 || (await lstat(target)).isFile() === false) return false;
    const { sha256 } = await markOf(target);
    return notes.some((note) => note.sha256 === sha256);
  }

  /** What an earlier run wrote would be taken for this one's. */
  async #clear(kind: FileKind): Promise<void> {
    const names = new Set(this.journal.files.flatMap((file) => (file.kind === kind ? [file.name] : [])));
    for (const name of names) {
      const target = join(dirname(this.path), name);
      if ((await lstat(target).catch(() => undefined)) === undefined) continue;
      if (await this.#isOurs(kind, target)) await rm(target);
      else this.warnings.push(`${name} is of an earlier import: none of its rows is of this one.`);
    }
  }

  async #write(kind: FileKind, target: string): Promise<void> {
    try {
      await this.#writeRows(target, rowsFromTable(await this.table(), this.journal, KINDS[kind]));
    } catch (error) {
      if (error instanceof OutputFileError) throw error;
      await this.#writeRows(target, rowsFromJournal(this.journal, KINDS[kind]));
      this.warnings.push(
        `${basename(this.path)} has changed since it was read, so ${basename(target)} has only the columns that were imported.`,
      );
    }
  }

  async #writeRows(target: string, { columns, delimiter, rows }: OutcomeRows): Promise<void> {
    // It holds what the file holds, so it is for the same people.
    const mode = await stat(this.path).then(
      (found) => found.mode,
      () => undefined,
    );
    const file = await OutputFile.create(target, { mode });
    try {
      // With the mark, for a spreadsheet, in which the rows are mended.
      await file.write(BYTE_ORDER_MARK + delimitedText([columns], delimiter));
      let waiting: (readonly string[])[] = [];
      const flush = async () => {
        await file.write(delimitedText(waiting, delimiter));
        waiting = [];
      };
      for await (const cells of rows) {
        waiting.push(cells);
        if (waiting.length >= CHUNK) await flush();
      }
      await flush();
      await file.keep();
    } catch (error) {
      await file.discard();
      throw error;
    }
  }
}

/** How many rows are written at a time. */
const CHUNK = 500;
