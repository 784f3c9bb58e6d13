/** Dates as other query languages write them: `now() sub duration'P30D'`, `TODAY()+30`; and the day after a date. */
import type { Call, Operand, Value } from '../syntax/nodes';
import { findReferences } from '../syntax/references';
import { dateReference, isInReach, type Unit, unitOf } from '../vocabulary/builtins';
import { arithmeticOf, momentOf } from '../vocabulary/filter-words';
import { builtinDateOf } from './builtin-dates';
import { dayOf } from './whole-days';

/** The text of a value that means the same date, such as `{{$now - 30d}}`; undefined where there is none. */
export function builtinDate(operand: Operand): string | undefined {
  switch (operand.kind) {
    case 'call':
      return ofCall(operand);
    case 'value':
      return operand.form === 'text' && operand.prefix === undefined
        ? builtinDateOf(operand.text)
        : undefined;
    case 'parenthesised':
      return builtinDate(operand.inner);
    case 'arithmetic': {
      const operator = arithmeticOf(operand.operator.text);
      const sign = operator === 'add' || operator === '+' ? 1 : -1;
      if (sign === -1 && operator !== 'sub' && operator !== '-') return undefined;
      const isNextDay = sign === 1 && operand.right.kind === 'value' && operand.right.text === '1';
      const end = isNextDay ? monthEndIn(operand.left) : undefined;
      if (end !== undefined) return end;
      const moment = builtinDate(operand.left);
      const step = operand.right.kind === 'value' ? stepOf(operand.right) : undefined;
      return moment === undefined || step === undefined
        ? undefined
        : moved(moment, sign * step.amount, step.unit);
    }
    case 'odd':
      return undefined;
  }
}

/** `now()`, `date(now())`, which is today, and Excel's `DATE(2026,11,26)`. */
function ofCall({ name, arguments: [argument, second, third] }: Call): string | undefined {
  const moment = momentOf(name.text);
  if (argument === undefined) return moment && dateReference(moment);
  const called = name.text.toLowerCase();
  if (called === 'edate') return second === undefined ? undefined : inMonths(argument, second);
  if (called === 'datevalue') return argument.kind === 'value' ? stretchOf(argument.text)?.from : undefined;
  const isDate = called === 'date';
  if (isDate && third !== undefined) {
    const start = startIn(argument, second, third);
    if (start !== undefined) return start;
    const [year, month, day] = [argument, second, third].map((part) =>
      part?.kind === 'value' && /^\d{1,4}$/.test(part.text) ? Number(part.text) : NaN,
    );
    return rangeOf(year ?? NaN, month, day)?.from;
  }
  const isDay = isDate && second === undefined;
  return isDay && /^\{\{\$(?:now|today)\}\}$/.test(builtinDate(argument) ?? '') ? '{{$today}}' : undefined;
}

/** `EDATE(TODAY(),1)` */
function inMonths(from: Operand, months: Operand): string | undefined {
  const [moment, amount] = [builtinDate(from), wholeOf(months)];
  return moment === undefined || amount === undefined ? undefined : moved(moment, amount, 'm');
}

const wholeOf = (operand: Operand | undefined): number | undefined =>
  operand?.kind === 'value' && /^[+-]?\d{1,4}$/.test(operand.text) ? Number(operand.text) : undefined;

/** The first moment after `EOMONTH(TODAY(),0)`, which is a day that no one reference can be; undefined for anything else. */
export function monthEndIn(operand: Operand | undefined): string | undefined {
  if (operand?.kind !== 'call' || operand.name.text.toLowerCase() !== 'eomonth') return undefined;
  const [from, months] = operand.arguments;
  const amount = wholeOf(months);
  if (from === undefined || amount === undefined || builtinDate(from) !== '{{$today}}') return undefined;
  return isInReach(amount + 1, 'm') ? dateReference('monthstart', amount + 1, 'm') : undefined;
}

