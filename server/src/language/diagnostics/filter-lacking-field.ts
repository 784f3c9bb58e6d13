/** `missing-operator` for a condition that begins with its operator: `StartDate after today and before next month`. */
import type { FilterMeaning } from '../analysis/filter-meaning';
import type { Comparison, Value } from '../syntax/nodes';
import { comparisonOf, synonymOf } from '../vocabulary/filter-words';
import type { CheckContext } from './check';
import { proposal, rewritingFixes, rewritten, type TermPlace } from './rewriting';

/** `StartDate after today and before next month`: a condition begins with its operator. */
export function lacksField(context: CheckContext, term: Comparison, place: TermPlace): boolean {
  const { field, operator, value } = term;
  const { list, index, meaning } = place;
  if (operator !== undefined || value === undefined || !meaning.knowsFields) return false;
  if (field.references.length + value.references.length > 0 || firstField(field.text, meaning)) return false;
  const before = list.terms[index - 1];
  const parts = operatorFirst(field.text, value);
  if (index < 1 || parts === undefined || before?.kind !== 'comparison') return false;
  if (before.operator === undefined || meaning.field(before.field.text) === undefined) return false;
  const whole: Comparison = {
    ...term,
    field: before.field,
    operator: { ...field, text: parts.operator },
    value: parts.value,
  };
  const rewriting = rewritten(whole, meaning);
  context.report(
    'missing-operator',
    term,
    `Each condition has a field of its own: name ${before.field.text} again.${proposal(rewriting)}`,
    { fixes: rewritingFixes(context, term, place, rewriting) },
  );
  return true;
}

const firstField = (text: string, meaning: FilterMeaning): boolean =>
  meaning.field(text.split(' ', 1)[0] ?? text) !== undefined;

/** `before 1 May` and `less than 5`, of which the parser has taken the first word for a field. */
function operatorFirst(
  first: string,
  value: Value,
): { readonly operator: string; readonly value: Value } | undefined {
  const behind = value.form === 'text' ? value.text.split(' ') : [];
  for (let count = Math.min(behind.length - 1, MOST_OPERATOR_WORDS); count >= 0; count--) {
    const operator = [first, ...behind.slice(0, Math.max(count, 0))].join(' ');
    if (comparisonOf(operator) === undefined && comparisonOf(synonymOf(operator) ?? '') === undefined)
      continue;
    return {
      operator,
      value: count === 0 ? value : { ...value, text: behind.slice(count).join(' '), written: undefined },
    };
  }
  const isOne = behind.length === 0 && comparisonOf(synonymOf(first) ?? '') !== undefined;
  return isOne ? { operator: first, value } : undefined;
}

/** More words than an operator has behind its first one. */
const MOST_OPERATOR_WORDS = 5;
