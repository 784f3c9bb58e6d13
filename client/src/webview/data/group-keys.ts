/** Which group each record belongs to by one column. */
import type { ApiRecord } from '#core/results/read-page';
import { cellText, memberOf } from '#core/results/table';
import { isBeyondDouble, numericOf } from '#core/values/numbers';
import { formOf } from '#core/values/same-value';
import { wallTimeOf } from '#core/values/wall-time';
import type { DatePart } from '#language/vocabulary/groups';
import { type Column, isDate } from './columns';
import type { Filter } from './filters';
import type { GroupLevel } from './group-spec';
import type { Slices } from './slices';
import { TextNumbers } from './text-numbers';
import { booleanOf, voidOf } from './values';

/** A group of one level. */
export interface GroupKey {
  /** What it is called: the first spelling of a text, `2026-01` of a month; undefined where records have no value. */
  readonly value: unknown;
  /** Shows its records in the grid. */
  readonly filter: Filter;
}

/** The groups of one level. */
export interface GroupKeys {
  /** The number of its key for each record. */
  readonly codes: Int32Array;
  readonly keys: readonly GroupKey[];
}

/** What records without a value are called. */
export const EMPTY = '(empty)';

/**
 * Groups records as the API compares: texts without case, numbers as numbers; what is missing, null or empty is one group.
 * A value that is no date, where dates are grouped, is a group of its own, and so is one that is no number.
 */
export async function keysOf(
  rows: Uint32Array,
  records: readonly ApiRecord[],
  level: GroupLevel,
  column: Column,
  slices: Slices,
): Promise<GroupKeys> {
  const codes = new Int32Array(rows.length);
  const coder = new Coder(column, level.by);
  const { name } = column;
  await slices.each(rows.length, (from, to) => {
    for (let at = from; at < to; at++) codes[at] = coder.codeOf(memberOf(records[rows[at] ?? 0] ?? {}, name));
  });
  return { codes, keys: coder.keys };
}

/** Gives each value the number of its group. */
export class Coder {
  readonly keys: GroupKey[] = [];
  /** Numbers of texts as they came, so that each is folded once. */
  readonly #spelled = new TextNumbers();
  readonly #codes: number[] = [];
  readonly #folded = new Map<string, number>();
  readonly #numbers = new Map<number, number>();
  #empty = -1;
  readonly #quick: ((value: unknown) => number) | undefined;

  constructor(
    private readonly column: Column,
    private readonly by: DatePart | undefined,
  ) {
    const { kind } = column;
    // What a number says of a value, so that most values need no text; NaN where it says nothing.
    if (isDate(kind) && by !== undefined) this.#quick = (value) => Math.floor(wallTimeOf(value) / DAY_MS);
    else if (kind === 'number')
      this.#quick = (value) => (isBeyondDouble(value) ? NaN : Number(numericOf(value) ?? NaN));
  }

  codeOf(value: unknown): number {
    const number = this.#quick?.(value) ?? NaN;
    if (number === number) {
      const known = this.#numbers.get(number);
      if (known !== undefined) return known;
      const code = this.#codeOfForm(value);
      this.#numbers.set(number, code);
      return code;
    }
    if (voidOf(value) !== undefined) return this.#emptyCode();
    const spelled = this.#spelled.numberOf(cellText(value));
    return (this.#codes[spelled] ??= this.#codeOfForm(value));
  }

  #emptyCode(): number {
    if (this.#empty < 0) {
      this.#empty = this.keys.length;
      this.keys.push({
        value: undefined,
        filter: { column: this.column.name, operator: 'empty', values: [] },
      });
    }
    return this.#empty;
  }

  /** Values with the same form are one group. */
  #codeOfForm(value: unknown): number {
    const group = groupOf(value, this.column, this.by);
    const known = this.#folded.get(group.form);
    if (known !== undefined) return known;
    const code = this.keys.length;
    this.keys.push({ value: group.value, filter: { column: this.column.name, ...group.filter } });
    this.#folded.set(group.form, code);
    return code;
  }
}

interface Group {
  /** A text that is the same for all values of the group. */
  readonly form: string;
  readonly value: unknown;
  readonly filter: Omit<Filter, 'column'>;
}

function groupOf(value: unknown, { kind }: Column, by: DatePart | undefined): Group {
  const text = cellText(value);
  if (isDate(kind) && by !== undefined) {
    const time = wallTimeOf(value);
    if (!Number.isNaN(time)) return periodGroup(time, by);
  }
  const number = kind === 'number' ? numericOf(value) : undefined;
  if (number !== undefined)
    return {
      form: `number ${formOf('decimal', String(number)) ?? text}`,
      value,
      filter: { operator: 'eq', values: [text] },
    };
  const truth = kind === 'boolean' ? booleanOf(value) : -1;
  if (truth >= 0)
    return {
      form: `boolean ${truth}`,
      value: truth === 1,
      filter: { operator: 'eq', values: [String(truth === 1)] },
    };
  // Where a filter would take it for an amount, or for a day, it is found by its very text.
  const exact = kind === 'number' || kind === 'boolean' || isDate(kind);
  return {
    form: `text ${exact ? text : text.toLowerCase()}`,
    value: text,
    filter: { operator: exact ? 'in' : 'eq', values: [text] },
  };
}

const DAY_MS = 86_400_000;

/** The group of a day's month, or the like. */
function periodGroup(time: number, by: DatePart): Group {
  const { name, first, last } = periodOf(time, by);
  return {
    form: `date ${name}`,
    value: name,
    filter:
      by === 'day' ? { operator: 'eq', values: [name] } : { operator: 'between', values: [first, last] },
  };
}

/** A stretch of days: how it is called, and its first and last day. */
export interface Period {
  readonly name: string;
  readonly first: string;
  readonly last: string;
}

/** Returns the day, ISO week, month, quarter or year of a time (milliseconds, as if in UTC). */
export function periodOf(time: number, by: DatePart): Period {
  const date = new Date(time);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  const between = (name: string, from: number, to: number): Period => ({
    name,
    first: isoDay(year, from, 1),
    last: isoDay(year, to + 1, 0),
  });
  switch (by) {
    case 'day': {
      const name = isoDay(year, month, date.getUTCDate());
      return { name, first: name, last: name };
    }
    case 'week':
      return weekOf(date);
    case 'month':
      return between(`${yearText(year)}-${twoDigits(month + 1)}`, month, month);
    case 'quarter': {
      const quarter = Math.floor(month / 3);
      return between(`${yearText(year)}-Q${quarter + 1}`, quarter * 3, quarter * 3 + 2);
    }
    case 'year':
      return between(yearText(year), 0, 11);
  }
}

/** The week belongs to the year of its Thursday. */
function weekOf(date: Date): Period {
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  const monday = day - ((date.getUTCDay() + 6) % 7);
  const thursday = dayOf(year, month, monday + 3);
  const owner = thursday.getUTCFullYear();
  const week = Math.floor((thursday.getTime() - dayOf(owner, 0, 1).getTime()) / DAY_MS / 7) + 1;
  return {
    name: `${yearText(owner)}-W${twoDigits(week)}`,
    first: isoDay(year, month, monday),
    last: isoDay(year, month, monday + 6),
  };
}

/** A day by its parts, which may be beyond their ranges; `Date.UTC` takes the years before 100 for those from 1900. */
function dayOf(year: number, month: number, day: number): Date {
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  return date;
}

const isoDay = (year: number, month: number, day: number) =>
  dayOf(year, month, day).toISOString().slice(0, 10);
const yearText = (year: number) => String(year).padStart(4, '0');
const twoDigits = (number: number) => String(number).padStart(2, '0');
