/** Comparing numbers as they came: as numbers, as exact numbers and, as many do, as texts. */
import { compareDecimals, decimalOf, type NumericText, ZERO } from './decimal';
import { ExactNumber, needsExactness } from './exact-number';

const TEXT_NUMBER = /^[+-]?(?:\d+(?:\.\d+)?|\.\d+)$/;

const isTextNumber = (text: string): text is NumericText => TEXT_NUMBER.test(text);

/** A number, or the digits of one that a double may not hold. */
export type Numeric = number | NumericText;

/** Returns a value as a number; undefined for anything else. */
export function numericOf(value: unknown): Numeric | undefined {
  if (typeof value === 'number') return value;
  if (value instanceof ExactNumber) return value.text;
  return typeof value === 'string' && isTextNumber(value) ? value : undefined;
}

/** Whether a value is a number that a double can't hold, also where it came as a text. */
export const isBeyondDouble = (value: unknown): boolean =>
  value instanceof ExactNumber ||
  (typeof value === 'string' && value.length > 15 && isTextNumber(value) && needsExactness(value));

/** Below zero, zero or above it, in every digit. */
export function compareNumbers(a: Numeric, b: Numeric): number {
  const [left, right] = [Number(a), Number(b)];
  // Rounding keeps the order, so only those that round to the same number need a closer look.
  if (left !== right) return left < right ? -1 : 1;
  if (typeof a === 'number' && typeof b === 'number') return 0;
  return compareDecimals(decimalOf(String(a)) ?? ZERO, decimalOf(String(b)) ?? ZERO);
}

/** The order of two values; undefined where one of them is no number. */
export function orderOf(a: unknown, b: unknown): number | undefined {
  const [left, right] = [numericOf(a), numericOf(b)];
  return left === undefined || right === undefined ? undefined : compareNumbers(left, right);
}
