/** Dates as the API writes them, read in one way by all: days that don't exist are no dates, and the year 1 is not 1901. */

const DATE = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/;

/**
 * Returns the local time in milliseconds, as if it were UTC; NaN when the value is not a date. Records name no time zone,
 * and if one does, the platform's own time is shown. Fractions of a second are left out.
 */
export function wallTimeOf(value: unknown): number {
  if (typeof value !== 'string' || value.length < 10 || value.charCodeAt(4) !== 45 || !DATE.test(value))
    return NaN;
  const digits = (from: number, length: number) => Number(value.slice(from, from + length) || 0);
  const [year, month, day] = [digits(0, 4), digits(5, 2), digits(8, 2)];
  if (!isRealDay(year, month, day)) return NaN;
  if (value.length === 10) return timeOfDay(year, month, day);
  const [hour, minute, second] = [
    digits(11, 2),
    digits(14, 2),
    value.charCodeAt(16) === 58 ? digits(17, 2) : 0,
  ];
  if (hour > 23 || minute > 59 || second > 59) return NaN;
  return timeOfDay(year, month, day) + ((hour * 60 + minute) * 60 + second) * 1000;
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
