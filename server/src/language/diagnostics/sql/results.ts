/** `sql-habit`: columns and orders of SQL results that are not those that are meant. */
import { onlyPiece } from '../../analysis/sql/pieces';
import { sqlKey } from '../../analysis/sql/tables';
import type { SqlCall, SqlComputed, SqlCore, SqlExpression, SqlPiece } from '../../syntax/sql/nodes';
import { between, endOf } from '../../text/span';
import { endsStep, type Steps } from '../../text/steps';
import { COMPARES } from '../../vocabulary/sql-keywords';
import { type CheckContext, replace } from '../check';
import { columnAt, stringIn, type ValueCheck, valueCheckOf, writtenAt } from './pieces';

export function* checkSqlResults(context: CheckContext): Steps<void> {
  const check = valueCheckOf(context);
  if (check === undefined) return;
  const { tree } = check.scopes;
  let index = 0;
  for (const core of tree.cores) {
    checkDistinctCount(check, core);
    for (const result of core.results) {
      if (result.kind === 'computed') checkAlias(check, core, result);
      if (endsStep(index++)) yield;
    }
  }
  for (const expression of tree.expressions) {
    if (expression.clause === 'order') checkOrder(check, expression);
    if (endsStep(index++)) yield;
  }
  for (const call of tree.calls) {
    checkCount(check, call);
    checkPercent(check, call);
    if (endsStep(index++)) yield;
  }
}

/** `select Label VenueTown`: a comma is missing, and one column has the name of the other. */
function checkAlias(context: ValueCheck, core: SqlCore, { expression, alias }: SqlComputed): void {
  if (alias === undefined || alias.kind === 'string') return;
  const gap = writtenAt(context, between(endOf(expression), alias.offset));
  const only = onlyPiece(expression);
  if (/\bas\b/i.test(gap) || only?.kind !== 'column') return;
  const key = sqlKey(alias.text);
  if (key === sqlKey(only.name.text)) return;
  const isColumn = core.sources.some((source) =>
    context.scopes.columnsOf(source)?.some(({ name }) => sqlKey(name) === key),
  );
  if (!isColumn) return;
  const written = writtenAt(context, alias);
  const name = writtenAt(context, expression);
  context.report(
    'sql-habit',
    alias,
    `Without a comma, ${written} is only a new name of ${name}. Write ${name}, ${written} for both columns, or ${name} as ${written} for the name.`,
    {
      fixes: [
        {
          title: 'Insert “,”',
          preferred: true,
          edits: [{ offset: endOf(expression), length: 0, text: ',' }],
        },
      ],
    },
  );
}

/** `select distinct count(Town)` */
function checkDistinctCount(context: ValueCheck, { results, clauses }: SqlCore): void {
  const [first] = results;
  const select = clauses.find(({ name }) => name === 'select');
  const call = first?.kind === 'computed' ? onlyPiece(first.expression) : undefined;
  if (select === undefined || first === undefined || results.length > 1 || call?.kind !== 'call') return;
  const start = endOf(select.keyword);
  const distinct = /^\s*distinct\b\s*/i.exec(writtenAt(context, between(start, first.offset)))?.[0];
  const [argument] = call.arguments;
  if (distinct === undefined || !isCount(call) || call.isDistinct || argument === undefined) return;
  if (clauses.some(({ name }) => name === 'group')) return;
  context.report(
    'sql-habit',
    call,
    `This counts all values, and “distinct” leaves out none, as the answer has one row. Write count(distinct ${writtenAt(context, argument)}).`,
    {
      fixes: [
        {
          title: 'Write “distinct” inside count',
          preferred: true,
          edits: [
            { offset: start, length: distinct.length, text: ' ' },
            { offset: argument.offset, length: 0, text: 'distinct ' },
          ],
        },
      ],
    },
  );
}

const isCount = ({ name }: SqlCall): boolean => name.text.toLowerCase() === 'count';

/** `count(Cost > 100)`: false is a value, too. */
function checkCount(context: ValueCheck, call: SqlCall): void {
  const [argument] = call.arguments;
  if (!isCount(call) || call.isDistinct || call.isWindow || argument === undefined) return;
  if (!argument.pieces.some(isTrueOrFalse)) return;
  const better = `sum(${writtenAt(context, argument)})`;
  context.report(
    'sql-habit',
    call.name,
    `count counts every value, and false and 0 are values, too. Write ${better} for those where it is true.`,
    { fixes: [replace(call.name, 'sum')] },
  );
}

/** A comparison, or `case … else 0 end`. */
function isTrueOrFalse(piece: SqlPiece): boolean {
  if (piece.kind === 'operator')
    return COMPARES.has(piece.text) || /^(?:not )?(?:in|like|between)$/.test(piece.text);
  if (piece.kind !== 'case' || piece.values.length <= piece.whens.length) return false;
  const numbers = piece.values.map((each) => onlyPiece(each));
  return numbers.every((each) => each?.kind === 'literal' && /^[01]$/.test(each.token.text));
}

/** `percentile(Cost, 0.9)` */
function checkPercent(context: ValueCheck, { name, arguments: [value, percent] }: SqlCall): void {
  const only = onlyPiece(percent);
  if (name.text.toLowerCase() !== 'percentile' || value === undefined || only?.kind !== 'literal') return;
  const share = only.token.kind === 'number' ? Number(only.token.text) : 0;
  if (!(share > 0 && share < 1)) return;
  const better = String(Math.round(share * 1e6) / 1e4);
  context.report(
    'sql-habit',
    only,
    `percentile takes a number from 0 to 100, and ${only.token.text} is less than one percent. Write ${better}.`,
    { fixes: [replace(only, better)] },
  );
}

/** `order by '2'`, and `order by` a date that begins with its day. */
function checkOrder(context: ValueCheck, expression: SqlExpression): void {
  const only = onlyPiece(expression);
  const token = stringIn(only);
  if (token?.closed === true && /^\d+$/.test(token.text)) {
    context.report(
      'sql-habit',
      token,
      `'${token.text}' is a text, the same for each row, so this does not sort anything. Write ${token.text} for the column at that place.`,
      { fixes: [replace(token, token.text)] },
    );
    return;
  }
  const date = dayFirst(context, only);
  if (only === undefined || date === undefined) return;
  const isGrouped = expression.core?.clauses.some(({ name }) => name === 'group') ?? false;
  const column = writtenAt(context, date);
  const better = isGrouped ? `min(${column})` : column;
  context.report(
    'sql-habit',
    only,
    `This sorts texts that begin with the day or the month, so all of 01 come first, whatever the year. Write ${better} to sort by the date.`,
    { fixes: [replace(only, better)] },
  );
}

/** What `strftime('%d/%m/%Y', …)` writes, also by its alias. */
function dayFirst(context: ValueCheck, piece: SqlPiece | undefined): SqlPiece | undefined {
  if (piece?.kind === 'column') {
    const meaning = context.scopes.meaningOf(piece);
    return meaning.kind === 'alias' ? dayFirst(context, notAlias(meaning.result.expression)) : undefined;
  }
  if (piece?.kind !== 'call' || piece.name.text.toLowerCase() !== 'strftime') return undefined;
  const [format, date] = piece.arguments.map((each) => onlyPiece(each));
  return /^%[dm].*%Y/.test(stringIn(format)?.text ?? '') && columnAt(context, date) !== undefined
    ? date
    : undefined;
}

/** The piece of a result, unless it is a name itself. */
const notAlias = (expression: SqlExpression): SqlPiece | undefined => {
  const only = onlyPiece(expression);
  return only?.kind === 'column' ? undefined : only;
};
