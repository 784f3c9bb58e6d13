/** Filters of columns: their operators, their meaning, and which of them `$filter` can express. */
import { cellText } from '#core/results/table';
import { regularExpression } from '#core/text/regular-expression';
import { compareNumbers, type Numeric, numericOf, orderOf } from '#core/values/numbers';
import { exactTimeOf, wallTimeOf } from '#core/values/wall-time';
import type { ViewCondition, ViewField } from '../messages';
import { type Column, isDate, type Kind } from './columns';
import { booleanOf, voidOf } from './values';

export type Operator =
  | 'contains'
  | 'notContains'
  | 'eq'
  | 'ne'
  | 'startswith'
  | 'endswith'
  | 'regex'
  | 'notRegex'
  | 'lt'
  | 'le'
  | 'gt'
  | 'ge'
  | 'between'
  | 'in'
  | 'notIn'
  | 'empty'
  | 'notEmpty';

export interface Filter {
  readonly column: string;
  readonly operator: Operator;
  /** Texts as the API writes them; two for `between`, any number for `in` and `notIn`. */
  readonly values: readonly string[];
}

const TEXTS: readonly Operator[] = [
  'contains',
  'notContains',
  'eq',
  'ne',
  'startswith',
  'endswith',
  'regex',
  'notRegex',
  'empty',
  'notEmpty',
];
const AMOUNTS: readonly Operator[] = ['eq', 'ne', 'ge', 'le', 'gt', 'lt', 'between', 'empty', 'notEmpty'];

export function operatorsOf(kind: Kind): readonly Operator[] {
  if (kind === 'number' || isDate(kind)) return AMOUNTS;
  return kind === 'boolean' ? ['eq', 'empty', 'notEmpty'] : TEXTS;
}

/** Names an operator in words: dates are before or after, amounts less or more. */
export function operatorLabel(operator: Operator, kind: Kind): string {
  const dates: Partial<Record<Operator, string>> = {
    eq: 'is on',
    ne: 'is not on',
    lt: 'is before',
    le: 'is on or before',
    gt: 'is after',
    ge: 'is on or after',
  };
  const words: Readonly<Record<Operator, string>> = {
    contains: 'contains',
    notContains: 'does not contain',
    eq: 'is',
    ne: 'is not',
    startswith: 'starts with',
    endswith: 'ends with',
    regex: 'matches (regular expression)',
    notRegex: 'does not match (regular expression)',
    lt: 'is less than',
    le: 'is at most',
    gt: 'is more than',
    ge: 'is at least',
    between: 'is between',
    in: 'is one of',
    notIn: 'is none of',
    empty: 'has no value',
    notEmpty: 'has a value',
  };
  return (isDate(kind) ? dates[operator] : undefined) ?? words[operator];
}

/** Returns how many values an operator takes; `many` for any number. */
export function valuesOf(operator: Operator): 0 | 1 | 2 | 'many' {
  switch (operator) {
    case 'empty':
    case 'notEmpty':
      return 0;
    case 'between':
      return 2;
    case 'in':
    case 'notIn':
      return 'many';
    default:
      return 1;
  }
}

/** Returns a sentence on why a filter can't be used; undefined when it can. */
export function problemOf({ operator, values }: Filter, kind: Kind): string | undefined {
  if (operator === 'regex' || operator === 'notRegex') {
    const expression = regularExpression(values[0] ?? '');
    return expression.ok ? undefined : expression.problem;
  }
  if (valuesOf(operator) === 0 || valuesOf(operator) === 'many') return undefined;
  if (kind === 'number' && values.some((value) => numericOf(value) === undefined)) return 'Enter a number.';
  if (isDate(kind) && values.some((value) => Number.isNaN(wallTimeOf(value))))
    return 'Choose a date, or enter one like 2026-01-31.';
  return undefined;
}

export type Test = (value: unknown) => boolean;

