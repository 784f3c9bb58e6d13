/** A table of a file (CSV, XLSX), as its readers give it: cells as they stand there, and what had to be guessed. */

/** Cells of CSV are blank or text: only the type of a field makes anything else of them. */
export type Cell =
  | { readonly kind: 'blank' }
  | { readonly kind: 'text'; readonly text: string }
  /** A number of a workbook, in all its digits as the file has them. */
  | { readonly kind: 'number'; readonly text: string }
  /** A date of a workbook, as `yyyy-MM-ddTHH:mm:ss` or `yyyy-MM-dd`, without a zone. */
  | { readonly kind: 'date'; readonly text: string }
  | { readonly kind: 'boolean'; readonly text: 'true' | 'false' }
  /** An error value, a formula without a stored result: `text` is what stands there, or `#N/A`. */
  | { readonly kind: 'fault'; readonly text: string; readonly message: string };

/** What stands in a cell; '' for a blank one. */
export const shownIn = (cell: Cell | undefined): string =>
  cell === undefined || cell.kind === 'blank' ? '' : cell.text;

export interface TableRow {
  /** Its number in the file, from 1, as a spreadsheet shows it. */
  readonly row: number;
  /** One for each column; those that the row lacks are blank. */
  readonly cells: readonly Cell[];
  /** What stands beyond the last column, in a row of too many cells. */
  readonly surplus?: readonly Cell[];
  /** Why no cell of the row can be trusted, such as more cells than the header has: a sentence. Such a row is not sent. */
  readonly problem?: string;
}

export interface TableColumn {
  /** As the header has it, without outer spaces; '' where it is blank. */
  readonly name: string;
  /** `A`, `B`, …, as a spreadsheet names it. */
  readonly letter: string;
}

/** What a file leaves open, and a user can change. Absent: to be found out from the file. */
export interface ReadingChoices {
  readonly encoding?: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
  readonly delimiter?: ',' | ';' | '\t' | '|';
  /** The name of a workbook's sheet. */
  readonly sheet?: string;
  /** The number of the row that names the columns, from 1. */
  readonly headerRow?: number;
  /** Whether 03/04/2026 is in April (`day`) or in March (`month`). */
  readonly dateOrder?: 'day' | 'month';
  /** Whether 1.234,5 or 1,234.5 is meant. */
  readonly decimalSign?: '.' | ',';
  /** What blank cells of a merged range mean: the value of its first cell, or nothing. */
  readonly merged?: 'repeat' | 'blank';
  /** Whether the apostrophe goes that exports put before a text like `=1+1`. */
  readonly apostrophes?: 'remove' | 'keep';
}

export type ChoiceName = keyof ReadingChoices;

/** How one choice was made. `options`: what else it can be. */
export interface MadeChoice {
  readonly name: ChoiceName;
  /** Undefined: nothing in the file tells, so the user has to say before anything is planned. */
  readonly value: string | undefined;
  /** `found`: the file proves it; `assumed`: it is likely. */
  readonly how: 'given' | 'found' | 'assumed' | 'open';
  readonly options: readonly string[];
  /** One sentence: what was chosen and why, or what is asked. */
  readonly sentence: string;
}

export interface TableReading {
  readonly columns: readonly TableColumn[];
  readonly choices: readonly MadeChoice[];
  /** What a user should know besides: dropped empty rows, hidden rows that count, columns without a name. */
  readonly notes: readonly string[];
  /** How many rows `rows` yields. */
  readonly rowCount: number;
  /** The rows below the header that have any value, in order; read as they are asked for, so that memory stays bounded. */
  rows(signal?: AbortSignal): AsyncIterable<TableRow>;
}
