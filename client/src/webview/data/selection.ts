/** The selection in the grid: rectangles of cells, by their positions in the view. Both ends are included. */

export interface Range {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export interface Place {
  readonly row: number;
  readonly column: number;
}

export const rangeOf = (a: Place, b: Place): Range => ({
  top: Math.min(a.row, b.row),
  bottom: Math.max(a.row, b.row),
  left: Math.min(a.column, b.column),
  right: Math.max(a.column, b.column),
});

const holds = ({ top, bottom, left, right }: Range, { row, column }: Place): boolean =>
  row >= top && row <= bottom && column >= left && column <= right;

export const isSelected = (ranges: readonly Range[], place: Place): boolean =>
  ranges.some((range) => holds(range, place));

/** Returns the rows that have a selected cell, as sorted stretches that don't overlap. */
export function stretches(ranges: readonly Range[]): { from: number; to: number }[] {
  const sorted = ranges.map(({ top, bottom }) => ({ from: top, to: bottom })).sort((a, b) => a.from - b.from);
  const result: { from: number; to: number }[] = [];
  for (const { from, to } of sorted) {
    const last = result.at(-1);
    if (last !== undefined && from <= last.to + 1) last.to = Math.max(last.to, to);
    else result.push({ from, to });
  }
  return result;
}

export const selectedColumns = (ranges: readonly Range[]): number[] => {
  const columns = new Set<number>();
  for (const { left, right } of ranges) for (let at = left; at <= right; at++) columns.add(at);
  return [...columns].sort((a, b) => a - b);
};

export const countRows = (ranges: readonly Range[]): number =>
  stretches(ranges).reduce((sum, { from, to }) => sum + to - from + 1, 0);

/** Counts each selected cell once. */
export function countCells(ranges: readonly Range[]): number {
  if (ranges.length === 1) {
    const [{ top, bottom, left, right }] = ranges as [Range];
    return (bottom - top + 1) * (right - left + 1);
  }
  // All rows between two neighbouring edges have the same columns selected.
  const edges = [...new Set(ranges.flatMap(({ top, bottom }) => [top, bottom + 1]))].sort((a, b) => a - b);
  let sum = 0;
  for (let at = 0; at + 1 < edges.length; at++) {
    const [from = 0, to = 0] = [edges[at], edges[at + 1]];
    sum +=
      (to - from) * selectedColumns(ranges.filter(({ top, bottom }) => top <= from && bottom >= from)).length;
  }
  return sum;
}
