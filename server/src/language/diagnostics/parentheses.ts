/** `no-parentheses` with the rewritten filter, and `mixed-and-or`, which explains how a filter without them is read. */
import { takesGroups, takesNegation } from '../analysis/dialect';
import { type FilterMeaning, filterMeaning } from '../analysis/filter-meaning';
import { chainText, joiningMessage, readingOf } from '../analysis/joining';
import { shapeOf } from '../analysis/joining-words';
import { withoutParentheses } from '../analysis/without-parentheses';
import type { Traits } from '../catalog/traits';
import type { Clause, FilterList, Group } from '../syntax/nodes';
import { endOf } from '../text/span';
import { type Check, type CheckContext, replace } from './check';
import { shorten, wholeFix } from './rewriting';
import { splitFix } from './split';

/** More text than a message can hold. */
const MOST = 160;

export const checkParentheses: Check = (context) => {
  for (const clause of context.model.tree.clauses) {
    if (clause.value.kind !== 'filter') continue;
    const found: Found = { refused: [], read: [], open: [] };
    collect(clause.value.filter, context.model.traits, found);
    if (found.refused.length > 0)
      reportGroups(context, clause, clause.value.filter, found.refused, filterMeaning(context));
    else for (const list of found.read) checkMixed(context, list);
    for (const group of found.open) reportOpen(context, group);
  }
};

interface Found {
  /** Parentheses that the platform does not read. */
  readonly refused: Group[];
  /** The filter, and what stands in parentheses that the platform reads. */
  readonly read: FilterList[];
  /** Parentheses that the platform reads, but that are not closed. */
  readonly open: Group[];
}

/** A `not` that the platform does not read has a message of its own, for what it turns round, too. */
function collect(list: FilterList, traits: Traits, found: Found): void {
  found.read.push(list);
  for (const term of list.terms) {
    const group = term.kind === 'not' && takesNegation(term, traits) ? term.operand : term;
    if (group?.kind !== 'group') continue;
    if (group.call !== undefined || (group === term && !takesGroups(traits))) found.refused.push(group);
    else {
      if (group.close === undefined) found.open.push(group);
      collect(group.filter, traits, found);
    }
  }
}

function reportOpen({ report }: CheckContext, group: Group): void {
  report('bad-arguments', { offset: group.open, length: 1 }, 'Close the parenthesis.', {
    fixes: [replace({ offset: endOf(group), length: 0 }, ')', 'Insert “)”')],
  });
}

function reportGroups(
  { model, report }: CheckContext,
  clause: Clause,
  filter: FilterList,
  groups: readonly Group[],
  meaning: FilterMeaning,
): void {
  const rewriting = withoutParentheses(filter, meaning);
  const call = groups.find((each) => each.call !== undefined)?.call;
  const what =
    call === undefined
      ? 'The API has no parentheses for grouping.'
      : `The API has no ${call.text}(…). Write “${call.text.toLowerCase()}” between the conditions.`;
  if (!rewriting.ok && rewriting.inside) return;
  const message = rewriting.ok
    ? `${what} The same without them: ${shorten(chainText(rewriting.chain), MOST)}`
    : `${what} ${rewriting.message}`;
  // As long as the filter: one for all groups.
  const fixes = rewriting.ok
    ? [wholeFix(model.tree, clause, filter, rewriting, 'Rewrite without parentheses')]
    : splitFix(model.tree, clause, filter, rewriting.alternatives, model.traits);
  for (const group of groups.filter((each) => each.filter.terms.length > 0))
    report('no-parentheses', group, message, { fixes });
}

function checkMixed({ model, report }: CheckContext, filter: FilterList): void {
  const ops = new Set(filter.joins.map((join) => join.op));
  const first = filter.terms[0];
  const last = filter.terms.at(-1);
  if (ops.size < 2 || first === undefined || last === undefined) return;
  const where = filter.joins.find((join) => join.op === 'or') ?? filter;
  const shape = shorten(shapeOf(readingOf(filter, model.traits)), MOST);
  report(
    'mixed-and-or',
    { offset: where.offset, length: Math.min(endOf(last), endOf(where)) - where.offset },
    joiningMessage(shape, model.traits),
  );
}
