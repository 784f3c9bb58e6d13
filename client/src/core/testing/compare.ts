/** Compares a value of a response with the expected one: numbers and dates as such, even where the API sends text. */
import type { ExpectationOperatorName, ResolvedValue } from '#language';
import { cellText } from '../results/table';
import { type RegularExpression, regularExpression } from '../text/regular-expression';
import { isNumber } from '../values/kind-of';
import { orderOf } from '../values/numbers';
import { wallTimeOf } from '../values/wall-time';

type Comparing = Exclude<ExpectationOperatorName, 'exists'>;

/** Whether `actual operator expected` holds. Null and values of different kinds have no order. */
export function holds(actual: unknown, operator: Comparing, expected: ResolvedValue): boolean {
  switch (operator) {
    case '==':
      return equals(actual, expected);
    case '!=':
      return !equals(actual, expected);
    case '<':
    case '<=':
    case '>':
    case '>=': {
      const order = compare(actual, expected);
      if (order === undefined) return false;
      if (order === 0) return operator.endsWith('=');
      return order < 0 === operator.startsWith('<');
    }
    case 'contains':
      return Array.isArray(actual)
        ? actual.some((each) => equals(each, expected))
        : actual !== null && cellText(actual).includes(textOf(expected));
    case 'startswith':
      return actual !== null && cellText(actual).startsWith(textOf(expected));
    case 'endswith':
      return actual !== null && cellText(actual).endsWith(textOf(expected));
    case 'matches': {
      const pattern = patternOf(expected);
      return actual !== null && pattern.ok && pattern.test(cellText(actual));
    }
  }
}

const patterns = new WeakMap<ResolvedValue, RegularExpression>();

/** Returns the regular expression of `matches`, compiled once for all records. */
export function patternOf(expected: ResolvedValue): RegularExpression {
  let pattern = patterns.get(expected);
  if (pattern === undefined) {
    pattern = regularExpression(textOf(expected));
    patterns.set(expected, pattern);
  }
  return pattern;
}

function textOf(value: ResolvedValue): string {
  switch (value.kind) {
    case 'text':
      return value.text;
    case 'number':
      return value.digits;
    case 'boolean':
      return String(value.boolean);
    case 'null':
      return 'null';
  }
}

function equals(actual: unknown, expected: ResolvedValue): boolean {
  if (expected.kind === 'null' || actual === null) return actual === null && expected.kind === 'null';
  if (expected.kind === 'boolean') return cellText(actual).toLowerCase() === String(expected.boolean);
  return compare(actual, expected) === 0 || cellText(actual) === textOf(expected);
}

/** Returns less than 0, 0 or more than 0; undefined where the two have no order. */
function compare(actual: unknown, expected: ResolvedValue): number | undefined {
  if (expected.kind === 'number') return orderOf(trimmed(actual), expected.digits);
  if (expected.kind !== 'text') return undefined;
  // '007' is not '7': a text counts as a number only when compared with a number.
  if (isNumber(actual)) return orderOf(actual, trimmed(expected.text));
  if (typeof actual !== 'string') return undefined;
  const [left, right] = [dateOf(actual), dateOf(expected.text)];
  if (left !== undefined && right !== undefined) return compareDates(left, right);
  return actual === expected.text ? 0 : orderOfTexts(actual, expected.text);
}

const trimmed = (value: unknown): unknown => (typeof value === 'string' ? value.trim() : value);

/** Two texts that are numbers are ordered as numbers, though they are equal only when written alike. */
function orderOfTexts(a: string, b: string): number {
  const order = orderOf(a.trim(), b.trim());
  if (order !== undefined && order !== 0) return order;
  return a < b ? -1 : 1;
}

interface DateParts {
  /** Milliseconds of the date as written, as if it were in UTC. */
  readonly written: number;
  /** Milliseconds of the moment, where a time zone is given. */
  readonly moment: number | undefined;
  /** What there is beyond whole seconds, in units of 100 ns. */
  readonly fraction: number;
  readonly onlyDay: boolean;
}

const ISO = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,7}))?)?(Z|[+-]\d{2}:?\d{2})?)?$/i;

function dateOf(text: string): DateParts | undefined {
  const match = ISO.exec(text.trim());
  if (match === null) return undefined;
  const [, day = '', time, second = '00', fraction = '', zone] = match;
  const written = wallTimeOf(`${day}T${time ?? '00:00'}:${second}`);
  if (Number.isNaN(written)) return undefined;
  return {
    written,
    moment: zone === undefined ? undefined : written - offsetOf(zone),
    fraction: Number(fraction.padEnd(7, '0')),
    onlyDay: time === undefined,
  };
}

function offsetOf(zone: string): number {
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (match === null) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) * 60_000;
}

const DAY_MS = 86_400_000;

/** A day without a time is compared by day. Unless both have a zone, the times are compared as written. */
function compareDates(a: DateParts, b: DateParts): number {
  if (a.onlyDay || b.onlyDay) return Math.floor(a.written / DAY_MS) - Math.floor(b.written / DAY_MS);
  const seconds =
    a.moment !== undefined && b.moment !== undefined ? a.moment - b.moment : a.written - b.written;
  return seconds === 0 ? a.fraction - b.fraction : seconds;
}
