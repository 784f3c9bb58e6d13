/** Groups as a table that the grid shows: a line for each group, subtotals and a total, sorted. */
import type { ApiRecord } from '#core/results/read-page';
import { cellText } from '#core/results/table';
import type { ViewTable } from '../messages';
import { type Column, isDate, type Kind } from './columns';
import type { Groups, GroupTree } from './group';
import { EMPTY, type GroupKey } from './group-keys';
import { type GroupLevel, type GroupSpec, levelTitle, measureTitle } from './group-spec';
import type { Slices } from './slices';
import { sortRows } from './sort';

/** What the last line and the last columns are called. */
const TOTAL = 'Total';

/** A column of figures: a group of the columns' side and a measure. */
interface FigureColumn {
  readonly group: number;
  readonly measure: number;
}

export interface GroupTable {
  readonly groups: Groups;
  readonly spec: GroupSpec;
  /** The levels of the rows, then the figures. */
  readonly columns: readonly Column[];
  /** The group of each line, in order; the total, number 0, comes last. */
  readonly lines: Int32Array;
  /** The column of figures at a place; undefined for a level. */
  readonly figureAt: (column: number) => FigureColumn | undefined;
  readonly recordAt: (line: number) => ApiRecord;
}

/** Sorts the groups and names the columns. Throws `Superseded` when it was called off. */
export async function tableOf(
  groups: Groups,
  spec: GroupSpec,
  columns: readonly Column[],
  slices: Slices,
): Promise<GroupTable> {
  const across = await inOrder(groups.columns, columns, { subtotals: spec.subtotals }, slices);
  const figures = [...across].flatMap((group): FigureColumn[] =>
    spec.measures.map((_, measure) => ({ group, measure })),
  );
  const heads = new Names();
  const labels = groups.rows.levels.map((level) => labelColumn(heads.of(levelTitle(level)), level, columns));
  const own = figures.map((figure) =>
    figureColumn(heads.of(headOf(figure, groups.columns, spec, columns)), spec, figure.measure, columns),
  );
  const all = [...labels, ...own];
  const sorted = all.findIndex(({ name }) => name === spec.sort?.column);
  const by = figures[sorted - labels.length];
  const lines = await inOrder(
    groups.rows,
    columns,
    {
      subtotals: spec.subtotals,
      descending: spec.sort?.descending === true,
      ...(by === undefined
        ? { level: sorted }
        : { figure: (row: number) => valueOf(groups, by, row, spec), kind: all[sorted]?.kind ?? 'number' }),
    },
    slices,
  );
  return {
    groups,
    spec,
    columns: all,
    lines,
    figureAt: (column) => figures[column - labels.length],
    recordAt: (line) => {
      const row = lines[line] ?? 0;
      return Object.fromEntries([
        ...labelsOf(groups.rows, row).map((label, at) => [labels[at]?.name ?? '', label] as const),
        ...own.map(({ name }, at) => {
          const { measure, group } = figures[at] ?? { measure: 0, group: 0 };
          return [name, valueOf(groups, { measure, group }, row, spec)] as const;
        }),
      ]);
    },
  };
}

/** Where no record is, nothing is counted, and there is no sum. */
function valueOf(groups: Groups, { measure, group }: FigureColumn, row: number, spec: GroupSpec): unknown {
  const value = groups.figure(measure, row, group);
  if (value !== undefined) return value;
  return spec.measures[measure]?.figure === 'count' || spec.measures[measure]?.figure === 'distinct' ? 0 : '';
}

/** Names of columns, each of them once. */
class Names {
  readonly #used = new Set<string>();

