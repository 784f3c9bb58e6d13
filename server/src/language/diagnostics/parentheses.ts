/** `no-parentheses` with the rewritten filter, and `mixed-and-or`, which says how a filter without them is read. */
import {
  alternativesOf,
  alternativesText,
  MAX_CONDITIONS,
  withoutParentheses,
} from '../analysis/without-parentheses';
import type { BlockTree, Clause, FilterList, Group, Term } from '../syntax/nodes';
import type { Fix } from '../syntax/problems';
import { endOf } from '../text/span';
import type { Check, CheckContext } from './check';

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
      report('no-parentheses', group, `The API knows no parentheses for grouping. ${rewriting.message}`, {
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
      `The API knows no parentheses for grouping. The same without them: ${shorten(alternativesText(rewriting.alternatives))}`,
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

/** The comment lines inside the filter: they are the user's, and stay, after it. */
const commentsIn = (tree: BlockTree, filter: FilterList): string[] =>
  [...tree.text.slice(filter.offset, endOf(filter)).matchAll(/[\r\n]([ \t]*(?:#|\/\/)[^\r\n]*)/g)].map(
    ([, line]) => line ?? '',
  );

/** More requests than this help nobody. */
const MOST_REQUESTS = 20;

/** The request several times, each with as many alternatives as one filter can hold; a record may come in more than one. */
function splitFix(
  tree: BlockTree,
  clause: Clause,
  filter: FilterList,
  alternatives: readonly (readonly string[])[],
): Fix | undefined {
  const parts: (readonly string[])[][] = [[]];
  let size = 0;
  for (const conditions of alternatives) {
    if (conditions.length > MAX_CONDITIONS) return undefined;
    if (size + conditions.length > MAX_CONDITIONS) {
      parts.push([]);
      size = 0;
    }
    parts.at(-1)?.push(conditions);
    size += conditions.length;
  }
  if (parts.length > MOST_REQUESTS) return undefined;
  const filters = parts.map((part) => layOut(tree.text, clause, part));
  // Names and variables are the file's: the copies go without them.
  const kept = tree.items.filter(
    (item) =>
      item.kind !== 'separator' &&
      item.kind !== 'variable' &&
      !(item.kind === 'directive' && item.name.text === 'name'),
  );
  const title = tree.separator?.title.text || 'Part';
  const copies = filters.slice(1).map((text, index) => {
    const lines = kept.map((item) => {
      const inside = filter.offset >= item.offset && filter.offset < endOf(item);
      return inside
        ? tree.text.slice(item.offset, filter.offset) + text + tree.text.slice(endOf(filter), endOf(item))
        : tree.text.slice(item.offset, endOf(item));
    });
    return `### ${title} (${index + 2} of ${parts.length})\n${lines.join('').trimEnd()}\n`;
  });
  const end = tree.text.length;
  const gap = /[\r\n]$/.test(tree.text) ? '\n' : '\n\n';
  return {
    title: `Split into ${parts.length} requests`,
    edits: [
      { offset: filter.offset, length: filter.length, text: filters[0] ?? '' },
      { offset: end, length: 0, text: gap + copies.join('\n') },
    ],
  };
}

const shorten = (text: string) => (text.length > 160 ? `${text.slice(0, 157)}…` : text);

/** One line if it fits; else a line for each alternative, with `or` in front of the column of the first field. */
function layOut(source: string, clause: Clause, alternatives: readonly (readonly string[])[]): string {
  const text = alternativesText(alternatives);
  const lineStart =
    Math.max(
      source.lastIndexOf('\n', clause.valueSpan.offset - 1),
      source.lastIndexOf('\r', clause.valueSpan.offset - 1),
    ) + 1;
  const column = clause.valueSpan.offset - lineStart;
  if (clause.origin === 'address' || column + text.length <= 100) return text;
  return alternatives
    .map((conditions) => conditions.join(' and '))
    .join(`\n${' '.repeat(Math.max(1, column - 3))}or `);
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
