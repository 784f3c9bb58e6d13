/** Records grouped by rows and columns, with figures of each group and of all that hold it. */
import type { ApiRecord } from '#core/results/read-page';
import { memberOf } from '#core/results/table';
import type { Column } from './columns';
import { gatheredAs, type Gatherer, gathererOf } from './group-figures';
import { type GroupKey, keysOf } from './group-keys';
import { type GroupLevel, type GroupSpec, levelTitle } from './group-spec';
import { PairNumbers } from './pair-numbers';
import type { Slices } from './slices';

/** The groups of an axis: number 0 is all records, then come the groups of the first level, then those within them. */
export interface GroupTree {
  readonly levels: readonly GroupLevel[];
  /** The number of the group that holds a group; -1 of all records. */
  readonly parents: Int32Array;
  /** 0 for all records. */
  readonly depths: Uint8Array;
  readonly keyOf: (group: number) => GroupKey;
  /** The innermost group of each record. */
  readonly leaves: Int32Array;
  readonly size: number;
}

export interface Groups {
  readonly rows: GroupTree;
  readonly columns: GroupTree;
  /** How many records were grouped. */
  readonly count: number;
  /** The figure of a measure (by its place) where a row and a column meet; undefined where there is none. */
  readonly figure: (measure: number, row: number, column: number) => unknown;
  /** How many records there are where a row and a column meet. */
  readonly recordsAt: (row: number, column: number) => number;
  /** How many values of a measure were left out. */
  readonly left: (measure: number) => number;
}

export type Grouped =
  { readonly ok: true; readonly groups: Groups } | { readonly ok: false; readonly problem: string };

/** More can't be read, and their table would not fit into the memory. */
const MAX_ROWS = 200_000;
export const MAX_COLUMNS = 200;
const MAX_CELLS = 2_000_000;

/** What is grouped: records by their numbers. */
export interface GroupInput {
  readonly rows: Uint32Array;
  readonly records: readonly ApiRecord[];
  readonly columns: readonly Column[];
}

/** Throws `Superseded` when it was called off. */
export async function group(input: GroupInput, spec: GroupSpec, slices: Slices): Promise<Grouped> {
  const rows = await treeOf(input, spec.rows, MAX_ROWS, slices);
  if (rows === undefined) return tooMany(spec.rows, MAX_ROWS, 'rows');
  const columns = await treeOf(input, spec.columns, MAX_COLUMNS, slices);
  if (columns === undefined) return tooMany(spec.columns, MAX_COLUMNS, 'columns');
  const cells = new PairNumbers();
  const cellOf = new Int32Array(input.rows.length);
  await slices.each(cellOf.length, (from, to) => {
    for (let at = from; at < to; at++)
      cellOf[at] = cells.numberOf(rows.leaves[at] ?? 0, columns.leaves[at] ?? 0);
  });
  const inner = cells.size;
  const larger = await sumsUp(cells, rows, columns, slices);
  if (larger === undefined) return tooMany([...spec.rows, ...spec.columns], MAX_CELLS, 'figures');
  const gathered = await gather(input, spec, { cellOf, inner, all: cells.size, larger }, slices);
  return {
    ok: true,
    groups: {
      rows,
      columns,
      count: cellOf.length,
      recordsAt: (row, column) => gathered.counts[cells.find(row, column)] ?? 0,
      figure: (measure, row, column) => {
        const cell = cells.find(row, column);
        const { figure } = spec.measures[measure] ?? { figure: 'count' };
        if (cell < 0) return undefined;
        return figure === 'count' ? gathered.counts[cell] : gathered.of[measure]?.of(figure, cell);
      },
      left: (measure) => gathered.of[measure]?.left ?? 0,
    },
  };
}

const tooMany = (levels: readonly GroupLevel[], most: number, of: string): Grouped => ({
  ok: false,
  problem: `${levels.map(levelTitle).join(' and ')} would make more than ${most.toLocaleString('en-GB')} ${of}. Remove a field, or choose a coarser one, such as months instead of days.`,
});