  of(name: string): string {
    let free = name;
    for (let next = 2; this.#used.has(free); next++) free = `${name} (${next})`;
    this.#used.add(free);
    return free;
  }
}

/** How a group is called. */
export const labelOf = ({ value }: GroupKey): unknown => (value === undefined ? EMPTY : value);

/** The groups that hold a group, and itself: the outermost first. */
export function pathOf(tree: GroupTree, group: number): number[] {
  const path: number[] = [];
  for (let at = group; at > 0; at = tree.parents[at] ?? 0) path.unshift(at);
  return path;
}

/** A label for each level; a subtotal is marked as one in the level that it adds up. */
function labelsOf(tree: GroupTree, group: number): unknown[] {
  const path = pathOf(tree, group);
  return tree.levels.map((_, at) => {
    const own = path[at];
    if (own !== undefined) return labelOf(tree.keyOf(own));
    return at === path.length ? TOTAL : '';
  });
}

/** With one measure, the label of the group is enough. */
function headOf(
  { group, measure }: FigureColumn,
  tree: GroupTree,
  { measures }: GroupSpec,
  columns: readonly Column[],
): string {
  const title = measureTitle(measures[measure] ?? { figure: 'count' }, columns);
  if (tree.levels.length === 0) return title;
  const path = pathOf(tree, group).map((each) => cellText(labelOf(tree.keyOf(each))));
  const whole = path.length === tree.levels.length ? path : [...path, TOTAL];
  return [...whole, ...(measures.length > 1 ? [title] : [])].join(' · ');
}

function labelColumn(name: string, { column, by }: GroupLevel, columns: readonly Column[]): Column {
  const of = columns.find((each) => each.name === column);
  const kind = of?.kind ?? 'text';
  const shown: Kind = isDate(kind) ? (by === 'day' ? 'date' : 'text') : kind;
  return {
    name,
    kind: shown === 'list' || shown === 'object' ? 'text' : shown,
    decimals: of?.decimals ?? 0,
    seconds: false,
    grouped: 'label',
  };
}

function figureColumn(
  name: string,
  { measures }: GroupSpec,
  measure: number,
  columns: readonly Column[],
): Column {
  const { figure, column } = measures[measure] ?? { figure: 'count' };
  const of = columns.find((each) => each.name === column);
  if (of === undefined || figure === 'count' || figure === 'distinct')
    return { name, kind: 'number', decimals: 0, seconds: false, grouped: 'exact' };
  if (figure === 'average')
    return { name, kind: 'number', decimals: Math.max(2, of.decimals), seconds: false, grouped: 'rounded' };
  return {
    name,
    kind: isDate(of.kind) ? of.kind : 'number',
    decimals: of.decimals,
    seconds: of.seconds,
    grouped: 'exact',
  };
}

interface Order {
  readonly subtotals: boolean;
  readonly descending?: boolean;
  /** The level whose labels are descending; the others are ascending. */
  readonly level?: number;
  /** Sorts by a figure instead. */
  readonly figure?: (group: number) => unknown;
  readonly kind?: Kind;
}

/** Returns the groups in order: each subtotal after the groups that it adds up, the total last. */
async function inOrder(
  tree: GroupTree,
  columns: readonly Column[],
  { subtotals, descending = false, level = -1, figure, kind = 'number' }: Order,
  slices: Slices,
): Promise<Int32Array> {
  const depth = tree.levels.length;
  if (depth === 0) return new Int32Array(1);
  const children = new Children(tree.size);
  for (let at = 0; at < depth; at++) {
    const source = columns.find(({ name }) => name === tree.levels[at]?.column);
    const groups: number[] = [];
    for (let each = 1; each < tree.size; each++) if (tree.depths[each] === at + 1) groups.push(each);
    const values = groups.map((each) => ({
      of: figure === undefined ? tree.keyOf(each).value : figure(each),
    }));
    const of: Column = {
      name: 'of',
      kind: figure === undefined ? labelColumn('', tree.levels[at] ?? { column: '' }, columns).kind : kind,
      decimals: source?.decimals ?? 0,
      seconds: false,
    };
    const down = figure === undefined ? descending && level === at : descending;
    const sorted = await sortRows(
      Uint32Array.from(groups.keys()),
      values,
      [{ column: 'of', descending: down, of }],
      slices,
    );
    for (const place of sorted.toReversed()) {
      const own = groups[place] ?? 0;
      children.prepend(tree.parents[own] ?? 0, own);
    }
  }
  return walk(tree, children, subtotals);
}

/** The groups within each group, as linked lists. */
class Children {
  readonly first: Int32Array;
  readonly next: Int32Array;

  constructor(size: number) {
    this.first = new Int32Array(size).fill(-1);
    this.next = new Int32Array(size).fill(-1);
  }

  prepend(parent: number, group: number): void {
    this.next[group] = this.first[parent] ?? -1;
    this.first[parent] = group;
  }
}

function walk(tree: GroupTree, { first, next }: Children, subtotals: boolean): Int32Array {
  const lines = new Int32Array(tree.size);
  const depth = tree.levels.length;
  let count = 0;
  // Down to the innermost group, then to the next one, or up.
  for (let group = first[0] ?? -1; group > 0;) {
    const inner = first[group] ?? -1;
    if (inner > 0) {
      group = inner;
      continue;
    }
    lines[count++] = group;
    while (group > 0 && (next[group] ?? -1) < 0) {
      group = tree.parents[group] ?? 0;
      if (group > 0 && subtotals && (tree.depths[group] ?? 0) < depth) lines[count++] = group;
    }
    if (group > 0) group = next[group] ?? -1;
  }
  lines[count++] = 0;
  return lines.slice(0, count);
}

/** What a column of the table holds, for programs that read it. Labels may be words, such as that of the total. */
export function exportedAs({ name, kind, grouped, decimals }: Column): ViewTable['columns'][number] {
  if (grouped === 'rounded') return { name, type: 'decimal', computed: true };
  if (isDate(kind) && grouped === 'exact') return { name, type: kind === 'date' ? 'date' : 'datetime' };
  if (kind === 'number' && grouped === 'exact') return { name, type: decimals > 0 ? 'decimal' : 'integer' };
  return { name, type: kind === 'text' ? 'string' : 'unknown' };
}
