/** Figures of many groups at once: typed arrays with a place for each group, filled record by record, then added up. */
import { DecimalSum } from '#core/values/decimal';
import { numberOfText } from '#core/values/exact-number';
import { compareNumbers, isBeyondDouble, type Numeric, numericOf } from '#core/values/numbers';
import { exactTimeOf, wallTimeOf } from '#core/values/wall-time';
import type { Figure } from '#language/vocabulary/groups';
import { type Column, isDate } from './columns';
import { Coder } from './group-keys';
import { PairNumbers } from './pair-numbers';
import { voidOf } from './values';

/** What is gathered of one column for all groups, which are numbers. */
export interface Gatherer {
  /** Takes a value into a group. */
  readonly add: (group: number, value: unknown) => void;
  /** Adds what a group holds to a larger one, once all values are taken. */
  readonly merge: (group: number, into: number) => void;
  /** The figure as a record has it; undefined where the group has none. */
  readonly of: (figure: Figure, group: number) => unknown;
  /** How many values were left out, as they are neither numbers nor, where these are wanted, dates. */
  readonly left: number;
}

/** Figures that are gathered together are worked out once. */
const GATHERED: Readonly<Record<Exclude<Figure, 'count'>, string>> = {
  sum: 'amounts',
  average: 'amounts',
  least: 'least',
  most: 'most',
  distinct: 'distinct',
};

/** Two figures of a column with the same key have one gatherer. */
export const gatheredAs = (figure: Exclude<Figure, 'count'>, column: string): string =>
  `${GATHERED[figure]} ${column}`;

/** `groups`: how many there are. */
export function gathererOf(figure: Exclude<Figure, 'count'>, column: Column, groups: number): Gatherer {
  switch (figure) {
    case 'sum':
    case 'average':
      return new Amounts(groups, column.decimals);
    case 'least':
      return new Extremes(groups, -1, isDate(column.kind));
    case 'most':
      return new Extremes(groups, 1, isDate(column.kind));
    case 'distinct':
      return new Distinct(groups, column);
  }
}

/** With more decimals than these, whole numbers soon get too large for a double. */
const MOST_DECIMALS = 6;
/** Any number of 15 digits survives a double. */
const SAFE = 1e15;

/** Sums without rounding: as whole numbers of the smallest unit, or where these don't do, as decimals. */
class Amounts implements Gatherer {
  left = 0;
  readonly #counts: Float64Array;
  readonly #units: Float64Array;
  /** What does not fit into units. */
  readonly #rest = new Map<number, DecimalSum>();
  readonly #decimals: number;
  readonly #scale: number;

  constructor(groups: number, decimals: number) {
    this.#counts = new Float64Array(groups);
    this.#units = new Float64Array(groups);
    this.#decimals = Math.min(decimals, MOST_DECIMALS);
    this.#scale = 10 ** this.#decimals;
  }

  add(group: number, value: unknown): void {
    const number = numericOf(value);
    if (number === undefined) {
      if (voidOf(value) === undefined) this.left++;
      return;
    }
    this.#counts[group] = (this.#counts[group] ?? 0) + 1;
    const double = isBeyondDouble(value) ? NaN : Number(number);
    const units = Math.round(double * this.#scale);
    // Dividing gives the number back just where it has no more decimals than these.
    if (Math.abs(units) < SAFE && units / this.#scale === double) this.#addUnits(group, units);
    else this.#restOf(group).add(number);
  }

  #addUnits(group: number, units: number): void {
    const sum = (this.#units[group] ?? 0) + units;
    if (Number.isSafeInteger(sum)) this.#units[group] = sum;
    else this.#restOf(group).add(`${units}e-${this.#decimals}` as Numeric);
  }

  #restOf(group: number): DecimalSum {
    let rest = this.#rest.get(group);
    if (rest === undefined) this.#rest.set(group, (rest = new DecimalSum()));
    return rest;
  }

  merge(group: number, into: number): void {
    this.#counts[into] = (this.#counts[into] ?? 0) + (this.#counts[group] ?? 0);
    this.#addUnits(into, this.#units[group] ?? 0);
    const rest = this.#rest.get(group);
    if (rest !== undefined) this.#restOf(into).add(rest.text);
  }

  of(figure: Figure, group: number): unknown {
    const count = this.#counts[group] ?? 0;
    if (count === 0) return undefined;
    const sum = this.#sumOf(group);
    if (figure === 'sum') return sum;
    const average = Number(sum) / count;
    return Number.isFinite(average) ? average : undefined;
  }

  #sumOf(group: number): unknown {
    const units = this.#units[group] ?? 0;
    const rest = this.#rest.get(group);
    if (rest === undefined && Math.abs(units) < SAFE) return units / this.#scale;
    const sum = new DecimalSum();
    sum.add(`${units}e-${this.#decimals}` as Numeric);
    if (rest !== undefined) sum.add(rest.text);
    return numberOfText(sum.text) ?? sum.text;
  }
}

