/** Dates as the API writes them, read in one way by all: days that don't exist are no dates, and the year 1 is not 1901. */
import type { Numeric } from './numbers';

const DATE = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/;

/**
 * Returns the local time in milliseconds, as if it were UTC; NaN when the value is not a date. Records name no time zone,
 * and if one does, the platform's own time is shown. Of fractions, a double holds microseconds: `exactTimeOf` has all.
 */
export function wallTimeOf(value: unknown): number {
  if (typeof value !== 'string' || value.length < 10 || value.charCodeAt(4) !== 45 || !DATE.test(value))
    return NaN;
  const year = twoDigits(value, 0) * 100 + twoDigits(value, 2);
  const month = twoDigits(value, 5);
  const day = twoDigits(value, 8);
  if (!isRealDay(year, month, day)) return NaN;
  if (value.length === 10) return timeOfDay(year, month, day);
  const hour = twoDigits(value, 11);
  const minute = twoDigits(value, 14);
  const second = value.charCodeAt(16) === 58 ? twoDigits(value, 17) : 0;
  if (hour > 23 || minute > 59 || second > 59) return NaN;
  const whole = timeOfDay(year, month, day) + ((hour * 60 + minute) * 60 + second) * 1000;
  return value.charCodeAt(FRACTION) === 46 ? whole + millisecondsOf(fractionOf(value)) : whole;
}

/** The number that two digits make. It is called for each date of each record: no text is made. */
const twoDigits = (text: string, at: number): number =>
  text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 528;

/** Where the point before a fraction of a second is. */
const FRACTION = 19;

/** The digits of a time's fraction of a second, without zeros at the end; '' where there is none. */
export function fractionOf(value: unknown): string {
  if (typeof value !== 'string' || value.charCodeAt(FRACTION) !== 46) return '';
  let end = FRACTION + 1;
  let last = FRACTION;
  for (let digit = value.charCodeAt(end); digit >= 48 && digit <= 57; digit = value.charCodeAt(++end))
    if (digit !== 48) last = end;
  return value.slice(FRACTION + 1, last + 1);
}

const millisecondsOf = (fraction: string): number =>
  Number(`${fraction.slice(0, 3).padEnd(3, '0')}.${fraction.slice(3)}0`);

/** How many digits of a fraction a double holds beside the time. */
const SAFE_FRACTION = 6;

/** Whether a time has a fraction that `wallTimeOf` rounds. */
export const isBeyondMicroseconds = (value: unknown): boolean => fractionOf(value).length > SAFE_FRACTION;

/** The time of `wallTimeOf` with all digits of its fraction; undefined where the value is not a date. */
export function exactTimeOf(value: unknown): Numeric | undefined {
  const time = wallTimeOf(value);
  if (Number.isNaN(time)) return undefined;
  // Below zero, the digits of a fraction would count backwards.
  if (time < 0 || !isBeyondMicroseconds(value)) return time;
  const fraction = fractionOf(value);
  const seconds = wallTimeOf(String(value).slice(0, FRACTION));
  return `${seconds + Number(fraction.slice(0, 3))}.${fraction.slice(3)}` as Numeric;
}

/** The first millisecond of a day in UTC. `month` is from 1; a month or day beyond its range counts on. */
export function timeOfDay(year: number, month: number, day: number): number {
  // `Date.UTC` takes the years before 100 for those from 1900, and the calendar repeats after 400 years.
  return year >= 100 ? Date.UTC(year, month - 1, day) : Date.UTC(year + 400, month - 1, day) - YEARS_400_MS;
}

const YEARS_400_MS = 146_097 * 86_400_000;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isRealDay(year: number, month: number, day: number): boolean {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return day >= 1 && day <= (month === 2 && leap ? 29 : (DAYS[month - 1] ?? 0));
}
