/** Dates as the API writes and reads them: `yyyy-MM-ddTHH:mm:ss`, in the platform's local time. */
import { type WallClock, wallClock, wallClockAt } from '../text/wall-clock';
import { type DateBuiltin, dateBuiltin, type Unit } from '../vocabulary/builtins';

const two = (n: number) => String(n).padStart(2, '0');

/** `yyyy-MM-ddTHH:mm:ss` of what the local clock shows at a moment. */
export const formatDateTime = (moment: Date): string => formatWallClock(wallClockAt(moment));

function formatWallClock(clock: WallClock): string {
  const day = `${String(clock.getUTCFullYear()).padStart(4, '0')}-${two(clock.getUTCMonth() + 1)}-${two(clock.getUTCDate())}`;
  return `${day}T${two(clock.getUTCHours())}:${two(clock.getUTCMinutes())}:${two(clock.getUTCSeconds())}`;
}

const HOUR_MS = 3_600_000;

/**
 * The value of `{{$name ± amount unit}}` at `now`. Days, months and years are those of the calendar, whatever the clocks
 * do meanwhile. Adding months stays within the month it reaches: 31 January + 1m is 28 February.
 */
export function evaluateBuiltin(name: DateBuiltin, amount: number, unit: Unit, now: Date): string {
  // Hours from this moment are those that pass; hours from a midnight are a time of that day.
  if (name === 'now' && unit === 'h') return formatDateTime(new Date(now.getTime() + amount * HOUR_MS));
  const base = dateBuiltin(name).from(wallClockAt(now));
  const [year, month, day] = [base.getUTCFullYear(), base.getUTCMonth(), base.getUTCDate()];
  const time = [base.getUTCHours(), base.getUTCMinutes(), base.getUTCSeconds()] as const;
  const [hour, ...rest] = time;
  switch (unit) {
    case 'h':
      return formatWallClock(wallClock(year, month, day, hour + amount, ...rest));
    case 'd':
      return formatWallClock(wallClock(year, month, day + amount, ...time));
    case 'w':
      return formatWallClock(wallClock(year, month, day + amount * 7, ...time));
    case 'm':
      return formatWallClock(inMonth(year, month + amount, day, time));
    case 'y':
      return formatWallClock(inMonth(year + amount, month, day, time));
  }
}

/** The same day of a month, or its last one. `month` counts from 0, and on into other years. */
function inMonth(
  year: number,
  month: number,
  day: number,
  time: readonly [hour: number, minute: number, second: number],
): WallClock {
  const first = wallClock(year, month, 1);
  const last = daysInMonth(first.getUTCFullYear(), first.getUTCMonth() + 1);
  return wallClock(year, month, Math.min(day, last), ...time);
}

const daysInMonth = (year: number, month: number) =>
  [
    31,
    (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28,
    31,
    30,
    31,
    30,
    31,
    31,
    30,
    31,
    30,
    31,
  ][month - 1] ?? 0;

const realDay = (year: number, month: number, day: number) =>
  month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,7})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/i;

/** True for a real date in ISO 8601 form, with or without a time. */
export function isIsoDate(text: string): boolean {
  const match = ISO.exec(text);
  if (match === null) return false;
  const [year, month, day, hour, minute, second] = match.slice(1).map((part) => Number(part ?? 0));
  return (
    realDay(year ?? 0, month ?? 0, day ?? 0) &&
    (year ?? 0) > 0 &&
    (hour ?? 0) < 24 &&
    (minute ?? 0) < 60 &&
    (second ?? 0) < 60
  );
}

const MIDNIGHT = /^\d{4}-\d{2}-\d{2}(?:T00:00(?::00(?:\.0+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/i;

/** The text in ISO 8601 form where it is a day or its midnight, else undefined. */
export function midnightOf(text: string): string | undefined {
  const reading = readDate(text);
  const iso = reading.kind === 'iso' ? text : reading.kind === 'other' ? reading.iso : '';
  return MIDNIGHT.test(iso) ? iso : undefined;
}

/** The same time on the next day, for a date in ISO 8601 form. */
export function nextDay(iso: string): string {
  const [year, month, day] = iso.split(/[-T]/, 3).map(Number);
  const next = wallClock(year ?? 0, (month ?? 1) - 1, (day ?? 0) + 1);
  return formatWallClock(next).slice(0, 10) + iso.slice(10);
}

/** True for `HH:mm` or `HH:mm:ss`. */
export const isTime = (text: string): boolean =>
  /^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,7})?)?$/.test(text);

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