/** `DATE(YEAR(TODAY()),1,1)` and `DATE(YEAR(TODAY()),MONTH(TODAY()),1)` */
function startIn(year: Operand, month: Operand | undefined, day: Operand): string | undefined {
  if (wholeOf(day) !== 1) return undefined;
  const offset = year.kind === 'arithmetic' && isPartOfToday(year.left, 'year') ? wholeOf(year.right) : 0;
  const base = year.kind === 'arithmetic' ? year.left : year;
  if (!isPartOfToday(base, 'year') || offset === undefined) return undefined;
  const isBack = year.kind === 'arithmetic' && year.operator.text === '-';
  if (wholeOf(month) === 1) return dateReference('yearstart', isBack ? -offset : offset, 'y');
  return offset === 0 && isPartOfToday(month, 'month') ? dateReference('monthstart') : undefined;
}

const isPartOfToday = (operand: Operand | undefined, part: string): boolean =>
  operand?.kind === 'call' &&
  operand.name.text.toLowerCase() === part &&
  operand.arguments[0] !== undefined &&
  builtinDate(operand.arguments[0]) === '{{$today}}';

/** A length of time with one unit: `duration'P30D'`, `30`, `30d`. */
function stepOf({ prefix, text, form }: Value): { amount: number; unit: Unit } | undefined {
  if (form === 'number' && /^\d{1,5}$/.test(text)) return { amount: Number(text), unit: 'd' };
  const short =
    prefix === undefined && form === 'text'
      ? /^(\d{1,5})(?:([dhwmy])| (?:([dhwmy])(?:ay|our|eek|onth|ear)s?))$/i.exec(text)
      : null;
  const unit = unitOf(short?.[2] ?? short?.[3] ?? '');
  if (unit !== undefined) return { amount: Number(short?.[1]), unit };
  if (prefix?.toLowerCase() !== 'duration' && form === 'text') return undefined;
  const duration = /^P(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:0+M)?(?:0+S)?)?$/i.exec(text);
  if (duration === null || (duration[1] === undefined && duration[2] === undefined)) return undefined;
  const [days, hours] = [Number(duration[1] ?? 0), Number(duration[2] ?? 0)];
  return hours === 0 ? { amount: days, unit: 'd' } : { amount: days * 24 + hours, unit: 'h' };
}

/** `{{$today + 30d}}` some time later; undefined where one offset can't say it. */
function moved(text: string, amount: number, unit: Unit): string | undefined {
  const [reference] = findReferences(text, 0, text.length);
  if (reference?.length !== text.length || reference.target.kind !== 'date') return undefined;
  const { target } = reference;
  if (target.amount !== 0 && target.unit !== unit && !(unit === 'd' && target.unit === 'w')) return undefined;
  const total = amount + target.amount * (target.amount !== 0 && target.unit === 'w' && unit === 'd' ? 7 : 1);
  return isInReach(total, unit) ? dateReference(target.name, total, unit) : undefined;
}

/** The day that a text names, from its first moment to that of the next day; undefined where it has a time or is no day. */
export function stretchOf(text: string): Stretch | undefined {
  const day = dayOf({ text, references: findReferences(text, 0, text.length) }, undefined);
  return day?.next === undefined ? undefined : { from: withTime(day.text), to: withTime(day.next) };
}

const withTime = (text: string) => (/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00` : text);

/** A stretch of time, whose end is not part of it; both as texts of values. */
export interface Stretch {
  readonly from: string;
  readonly to: string;
}

/** The first day of a year, a month or a day, and the first one after it, as dates with a time. */
export function rangeOf(year: number, month?: number, day?: number): Stretch | undefined {
  const text = (y: number, m: number, d: number) =>
    `${String(y).padStart(4, '0')}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`;
  if (![year, month ?? 1, day ?? 1].every(Number.isInteger) || year < 1 || year > 9998) return undefined;
  if (month === undefined)
    return day === undefined ? whole(text(year, 1, 1), text(year + 1, 1, 1)) : undefined;
  if (month < 1 || month > 12) return undefined;
  if (day !== undefined) return stretchOf(text(year, month, day));
  return whole(text(year, month, 1), month === 12 ? text(year + 1, 1, 1) : text(year, month + 1, 1));
}

const whole = (from: string, to: string) => ({ from: `${from}T00:00:00`, to: `${to}T00:00:00` });