/** The least or the greatest value of each group, as it came. */
class Extremes implements Gatherer {
  left = 0;
  readonly #best: Float64Array;
  readonly #values: unknown[];

  constructor(
    groups: number,
    /** -1 for the least one. */
    private readonly sign: -1 | 1,
    private readonly dates: boolean,
  ) {
    this.#best = new Float64Array(groups).fill(NaN);
    this.#values = new Array<unknown>(groups);
  }

  add(group: number, value: unknown): void {
    const rank = this.dates ? wallTimeOf(value) : Number(numericOf(value) ?? NaN);
    if (rank !== rank) {
      if (voidOf(value) === undefined) this.left++;
      return;
    }
    const best = this.#best[group] ?? NaN;
    const isBetter =
      best !== best || (rank === best ? this.#isBeyond(value, group) : (rank - best) * this.sign > 0);
    if (!isBetter) return;
    this.#best[group] = rank;
    this.#values[group] = value;
  }

  /** Tells values apart that are one number as doubles. */
  #isBeyond(value: unknown, group: number): boolean {
    const read = this.dates ? exactTimeOf : numericOf;
    const [a, b] = [read(value), read(this.#values[group])];
    return a !== undefined && b !== undefined && compareNumbers(a, b) * this.sign > 0;
  }

  merge(group: number, into: number): void {
    if (this.#values[group] !== undefined) this.add(into, this.#values[group]);
  }

  of(_: Figure, group: number): unknown {
    return this.#values[group];
  }
}

/** How many different values each group has, compared as groups are. */
class Distinct implements Gatherer {
  readonly left = 0;
  readonly #counts: Float64Array;
  readonly #coder: Coder;
  readonly #pairs = new PairNumbers();
  /** The pairs of each group begin here, as long as no group was merged. */
  #own: { readonly starts: Int32Array; readonly codes: Int32Array } | undefined;

  constructor(groups: number, column: Column) {
    this.#counts = new Float64Array(groups);
    this.#coder = new Coder(column, undefined);
  }

  add(group: number, value: unknown): void {
    if (voidOf(value) === undefined) this.#count(group, this.#coder.codeOf(value));
  }

  #count(group: number, code: number): void {
    const before = this.#pairs.size;
    if (this.#pairs.numberOf(group, code) === before) this.#counts[group] = (this.#counts[group] ?? 0) + 1;
  }

  merge(group: number, into: number): void {
    const { starts, codes } = (this.#own ??= this.#byGroup());
    for (let at = starts[group] ?? 0; at < (starts[group + 1] ?? 0); at++) this.#count(into, codes[at] ?? 0);
  }

  #byGroup(): { starts: Int32Array; codes: Int32Array } {
    const { size } = this.#pairs;
    const starts = new Int32Array(this.#counts.length + 1);
    this.#counts.forEach((count, group) => (starts[group + 1] = (starts[group] ?? 0) + count));
    const next = starts.slice();
    const codes = new Int32Array(size);
    for (let pair = 0; pair < size; pair++) {
      const group = this.#pairs.firstOf(pair);
      const at = next[group] ?? 0;
      codes[at] = this.#pairs.secondOf(pair);
      next[group] = at + 1;
    }
    return { starts, codes };
  }

  of(_: Figure, group: number): unknown {
    return this.#counts[group];
  }
}
