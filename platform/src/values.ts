/** The values that records hold: reading them from text and from JSON, and what counts as absent. */

/** A member of a record. Records are flat (O); arrays hold strings (O). */
export type Value = string | number | boolean | null | readonly string[];

/** One record, by canonical member names. Never changed in place, so a read can't see half a write. */
export type Row = Readonly<Record<string, Value>>;

export type FieldKind = 'string' | 'integer' | 'decimal' | 'boolean' | 'datetime' | 'list';

/** Whether a member has no value: null, or an empty text or array, which some members have instead (O). */
export const isAbsent = (value: Value | undefined): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const INT32 = 2 ** 31;

/** Reads a number in plain notation; undefined when it is invalid or too large (Int32 for integers). */
export function readNumber(text: string, kind: 'integer' | 'decimal'): number | undefined {
  if (!(kind === 'integer' ? /^[+-]?\d{1,15}$/ : /^[+-]?\d{1,15}(\.\d{1,15})?$/).test(text)) return undefined;
  return fits(Number(text), kind) ? Number(text) : undefined;
}

export const fits = (value: number, kind: 'integer' | 'decimal'): boolean =>
  Number.isFinite(value) &&
  (kind === 'decimal' || (Number.isInteger(value) && value >= -INT32 && value < INT32));

/** Reads `true` or `false` in any case; `1`, `yes` and the like are not booleans. */
export function readBoolean(text: string): boolean | undefined {
  const lower = text.toLowerCase();
  return lower === 'true' ? true : lower === 'false' ? false : undefined;
}

const DATE =
  /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,7}))?)?(Z|[+-]\d{2}:\d{2})?)?$/i;

/**
 * Reads yyyy-MM-dd, yyyy-MM-ddTHH:mm or yyyy-MM-ddTHH:mm:ss, with an optional fraction of up to 7 digits and an
 * optional Z or offset. Returns `yyyy-MM-ddTHH:mm:ss` and the fraction without trailing zeros, so that comparing
 * two such texts compares the moments; undefined when no such day or time exists.
 * Records have no time zone (O); we assume UTC (A).
 */
export function readDate(text: string): string | undefined {
  const match = DATE.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', zone = ''] = match;
  const plain = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const time = Date.parse(`${plain}Z`);
  // Date.parse accepts 24:00 and may turn 30 February into March, so the result must match the input.
  if (Number.isNaN(time) || year === '0000' || iso(time) !== plain) return undefined;
  const rest = fraction.replace(/0+$/, '');
  const tail = rest === '' ? '' : `.${rest}`;
  const offset = /^([+-])(\d{2}):(\d{2})$/.exec(zone);
  if (!offset) return plain + tail;
  const [, sign, hours, minutes] = offset;
  if (Number(hours) > 14 || Number(minutes) > 59) return undefined;
  const shift = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1);
  const moved = new Date(time - shift);
  const inRange = moved.getUTCFullYear() >= 1 && moved.getUTCFullYear() <= 9999;
  return inRange ? iso(moved.getTime()) + tail : undefined;
}

/** Milliseconds to `yyyy-MM-ddTHH:mm:ss`, the form of every date in a record (O). */
export const iso = (time: number): string => new Date(time).toISOString().slice(0, 19);

const KIND_WORDS: Readonly<Record<FieldKind, string>> = {
  string: 'text',
  integer: 'a whole number',
  decimal: 'a number',
  boolean: 'true or false',
  datetime: 'a date and time such as 2025-01-31T10:00:00',
  list: 'a list of texts',
};

/** Names a kind in a sentence. */
export const kindWords = (kind: FieldKind): string => KIND_WORDS[kind];
