/** Signature help in `contains(field,'text')` and the other functions. */
import { filterPosition } from '../analysis/filter-position';
import type { BlockTree } from '../syntax/nodes';
import { touches } from '../text/span';
import { FUNCTIONS } from '../vocabulary/filter-words';
import { functionOf } from '../vocabulary/filter-words';
import type { Signature } from './answers';
import { signatureInSql } from './sql/signature';

/** `offset` is relative to the block. */
export function signature(tree: BlockTree, offset: number): Signature | undefined {
  if (tree.sql !== undefined) return signatureInSql(tree.sql, tree.text, offset);
  const clause = tree.clauses.find((each) => each.value.kind === 'filter' && touches(each, offset));
  if (clause?.value.kind !== 'filter') return undefined;
  const { call, argument } = filterPosition(clause.value.tokens, offset);
  const name = call === undefined ? undefined : functionOf(call.text);
  const open = clause.value.tokens.find(
    (token) => token.kind === '(' && call !== undefined && token.offset >= call.offset + call.length,
  );
  if (name === undefined || open === undefined || offset <= open.offset) return undefined;
  return {
    label: `${name}(field,'text')`,
    documentation: `True where the field ${FUNCTIONS[name].meaning}.`,
    parameters: [
      { label: 'field', documentation: 'A field that holds text.' },
      {
        label: "'text'",
        documentation: 'What to look for, in single quotes. A quote in it is written twice.',
      },
    ],
    activeParameter: Math.min(argument, 1),
  };
}
