/** The filters of the grid that show the records behind a figure. */
import type { Filter } from './filters';
import type { Groups } from './group';
import { pathOf } from './group-table';

/** Returns a filter for each level of a row and a column; none for the total. */
export const filtersBehind = (groups: Groups, row: number, column: number): Filter[] =>
  [
    ...pathOf(groups.rows, row).map((group) => groups.rows.keyOf(group)),
    ...pathOf(groups.columns, column).map((group) => groups.columns.keyOf(group)),
  ].map(({ filter }) => filter);