export type DateReading =
  | { readonly kind: 'iso' }
  /** Written in another way that can mean only one day. */
  | { readonly kind: 'other'; readonly iso: string }
  /** Day and month could be swapped, or the day does not exist. */
  | { readonly kind: 'unclear'; readonly why: string; readonly either?: readonly string[] }
  | { readonly kind: 'no-date' };

/** Reads a text as a date. Only an unambiguous one gets an ISO form: `13/02/2025` does, `03/02/2025` doesn't. */
export function readDate(text: string): DateReading {
  // Databases write a date between number signs.
  const trimmed = text.trim().replace(/^#(.*)#$/, '$1');
  if (isIsoDate(text)) return { kind: 'iso' };
  if (isIsoDate(trimmed)) return { kind: 'other', iso: trimmed };
  const split =
    /^(.*?\d{4}.*?|.*?)(?:(?:\s+|T)(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*(am|pm)?Z?)?$/i.exec(trimmed);
  const [, before, hour, half] =
    split?.[2] === undefined ? (/^(.*\S)\s+(\d{1,2}) ?(am|pm)$/i.exec(trimmed) ?? []) : [];
  const date = (before ?? split?.[1] ?? trimmed).trim().replace(/,$/, '');
  const time = timeOf(hour ?? split?.[2], split?.[3], split?.[4], half ?? split?.[5]);
  if (time === undefined) return { kind: 'unclear', why: 'its time does not exist' };
  const found = dayOf(date);
  if (found === 'no year') return { kind: 'unclear', why: 'its year is missing' };
  if (found === undefined) return { kind: 'no-date' };
  if ('either' in found)
    return {
      kind: 'unclear',
      why: 'day and month could be swapped',
      either: found.either.map(([year, month, day]) => `${year}-${two(month)}-${two(day)}T${time}`),
    };
  const [year, month, day] = found;
  if (!realDay(year, month, day)) return { kind: 'unclear', why: 'there is no such day' };
  return { kind: 'other', iso: `${year}-${two(month)}-${two(day)}T${time}` };
}

function timeOf(
  hour: string | undefined,
  minute: string | undefined,
  second: string | undefined,
  half: string | undefined,
): string | undefined {
  let hours = Number(hour ?? 0);
  if (half !== undefined) hours = (hours % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  if (hours > 23 || Number(minute ?? 0) > 59 || Number(second ?? 0) > 59) return undefined;
  return `${two(hours)}:${two(Number(minute ?? 0))}:${two(Number(second ?? 0))}`;
}

type Day = readonly [year: number, month: number, day: number];

/** Both days, the British one first, where day and month could be swapped. */
function dayOf(text: string): Day | { readonly either: readonly Day[] } | 'no year' | undefined {
  const yearFirst =
    /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (yearFirst !== null) return [Number(yearFirst[1]), Number(yearFirst[2]), Number(yearFirst[3])];
  const yearLast = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})$/.exec(text);
  if (yearLast !== null) {
    const [a, b, year] = [Number(yearLast[1]), Number(yearLast[2]), inCentury(yearLast[3] ?? '')];
    if (a === b) return [year, b, a];
    if (a > 12) return [year, b, a];
    if (b > 12) return [year, a, b];
    return {
      either: [
        [year, b, a],
        [year, a, b],
      ],
    };
  }
  const words =
    /^(?:[a-z]+,?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?([a-z]{3,9})\.?(?:,?[\s-]+(\d{4}|\d{2}))?$/i.exec(
      text,
    );
  const reversed = /^([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?$/i.exec(text);
  const [day, name, year] =
    words !== null
      ? [words[1], words[2], words[3]]
      : reversed !== null
        ? [reversed[2], reversed[1], reversed[3]]
        : [];
  if (name === undefined) return undefined;
  const month = MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
  if (month === 0) return undefined;
  return year === undefined ? 'no year' : [inCentury(year), month, Number(day)];
}

/** A year of two digits as spreadsheets read it: 29 is 2029, and 30 is 1930. */
function inCentury(digits: string): number {
  const year = Number(digits);
  if (digits.length > 2) return year;
  return year < 30 ? 2000 + year : 1900 + year;
}
