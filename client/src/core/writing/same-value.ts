/** Whether a write leaves a value as it is: equality by the type of the field. */
import type { FieldType } from '#language';
import { cellText } from '../results/table';
import { nameKey } from '../text/names';
import { kindOf } from '../values/kind-of';
import { compareNumbers, numericOf } from '../values/numbers';
import { exactTimeOf } from '../values/wall-time';
import { writeJson } from '../values/write-json';

/**
 * True where a field with the value `before` is the same after `after` was written into it. In doubt it is false: a write
 * that changes nothing does no harm, one that is left out does.
 */
export function sameValue(type: FieldType, before: unknown, after: unknown): boolean {
  // The platform did not show the value.
  if (before === undefined || after === undefined) return false;
  if (writeJson(before) === writeJson(after)) return true;
  // O: a field without a value is '' or [] here and null there. Of a text, '' is a value of its own, and so is a 0.
  if (isNothing(before) || isNothing(after))
    return type !== 'string' && type !== 'unknown' && isNothing(before) && isNothing(after);
  switch (type) {
    case 'integer':
    case 'decimal':
      return sameNumber(before, after);
    case 'boolean':
      return isWord(before) && isWord(after) && nameKey(String(before)) === nameKey(String(after));
    case 'date':
    case 'datetime':
      return sameTime(before, after);
    case 'time':
      return sameText(wholeTime(before), wholeTime(after));
    case 'string':
      return isPlain(before) && isPlain(after) && cellText(before) === cellText(after);
    case 'list':
      return writeJson(asList(before)) === writeJson(asList(after));
    case 'unknown':
      return kindOf(before) === kindOf(after) && kindOf(before) !== 'text' && sameNumber(before, after);
  }
}

/** Whether a value says that there is none. */
export const isNothing = (value: unknown): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);

function sameNumber(before: unknown, after: unknown): boolean {
  const [left, right] = [numericOf(before), numericOf(after)];
  return left !== undefined && right !== undefined && compareNumbers(left, right) === 0;
}

const isWord = (value: unknown): value is string | boolean =>
  typeof value === 'string' || typeof value === 'boolean';

/** A: what a platform makes of a time zone is not known, so a time with one is the same as the same text only. */
const ZONE = /(?:Z|[+-]\d\d:?\d\d)$/i;

function sameTime(before: unknown, after: unknown): boolean {
  if (typeof before !== 'string' || typeof after !== 'string') return false;
  const [left, right] = [exactTimeOf(before), exactTimeOf(after)];
  if (left === undefined || right === undefined || hasZone(before) || hasZone(after)) return false;
  return compareNumbers(left, right) === 0;
}

/** The end of a bare date looks like an offset. */
const hasZone = (text: string): boolean => text.length > '2026-01-01'.length && ZONE.test(text);

/** `09:30` as `09:30:00`. */
const wholeTime = (value: unknown): unknown =>
  typeof value === 'string' && /^\d\d:\d\d$/.test(value) ? `${value}:00` : value;

const sameText = (before: unknown, after: unknown): boolean => typeof before === 'string' && before === after;

/** O: the same text may come as a text or as a number. */
const isPlain = (value: unknown): boolean => ['text', 'number', 'exact', 'boolean'].includes(kindOf(value));

/** O: a list with one choice is a text where it has a value. */
const asList = (value: unknown): unknown => (Array.isArray(value) ? value : [value]);
