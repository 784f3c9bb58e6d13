/** The first pass through a table: what has to be known of all of it before its first row is given. */
import { withoutGuard } from '../../results/csv';
import { Conventions } from './conventions';
import { HEADER_SAMPLE } from './header';
import { noFacts, type RawRow, type RawRows, type SheetFacts } from './raw-rows';

export interface Survey {
  /** The first rows with values. */
  readonly first: readonly RawRow[];
  /** How many rows have values. */
  readonly filled: number;
  /** How many have none, before the last row that the file has. */
  readonly blank: number;
  /** For each column, how many values it has. */
  readonly values: readonly number[];
  /** Cells with the apostrophe that exports put before a formula. */
  readonly guarded: number;
  readonly conventions: Conventions;
  readonly facts: SheetFacts;
  /** How many rows with values are hidden. */
  readonly hidden: number;
}

/** Reads all rows once. */
export async function survey(rows: RawRows, signal?: AbortSignal): Promise<Survey> {
  const first: RawRow[] = [];
  const values: number[] = [];
  const conventions = new Conventions();
  const facts = noFacts();
  let hidden = 0;
  let filled = 0;
  let guarded = 0;
  let last = 0;
  for await (const batch of rows(signal, facts)) {
    last = batch.upTo;
    for (const row of batch.rows) {
      filled++;
      if (row.hidden === true) hidden++;
      if (first.length < HEADER_SAMPLE) first.push(row);
      row.cells.forEach((cell, at) => {
        if (cell.kind === 'blank') return;
        values[at] = (values[at] ?? 0) + 1;
        if (cell.kind !== 'text') return;
        conventions.add(cell.text, row.row);
        if (withoutGuard(cell.text) !== undefined) guarded++;
      });
    }
  }
  return {
    ...{ first, filled, blank: last - filled, guarded, conventions, facts, hidden },
    values: Array.from(values, (count) => count ?? 0),
  };
}
