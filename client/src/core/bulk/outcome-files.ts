/** Files of rows beside the file that was imported: those that failed, those done, and those of unknown outcome. */
import { basename, dirname, extname, join } from 'node:path';
import { OutputFile } from '../files/output-file';
import { CsvText } from '../results/csv';
import type { ApiRecord } from '../results/read-page';
import { nameKey } from '../text/names';
import type { Journal, JournalRow } from './journal';
import { ID_COLUMN, REASON_COLUMN } from './own-columns';
import type { RowState } from './planned-row';
import type { Cell, TableReading, TableRow } from './table';

/** The paths of the files that were written; undefined where no row belongs there. */
export interface OutcomeFiles {
  readonly failed: string | undefined;
  readonly done: string | undefined;
  readonly unknown: string | undefined;
}

/** One of the files: which rows it holds, and the column that is added. */
interface Kind {
  readonly ending: string;
  readonly states: readonly RowState[];
  readonly column: string;
  readonly added: (row: JournalRow) => string;
}

const reasonOf = ({ planned: { change }, message }: JournalRow): string =>
  message ?? ('reason' in change ? change.reason : '');

const KINDS = {
  failed: {
    ending: 'failed',
    states: ['failed', 'refused', 'unforeseen'],
    column: REASON_COLUMN,
    added: reasonOf,
  },
  done: { ending: 'done', states: ['created', 'changed'], column: ID_COLUMN, added: ({ id = '' }) => id },
  unknown: { ending: 'unknown', states: ['unknown', 'sending'], column: REASON_COLUMN, added: reasonOf },
} as const satisfies Readonly<Record<keyof OutcomeFiles, Kind>>;

/** `people.csv` → `people.failed.csv`. */
const pathFor = (file: string, ending: string): string =>
  join(dirname(file), `${basename(file, extname(file))}.${ending}.csv`);

/**
 * Writes the rows of the file as they stand there, all their columns, with what became of them. A file that was there is
 * replaced where there are such rows, and else left alone. Throws an `OutputFileError`, and what the reader of the file throws.
 */
export async function writeOutcomes(
  path: string,
  table: TableReading,
  journal: Journal,
): Promise<OutcomeFiles> {
  const write = async (kind: Kind): Promise<string | undefined> => {
    if (kind.states.every((state) => journal.counts[state] === 0)) return undefined;
    const target = pathFor(path, kind.ending);
    await writeRows(target, kind, table, journal);
    return target;
  };
  return {
    failed: await write(KINDS.failed),
    done: await write(KINDS.done),
    unknown: await write(KINDS.unknown),
  };
}

/** How many rows are written at a time. */
const CHUNK = 500;

async function writeRows(target: string, kind: Kind, table: TableReading, journal: Journal): Promise<void> {
  // What an earlier import added is replaced; its IDs may be those by which records are found.
  const own = [kind.column, REASON_COLUMN];
  const kept = [...table.columns.keys()].filter(
    (at) => !own.includes(nameKey(table.columns[at]?.name ?? '')),
  );
  const names = kept.map((at) => String(at));
  // For a spreadsheet, in which the rows are mended.
  const csv = new CsvText({ bom: true });
  const file = await OutputFile.create(target);
  try {
    await file.write(csv.header([...kept.map((at) => table.columns[at]?.name ?? ''), kind.column]));
    let records: ApiRecord[] = [];
    const flush = async () => {
      await file.write(csv.rows(records, [...names, kind.column]));
      records = [];
    };
    for await (const [row, found] of rowsOf(table, journal, kind)) {
      records.push({
        ...Object.fromEntries(kept.map((at) => [String(at), textOf(row.cells[at])])),
        [kind.column]: kind.added(found),
      });
      if (records.length >= CHUNK) await flush();
    }
    await flush();
    await file.keep();
  } catch (error) {
    await file.discard();
    throw error;
  }
}

async function* rowsOf(
  table: TableReading,
  journal: Journal,
  { states }: Kind,
): AsyncGenerator<readonly [TableRow, JournalRow]> {
  let index = 0;
  for await (const row of table.rows()) {
    while (index < journal.size && journal.stateAt(index).row < row.row) index++;
    const { row: number, state } = journal.stateAt(index);
    if (index < journal.size && number === row.row && states.includes(state))
      yield [row, await journal.rowAt(index)];
  }
}

const textOf = (cell: Cell | undefined): string =>
  cell === undefined || cell.kind === 'blank' ? '' : cell.text;
