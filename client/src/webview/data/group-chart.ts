/** The chart of a table of groups: a bar for each group of the first level, made up of those across. */
import { cellText } from '#core/results/table';
import { numericOf } from '#core/values/numbers';
import type { Figure } from '#language/vocabulary/groups';
import { type Amount, type ChartData, drawable, MAX_BARS } from './chart';
import { SERIES } from './chart-picture';
import type { Column } from './columns';
import type { Formats } from './formats';
import { levelTitle, measureTitle } from './group-spec';
import { type GroupTable, labelOf } from './group-table';

/** Figures whose parts add up to the whole, and can be drawn beside each other. */
const ADDS_UP: ReadonlySet<Figure> = new Set(['count', 'sum']);

/** Measures that have a length. */
export const drawnMeasures = ({ spec, columns, figureAt }: GroupTable): number[] =>
  spec.measures.flatMap((_, measure) => {
    const at = columns.findIndex((__, column) => figureAt(column)?.measure === measure);
    return columns[at]?.kind === 'number' ? [measure] : [];
  });

/** `columns`: those of the records. Undefined where there is nothing to draw. */
export function groupChart(
  table: GroupTable,
  measure: number,
  columns: readonly Column[],
  formats: Formats,
): ChartData | undefined {
  const { groups, spec, lines } = table;
  const of = spec.measures[measure];
  const shown = table.columns.find((_, column) => table.figureAt(column)?.measure === measure);
  if (of === undefined || shown === undefined) return undefined;
  const [rows, across] = [groups.rows, groups.columns];
  const bars = rows.levels.length === 0 ? [0] : outermost(lines, rows.parents, rows.depths);
  const series = ADDS_UP.has(of.figure) ? outermost(acrossOf(table), across.parents, across.depths) : [];
  const tooMany = series.length > SERIES.length;
  const amountAt = (row: number, column: number): Amount => {
    const value = groups.figure(measure, row, column);
    const number = Number(numericOf(value) ?? 0);
    return { value: drawable(number), amount: value === undefined ? '' : formats.show(shown, value) };
  };
  const name = (tree: typeof rows, group: number) =>
    group === 0 ? 'All records' : cellText(labelOf(tree.keyOf(group)));
  const notes = [
    bars.length > MAX_BARS ? `The first ${MAX_BARS} of ${formats.count(bars.length)} groups` : '',
    tooMany ? `more than ${SERIES.length} groups across are not told apart` : '',
  ];
  return {
    type: 'bar',
    xTitle: rows.levels[0] === undefined ? 'all records' : levelTitle(rows.levels[0]),
    yTitle: measureTitle(of, columns),
    ...(series.length > 0 && !tooMany && { series: series.map((group) => name(across, group)) }),
    bars: bars.slice(0, MAX_BARS).map((row) => ({
      text: name(rows, row),
      ...amountAt(row, 0),
      ...(series.length > 0 && !tooMany && { parts: series.map((column) => amountAt(row, column)) }),
    })),
    note: notes.filter((text) => text !== '').join('; '),
  };
}

/** The groups of the first level, in the order of the lines. */
function outermost(lines: Int32Array, parents: Int32Array, depths: Uint8Array): number[] {
  const found = new Set<number>();
  for (const line of lines) {
    let group = line;
    while ((depths[group] ?? 0) > 1) group = parents[group] ?? 0;
    if (group > 0) found.add(group);
  }
  return [...found];
}

/** The groups across, in the order of the columns. */
const acrossOf = ({ columns, figureAt }: GroupTable): Int32Array =>
  Int32Array.from(columns.keys(), (column) => figureAt(column)?.group ?? 0);
