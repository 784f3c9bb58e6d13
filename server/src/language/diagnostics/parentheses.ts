/** `no-parentheses` with the rewritten filter, and `mixed-and-or`, which explains how a filter without them is read. */
import { alternativesOf, alternativesText, withoutParentheses } from '../analysis/without-parentheses';
import type { BlockTree, Clause, FilterList, Group, Term } from '../syntax/nodes';
import { endOf } from '../text/span';
import type { Check, CheckContext } from './check';
import { layOut, splitFix } from './split';

export const checkParentheses: Check = (context) => {
  for (const clause of context.model.tree.clauses) {
    if (clause.value.kind !== 'filter') continue;
    const groups = clause.value.filter.terms.flatMap(outermostGroups);
    if (groups.length > 0) reportGroups(context, clause, clause.value.filter, groups);
    else checkMixed(context, clause.value.filter);
  }
};

function outermostGroups(term: Term): Group[] {
  if (term.kind === 'group') return [term];
  return term.kind === 'not' && term.operand !== undefined ? outermostGroups(term.operand) : [];
}

function reportGroups(
  { model, report }: CheckContext,
  clause: Clause,
  filter: FilterList,
  groups: readonly Group[],
): void {
  const rewriting = withoutParentheses(filter);
  for (const group of groups.filter((each) => each.filter.terms.length > 0)) {
    if (!rewriting.ok) {
      const split =
        rewriting.alternatives === undefined
          ? undefined
          : splitFix(model.tree, clause, filter, rewriting.alternatives);
      report('no-parentheses', group, `The API has no parentheses for grouping. ${rewriting.message}`, {
        fixes: split === undefined ? [] : [split],
      });
      continue;
    }
    const comments = commentsIn(model.tree, filter);
    const text =
      layOut(model.tree.text, clause, rewriting.alternatives) +
      comments.map((comment) => `\n${comment}`).join('');
    report(
      'no-parentheses',
      group,
      `The API has no parentheses for grouping. The same without them: ${shorten(alternativesText(rewriting.alternatives))}`,
      {
        fixes: [
          {
            title: 'Rewrite without parentheses',
            preferred: true,
            edits: [{ offset: filter.offset, length: filter.length, text }],
          },
        ],
      },
    );
  }
}

/** The user's comment lines inside the filter: they are kept, after it. */
const commentsIn = (tree: BlockTree, filter: FilterList): string[] =>
  [...tree.text.slice(filter.offset, endOf(filter)).matchAll(/[\r\n]([ \t]*(?:#|\/\/)[^\r\n]*)/g)].map(
    ([, line]) => line ?? '',
  );

const shorten = (text: string) => (text.length > 160 ? `${text.slice(0, 157)}…` : text);

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
    `“and” binds tighter than “or”. This is read as ${shorten(shape)}.`,
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
    case 'group':
    case 'not':
    case 'bad':
    case undefined:
      return '…';
  }
}
