/** Comparisons with a stretch of time. */
import type { FieldType } from '../catalog/catalog';
import type { Comparison, Word } from '../syntax/nodes';
import { comparisonOf, type ComparisonOperator, synonymOf } from '../vocabulary/filter-words';
import { type Period, periodOf } from '../vocabulary/periods';
import { and, compared, type Logic, or } from './filter-logic';
import type { Stretch } from './foreign-dates';
import { quote } from './print-filter';

/** A comparison with a stretch of time, whose end is not part of it. */
export function within(
  field: Word | undefined,
  operator: ComparisonOperator,
  { from, to }: Stretch,
): Logic | undefined {
  if (field === undefined) return undefined;
  const at = (op: ComparisonOperator, text: string) => compared(field.text, op, quote(text));
  switch (operator) {
    case 'eq':
      return and([at('ge', from), at('lt', to)]);
    case 'ne':
      return or([at('lt', from), at('ge', to)]);
    case 'lt':
      return at('lt', from);
    case 'le':
      return at('lt', to);
    case 'gt':
      return at('ge', to);
    case 'ge':
      return at('ge', from);
  }
}

/** The stretch of time that a condition compares with, where its field may hold dates. */
export function periodIn(
  { value }: Pick<Comparison, 'value'>,
  type: FieldType | undefined,
): Period | undefined {
  if (value === undefined || value.references.length > 0 || value.prefix !== undefined || !value.closed)
    return undefined;
  const isDate = type === 'datetime' || type === 'date';
  const mayBe = isDate || ((type === undefined || type === 'unknown') && value.form === 'text');
  // What can be a day is none, and without the type a number or a month in digits may be anything.
  return mayBe && (isDate || /[a-z]/i.test(value.text)) ? periodOf(value.text) : undefined;
}

/** The condition for a stretch of time: without an operator, or with `in`, it means to be in it. */
export function inPeriod(
  field: Word,
  operator: Word | undefined,
  { from, to, sure, only }: Period,
): Logic | undefined {
  const written = operator?.text ?? 'eq';
  const isIn = /^(?:(?:is )?(?:in|during)|eq|=+)$/i.test(written);
  const known = isIn ? 'eq' : (comparisonOf(written) ?? comparisonOf(synonymOf(written) ?? ''));
  // Nothing is in the moment in which a stretch ends.
  const isMoment = from === to && (known === 'eq' || known === 'ne');
  if (known === undefined || isMoment) return undefined;
  const found =
    only !== undefined
      ? atEnd(field, endComparison(known, only), to)
      : from !== undefined && to !== undefined
        ? within(field, known, { from, to })
        : openEnded(field, known, from, to);
  return found === undefined || sure ? found : unsure(found);
}

/**
 * The comparison with the first moment after a stretch of which only the end is meant: not to be later than its last day is to
 * be before what follows. Undefined where there is none: the last day itself has no name that stays right.
 */
export function endComparison(operator: string, only: NonNullable<Period['only']>): 'lt' | 'ge' | undefined {
  if (operator === 'le' || (operator === 'lt' && only === 'end')) return 'lt';
  return operator === 'gt' ? 'ge' : undefined;
}

const atEnd = (field: Word, operator: 'lt' | 'ge' | undefined, to?: string): Logic | undefined =>
  operator === undefined || to === undefined ? undefined : compared(field.text, operator, quote(to));

const openEnded = (
  field: Word,
  operator: ComparisonOperator,
  from?: string,
  to?: string,
): Logic | undefined => {
  if (operator !== 'eq') return undefined;
  return from === undefined
    ? compared(field.text, 'lt', quote(to ?? ''))
    : compared(field.text, 'ge', quote(from));
};

const unsure = (logic: Logic): Logic =>
  logic.kind === 'leaf' ? { ...logic, sure: false } : { ...logic, parts: logic.parts.map(unsure) };
