/** Columns of a SQL statement, and the literals to which they are to be equal: `a = 'x'`, `'x' <> a`, `a in ('x', 'y')`. */
import type { SqlColumnWord, SqlPiece, SqlTree } from '../../syntax/sql/nodes';
import type { SqlToken } from '../../syntax/sql/tokens';
import { EQUALS } from '../../vocabulary/sql-keywords';
import { stands } from './pieces';

export interface SqlEquality {
  readonly column: SqlColumnWord;
  /** A string, a number, or a variable outside quotes. */
  readonly literal: SqlToken;
}

const EQUAL: ReadonlySet<string> = new Set([...EQUALS, 'is', 'is not']);
const LITERALS: ReadonlySet<SqlToken['kind']> = new Set(['string', 'number', 'variable']);

export function sqlEqualities({ expressions }: SqlTree): SqlEquality[] {
  const found: SqlEquality[] = [];
  const add = (column: SqlPiece | undefined, other: SqlPiece | undefined) => {
    if (column?.kind === 'column' && other?.kind === 'literal' && LITERALS.has(other.token.kind))
      found.push({ column, literal: other.token });
  };
  for (const { pieces } of expressions)
    for (const [index, operator] of pieces.entries()) {
      if (operator.kind !== 'operator') continue;
      const [left, right] = [pieces[index - 1], pieces[index + 1]];
      if (EQUAL.has(operator.text) && stands(pieces, index - 1, index + 1)) {
        add(left, right);
        add(right, left);
      } else if (/^(?:not )?in$/.test(operator.text) && right?.kind === 'group')
        for (const { pieces: list } of right.expressions) if (list.length === 1) add(left, list[0]);
    }
  return found;
}
