/** What the checks of values in SQL requests share: how pieces of expressions are looked at. */
import { schemaOf } from '../../analysis/sql/schema';
import type { SqlColumn, SqlScopes } from '../../analysis/sql/scopes';
import type { SqlOperator, SqlPiece } from '../../syntax/sql/nodes';
import type { SqlToken } from '../../syntax/sql/tokens';
import { between, endOf, type Span, textOf } from '../../text/span';
import { sqlFunctionOf } from '../../vocabulary/sql-functions';
import { ARITHMETIC } from '../../vocabulary/sql-keywords';
import { type CheckContext, staticText } from '../check';

export interface ValueCheck extends CheckContext {
  readonly scopes: SqlScopes;
}

/** Undefined where the request has no statement. */
export function valueCheckOf(context: CheckContext): ValueCheck | undefined {
  const { sql } = context.model.tree;
  if (sql === undefined) return undefined;
  return { ...context, scopes: schemaOf(context.symbols, context.model.platforms).scopes(sql) };
}

export const isOperator = (piece: SqlPiece | undefined, ...texts: readonly string[]): piece is SqlOperator =>
  piece?.kind === 'operator' && texts.includes(piece.text);

export const stringIn = (piece: SqlPiece | undefined): SqlToken | undefined =>
  piece?.kind === 'literal' && piece.token.kind === 'string' && piece.token.references.length === 0
    ? piece.token
    : undefined;

export interface Written {
  readonly token: SqlToken;
  /** With the values of its variables. */
  readonly text: string;
}

/** A text in single quotes, with the values of its variables, as far as they are known before a run. */
export function quotedIn(context: CheckContext, piece: SqlPiece | undefined): Written | undefined {
  if (piece?.kind !== 'literal' || piece.token.kind !== 'string' || !piece.token.closed) return undefined;
  const text = staticText(context, piece.token);
  return text === undefined ? undefined : { token: piece.token, text };
}

/** A variable outside quotes. */
export function variableIn(context: CheckContext, piece: SqlPiece | undefined): Written | undefined {
  if (piece?.kind !== 'literal' || piece.token.kind !== 'variable') return undefined;
  const text = staticText(context, piece.token);
  return text === undefined ? undefined : { token: piece.token, text };
}

/** The column of a table that a piece is. */
export function columnAt({ scopes }: ValueCheck, piece: SqlPiece | undefined): SqlColumn | undefined {
  if (piece?.kind !== 'column') return undefined;
  const meaning = scopes.meaningOf(piece);
  return meaning.kind === 'column' ? meaning.column : undefined;
}

/** Whether text can be read as a number, as SQLite does it. */
export const isNumber = (text: string): boolean => text.trim() !== '' && !Number.isNaN(Number(text));

/** Whether a piece is computed, and always a number: such a value is never equal to a text. */
function isComputedNumber(context: ValueCheck, piece: SqlPiece | undefined): boolean {
  switch (piece?.kind) {
    case 'call':
      return /^(?:number|whole number)$/.test(sqlFunctionOf(piece.name.text)?.result ?? '');
    case 'column': {
      const meaning = context.scopes.meaningOf(piece);
      return meaning.kind === 'alias' && isComputation(context, meaning.result.expression.pieces);
    }
    case 'group': {
      const [only] = piece.expressions;
      return only !== undefined && piece.expressions.length === 1 && isComputation(context, only.pieces);
    }
    default:
      return false;
  }
}

/** Arithmetic, or one computed number. */
export const isComputation = (context: ValueCheck, pieces: readonly SqlPiece[]): boolean =>
  pieces.length === 1
    ? isComputedNumber(context, pieces[0])
    : pieces.length > 2 && pieces.every((piece) => piece.kind !== 'operator' || ARITHMETIC.has(piece.text));

/** From the first to the last piece. */
export function spanOf(pieces: readonly SqlPiece[]): Span | undefined {
  const [first] = pieces;
  const last = pieces.at(-1);
  return first === undefined || last === undefined ? undefined : between(first.offset, endOf(last));
}

/** As it is written in the file. */
export const writtenAt = ({ model }: CheckContext, where: Span): string => textOf(model.tree.text, where);
