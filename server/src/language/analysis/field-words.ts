/** Where a request names fields: in its clauses, and the members of its body. */
import type { BlockTree, Body, ClauseValue, FilterList, Term, Word } from '../syntax/nodes';
import { endOf, type Span, textOf } from '../text/span';
import { bodyTree } from './body-tree';

/** A name as written, and its place. */
export interface FieldWord extends Span {
  readonly text: string;
}

/** Offsets are relative to the block. Names that a variable supplies are left out. */
export function fieldWords({ clauses, body }: BlockTree): FieldWord[] {
  return [...clauses.flatMap(({ value }) => inClause(value)), ...(body === undefined ? [] : inBody(body))];
}

function inClause(value: ClauseValue): Word[] {
  switch (value.kind) {
    case 'filter':
      return inFilter(value.filter);
    case 'fields':
    case 'order':
      return value.items.flatMap(({ field }) => field ?? []);
    case 'plain':
      return [];
  }
}

/** Not recursive: parentheses may be nested deeply. */
function inFilter(filter: FilterList): Word[] {
  const found: Word[] = [];
  const waiting: Term[] = [...filter.terms].reverse();
  for (let term = waiting.pop(); term !== undefined; term = waiting.pop()) {
    if ('field' in term) found.push(term.field);
    if (term.kind === 'function')
      for (const { word } of term.arguments) if (word !== undefined) found.push(word);
    if (term.kind === 'not' && term.operand !== undefined) waiting.push(term.operand);
    if (term.kind === 'group') for (const each of term.filter.terms.toReversed()) waiting.push(each);
  }
  return found;
}

function inBody({ json, content }: Body): FieldWord[] {
  const root = bodyTree(json)?.root;
  if (root?.type !== 'object') return [];
  return (root.children ?? []).flatMap(({ children: [name] = [] }) =>
    name === undefined
      ? []
      : [
          {
            text: textOf(json, { offset: name.offset + 1, length: Math.max(0, name.length - 2) }),
            offset: content.offset + name.offset,
            length: endOf(name) - name.offset,
          },
        ],
  );
}
