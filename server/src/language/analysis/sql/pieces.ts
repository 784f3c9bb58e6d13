/** How the pieces of an expression are looked at, for its values. */
import type { SqlPiece } from '../../syntax/sql/nodes';

const JOINS: ReadonlySet<string> = new Set(['and', 'or', 'not']);

/** True between two values that are compared, or beyond the first and the last one. */
export const isEdge = (piece: SqlPiece | undefined): boolean =>
  piece === undefined || (piece.kind === 'operator' && JOINS.has(piece.text));

/** A column or a string that stands alone on its side of a comparison. */
export const stands = (pieces: readonly SqlPiece[], from: number, to: number): boolean =>
  isEdge(pieces[from - 1]) && isEdge(pieces[to + 1]);
