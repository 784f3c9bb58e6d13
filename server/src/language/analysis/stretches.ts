/** Comparisons with a stretch of time. */
import type { Word } from '../syntax/nodes';
import type { ComparisonOperator } from '../vocabulary/filter-words';
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
