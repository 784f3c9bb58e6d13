/** Reading values of records, as parsed from JSON. */

/** A member that is missing, null or empty: users must be able to tell these apart. */
export type Void = 'missing' | 'null' | 'empty';

export function voidOf(value: unknown): Void | undefined {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  return value === '' || (Array.isArray(value) && value.length === 0) ? 'empty' : undefined;
}

/** Returns NaN when the value is not a number. Numbers may arrive as texts. */
export function numberOf(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^[+-]?\d+(?:\.\d+)?$/.test(value) ? Number(value) : NaN;
}

const DATE = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/;

/**
 * Returns the local time in milliseconds, as if it were UTC; NaN when the value is not a date. Records name no time zone,
 * and if one does, the platform's own time is shown.
 */
export function wallTimeOf(value: unknown): number {
  if (typeof value !== 'string' || value.length < 10 || value.charCodeAt(4) !== 45 || !DATE.test(value))
    return NaN;
  const digits = (from: number, length: number) => Number(value.slice(from, from + length) || 0);
  const [month, day] = [digits(5, 2), digits(8, 2)];
  if (month < 1 || month > 12 || day < 1 || day > 31) return NaN;
  return value.length === 10
    ? Date.UTC(digits(0, 4), month - 1, day)
    : Date.UTC(
        digits(0, 4),
        month - 1,
        day,
        digits(11, 2),
        digits(14, 2),
        value.charCodeAt(16) === 58 ? digits(17, 2) : 0,
      );
}

/** Returns -1 when the value is not a boolean. */
export function booleanOf(value: unknown): -1 | 0 | 1 {
  if (value === true || value === 'true') return 1;
  return value === false || value === 'false' ? 0 : -1;
}
