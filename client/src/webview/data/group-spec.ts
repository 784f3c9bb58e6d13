/** What is grouped by what: the choices of the *Group* tab. */
import { ownValue } from '#core/text/names';
import { isRecord } from '#core/values/kind-of';
import { DATE_PARTS, type DatePart, type Figure, FIGURES } from '#language/vocabulary/groups';
import { type Column, isDate } from './columns';
import type { SortKey } from './sort';

/** A column whose values make groups. */
export interface GroupLevel {
  readonly column: string;
  /** For dates only. */
  readonly by?: DatePart;
}

/** What is shown of each group. */
export interface GroupMeasure {
  readonly figure: Figure;
  /** The column that it is worked out of; none for `count`. */
  readonly column?: string;
}

export interface GroupSpec {
  /** The outermost level first. */
  readonly rows: readonly GroupLevel[];
  readonly columns: readonly GroupLevel[];
  readonly measures: readonly GroupMeasure[];
  /** A column of the table of groups, by its name; by labels, ascending, where there is none. */
  readonly sort?: SortKey;
  /** Whether groups of groups have lines and columns of their own. */
  readonly subtotals: boolean;
}

/** More levels are neither read nor drawn well. */
export const MAX_LEVELS = 4;

export const EMPTY_SPEC: GroupSpec = {
  rows: [],
  columns: [],
  measures: [{ figure: 'count' }],
  subtotals: true,
};

/** Which columns are offered for a figure. */
const SUITS: Readonly<Record<Figure, (column: Column) => boolean>> = {
  count: () => false,
  sum: isAmount,
  average: isAmount,
  least: ({ kind }) => kind === 'number' || isDate(kind),
  most: ({ kind }) => kind === 'number' || isDate(kind),
  distinct: () => true,
};

/** Whether a column holds amounts: numbers that are not those of records, even if some values are none. */
export function isAmount({ kind, name, field }: Column): boolean {
  const isNumeric = kind === 'number' || field?.type === 'decimal' || field?.type === 'integer';
  return isNumeric && !/ID$/i.test(name);
}

/** A column that is no longer one of numbers, as others arrived, still has those that it had: the others are told. */
const keeps = (figure: Figure, column: Column): boolean => SUITS[figure](column) || column.kind === 'text';

export const columnsFor = (figure: Figure, columns: readonly Column[]): Column[] =>
  columns.filter(SUITS[figure]);

/** A level of a column: dates by month, as by day there is a group for nearly each record. */
export const levelOf = ({ name, kind }: Column): GroupLevel =>
  isDate(kind) ? { column: name, by: 'month' } : { column: name };

/** Columns that can still be a level: of the others, a second level would repeat the first; dates have several parts. */
export const columnsToAdd = ({ rows, columns }: GroupSpec, all: readonly Column[]): Column[] =>
  all.filter(
    ({ kind, name }) => isDate(kind) || ![...rows, ...columns].some(({ column }) => column === name),
  );

/** Groups by a column: how many records, and sum and average of an amount, the first one by default. */
export function groupedBy(
  column: Column,
  columns: readonly Column[],
  amount = columns.find((each) => isAmount(each) && each !== column),
): GroupSpec {
  const of = amount === undefined ? [] : (['sum', 'average'] as const);
  return {
    ...EMPTY_SPEC,
    rows: [levelOf(column)],
    measures: [{ figure: 'count' }, ...of.map((figure) => ({ figure, column: amount?.name ?? '' }))],
  };
}

/** The choices without columns that a result does not have; a level has a part of a date just where it is one. */
export function fitting(spec: GroupSpec, columns: readonly Column[]): GroupSpec {
  const byName = new Map(columns.map((column) => [column.name, column]));
  const levels = (list: readonly GroupLevel[]) =>
    list.flatMap(({ column, by }): GroupLevel[] => {
      const found = byName.get(column);
      if (found === undefined) return [];
      return [by !== undefined && isDate(found.kind) ? { column, by } : levelOf(found)];
    });
  const measures = spec.measures.filter(({ figure, column }) => {
    const found = byName.get(column ?? '');
    return figure === 'count' || (found !== undefined && keeps(figure, found));
  });
  return {
    rows: levels(spec.rows),
    columns: levels(spec.columns),
    measures: measures.length === 0 ? EMPTY_SPEC.measures : measures,
    ...(spec.sort && { sort: spec.sort }),
    subtotals: spec.subtotals,
  };
}

export const levelTitle = ({ column, by }: GroupLevel): string =>
  by === undefined ? column : `${column} by ${by}`;

const TITLES: Readonly<Record<Figure, (column: string, dates: boolean) => string>> = {
  count: () => 'Records',
  sum: (column) => `Sum of ${column}`,
  average: (column) => `Average of ${column}`,
  least: (column, dates) => `${dates ? 'First' : 'Lowest'} ${column}`,
  most: (column, dates) => `${dates ? 'Last' : 'Highest'} ${column}`,
  distinct: (column) => `Different ${column}`,
};

export const measureTitle = ({ figure, column = '' }: GroupMeasure, columns: readonly Column[]): string =>
  TITLES[figure](column, isDate(columns.find(({ name }) => name === column)?.kind ?? 'text'));

/** Reads choices that the page kept; undefined where they are none. */
export function readSpec(value: unknown): GroupSpec | undefined {
  if (!isRecord(value)) return undefined;
  const levels = (list: unknown) => (Array.isArray(list) ? list.filter(isLevel).slice(0, MAX_LEVELS) : []);
  const { rows, columns, measures, sort, subtotals } = value;
  return {
    rows: levels(rows),
    columns: levels(columns),
    measures: Array.isArray(measures) ? measures.filter(isMeasure) : [],
    ...(isSortKey(sort) && { sort }),
    subtotals: subtotals !== false,
  };
}

const has = (value: unknown, name: string): unknown => (isRecord(value) ? ownValue(value, name) : undefined);

const isLevel = (value: unknown): value is GroupLevel =>
  typeof has(value, 'column') === 'string' &&
  (has(value, 'by') === undefined || DATE_PARTS.some((part) => part === has(value, 'by')));

const isMeasure = (value: unknown): value is GroupMeasure =>
  FIGURES.some((figure) => figure === has(value, 'figure')) &&
  (has(value, 'column') === undefined || typeof has(value, 'column') === 'string');

const isSortKey = (value: unknown): value is SortKey =>
  typeof has(value, 'column') === 'string' && typeof has(value, 'descending') === 'boolean';
