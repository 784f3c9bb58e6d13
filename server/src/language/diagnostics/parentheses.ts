/** `no-parentheses` with the rewritten filter, and `mixed-and-or`, which explains how a filter without them is read. */
import { type FilterMeaning, filterMeaning } from '../analysis/filter-meaning';
import { alternativesOf, alternativesText, withoutParentheses } from '../analysis/without-parentheses';
import type { Clause, FilterList, Group, Term } from '../syntax/nodes';
import { endOf } from '../text/span';
import type { Check, CheckContext } from './check';
import { shorten, wholeFix } from './rewriting';
import { splitFix } from './split';

/** More text than a message can hold. */
const MOST = 160;

export const checkParentheses: Check = (context) => {
  for (const clause of context.model.tree.clauses) {
    if (clause.value.kind !== 'filter') continue;
    const groups = clause.value.filter.terms.flatMap(groupOf);
    if (groups.length > 0) reportGroups(context, clause, clause.value.filter, groups, filterMeaning(context));
    else checkMixed(context, clause.value.filter);
  }
};

/** The group of a `not` belongs to it, and has its message. */
const groupOf = (term: Term): Group[] => (term.kind === 'group' ? [term] : []);

function reportGroups(
  { model, report }: CheckContext,
  clause: Clause,
  filter: FilterList,
  groups: readonly Group[],
  meaning: FilterMeaning,
): void {
  const rewriting = withoutParentheses(filter, meaning);
  const what = 'The API has no parentheses for grouping.';
  for (const group of groups.filter((each) => each.filter.terms.length > 0)) {
    if (rewriting.ok) {
      const text = shorten(alternativesText(rewriting.alternatives), MOST);
      report('no-parentheses', group, `${what} The same without them: ${text}`, {
        fixes: [wholeFix(model.tree, clause, filter, rewriting, 'Rewrite without parentheses')],
      });
    } else if (!rewriting.inside) {
      const split =
        rewriting.alternatives === undefined
          ? undefined
          : splitFix(model.tree, clause, filter, rewriting.alternatives);
      report('no-parentheses', group, `${what} ${rewriting.message}`, {
        fixes: split === undefined ? [] : [split],
      });
    }
  }
}

function checkMixed({ report }: CheckContext, filter: FilterList): void {
  const ops = new Set(filter.joins.map((join) => join.op));
  const first = filter.terms[0];
  const last = filter.terms.at(-1);
  if (ops.size < 2 || first === undefined || last === undefined) return;
  const where = filter.joins.find((join) => join.op === 'or') ?? filter;
  const shape = alternativesOf(filter)
    .map((terms) => (terms.length === 1 ? name(terms[0]) : `(${terms.map(name).join(' and ')})`))
    .join(' or ');
  report(
    'mixed-and-or',
    { offset: where.offset, length: Math.min(endOf(last), endOf(where)) - where.offset },
    `“and” binds tighter than “or”. This is read as ${shorten(shape, MOST)}.`,
  );
}

function name(term: Term | undefined): string {
  switch (term?.kind) {
    case 'comparison':
    case 'in':
    case 'between':
      return term.field.text;
    case 'function':
      return term.arguments[0]?.word?.text ?? term.name.text;
    case 'opaque':
      return term.word.text;
    case 'foreign':
    case 'group':
    case 'not':
    case 'bad':
    case undefined:
      return '…';
  }
}
