/** Days as people mean them, the whole day, where a field has times: midnight is only where a day begins. */
import type { FieldType } from '../catalog/catalog';
import type { Comparison, Value } from '../syntax/nodes';
import { findReferences, type Reference } from '../syntax/references';
import { dateReference, isInReach } from '../vocabulary/builtins';
import { comparisonOf, synonymOf } from '../vocabulary/filter-words';
import { builtinDayOf } from './builtin-dates';
import { midnightOf, nextDay } from './dates';
import { type Chain, chainOf, type JoinWord } from './joining';
import { quote } from './print-filter';

/** A comparison with the day, or with the day after. */
type Part = readonly [operator: 'ge' | 'lt', date: 'day' | 'next'];

/** What the operators mean with a day, joined by `or` for `ne` and else by `and`. `ge` and `lt` are right as they are. */
const MEANINGS = {
  eq: [
    ['ge', 'day'],
    ['lt', 'next'],
  ],
  ne: [
    ['lt', 'day'],
    ['ge', 'next'],
  ],
  le: [['lt', 'next']],
  gt: [['ge', 'next']],
} as const satisfies Readonly<Record<string, readonly [Part, ...Part[]]>>;

type DateTarget = Extract<Reference['target'], { kind: 'date' }>;

export type DayOperator = keyof typeof MEANINGS;

const joinOf = (operator: DayOperator): JoinWord => (operator === 'ne' ? 'or' : 'and');

export const isDayOperator = (operator: string | undefined): operator is DayOperator =>
  operator !== undefined && Object.hasOwn(MEANINGS, operator);

/** Whether values of the type have times. */
export const hasTimes = (type: FieldType | undefined): boolean => type === 'datetime';

/** Whether values of the type may be days; where it is not known, they may. */
export const mayBeDays = (type: FieldType | undefined): boolean =>
  type === undefined || type === 'unknown' || type === 'date' || hasTimes(type);

/** A value that is a day, and not a moment. */
export interface Day {
  /** The value, without quotes, in a form that the API reads. */
  readonly text: string;
  /** The same of the day after; undefined where only the author of a variable can write it. */
  readonly next: string | undefined;
}

/** The day that a value is. `text` is its text with its variables replaced, undefined where that is not known. */
export function dayOf(value: Pick<Value, 'text' | 'references'>, text: string | undefined): Day | undefined {
  const [reference] = value.references;
  if (reference === undefined) {
    const midnight = midnightOf(value.text);
    return midnight === undefined ? undefined : { text: midnight, next: nextDay(midnight) };
  }
  const { target } = reference;
  if (target.kind !== 'date' || !/^\{\{[^{}]*\}\}$/.test(value.text))
    return text !== undefined && midnightOf(text) === text
      ? { text: value.text, next: undefined }
      : undefined;
  if (target.name === 'now' || target.unit === 'h') return undefined;
  return { text: value.text, next: builtinAfter(target) };
}

/** The reference to the day after; undefined where days are counted from the end of a month. */
function builtinAfter({ name, amount, unit }: DateTarget): string | undefined {
  if (amount !== 0 && unit !== 'd' && unit !== 'w') return undefined;
  const days = amount * (unit === 'w' ? 7 : 1) + 1;
  if (days === 1 && name === 'yesterday') return '{{$today}}';
  if (days === 1 && name === 'today') return '{{$tomorrow}}';
  return isInReach(days, 'd') ? dateReference(name, days) : undefined;
}

/** The operator that is meant, written as the API has it or as people do. */
export const dayOperatorOf = (operator: string | undefined): DayOperator | undefined => {
  const known = comparisonOf(operator ?? '') ?? synonymOf(operator ?? '');
  return isDayOperator(known) ? known : undefined;
};

/** The day of a condition whose date the API can’t read, such as `31/12/2026` or `today`, where it means the day and not its midnight. */
export function unreadableDay(
  { operator, value }: Pick<Comparison, 'operator' | 'value'>,
  type: FieldType | undefined,
): Day | undefined {
  if (value === undefined || value.references.length > 0 || value.prefix !== undefined || !value.closed)
    return undefined;
  if (!hasTimes(type) || dayOperatorOf(operator?.text) === undefined) return undefined;
  const builtin = value.form === 'quoted' ? undefined : builtinDayOf(value.text);
  if (builtin !== undefined) {
    const named = dayOf({ text: builtin, references: findReferences(builtin, 0, builtin.length) }, undefined);
    return named?.next === undefined ? undefined : named;
  }
  const day = dayOf(value, undefined);
  return day?.text === value.text ? undefined : day;
}

/** The operator and the text to write instead of the operator and of the text between the quotes of the value. */
export function wholeDayParts(
  field: string,
  operator: DayOperator,
  { text, next }: Day,
): { readonly operator: string; readonly text: string } | undefined {
  if (next === undefined) return undefined;
  const texts = { day: escaped(text), next: escaped(next) };
  const [[first, value], second] = MEANINGS[operator];
  const rest = second === undefined ? '' : `' ${joinOf(operator)} ${field} ${second[0]} '${texts[second[1]]}`;
  return { operator: first, text: texts[value] + rest };
}

const escaped = (text: string): string => quote(text).slice(1, -1);

/** The conditions for the whole day; undefined where the next day is not known. */
export function wholeDay(field: string, operator: DayOperator, { text, next }: Day): Chain | undefined {
  if (next === undefined) return undefined;
  const texts = { day: text, next };
  return chainOf(
    joinOf(operator),
    MEANINGS[operator].map(([op, date]) => `${field} ${op} ${quote(texts[date])}`),
  );
}
