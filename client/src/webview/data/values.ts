/** Reading values of records, as parsed from JSON. */
import { numericOf } from '#core/values/numbers';

/** A member that is missing, null or empty: users must be able to tell these apart. */
export type Void = 'missing' | 'null' | 'empty';

export function voidOf(value: unknown): Void | undefined {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  return value === '' || (Array.isArray(value) && value.length === 0) ? 'empty' : undefined;
}

/**
 * Returns a number to draw with, rounded to a double; NaN when the value is none, or is too large for one. Numbers may
 * arrive as texts.
 */
export function numberOf(value: unknown): number {
  const number = Number(numericOf(value) ?? NaN);
  return Number.isFinite(number) ? number : NaN;
}

/** Returns -1 when the value is not a boolean. */
export function booleanOf(value: unknown): -1 | 0 | 1 {
  if (value === true || value === 'true') return 1;
  return value === false || value === 'false' ? 0 : -1;
}
