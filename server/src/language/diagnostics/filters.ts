/** Each condition of `$filter` and `$upsert`, by its kind. */
import { filterMeaning } from '../analysis/filter-meaning';
import { type Rewriting, withoutParentheses } from '../analysis/without-parentheses';
import type { Term } from '../syntax/nodes';
import { endsStep } from '../text/steps';
import type { CheckContext, LongCheck } from './check';
import { checkComparison } from './filter-comparison';
import { checkForeign } from './filter-foreign';
import { checkFunction } from './filter-function';
import { checkNegatedPhrase } from './filter-phrase';
import { checkUnsupported } from './filter-unsupported';
import type { TermPlace } from './rewriting';
import { checkNegatedValue } from './value-alone';

export const checkFilters: LongCheck = function* (context) {
  const meaning = filterMeaning(context);
  for (const clause of context.model.tree.clauses) {
    if (clause.value.kind !== 'filter') continue;
    const { filter } = clause.value;
    let known: Rewriting | undefined;
    const whole = () => (known ??= withoutParentheses(filter, meaning));
    const told = new Set<Term>();
    for (const [index, term] of filter.terms.entries()) {
      checkTerm(context, term, { clause, filter, list: filter, index, meaning, whole, told });
      if (endsStep(index)) yield;
    }
  }
};

function checkList(context: CheckContext, place: TermPlace): void {
  for (const [index, term] of place.list.terms.entries()) checkTerm(context, term, { ...place, index });
}

function checkTerm(context: CheckContext, term: Term, place: TermPlace): void {
  if (place.told.has(term)) return;
  switch (term.kind) {
    case 'comparison':
      checkComparison(context, term, place);
      return;
    case 'function':
      checkFunction(context, term, place);
      return;
    case 'foreign':
      checkForeign(context, term, place);
      return;
    case 'group':
      checkList(context, { ...place, list: term.filter });
      return;
    case 'not':
      if (checkNegatedPhrase(context, term, place) || checkNegatedValue(context, term, place)) return;
      checkUnsupported(context, term, place);
      if (term.operand !== undefined) checkTerm(context, term.operand, { ...place, index: -1 });
      return;
    case 'in':
    case 'between':
      checkUnsupported(context, term, place);
      return;
    case 'opaque':
    case 'bad':
      return;
  }
}
