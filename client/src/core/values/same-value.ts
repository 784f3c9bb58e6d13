/** Whether a field would have the same value after a write: the one comparison of previews, plans and edits. */
import { decimalOf } from './decimal';
import { orderOf } from './numbers';
import { exactTimeOf } from './wall-time';
import { writeJson } from './write-json';

/**
 * Compares two values by the type of their field in the metadata (`unknown` where they name none): `1.50` is 1.5 in a
 * number, and `2026-01-01` its midnight in a date, while texts are compared as they are. null, an empty text and an empty
 * list are the same nothing to every type but a text's. A member that the record lacks (undefined) is like no value, as
 * nothing is known about it.
 */
export function sameValue(type: string, before: unknown, after: unknown): boolean {
  if (before === undefined || after === undefined) return before === after;
  if (before === after) return true;
  const [a, b] = [isNothing(before), isNothing(after)];
  if (a || b) return a && b && !TEXTS.has(type);
  return sameByType(type, before, after) ?? writeJson(before) === writeJson(after);
}

/** Types that tell null and the empty text apart. */
const TEXTS: ReadonlySet<string> = new Set(['string', 'unknown']);

/** Whether a value is none: the platform writes it in several ways. */
export const isNothing = (value: unknown): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** Undefined where the type has no way of writing a value twice. */
function sameByType(type: string, before: unknown, after: unknown): boolean | undefined {
  switch (type) {
    case 'integer':
    case 'decimal':
      return sameNumber(before, after);
    case 'boolean':
      return truthOf(before) === truthOf(after);
    case 'date':
    case 'datetime':
      return sameTime(before, after);
    case 'time':
      return timeText(before) === timeText(after);
    case 'list':
      return writeJson(listOf(before)) === writeJson(listOf(after));
    default:
      // A number of JSON is itself however it is written; a text with digits is another value.
      return typeof before === 'string' || typeof after === 'string' ? undefined : sameNumber(before, after);
  }
}

function sameNumber(before: unknown, after: unknown): boolean | undefined {
  const order = orderOf(before, after);
  return order === undefined ? undefined : order === 0;
}

/**
 * One text for all ways of writing a number or a time of this type, so that the same ones can be found among many; undefined
 * for other types, and for what is none.
 */
export function formOf(type: string, text: string): string | undefined {
  switch (type) {
    case 'integer':
    case 'decimal': {
      const number = decimalOf(text);
      return number && `${number.negative ? '-' : ''}${number.digits}e${-number.scale}`;
    }
    case 'date':
    case 'datetime': {
      const time = exactTimeOf(text);
      return time === undefined ? undefined : `${time}${zoneOf(text)}`;
    }
    case 'time':
      return String(timeText(text));
    default:
      return undefined;
  }
}

const truthOf = (value: unknown): unknown =>
  typeof value === 'string' && /^(?:true|false)$/i.test(value) ? value.toLowerCase() === 'true' : value;

/** A time with a zone is another than the same digits without: which one the platform's own is, isn't known. */
function sameTime(before: unknown, after: unknown): boolean | undefined {
  const [a, b] = [exactTimeOf(before), exactTimeOf(after)];
  return a === undefined || b === undefined ? undefined : a === b && zoneOf(before) === zoneOf(after);
}

const zoneOf = (value: unknown): string => /(?:Z|[+-]\d\d:?\d\d)$/i.exec(String(value).slice(10))?.[0] ?? '';

const timeText = (value: unknown): unknown =>
  typeof value === 'string' ? value.replace(/^(\d\d:\d\d)(?::00(?:\.0+)?)?$/, '$1:00') : value;

/** The platform sends a list of one as a text, too. */
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);
