/** How the pieces of an expression are looked at, for its values. */
import type { SqlExpression, SqlPiece } from '../../syntax/sql/nodes';

const JOINS: ReadonlySet<string> = new Set(['and', 'or', 'not']);

/** True between two values that are compared, or beyond the first and the last one. */
export const isEdge = (piece: SqlPiece | undefined): boolean =>
  piece === undefined || (piece.kind === 'operator' && JOINS.has(piece.text));

/** A column or a string that stands alone on its side of a comparison. */
export const stands = (pieces: readonly SqlPiece[], from: number, to: number): boolean =>
  isEdge(pieces[from - 1]) && isEdge(pieces[to + 1]);

/** The pieces of one side of a comparison: from the operator to the next edge. */
export function sideOf(pieces: readonly SqlPiece[], index: number, step: 1 | -1): readonly SqlPiece[] {
  let end = index + step;
  while (end >= 0 && end < pieces.length && !isEdge(pieces[end])) end += step;
  return step === 1 ? pieces.slice(index + 1, end) : pieces.slice(end + 1, index);
}

/** The only piece of an expression. */
export const onlyPiece = (expression: SqlExpression | undefined): SqlPiece | undefined =>
  expression?.pieces.length === 1 ? expression.pieces[0] : undefined;
