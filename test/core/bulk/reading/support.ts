/** A reading as a few texts, so that a test says in a line what it expects. */
import { readTable } from '#core/bulk/reading/read-table';
import type { Cell, ReadingChoices, TableReading, TableRow } from '#core/bulk/table';

export interface Shown {
  /** `ID|Name`. */
  readonly columns: string;
  /** `2: 1|Ann`; blank cells are empty, other kinds than text are named: `number 5`. */
  readonly rows: readonly string[];
  /** `encoding found utf-8`. */
  readonly choices: readonly string[];
  readonly notes: readonly string[];
}

/** Reads a table and all of its rows. */
export async function shown(source: string | Uint8Array, choices: ReadingChoices = {}): Promise<Shown> {
  const reading = await readTable(source, choices);
  return {
    columns: reading.columns.map(({ name }) => name).join('|'),
    rows: (await rowsOf(reading)).map(shownRow),
    choices: reading.choices.map(
      ({ name, how, value }) => `${name} ${how}${value === undefined ? '' : ` ${value}`}`,
    ),
    notes: reading.notes,
  };
}

export const bytes = (text: string): Buffer => Buffer.from(text, 'utf8');

export async function rowsOf(reading: TableReading): Promise<TableRow[]> {
  const rows: TableRow[] = [];
  for await (const row of reading.rows()) rows.push(row);
  return rows;
}

const shownRow = ({ row, cells, problem }: TableRow): string =>
  `${row}: ${cells.map(shownCell).join('|')}${problem === undefined ? '' : ' !'}`;

function shownCell(cell: Cell): string {
  if (cell.kind === 'blank') return '';
  return cell.kind === 'text' ? cell.text : `${cell.kind} ${cell.text}`;
}

/** The sentence of one choice, and what else it can be. */
export async function choice(
  source: string | Uint8Array,
  name: keyof ReadingChoices,
  choices: ReadingChoices = {},
): Promise<string | undefined> {
  return (await readTable(source, choices)).choices.find((each) => each.name === name)?.sentence;
}
