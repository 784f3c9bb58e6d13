/** The rows for a file of outcomes: of the file that was imported, or of its journal. */
import type { CsvDelimiter } from '../results/csv';
import { cellText } from '../results/table';
import { nameKey } from '../text/names';
import type { Journal, JournalRow } from './journal';
import type { OutcomeKind } from './outcome-kinds';
import { REASON_COLUMN } from './own-columns';
import { conventionsOf } from './plan';
import { DELIMITERS } from './reading/delimiter';
import type { Cell, TableReading, TableRow } from './table';

export interface OutcomeRows {
  readonly columns: readonly string[];
  readonly delimiter: CsvDelimiter;
  /** The texts of the columns, row by row. */
  readonly rows: AsyncIterable<readonly string[]>;
}

/**
 * As they stand in the file, all their cells between the same delimiters: a row that failed is refused again until it is
 * mended. Reading throws what the reader of the file throws.
 */
export function rowsFromTable(table: TableReading, journal: Journal, kind: OutcomeKind): OutcomeRows {
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
  async function* rows() {
    let index = 0;
    for await (const tableRow of table.rows()) {
      while (index < journal.size && journal.stateAt(index).row < tableRow.row) index++;
      const { row, state } = journal.stateAt(index);
      if (index < journal.size && row === tableRow.row && kind.states.includes(state))
        yield [...textsOf(tableRow, layout), kind.added(await journal.rowAt(index))];
    }
  }
  const names = table.columns.filter((_, at) => !own.includes(at)).map(({ name }) => name);
  return { columns: [...names, kind.column], delimiter: delimiterOf(table), rows: rows() };
}

/** As they were planned: what was written of them, under the names of the fields. */
export function rowsFromJournal(journal: Journal, kind: OutcomeKind): OutcomeRows {
  const { key, fields } = journal.head;
  const names = [
    ...new Set([...(key === undefined ? [] : [key.field]), ...fields.map(({ field }) => field)]),
  ];
  async function* rows() {
    for (let index = 0; index < journal.size; index++) {
      if (!kind.states.includes(journal.stateAt(index).state)) continue;
      const row = await journal.rowAt(index);
      yield [...names.map((name) => plannedText(row, name, key?.field)), kind.added(row)];
    }
  }
  return { columns: [...names, kind.column], delimiter: ',', rows: rows() };
}

function plannedText(
  { planned: { change, key } }: JournalRow,
  name: string,
  keyName: string | undefined,
): string {
  const field = change.fields.find((each) => each.name === name);
  if (field !== undefined) return cellText(field.after);
  return name === keyName ? (key?.value ?? change.request.id ?? '') : '';
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

/** Numbers of a workbook are written as its texts are, as a CSV has one sign for all. */
function textOf(cell: Cell, sign: Layout['sign']): string {
  if (cell.kind === 'blank') return '';
  return cell.kind === 'number' && sign === ',' ? cell.text.replace('.', ',') : cell.text;
}
