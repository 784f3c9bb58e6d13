/** `unsupported-filter`: `not`, `in`, `between`, with what to write instead. */
import { alternativesText, withoutParentheses } from '../analysis/without-parentheses';
import type { Membership, Negation, Range, Term, Word } from '../syntax/nodes';
import { comparisonOf, functionOf } from '../vocabulary/filter-words';
import type { CheckContext } from './check';
import { replace } from './check';
import { checkFilterField } from './filter-comparison';
import { splitFix } from './split';
import { checkValueOf } from './values';

export function checkUnsupported(context: CheckContext, term: Negation | Membership | Range): void {
  const keyword: Word = term.kind === 'not' ? term.keyword : term.operator;
  const rewriting = withoutParentheses({
    kind: 'filter-list',
    offset: term.offset,
    length: term.length,
    terms: [term],
    joins: [],
  });
  // In `ne ('a','b')` the operator is the API’s, but the list after it is not.
  const what =
    term.kind === 'in' && (comparisonOf(keyword.text) ?? functionOf(keyword.text)) !== undefined
      ? `The API allows no list of values after “${keyword.text}”.`
      : `The API has no “${keyword.text}”.`;
  if (!rewriting.ok) {
    const clause = clauseOf(context, term);
    const whole = clause?.value.kind === 'filter' ? withoutParentheses(clause.value.filter) : undefined;
    const split =
      clause?.value.kind === 'filter' && whole?.ok === false && whole.alternatives !== undefined
        ? splitFix(context.model.tree, clause, clause.value.filter, whole.alternatives)
        : undefined;
    context.report('unsupported-filter', keyword, `${what} ${rewriting.message}`, {
      fixes: split === undefined ? [] : [split],
    });
  } else {
    const better = alternativesText(rewriting.alternatives);
    const splits = rewriting.alternatives.length > 1;
    const where: Term = term;
    // Several alternatives next to other conditions need the whole filter rewritten.
    const alone = !splits || isWholeFilter(context, term);
    context.report('unsupported-filter', keyword, `${what} Write ${shorten(better)}.`, {
      fixes: alone
        ? [replace(where, better, `Rewrite to ${shorten(better)}`)]
        : wholeFilterFix(context, term),
    });
  }
  if (term.kind === 'not') return;
  const field = checkFilterField(context, term.field);
  for (const value of term.kind === 'in' ? term.values : [term.low, term.high])
    checkValueOf(context, value, field);
}

const shorten = (text: string) => (text.length > 80 ? `${text.slice(0, 77)}…` : text);

function clauseOf({ model }: CheckContext, term: Term) {
  return model.tree.clauses.find(
    (clause) =>
      clause.value.kind === 'filter' &&
      term.offset >= clause.offset &&
      term.offset < clause.offset + clause.length,
  );
}

function isWholeFilter(context: CheckContext, term: Term): boolean {
  const value = clauseOf(context, term)?.value;
  return value?.kind === 'filter' && value.filter.terms.length === 1 && value.filter.terms[0] === term;
}

function wholeFilterFix(context: CheckContext, term: Term) {
  const value = clauseOf(context, term)?.value;
  if (value?.kind !== 'filter') return [];
  const whole = withoutParentheses(value.filter);
  return whole.ok ? [replace(value.filter, alternativesText(whole.alternatives), 'Rewrite the filter')] : [];
}