/** Returns undefined where there would be more than `most` groups. */
async function treeOf(
  { rows, records, columns }: GroupInput,
  levels: readonly GroupLevel[],
  most: number,
  slices: Slices,
): Promise<GroupTree | undefined> {
  const parents = [-1];
  const depths = [0];
  const keys: (GroupKey | undefined)[] = [undefined];
  const leaves = new Int32Array(rows.length);
  for (const [depth, level] of levels.entries()) {
    const column = columns.find(({ name }) => name === level.column);
    if (column === undefined) continue;
    const { codes, keys: own } = await keysOf(rows, records, level, column, slices);
    const first = parents.length;
    const pairs = new PairNumbers();
    await slices.each(rows.length, (from, to) => {
      for (let at = from; at < to && pairs.size <= most; at++)
        leaves[at] = first + pairs.numberOf(leaves[at] ?? 0, codes[at] ?? 0);
    });
    if (pairs.size > most) return undefined;
    for (let pair = 0; pair < pairs.size; pair++) {
      parents.push(pairs.firstOf(pair));
      depths.push(depth + 1);
      keys.push(own[pairs.secondOf(pair)]);
    }
  }
  const ALL: GroupKey = { value: undefined, filter: { column: '', operator: 'notIn', values: [] } };
  return {
    levels,
    parents: Int32Array.from(parents),
    depths: Uint8Array.from(depths),
    keyOf: (group) => keys[group] ?? ALL,
    leaves,
    size: parents.length,
  };
}

/** Which inner cells make up the larger ones: pairs of numbers. */
interface Larger {
  readonly from: Int32Array;
  readonly into: Int32Array;
}

/** Adds the cells of totals and subtotals; undefined where there would be too many. */
async function sumsUp(
  cells: PairNumbers,
  rows: GroupTree,
  columns: GroupTree,
  slices: Slices,
): Promise<Larger | undefined> {
  const inner = cells.size;
  const each = (rows.levels.length + 1) * (columns.levels.length + 1) - 1;
  if (inner * each > MAX_CELLS * 4) return undefined;
  const from = new Int32Array(inner * each);
  const into = new Int32Array(inner * each);
  let count = 0;
  await slices.each(inner, (start, end) => {
    for (let cell = start; cell < end; cell++) {
      const [ownRow, ownColumn] = [cells.firstOf(cell), cells.secondOf(cell)];
      for (let row = ownRow; row >= 0; row = rows.parents[row] ?? -1)
        for (let column = ownColumn; column >= 0; column = columns.parents[column] ?? -1) {
          if (row === ownRow && column === ownColumn) continue;
          from[count] = cell;
          into[count++] = cells.numberOf(row, column);
        }
    }
  });
  return cells.size > MAX_CELLS ? undefined : { from, into };
}

interface Cells {
  /** The inner cell of each record. */
  readonly cellOf: Int32Array;
  readonly inner: number;
  readonly all: number;
  readonly larger: Larger;
}

/** Works the figures out: of the inner cells record by record, of the others from these. */
async function gather(
  { rows, records, columns }: GroupInput,
  { measures }: GroupSpec,
  { cellOf, all, larger }: Cells,
  slices: Slices,
): Promise<{ counts: Float64Array; of: readonly (Gatherer | undefined)[] }> {
  const counts = new Float64Array(all);
  await slices.each(cellOf.length, (start, end) => {
    for (let at = start; at < end; at++) {
      const cell = cellOf[at] ?? 0;
      counts[cell] = (counts[cell] ?? 0) + 1;
    }
  });
  const gatherers = new Map<string, Gatherer>();
  const of: (Gatherer | undefined)[] = [];
  for (const { figure, column: name = '' } of measures) {
    const column = columns.find((each) => each.name === name);
    if (figure === 'count' || column === undefined) {
      of.push(undefined);
      continue;
    }
    const key = gatheredAs(figure, name);
    const known = gatherers.get(key);
    const gatherer = known ?? gathererOf(figure, column, all);
    of.push(gatherer);
    if (known !== undefined) continue;
    gatherers.set(key, gatherer);
    await slices.each(cellOf.length, (start, end) => {
      for (let at = start; at < end; at++)
        gatherer.add(cellOf[at] ?? 0, memberOf(records[rows[at] ?? 0] ?? {}, name));
    });
  }
  const { from, into } = larger;
  await slices.each(from.length, (start, end) => {
    for (let at = start; at < end; at++) {
      const [own, to] = [from[at] ?? 0, into[at] ?? 0];
      counts[to] = (counts[to] ?? 0) + (counts[own] ?? 0);
      for (const gatherer of gatherers.values()) gatherer.merge(own, to);
    }
  });
  return { counts, of };
}
