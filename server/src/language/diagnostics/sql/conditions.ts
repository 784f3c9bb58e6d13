/** `sql-habit`: conditions in SQL requests that no record meets, or that ask something else than they seem to. */
import { isEdge, onlyPiece } from '../../analysis/sql/pieces';
import { sqlKey } from '../../analysis/sql/tables';
import type { SqlExpression, SqlPiece, SqlQueryNode } from '../../syntax/sql/nodes';
import { between, endOf } from '../../text/span';
import { endsStep, type Steps } from '../../text/steps';
import { sqlFunctionOf } from '../../vocabulary/sql-functions';
import { COMPARES, EQUALS } from '../../vocabulary/sql-keywords';
import { type CheckContext, replace } from '../check';
import { columnAt, isOperator, stringIn, type ValueCheck, valueCheckOf, writtenAt } from './pieces';

export function* checkSqlConditions(context: CheckContext): Steps<void> {
  const check = valueCheckOf(context);
  if (check === undefined) return;
  let index = 0;
  for (const expression of check.scopes.tree.expressions) {
    checkExpression(check, expression);
    if (endsStep(index++)) yield;
  }
}

function checkExpression(context: ValueCheck, { pieces }: SqlExpression): void {
  /** Where the condition that is looked at begins, and whether it compares already. */
  let isCompared = false;
  let joiner: SqlPiece | undefined;
  for (const [index, piece] of pieces.entries()) {
    if (piece.kind !== 'operator') continue;
    if (isEdge(piece)) {
      [isCompared, joiner] = [false, undefined];
      if (piece.text !== 'not') checkAlternative(context, pieces, index);
      if (piece.text === 'and') checkBoth(context, pieces, index);
    } else if (COMPARES.has(piece.text)) {
      if (joiner !== undefined) reportJoiner(context, joiner);
      [isCompared, joiner] = [true, undefined];
      if (EQUALS.has(piece.text)) checkEquality(context, pieces, index);
    } else if (isCompared && isOperator(piece, '||', '&', '|')) joiner = piece;
  }
}

/** `Cost < 10 || Cost > 90` */
function reportJoiner(context: ValueCheck, joiner: SqlPiece): void {
  const written = writtenAt(context, joiner);
  const better = written === '&' ? 'and' : 'or';
  context.report(
    'sql-habit',
    joiner,
    `“${written}” ${written === '||' ? 'joins texts' : 'counts with the bits of numbers'} here. Write ${better} between two conditions.`,
    { fixes: [replace(joiner, better)] },
  );
}

/** `Status = 'Open' or 'Full'` */
function checkAlternative(context: ValueCheck, pieces: readonly SqlPiece[], index: number): void {
  const [left, operator, word, value] = [
    pieces[index - 3],
    pieces[index - 2],
    pieces[index],
    pieces[index + 1],
  ];
  if (
    word?.kind !== 'operator' ||
    value?.kind !== 'literal' ||
    !isEdge(pieces[index + 2]) ||
    !/^(?:string|number)$/.test(value.token.kind)
  )
    return;
  const isCompared =
    operator?.kind === 'operator' && (EQUALS.has(operator.text) || /\blike$/.test(operator.text));
  // The `and` of `between 1 and 5`.
  if (word.text === 'and' && !isCompared) return;
  const written = writtenAt(context, value);
  const condition =
    left === undefined || !isCompared ? undefined : `${writtenAt(context, left)} ${operator.text} ${written}`;
  // Of one column, both can’t be true.
  const isEither = word.text === 'and' && isOperator(operator, '=', '==');
  const better = condition === undefined ? undefined : isEither ? `or ${condition}` : condition;
  const where = isEither ? between(word.offset, endOf(value)) : value;
  context.report(
    'sql-habit',
    value,
    `${written} alone is no condition${better === undefined ? '' : `. Write ${better}`}, as each side of “${isEither ? 'or' : word.text}” is a whole one.`,
    { fixes: better === undefined ? [] : [replace(where, better)] },
  );
}

