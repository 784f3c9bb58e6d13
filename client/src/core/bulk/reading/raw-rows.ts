/** Rows as a file has them, before one of them is known to be the header. */
import type { Cell } from '../table';
import { errorSentence, isErrorValue } from './error-values';
import type { MergedRange } from './merged-range';

export interface RawRow {
  /** Its number in the file, from 1. */
  readonly row: number;
  /** As far as the file has them; at least one is not blank. */
  readonly cells: readonly Cell[];
  readonly hidden?: true;
}

/** Some rows with values. Rows without any count only in `upTo`, the number of the last row that was read. */
export interface RowBatch {
  readonly rows: readonly RawRow[];
  readonly upTo: number;
}

/** What stands beside the rows of a sheet. */
export interface SheetFacts {
  readonly merged: MergedRange[];
  /** By their number, from 0. */
  readonly hiddenColumns: number[];
}

/** @param facts Filled while the rows are read. */
export type RawRows = (signal: AbortSignal | undefined, facts: SheetFacts) => AsyncIterable<RowBatch>;

export const noFacts = (): SheetFacts => ({ merged: [], hiddenColumns: [] });

export const BLANK: Cell = { kind: 'blank' };

/** Nothing but spaces is nothing, and the error of a spreadsheet is no text. */
export function textCell(text: string): Cell {
  if (!/\S/.test(text)) return BLANK;
  return isErrorValue(text)
    ? { kind: 'fault', text, message: errorSentence(text.trim()) }
    : { kind: 'text', text };
}
