/** Dates as the API writes and reads them: `yyyy-MM-ddTHH:mm:ss`, in the platform's local time. */
import { type DateBuiltin, dateBuiltin, type Unit } from '../vocabulary/builtins';

const two = (n: number) => String(n).padStart(2, '0');

/** `yyyy-MM-ddTHH:mm:ss` of a date's local parts. */
export function formatDateTime(date: Date): string {
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** The value of `{{$name ± amount unit}}` at `now`. Adding months stays within the month it reaches: 31 January + 1m is 28 February. */
export function evaluateBuiltin(name: DateBuiltin, amount: number, unit: Unit, now: Date): string {
  const base = dateBuiltin(name).from(now);
  switch (unit) {
    case 'h':
      base.setHours(base.getHours() + amount);
      break;
    case 'd':
      base.setDate(base.getDate() + amount);
      break;
    case 'w':
      base.setDate(base.getDate() + amount * 7);
      break;
    case 'm':
      addMonths(base, amount);
      break;
    case 'y':
      addMonths(base, amount * 12);
      break;
  }
  return formatDateTime(base);
}

function addMonths(date: Date, months: number): void {
  const day = date.getDate();
  date.setDate(1);
  date.setMonth(date.getMonth() + months);
  date.setDate(Math.min(day, daysInMonth(date.getFullYear(), date.getMonth() + 1)));
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
  const next = new Date(0);
  next.setUTCFullYear(year ?? 0, (month ?? 1) - 1, (day ?? 0) + 1);
  return next.toISOString().slice(0, 10) + iso.slice(10);
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
  | { readonly kind: 'unclear'; readonly why: string }
  | { readonly kind: 'no-date' };

/** Reads a text as a date. Only an unambiguous one gets an ISO form: `13/02/2025` does, `03/02/2025` doesn't. */
export function readDate(text: string): DateReading {
  const trimmed = text.trim();
  if (isIsoDate(text)) return { kind: 'iso' };
  if (isIsoDate(trimmed)) return { kind: 'other', iso: trimmed };
  const split =
    /^(.*?\d{4}.*?|.*?)(?:(?:\s+|T)(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*(am|pm)?Z?)?$/i.exec(trimmed);
  const date = (split?.[1] ?? trimmed).trim().replace(/,$/, '');
  const time = timeOf(split?.[2], split?.[3], split?.[4], split?.[5]);
  if (time === undefined) return { kind: 'unclear', why: 'its time does not exist' };
  const found = dayOf(date);
  if (found === undefined) return { kind: 'no-date' };
  if (found === 'ambiguous') return { kind: 'unclear', why: 'day and month could be swapped' };
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

function dayOf(text: string): Day | 'ambiguous' | undefined {
  const yearFirst =
    /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (yearFirst !== null) return [Number(yearFirst[1]), Number(yearFirst[2]), Number(yearFirst[3])];
  const yearLast = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(text);
  if (yearLast !== null) {
    const [a, b, year] = [Number(yearLast[1]), Number(yearLast[2]), Number(yearLast[3])];
    if (a === b) return [year, b, a];
    if (a > 12) return [year, b, a];
    if (b > 12) return [year, a, b];
    return 'ambiguous';
  }
  const words = /^(?:[a-z]+,?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s-]+([a-z]{3,9})\.?,?[\s-]+(\d{4})$/i.exec(text);
  const reversed = /^([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$/i.exec(text);
  const [day, name, year] =
    words !== null
      ? [words[1], words[2], words[3]]
      : reversed !== null
        ? [reversed[2], reversed[1], reversed[3]]
        : [];
  if (name === undefined) return undefined;
  const month = MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
  return month === 0 ? undefined : [Number(year), month, Number(day)];
}