/** Returns the test that a filter applies to a value. */
export function testOf(filter: Filter, kind: Kind): Test {
  const { operator, values } = filter;
  if (problemOf(filter, kind) !== undefined) return () => true;
  if (operator === 'empty') return (value) => voidOf(value) !== undefined;
  if (operator === 'notEmpty') return (value) => voidOf(value) === undefined;
  if (operator === 'in' || operator === 'notIn') {
    const wanted = new Set(values);
    return operator === 'in'
      ? (value) => wanted.has(cellText(value))
      : (value) => !wanted.has(cellText(value));
  }
  if (kind === 'number')
    return amountTest(
      operator,
      values.flatMap((value) => numericOf(value) ?? []),
      numericOf,
    );
  if (isDate(kind)) return dateTest(operator, values);
  if (kind === 'boolean') {
    const wanted = booleanOf(values[0]);
    return (value) => booleanOf(value) === wanted;
  }
  return textTest(operator, values[0] ?? '');
}

/** `read` returns undefined for a value that is no amount: it differs from all, and has no order. */
function amountTest(
  operator: Operator,
  [first, second]: readonly Numeric[],
  read: (value: unknown) => Numeric | undefined,
): Test {
  if (first === undefined) return () => true;
  const ordered = (holds: (order: number) => boolean, amount = first): Test => {
    return (value) => {
      const own = read(value);
      return own !== undefined && holds(compareNumbers(own, amount));
    };
  };
  switch (operator) {
    case 'eq':
      return ordered((order) => order === 0);
    case 'ne': {
      const same = ordered((order) => order === 0);
      return (value) => !same(value);
    }
    case 'lt':
      return ordered((order) => order < 0);
    case 'le':
      return ordered((order) => order <= 0);
    case 'gt':
      return ordered((order) => order > 0);
    case 'ge':
      return ordered((order) => order >= 0);
    case 'between': {
      const [low, high] =
        second === undefined || compareNumbers(first, second) < 0 ? [first, second] : [second, first];
      const [above, below] = [ordered((order) => order >= 0, low), ordered((order) => order <= 0, high)];
      return (value) => above(value) && below(value);
    }
    default:
      return () => true;
  }
}

const DAY = 86_400_000;

/** A day without a time means the whole day. */
function dateTest(operator: Operator, values: readonly string[]): Test {
  const whole = values.every((value) => value.length === 10);
  const read = (value: unknown) => {
    if (!whole) return exactTimeOf(value);
    const time = wallTimeOf(value);
    return Number.isNaN(time) ? undefined : Math.floor(time / DAY) * DAY;
  };
  return amountTest(
    operator,
    values.flatMap((value) => exactTimeOf(value) ?? []),
    read,
  );
}

function textTest(operator: Operator, wanted: string): Test {
  const low = wanted.toLowerCase();
  const lower = (value: unknown) => cellText(value).toLowerCase();
  switch (operator) {
    case 'contains':
      return (value) => lower(value).includes(low);
    case 'notContains':
      return (value) => !lower(value).includes(low);
    case 'eq':
      return (value) => lower(value) === low;
    case 'ne':
      return (value) => lower(value) !== low;
    case 'startswith':
      return (value) => lower(value).startsWith(low);
    case 'endswith':
      return (value) => lower(value).endsWith(low);
    case 'regex':
    case 'notRegex': {
      const expression = regularExpression(wanted, { ignoreCase: true });
      const want = operator === 'regex';
      return (value) => !expression.ok || expression.test(cellText(value)) === want;
    }
    default:
      return () => true;
  }
}

/** Describes a filter in one line: `Town is one of Lancaster, York`. */
export function describeFilter({ column, operator, values }: Filter, kind: Kind): string {
  const label =
    values.length === 1 && operator === 'in'
      ? 'is'
      : values.length === 1 && operator === 'notIn'
        ? 'is not'
        : operatorLabel(operator, kind);
  const shown = values.slice(0, 3).map((value) => (value === '' ? '(no value)' : value));
  const rest = values.length > 3 ? ` and ${values.length - 3} more` : '';
  return `${column} ${label} ${shown.join(operator === 'between' ? ' and ' : ', ')}${rest}`.trimEnd();
}

