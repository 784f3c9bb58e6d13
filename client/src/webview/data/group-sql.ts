/** The groups of the view, as what writes them as SQL needs them. */
import type { SqlGroups } from '#language/vocabulary/groups';
import type { Column } from './columns';
import type { Filter } from './filters';
import { levelTitle, measureTitle } from './group-spec';
import type { GroupTable } from './group-table';

/** Groups across are levels like the others, as SQL has no columns for them. */
export function groupsForSql(
  table: GroupTable,
  columns: readonly Column[],
  filters: readonly Filter[],
  part: boolean,
): SqlGroups {
  const { spec } = table;
  const kindOf = (name: string) => columns.find((column) => column.name === name)?.kind ?? 'text';
  const levels = [...spec.rows, ...spec.columns];
  const [first] = spec.measures;
  const by = levels.map((level) => levelTitle(level)).join(', ');
  const sorted = table.columns.findIndex(({ name }) => name === spec.sort?.column);
  const figure = table.figureAt(sorted);
  return {
    title: `${measureTitle(first ?? { figure: 'count' }, columns)}${by === '' ? '' : ` by ${by}`}`,
    levels: levels.map((level) => ({ ...level, kind: kindOf(level.column) })),
    measures: spec.measures.map(({ figure: of, column }) => ({
      figure: of,
      ...(column !== undefined && { of: { column, kind: kindOf(column) } }),
    })),
    conditions: filters.map(({ column, operator, values }) => ({
      column,
      kind: kindOf(column),
      operator,
      values,
    })),
    ...(figure !== undefined &&
      spec.sort !== undefined &&
      figure.group === 0 && { sort: { measure: figure.measure, descending: spec.sort.descending } }),
    part,
  };
}
