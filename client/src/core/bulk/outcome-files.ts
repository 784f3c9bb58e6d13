/** Files of rows beside the file that was imported: those that failed, those done, and those of unknown outcome. */
import { basename, dirname, extname, join } from 'node:path';
import { OutputFile } from '../files/output-file';
import { BYTE_ORDER_MARK, type CsvDelimiter, delimitedText } from '../results/csv';
import { nameKey } from '../text/names';
import type { Journal, JournalRow } from './journal';
import { ID_COLUMN, REASON_COLUMN } from './own-columns';
import { conventionsOf } from './plan';
import type { RowState } from './planned-row';
import { DELIMITERS } from './reading/delimiter';
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
 * Writes the rows of the file as they stand there, all their cells between the same delimiters, with what became of them: a
 * row that failed is refused again until it is mended. A file that was there is
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
  const replaced = [kind.column, REASON_COLUMN];
  const own = [...table.columns.keys()].filter((at) =>
    replaced.includes(nameKey(table.columns[at]?.name ?? '')),
  );
  const layout: Layout = {
    own,
    ownAreLast: own.every((at, index) => at === table.columns.length - own.length + index),
    sign: conventionsOf(table).decimalSign,
  };
  const delimiter = delimiterOf(table);
  const file = await OutputFile.create(target);
  try {
    const names = table.columns.filter((_, at) => !own.includes(at)).map(({ name }) => name);
    // With the mark, for a spreadsheet, in which the rows are mended.
    await file.write(BYTE_ORDER_MARK + delimitedText([[...names, kind.column]], delimiter));
    let rows: string[][] = [];
    const flush = async () => {
      await file.write(delimitedText(rows, delimiter));
      rows = [];
    };
    for await (const [row, found] of rowsOf(table, journal, kind)) {
      rows.push([...textsOf(row, layout), kind.added(found)]);
      if (rows.length >= CHUNK) await flush();
    }
    await flush();
    await file.keep();
  } catch (error) {
    await file.discard();
    throw error;
  }
}

/** Where the columns of the file stand in its rows. */
interface Layout {
  /** The columns that are replaced, by their index. */
  readonly own: readonly number[];
  readonly ownAreLast: boolean;
  /** The sign before decimals that the file has in its texts. */
  readonly sign: '.' | ',' | undefined;
}

const delimiterOf = ({ choices }: TableReading): CsvDelimiter => {
  const chosen = choices.find(({ name }) => name === 'delimiter')?.value;
  return DELIMITERS.find((each) => each === chosen) ?? ',';
};

/** In a row of too many cells, what was added at the end still stands there. */
function textsOf({ cells, surplus = [] }: TableRow, { own, ownAreLast, sign }: Layout): string[] {
  const left = ownAreLast ? own.map((at) => at + surplus.length) : own;
  return [...cells, ...surplus].filter((_, at) => !left.includes(at)).map((cell) => textOf(cell, sign));
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

/** Numbers of a workbook are written as its texts are, as a CSV has one sign for all. */
function textOf(cell: Cell, sign: Layout['sign']): string {
  if (cell.kind === 'blank') return '';
  return cell.kind === 'number' && sign === ',' ? cell.text.replace('.', ',') : cell.text;
}