/**
 * Returns the filter for values that are ticked and not ticked, by the shorter list; undefined when all are ticked.
 * Where the list is not `whole`, a value that is not in it was not unticked either, and stays.
 */
export function filterOfTicks(
  column: string,
  ticked: readonly string[],
  unticked: readonly string[],
  whole: boolean,
): Filter | undefined {
  if (unticked.length === 0) return undefined;
  return whole && ticked.length <= unticked.length
    ? { column, operator: 'in', values: ticked }
    : { column, operator: 'notIn', values: unticked };
}

/** Adds a value to those that a column must or must not have, and returns all filters. */
export function withValue(
  filters: readonly Filter[],
  column: string,
  text: string,
  exclude: boolean,
): Filter[] {
  const operator: Operator = exclude ? 'notIn' : 'in';
  const others = filters.filter(
    (filter) => filter.column !== column || (exclude && filter.operator !== 'notIn'),
  );
  const before = exclude
    ? (filters.find((filter) => filter.column === column && filter.operator === 'notIn')?.values ?? [])
    : [];
  return [...others, { column, operator, values: [...new Set([...before, text])] }];
}

/** Returns the conditions that `$filter` can express, and the filters that it can't. */
export function toConditions(
  filters: readonly Filter[],
  columns: readonly Column[],
): { conditions: ViewCondition[]; left: Filter[] } {
  const conditions: ViewCondition[] = [];
  const left: Filter[] = [];
  for (const filter of filters) {
    const column = columns.find(({ name }) => name === filter.column);
    const made =
      column === undefined || !isFilterable(column.field) ? undefined : conditionsOf(filter, column);
    if (made === undefined) left.push(filter);
    else for (const condition of made) conditions.push(condition);
  }
  return { conditions, left };
}

const isFilterable = (field: ViewField | undefined) => field?.filterable !== false;

function conditionsOf({ column, operator, values }: Filter, { kind }: Column): ViewCondition[] | undefined {
  const [first = '', second = ''] = values;
  const one = (name: ViewCondition['operator'], value = first): ViewCondition => ({
    column,
    operator: name,
    value,
  });
  // The API can't compare with lists and nested values.
  if (kind === 'list' || kind === 'object') return undefined;
  switch (operator) {
    case 'eq':
      // The whole day, if the field has times.
      return kind === 'datetime' && first.length === 10
        ? [one('ge'), one('lt', nextDay(first))]
        : [one('eq')];
    case 'ne':
      return kind === 'datetime' && first.length === 10 ? undefined : [one('ne')];
    case 'le':
      return kind === 'datetime' && first.length === 10 ? [one('lt', nextDay(first))] : [one('le')];
    case 'gt':
      return kind === 'datetime' && first.length === 10 ? [one('ge', nextDay(first))] : [one('gt')];
    case 'lt':
    case 'ge':
    case 'contains':
    case 'startswith':
    case 'endswith':
      return first === '' ? undefined : [one(operator)];
    case 'between': {
      const [low = '', high = ''] = [first, second].sort(
        (a, b) => (kind === 'number' ? orderOf(a, b) : undefined) ?? (a < b ? -1 : 1),
      );
      return kind === 'datetime' && high.length === 10
        ? [one('ge', low), one('lt', nextDay(high))]
        : [one('ge', low), one('le', high)];
    }
    case 'in':
      return values.length === 1 && first !== '' ? [one('eq')] : undefined;
    case 'notIn':
      return values.includes('') ? undefined : values.map((value) => one('ne', value));
    case 'notContains':
    case 'regex':
    case 'notRegex':
    case 'empty':
    case 'notEmpty':
      return undefined;
  }
}

const nextDay = (day: string) => new Date(wallTimeOf(day) + DAY).toISOString().slice(0, 10);
