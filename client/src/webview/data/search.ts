/** Search in all cells. */
import { cellText, memberOf } from '#core/results/table';
import type { Column } from './columns';
import type { Formats } from './formats';
import { voidOf } from './values';

/** Whether a cell holds the text, as it is shown or as the API sent it. */
export type Finder = (column: Column, value: unknown) => boolean;

export function finderOf(text: string, formats: Formats): Finder {
  const low = text.toLowerCase();
  return (column, value) => {
    if (voidOf(value) !== undefined) return false;
    if (cellText(value).toLowerCase().includes(low)) return true;
    return (
      (column.kind === 'number' || column.kind === 'date' || column.kind === 'datetime') &&
      formats.whole(column, value).toLowerCase().includes(low)
    );
  };
}

/** Counts the matching cells of a record. */
export function countMatches(
  record: Readonly<Record<string, unknown>>,
  columns: readonly Column[],
  find: Finder,
): number {
  let count = 0;
  for (const column of columns) if (find(column, memberOf(record, column.name))) count++;
  return count;
}
