/** Rows as a file has them, before one of them is known to be the header. */
import type { Cell } from '../table';

export interface RawRow {
  /** Its number in the file, from 1. */
  readonly row: number;
  /** As far as the file has them; at least one is not blank. */
  readonly cells: readonly Cell[];
}

/** Some rows with values. Rows without any count only in `upTo`, the number of the last row that was read. */
export interface RowBatch {
  readonly rows: readonly RawRow[];
  readonly upTo: number;
}

export type RawRows = (signal?: AbortSignal) => AsyncIterable<RowBatch>;

export const BLANK: Cell = { kind: 'blank' };

/** Nothing but spaces is nothing. */
export const textCell = (text: string): Cell => (/\S/.test(text) ? { kind: 'text', text } : BLANK);

/** What stands in a cell; '' for a blank one. */
export const shownIn = (cell: Cell | undefined): string =>
  cell === undefined || cell.kind === 'blank' ? '' : cell.text;
