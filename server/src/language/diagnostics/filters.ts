/** Each condition of `$filter` and `$upsert`, by its kind. */
import type { FilterList, Term } from '../syntax/nodes';
import type { Check, CheckContext } from './check';
import { checkComparison } from './filter-comparison';
import { checkFunction } from './filter-function';
import { checkUnsupported } from './filter-unsupported';

export const checkFilters: Check = (context) => {
  for (const clause of context.model.tree.clauses) {
    if (clause.value.kind === 'filter') checkList(context, clause.value.filter);
  }
};

function checkList(context: CheckContext, list: FilterList): void {
  for (const term of list.terms) checkTerm(context, term);
}

function checkTerm(context: CheckContext, term: Term): void {
  switch (term.kind) {
    case 'comparison':
      checkComparison(context, term);
      return;
    case 'function':
      checkFunction(context, term);
      return;
    case 'group':
      checkList(context, term.filter);
      return;
    case 'not':
      checkUnsupported(context, term);
      if (term.operand !== undefined && term.operand.kind !== 'in') checkTerm(context, term.operand);
      return;
    case 'in':
    case 'between':
      checkUnsupported(context, term);
      return;
    case 'opaque':
    case 'bad':
      return;
  }
}
