/** Growing selections: the word, its condition, the clause, the request, the file. */
import type { Node } from 'jsonc-parser';
import { bodyTree } from '../analysis/body-tree';
import type { FilterList, Sql, Term } from '../syntax/nodes';
import type { SourceFile } from '../syntax/source-file';
import { sqlTreeOf } from '../syntax/sql/parser';
import { between, endOf, shift, type Span, touches } from '../text/span';

/** Spans of the file from small to large, each within the next. */
export function selections(file: SourceFile, offset: number): Span[] {
  const block = file.blockAt(offset);
  const { tree } = block;
  const at = offset - block.offset;
  const found: Span[] = [{ offset: 0, length: tree.text.length }];
  const visit = (where: Span) => {
    if (touches(where, at)) found.push(where);
  };
  const text = tree.text.trimEnd();
  visit({ offset: 0, length: text.length });
  for (const item of tree.items)
    if (at >= item.offset && at < item.offset + item.length)
      visit({
        offset: item.offset,
        length: tree.text.slice(item.offset, item.offset + item.length).trimEnd().length,
      });
  if (tree.request !== undefined) {
    visit(tree.request.target);
    visit(tree.request.target.module);
  }
  for (const clause of tree.clauses) {
    visit(clause);
    visit(clause.valueSpan);
    if (clause.value.kind === 'filter') visitFilter(clause.value.filter, visit);
    if (clause.value.kind !== 'plain') {
      for (const token of clause.value.tokens) {
        visit(token);
        if (token.kind === 'string')
          visit({
            offset: token.offset + 1,
            length: Math.max(0, token.length - (token.closed === true ? 2 : 1)),
          });
      }
    }
  }
  if (tree.sql !== undefined) visitSql(tree.sql, visit);
  if (tree.body !== undefined) {
    const root = bodyTree(tree.body.json)?.root;
    if (root !== undefined) visitJson(root, tree.body.content.offset, visit);
  }
  for (const reference of tree.references) {
    visit(reference);
    visit(reference.inner);
  }
  const sorted = found.sort((a, b) => a.length - b.length || b.offset - a.offset);
  const nested: Span[] = [];
  for (const each of sorted) {
    const inner = nested.at(-1);
    if (
      inner === undefined ||
      (each.length > inner.length &&
        each.offset <= inner.offset &&
        each.offset + each.length >= inner.offset + inner.length)
    )
      nested.push(each);
  }
  return [...nested.map((each) => shift(each, block.offset)), { offset: 0, length: file.length }];
}

/** From the word to the statement: columns, calls, parentheses, clauses, queries. */
function visitSql(sql: Sql, visit: (where: Span) => void): void {
  visit(sql);
  const tree = sqlTreeOf(sql);
  for (const token of sql.tokens) {
    visit(token);
    if (token.kind === 'string')
      visit({ offset: token.offset + 1, length: Math.max(0, token.length - (token.closed ? 2 : 1)) });
  }
  for (const query of tree.queries) {
    visit(query);
    for (const clause of query.clauses) visit(clause);
    for (const { name, query: own } of query.ctes)
      if (own !== undefined) visit(between(name.offset, endOf(own)));
  }
  for (const core of tree.cores) {
    visit(core);
    for (const clause of core.clauses) visit(clause);
    for (const result of core.results) visit(result);
  }
  for (const source of tree.sources) visit(source);
  for (const expression of tree.expressions) {
    visit(expression);
    for (const piece of expression.pieces) visit(piece);
  }
  for (const { parentheses } of tree.calls) visit(parentheses);
}

function visitJson(node: Node, start: number, visit: (where: Span) => void): void {
  visit({ offset: start + node.offset, length: node.length });
  if (node.type === 'string')
    visit({ offset: start + node.offset + 1, length: Math.max(0, node.length - 2) });
  for (const child of node.children ?? []) visitJson(child, start, visit);
}

function visitFilter(list: FilterList, visit: (where: Span) => void): void {
  visit(list);
  for (const term of list.terms) visitTerm(term, visit);
}

function visitTerm(term: Term, visit: (where: Span) => void): void {
  visit(term);
  if (term.kind === 'group') visitFilter(term.filter, visit);
  if (term.kind === 'not' && term.operand !== undefined) visitTerm(term.operand, visit);
}
