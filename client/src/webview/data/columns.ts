/** Columns and the kind of values that each holds. */
import type { ApiRecord } from '#core/results/read-page';
import { cellText, memberOf } from '#core/results/table';
import { ownValue } from '#core/text/names';
import { TYPE_NAMES } from '#core/text/type-names';
import { decimalsOf, shownDecimals } from '#core/values/decimal';
import { hasMembers, isNumber } from '#core/values/kind-of';
import { numericOf } from '#core/values/numbers';
import { fractionOf, wallTimeOf } from '#core/values/wall-time';
import type { ColumnKind } from '#language/vocabulary/groups';
import type { ViewField } from '../messages';
import { booleanOf, voidOf } from './values';

export type Kind = ColumnKind;

export interface Column {
  readonly name: string;
  readonly kind: Kind;
  readonly field?: ViewField;
  /** For numbers, the digits after the point; for times, those of the seconds. */
  readonly decimals: number;
  /** For times, whether seconds matter. */
  readonly seconds: boolean;
  /** In a table of groups: a label, or a figure; `rounded` ones, such as averages, show no more than `decimals`. */
  readonly grouped?: 'label' | 'exact' | 'rounded';
}

/** How many records decide the kind of a column. */
export const SAMPLE = 2000;

const DECLARED: Readonly<Record<string, Kind>> = {
  integer: 'number',
  decimal: 'number',
  boolean: 'boolean',
  datetime: 'datetime',
  date: 'date',
  list: 'list',
};

const KIND_WORDS: Readonly<Record<Kind, string>> = {
  text: TYPE_NAMES.string,
  number: TYPE_NAMES.decimal,
  boolean: TYPE_NAMES.boolean,
  date: TYPE_NAMES.date,
  datetime: TYPE_NAMES.datetime,
  list: TYPE_NAMES.list,
  object: 'nested record',
};

/** What a column holds, in words: the type of its field or, where that is not known, of its values. */
export const kindInWords = ({ kind, field }: Column): string =>
  field === undefined || field.type === 'unknown' ? KIND_WORDS[kind] : TYPE_NAMES[field.type];

/** Describes a column by the values of these records; metadata decides when there are none, and whether texts are numbers. */
export function describeColumn(
  name: string,
  records: readonly ApiRecord[],
  field: ViewField | undefined,
): Column {
  const declared = field === undefined ? undefined : ownValue(DECLARED, field.type);
  const values = records
    .slice(0, SAMPLE)
    .map((record) => memberOf(record, name))
    .filter((value) => voidOf(value) === undefined);
  const kind = kindOf(values, declared);
  const decimals = DECIMALS[kind];
  const most =
    decimals === undefined ? 0 : values.reduce<number>((sofar, each) => Math.max(sofar, decimals(each)), 0);
  return {
    name,
    kind,
    ...(field === undefined ? {} : { field }),
    decimals: kind === 'number' ? shownDecimals(most, field?.type === 'decimal') : most,
    seconds: kind === 'datetime' && values.some((value) => wallTimeOf(value) % 60_000 !== 0),
  };
}

function kindOf(values: readonly unknown[], declared: Kind | undefined): Kind {
  if (values.length === 0) return declared ?? 'text';
  const all = (test: (value: unknown) => boolean) => values.every(test);
  if (all(isNumber)) return 'number';
  if (all((value) => typeof value === 'boolean')) return 'boolean';
  if (all(Array.isArray)) return 'list';
  if (all(hasMembers)) return 'object';
  // Where metadata says that it has dates, one that does not exist is shown as it came; the others are dates.
  const isTime = (value: unknown) => !Number.isNaN(wallTimeOf(value));
  const dated = declared === 'date' || declared === 'datetime';
  if (dated ? values.some(isTime) && all((value) => typeof value === 'string') : all(isTime))
    return values.filter(isTime).every((value) => wallTimeOf(value) % 86_400_000 === 0) ? 'date' : 'datetime';
  if (declared === 'number' && all((value) => numericOf(value) !== undefined)) return 'number';
  if (declared === 'boolean' && all((value) => booleanOf(value) >= 0)) return 'boolean';
  return 'text';
}

const DECIMALS: { readonly [kind in Kind]?: (value: unknown) => number } = {
  number: (value) => decimalsOf(cellText(value)),
  datetime: (value) => (Number.isNaN(wallTimeOf(value)) ? 0 : fractionOf(value).length),
};

/** `CourseID`, `UserIDs` and the like point at another record; `ID` at this one. */
export const isLink = (name: string): boolean => /[a-z]I[Dd]s?$/.test(name);

export const isDate = (kind: Kind): boolean => kind === 'date' || kind === 'datetime';
