/** From the rows of a file to a reading of its table: the header, what was guessed, and rows with a cell per column. */
import {
  type Cell,
  type MadeChoice,
  type ReadingChoices,
  shownIn,
  type TableReading,
  type TableRow,
} from '../table';
import { apostropheChoice, withoutApostrophe } from './apostrophes';
import { headerOf } from './header';
import { letterOf } from './letters';
import { isUpright, mergedChoice, mergedFiller } from './merged';
import { notesOf } from './notes';
import { BLANK, noFacts, type RawRow, type RawRows } from './raw-rows';
import { survey } from './survey';

/** What a format found out about a file. */
export interface RawTable {
  readonly rows: RawRows;
  readonly choices: readonly MadeChoice[];
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
  const { merged } = seen.facts;
  const header = headerOf(seen.first.map(mergedFiller(merged.filter(isUpright))), choices.headerRow);
  const width = table.delimited ? header.row.cells.length : seen.values.length;
  const apostrophes = apostropheChoice(seen, choices.apostrophes);
  const cellOf = apostrophes?.value === 'remove' ? withoutApostrophe : (cell: Cell) => cell;
  const columns = Array.from({ length: width }, (_, at) => ({
    name: shownIn(cellOf(header.row.cells[at] ?? BLANK)).trim(),
    letter: letterOf(at),
  }));
  const above = seen.first.filter(({ row }) => row <= header.row.row).length;
  const late = [mergedChoice(merged, header.row.row, choices.merged), apostrophes];
  return {
    columns,
    choices: [
      ...table.choices,
      header.choice,
      ...seen.conventions.choices(choices),
      ...late.filter((each) => each !== undefined),
    ],
    notes: notesOf(seen, columns),
    rowCount: seen.filled - above,
    async *rows(rowsSignal) {
      const fill = mergedFiller(choices.merged === 'repeat' ? merged : []);
      for await (const batch of table.rows(rowsSignal, noFacts()))
        for (const row of batch.rows) {
          const filled = fill(row);
          if (row.row > header.row.row) yield rowOf(filled, width, cellOf, table.delimited);
        }
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
  if (!delimited || used <= width) return { row, cells: given };
  return {
    row,
    cells: given,
    surplus: cells.slice(width, used).map(cellOf),
    problem: tooMany(row, used, width),
  };
}

const tooMany = (row: number, cells: number, columns: number): string =>
  `Row ${row} has ${cells} cells, and the header ${columns}: probably, a value with a delimiter in it stands without quotation marks. Put it in quotation marks.`;
