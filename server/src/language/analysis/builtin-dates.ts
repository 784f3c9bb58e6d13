/** Words for days and times, as the built-in dates that mean the same; and built-in dates in words. */
import { findReferences, type Reference } from '../syntax/references';
import {
  DATE_BUILTINS,
  type DateBuiltin,
  dateBuiltin,
  dateReference,
  isInReach,
  lengthInWords,
  type Unit,
  unitOf,
} from '../vocabulary/builtins';
import { momentOf } from '../vocabulary/filter-words';
import { periodOf } from '../vocabulary/periods';
import { wholeNumber } from './field-types';
import { weekdayInWords, weekdayOf } from './weekdays';

/** Times of today that have a name. */
const TIMES: ReadonlyMap<string, string> = new Map([
  ['noon', '{{$today + 12h}}'],
  ['midday', '{{$today + 12h}}'],
  ['midnight', '{{$today}}'],
]);

/** `today`, `$today + 30`, `=TODAY()+30d`: a number alone counts days, as in Excel. `in 30 days`, `a week ago`, `start of next month`. */
export function builtinDateOf(text: string): string | undefined {
  const words = text
    .trim()
    .toLowerCase()
    .replace(/^(?:the |= ?)/, '')
    .replace(/^today['’]?s date$/, 'today');
  const time = TIMES.get(words);
  if (time !== undefined) return time;
  const [, word = '', sign, digits, unit = 'd'] =
    /^(\$?[a-z_.]+)(?:\(\))?(?:\s*([+-]|plus|minus)\s*(\d{1,5})\s*(d|h|w|m|y|days?|hours?|weeks?|months?|years?)?)?$/.exec(
      words,
    ) ?? [];
  const [moment, short] = [momentOf(word), unitOf(unit.slice(0, 1))];
  if (moment === undefined || short === undefined) return spokenDate(words);
  const amount = Number(digits ?? 0);
  return isInReach(amount, short)
    ? dateReference(moment, sign === '-' || sign === 'minus' ? -amount : amount, short)
    : undefined;
}

/** The same of a word for a day, such as `today`; undefined for `midnight`, which is a time. */
export const builtinDayOf = (text: string): string | undefined =>
  TIMES.has(text.trim().toLowerCase()) ? undefined : builtinDateOf(text);

function spokenDate(words: string): string | undefined {
  const weekday = weekdayOf(words);
  if (weekday !== undefined) return weekday;
  const [, ...starts] =
    /^(?:(?:first day|first|1st|start|beginning) of (?:the )?((?:\w+ )?(?:week|month|year))|monday of (?:the )?(\w+ week)|1 jan(?:uary)? of (\w+ year))$/.exec(
      words,
    ) ?? [];
  const start = starts.find((each) => each !== undefined);
  if (start !== undefined) return periodOf(start.includes(' ') ? start : `this ${start}`)?.from;
  const [, ahead, behind, length, side, base = ''] =
    /^(?:in (.+?)(?:['’]? time)?|(.+) ago|(.+) (before|after|from) (.+))$/.exec(words) ?? [];
  // `the day after tomorrow`
  const step = lengthOf(ahead ?? behind ?? length?.replace(/^(?=\w+$)/, 'a ') ?? '');
  if (step === undefined) return undefined;
  const isBack = behind !== undefined || side === 'before';
  const from =
    side === undefined
      ? baseOf(step.unit)
      : DATE_BUILTINS.find((name) => nameInWords(name).toLowerCase() === base);
  return from && dateReference(from, isBack ? -step.amount : step.amount, step.unit);
}

/** `30 days`, `a week`, `two months`; undefined for one that no date is away. */
export function lengthOf(words: string): { readonly amount: number; readonly unit: Unit } | undefined {
  const [, number = '', written = ''] =
    /^([a-z]{1,9}|\d{1,5}) (hour|day|week|fortnight|month|year)s?$/.exec(words) ?? [];
  const count = /^an?$/.test(number) ? 1 : Number(wholeNumber(number) ?? NaN);
  const [amount, unit] =
    written === 'fortnight' ? [count * 2, 'w' as const] : [count, unitOf(written.slice(0, 1))];
  return unit !== undefined && isInReach(amount, unit) ? { amount, unit } : undefined;
}

/** Hours are counted from this moment, all else from today. */
const baseOf = (unit: Unit): DateBuiltin => (unit === 'h' ? 'now' : 'today');

/** That many days from today, weeks, … from today. */
export const dateAhead = (amount: number, unit: Unit): string => dateReference(baseOf(unit), amount, unit);

/** `today`, `the first day of this month` */
const nameInWords = (name: DateBuiltin): string =>
  name.endsWith('start') ? dateBuiltin(name).documentation : name;

/** What `builtinDateOf` reads as the same; undefined where only the reference itself is clear. */
export function dateInWords({ name, amount, unit }: DateTarget): string | undefined {
  const words = nameInWords(name);
  if (amount === 0) return words;
  const weekday = name === 'weekstart' && unit === 'd' ? weekdayInWords(amount) : undefined;
  if (weekday !== undefined) return weekday;
  const length = lengthInWords(Math.abs(amount), unit);
  if (name === baseOf(unit)) return amount > 0 ? `in ${length}` : `${length} ago`;
  if (name === 'today') return undefined;
  const isNext =
    Math.abs(amount) === 1 && words.endsWith(lengthInWords(1, unit).slice(2)) && words.includes(' this ');
  if (isNext) return words.replace('this', amount > 0 ? 'next' : 'last');
  return `${length} ${amount > 0 ? 'after' : 'before'} ${words}`;
}

type DateTarget = Extract<Reference['target'], { kind: 'date' }>;

/** The date that a value is, if it is one reference to a date and nothing else. */
export function dateIn(value: string): DateTarget | undefined {
  const [reference] = findReferences(value, 0, value.length);
  return reference?.target.kind === 'date' && reference.length === value.length
    ? reference.target
    : undefined;
}
