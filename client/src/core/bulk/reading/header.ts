/** Which row names the columns: the first that is about as full as the table, below titles and groups of columns. */
import { nameKey } from '../../text/names';
import { type MadeChoice, shownIn } from '../table';
import type { RawRow } from './raw-rows';
import { NoValuesError, TableError } from './table-error';

/** How many rows with values are looked at. */
export const HEADER_SAMPLE = 40;
const OPTIONS = 10;

export interface Header {
  readonly row: RawRow;
  readonly choice: MadeChoice;
}

/** @param rows The first rows that have values. @param given The number of the row that the user chose. */
export function headerOf(rows: readonly RawRow[], given: number | undefined): Header {
  const [first] = rows;
  if (first === undefined) throw new NoValuesError();
  const options = rows.slice(0, OPTIONS).map(({ row }) => String(row));
  const made = (row: RawRow, how: MadeChoice['how'], more = ''): Header => ({
    row,
    choice: {
      name: 'headerRow',
      value: String(row.row),
      how,
      options,
      sentence: `Row ${row.row} names the columns.${more}`,
    },
  });
  if (given !== undefined) {
    const row = rows.find((each) => each.row === given);
    if (row !== undefined) return made(row, 'given');
    throw new TableError(
      `Row ${given} can’t name the columns: it is blank or too far down. Choose one of rows ${options.join(', ')}.`,
    );
  }
  const at = positionOf(rows);
  const row = rows[at] ?? first;
  if (at === 0) return made(row, row.row === 1 && areNames(row) ? 'found' : 'assumed');
  return made(
    row,
    'assumed',
    ` ${at === 1 ? `Row ${first.row} above it is` : `The ${at} rows above it are`} left out.`,
  );
}

function positionOf(rows: readonly RawRow[]): number {
  const filled = rows.map(({ cells }) => cells.filter((cell) => cell.kind !== 'blank').length);
  const sorted = filled.toSorted((a, b) => b - a);
  // The most that two rows fill: a single one may have cells too many.
  const usual = sorted.find((count, at) => count === sorted[at + 1]) ?? sorted[0] ?? 0;
  // A title fills a cell or two, a row of groups at most half of the names below it.
  const at = filled.findIndex((count) => count * 2 > usual);
  return groupsNames(rows.slice(at)) ? at + 1 : at;
}

/** Whether the first row has gaps that the second, of names too, fills, and values come below. */
function groupsNames([groups, names, values]: readonly RawRow[]): boolean {
  if (groups === undefined || names === undefined || values === undefined) return false;
  const gaps = names.cells.filter(
    (cell, at) => cell.kind !== 'blank' && shownIn(groups.cells[at]) === '',
  ).length;
  return gaps > 0 && areNames(groups) && areNames(names) && !areNames(values);
}

/** Texts as columns have them: short, each once, with a letter, and no e-mail address. */
function areNames({ cells }: RawRow): boolean {
  const texts = cells.filter((cell) => cell.kind !== 'blank');
  const keys = new Set(texts.map((cell) => nameKey(shownIn(cell).trim())));
  return (
    keys.size === texts.length &&
    texts.every(
      (cell) =>
        cell.kind === 'text' &&
        cell.text.length <= 80 &&
        /\p{L}/u.test(cell.text) &&
        !cell.text.includes('@'),
    )
  );
}
