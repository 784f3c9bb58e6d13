/** A merged range of a sheet. */
import { columnOf } from './letters';

/** Rows count from 1, columns from 0. */
export interface MergedRange {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
  /** As a spreadsheet names it: `A2:A4`. */
  readonly name: string;
}

/** Far more than people make; each row looks at those that it is in. */
const MAX_RANGES = 100_000;

const RANGE = /^([A-Z]+)(\d+):([A-Z]+)(\d+)$/;

export function rangeOf(name: string): MergedRange | undefined {
  const [, left = '', top, right = '', bottom] = RANGE.exec(name) ?? [];
  if (top === undefined) return undefined;
  return { name, top: Number(top), bottom: Number(bottom), left: columnOf(left), right: columnOf(right) };
}

export function addMerged(ranges: MergedRange[], range: MergedRange | undefined): void {
  if (range !== undefined && ranges.length < MAX_RANGES) ranges.push(range);
}