/** `Label = 'a' and Label = 'b'` */
function checkBoth(context: ValueCheck, pieces: readonly SqlPiece[], index: number): void {
  const [left, equals, one] = pieces.slice(Math.max(0, index - 3), index);
  const [right, same, other] = pieces.slice(index + 1, index + 4);
  if (left?.kind !== 'column' || right?.kind !== 'column') return;
  if (!isOperator(equals, '=', '==') || !isOperator(same, '=', '==')) return;
  if (one?.kind !== 'literal' || other?.kind !== 'literal') return;
  if (!isEdge(pieces[index - 4]) || !isEdge(pieces[index + 4])) return;
  if (!/^(?:string|number)$/.test(one.token.kind) || one.token.kind !== other.token.kind) return;
  if (one.token.references.length > 0 || other.token.references.length > 0) return;
  const name = writtenAt(context, left);
  if (sqlKey(name) !== sqlKey(writtenAt(context, right))) return;
  const values = [one, other].map((each) => writtenAt(context, each));
  if (values[0]?.toLowerCase() === values[1]?.toLowerCase()) return;
  const better = `${name} in (${values.join(', ')})`;
  const where = between(left.offset, endOf(other));
  context.report(
    'sql-habit',
    where,
    `No record has both values in ${name}. Write ${better} for those that have one of them.`,
    { fixes: [replace(where, better)] },
  );
}

function checkEquality(context: ValueCheck, pieces: readonly SqlPiece[], index: number): void {
  const [left, operator, right] = [pieces[index - 1], pieces[index], pieces[index + 1]];
  if (operator?.kind !== 'operator' || left === undefined || right === undefined) return;
  if (right.kind === 'query') checkFirstOnly(context, operator, right.query);
  if (!isEdge(pieces[index - 2]) || !isEdge(pieces[index + 2])) return;
  const token = stringIn(right);
  if (token?.closed !== true) return;
  const pattern = patternIn(token.text);
  const isEqual = isOperator(operator, '=', '==');
  if (pattern !== undefined) {
    const better = `${isEqual ? 'like' : 'not like'} '${pattern.replaceAll("'", "''")}'`;
    context.report(
      'sql-habit',
      token,
      `“${operator.text}” compares the whole text, ${/[%]/.test(token.text) ? '%' : '*'} included. Write ${better}, where % stands for any characters.`,
      { fixes: [replace(between(operator.offset, endOf(token)), better)] },
    );
  } else if (token.text === '' && isEqual && columnAt(context, left)?.type === 'string') {
    const name = writtenAt(context, left);
    const better = `ifnull(${name}, '')`;
    context.report(
      'sql-habit',
      token,
      `Where ${name} was sent without a value, it is null, which is not equal to ''. Write ${better} = '' for both.`,
      { severity: 'information', fixes: [replace(left, better)] },
    );
  }
}

/** What a text with wildcards is to `like`; `20%` has none. */
function patternIn(text: string): string | undefined {
  if (text.length < 2 || !/^[%*]|[^\d\s]%$|\*$/.test(text)) return undefined;
  return text.includes('%') ? text : text.replaceAll('*', '%');
}

/** `Town = (select Town from venues)`: with the first one only. */
function checkFirstOnly(context: ValueCheck, operator: SqlPiece, { cores, clauses }: SqlQueryNode): void {
  const [core] = cores;
  if (core === undefined || core.sources.length === 0 || clauses.length > 0) return;
  // A condition may leave one row; without one, only what is added up is a single value.
  if (core.clauses.some(({ name }) => name === 'where' || name === 'on')) return;
  const isSingle = core.results.every(
    (each) => each.kind === 'computed' && each.expression.pieces.some(isAggregate),
  );
  if (isSingle && !core.clauses.some(({ name }) => name === 'group')) return;
  const better = isOperator(operator, '=', '==') ? 'in' : 'not in';
  context.report(
    'sql-habit',
    operator,
    `“${writtenAt(context, operator)}” compares with the first record of this query only. Write ${better} for all of them.`,
    { fixes: [replace(operator, better)] },
  );
}

const isAggregate = (piece: SqlPiece): boolean => {
  if (piece.kind === 'call')
    return (
      sqlFunctionOf(piece.name.text)?.kind === 'aggregate' ||
      piece.arguments.some(({ pieces }) => pieces.some(isAggregate))
    );
  return piece.kind === 'group' && isAggregateIn(onlyPiece(piece.expressions[0]));
};

const isAggregateIn = (piece: SqlPiece | undefined): boolean => piece !== undefined && isAggregate(piece);
