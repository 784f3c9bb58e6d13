/** What a value of the API is: every reader of values asks here. */
import type { NumericText } from './decimal';
import { ExactNumber } from './exact-number';

/** `missing`: the record has no such member. `exact`: a number that a double can't hold. */
export type ValueKind = 'missing' | 'null' | 'text' | 'boolean' | 'number' | 'exact' | 'list' | 'object';

/** Returns what a value is that was read with `readJson`. */
export function kindOf(value: unknown): ValueKind {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (typeof value === 'string') return 'text';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number') return 'number';
  if (value instanceof ExactNumber) return 'exact';
  return Array.isArray(value) ? 'list' : 'object';
}

/** The digits of a number, as JSON has them. */
export const digitsOf = (value: number | ExactNumber): NumericText =>
  value instanceof ExactNumber ? value.text : `${value}`;

/** Whether a value is a number, however large. */
export const isNumber = (value: unknown): value is number | ExactNumber =>
  typeof value === 'number' || value instanceof ExactNumber;

/** Whether a value is an object with members, which a number, however large, is not. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  kindOf(value) === 'object';

/** Whether a value has members: an object, or a list. */
export const hasMembers = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !(value instanceof ExactNumber);
