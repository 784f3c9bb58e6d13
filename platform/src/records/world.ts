/**
 * One site's records at the start: each module's are made on first use from the seed alone,
 * so that the order of requests changes nothing. The store keeps what users write afterwards.
 */
import { Dice, seedFrom } from '../random';
import type { Row } from '../values';
import { iso } from '../values';

/** Days and times around today, the middle of the training year. */
export class Calendar {
  /** `today`: the start of the day, in milliseconds. */
  constructor(readonly today: number) {}

  readonly #dates = new Map<number, string>();

  /** Returns a time on the day `offset` days from today. Dates have no time zone (O). */
  day(offset: number, hour = 0, minute = 0): string {
    // Cached, as records hold hundreds of thousands of dates on a few thousand days.
    let date = this.#dates.get(offset);
    if (date === undefined) {
      date = iso(this.today + offset * DAY).slice(0, 10);
      this.#dates.set(offset, date);
    }
    return `${date}T${twoDigits(hour)}:${twoDigits(minute)}:00`;
  }

  /** Returns the first weekday at or after this many days from today. */
  weekday(offset: number): number {
    const day = new Date(this.today + offset * DAY).getUTCDay();
    return offset + (day === 6 ? 2 : day === 0 ? 1 : 0);
  }

  /** Returns how many days a date is from today; negative in the past. */
  offset(date: string): number {
    return Math.floor((Date.parse(`${date}Z`) - this.today) / DAY);
  }
}

const DAY = 86_400_000;
const twoDigits = (value: number): string => (value < 10 ? `0${value}` : String(value));

/** How many records each of the larger modules has; the other modules stay modest. */
export interface Sizes {
  readonly courseDates: number;
  readonly users: number;
  readonly courses: number;
  readonly companies: number;
  readonly venues: number;
  readonly invoices: number;
  readonly bookings: number;
  readonly userCourseDates: number;
  readonly eLearning: number;
  readonly communications: number;
  /** Records of a module without a generator of its own. */
  readonly other: number;
}

/** `records` course dates, and the other modules in proportion: 5000 course dates go with 20000 users. */
export function sizesFor(records: number): Sizes {
  const scale = records / 5000;
  const share = (full: number, least: number, most = Infinity): number =>
    Math.min(most, Math.max(least, Math.round(full * scale)));
  return {
    courseDates: records,
    users: share(20_000, 2),
    courses: share(160, 12, 160),
    companies: share(2000, 3),
    venues: share(120, 6, 120),
    invoices: share(10_000, 2),
    bookings: share(12_000, 2),
    userCourseDates: share(15_000, 2),
    eLearning: share(3000, 2),
    communications: share(6000, 2),
    other: share(150, 8, 300),
  };
}

export type Generator = (world: World, dice: Dice, module: string) => readonly Row[];

export class World {
  readonly sizes: Sizes;
  readonly #made = new Map<string, readonly Row[]>();

  constructor(
    records: number,
    readonly calendar: Calendar,
    /** The seed of this site. */
    readonly seed: number,
    readonly generate: (module: string) => Generator,
  ) {
    this.sizes = sizesFor(records);
  }

  /** Returns the records of a module (by its canonical name) at the start. */
  rows(module: string): readonly Row[] {
    let rows = this.#made.get(module);
    if (!rows) {
      rows = this.generate(module)(this, new Dice(seedFrom(this.seed, module)), module);
      this.#made.set(module, rows);
    }
    return rows;
  }
}

/** Returns a member that is text, or ''. */
export function textOf(row: Row, name: string): string {
  const value = row[name];
  return typeof value === 'string' ? value : '';
}

/** Returns a member that is a number, or 0. */
export function numberOf(row: Row, name: string): number {
  const value = row[name];
  return typeof value === 'number' ? value : 0;
}

/** Makes `count` records, each from its number. */
export const times = (count: number, make: (index: number) => Row): Row[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** Rounds an amount to pence. */
export const pounds = (amount: number): number => Math.round(amount * 100) / 100;
