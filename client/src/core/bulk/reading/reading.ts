/** From the rows of a file to a reading of its table: the header, what was guessed, and rows with a cell per column. */
import { withoutGuard } from '../../results/csv';
import { nameKey } from '../../text/names';
import type { Cell, MadeChoice, ReadingChoices, TableColumn, TableReading, TableRow } from '../table';
import { headerOf } from './header';
import { letterOf } from './letters';
import { BLANK, type RawRow, type RawRows, shownIn } from './raw-rows';
import { type Survey, survey } from './survey';

/** What a format found out about a file. */
export interface RawTable {
  readonly rows: RawRows;
  readonly choices: readonly MadeChoice[];
  readonly notes: readonly string[];
  /** Whether cells move to the right by a delimiter too many, so that a row of more cells than the header is wrong. */
  readonly delimited: boolean;
}

/** Reads all of the table once. */
export async function tableReading(
  table: RawTable,
  choices: ReadingChoices,
  signal?: AbortSignal,
): Promise<TableReading> {
  const seen = await survey(table.rows, signal);
  const header = headerOf(seen.first, choices.headerRow);
  const width = table.delimited ? header.row.cells.length : seen.values.length;
  const apostrophes = apostropheChoice(seen, choices.apostrophes);
  const cellOf = apostrophes?.value === 'remove' ? withoutApostrophe : (cell: Cell) => cell;
  const columns = Array.from({ length: width }, (_, at) => ({
    name: shownIn(cellOf(header.row.cells[at] ?? BLANK)).trim(),
    letter: letterOf(at),
  }));
  const above = seen.first.filter(({ row }) => row <= header.row.row).length;
  return {
    columns,
    choices: [
      ...table.choices,
      header.choice,
      ...seen.conventions.choices(choices),
      ...(apostrophes === undefined ? [] : [apostrophes]),
    ],
    notes: [...table.notes, ...blankNote(seen), ...doubleNotes(columns), ...unnamedNotes(columns, seen)],
    rowCount: seen.filled - above,
    async *rows(rowsSignal) {
      for await (const batch of table.rows(rowsSignal))
        for (const row of batch.rows)
          if (row.row > header.row.row) yield rowOf(row, width, cellOf, table.delimited);
    },
  };
}

function rowOf(
  { row, cells }: RawRow,
  width: number,
  cellOf: (cell: Cell) => Cell,
  delimited: boolean,
): TableRow {
  const used = cells.findLastIndex((cell) => cell.kind !== 'blank') + 1;
  const given = Array.from({ length: width }, (_, at) => cellOf(cells[at] ?? BLANK));
  return delimited && used > width
    ? { row, cells: given, problem: tooMany(row, used, width) }
    : { row, cells: given };
}

const tooMany = (row: number, cells: number, columns: number): string =>
  `Row ${row} has ${cells} cells, and the header ${columns}: probably, a value with a delimiter in it stands without quotation marks. Put it in quotation marks.`;

function withoutApostrophe(cell: Cell): Cell {
  const text = cell.kind === 'text' ? withoutGuard(cell.text) : undefined;
  return text === undefined ? cell : { kind: 'text', text };
}

function apostropheChoice({ guarded }: Survey, given: ReadingChoices['apostrophes']): MadeChoice | undefined {
  if (guarded === 0) return undefined;
  const value = given ?? 'remove';
  const cells = guarded === 1 ? '1 cell begins' : `${counted(guarded)} cells begin`;
  return {
    name: 'apostrophes',
    value,
    how: given === undefined ? 'assumed' : 'given',
    options: ['remove', 'keep'],
    sentence: `${cells} with an apostrophe before what a spreadsheet would run as a formula, as exports write it; the apostrophe is ${value === 'remove' ? 'left out' : 'kept'}.`,
  };
}

const counted = (count: number): string => count.toLocaleString('en-GB');

const blankNote = ({ blank }: Survey): string[] => {
  if (blank === 0) return [];
  return [
    blank === 1
      ? '1 row without any value is left out.'
      : `${counted(blank)} rows without any value are left out.`,
  ];
};

/** Names that are the same but for case and outer spaces. */
function doubleNotes(columns: readonly TableColumn[]): string[] {
  const byName = new Map<string, TableColumn[]>();
  for (const column of columns) {
    const same = byName.get(nameKey(column.name));
    if (same !== undefined) same.push(column);
    else if (column.name !== '') byName.set(nameKey(column.name), [column]);
  }
  return [...byName.values()]
    .filter((same) => same.length > 1)
    .map((same) => {
      const letters = same.map(({ letter }) => letter).join(' and ');
      return `Columns ${letters} are both named “${same[0]?.name ?? ''}”: say by its letter which of them is meant.`;
    });
}

const unnamedNotes = (columns: readonly TableColumn[], { values }: Survey): string[] =>
  columns
    .filter(({ name }, at) => name === '' && (values[at] ?? 0) > 0)
    .map(({ letter }) => `Column ${letter} has values but no name, so it fills no field.`);
