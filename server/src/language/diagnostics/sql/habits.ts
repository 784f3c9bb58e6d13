/** `sql-habit`: what SQL takes, and means otherwise than it reads. */
import { isEdge, onlyPiece } from '../../analysis/sql/pieces';
import { sqlKey } from '../../analysis/sql/tables';
import type { Fix } from '../../syntax/problems';
import type { SqlCall, SqlPiece, SqlQueryNode } from '../../syntax/sql/nodes';
import { between, endOf, type Span } from '../../text/span';
import { endsStep, type Steps } from '../../text/steps';
import { EQUALS } from '../../vocabulary/sql-keywords';
import { type CheckContext, replace } from '../check';
import {
  columnAt,
  isNumber,
  isOperator,
  quotedIn,
  stringIn,
  type ValueCheck,
  valueCheckOf,
  variableIn,
  writtenAt,
} from './pieces';

export function* checkSqlHabits(context: CheckContext): Steps<void> {
  const check = valueCheckOf(context);
  if (check === undefined) return;
  let index = 0;
  for (const { pieces } of check.scopes.tree.expressions) {
    checkJoining(check, pieces);
    for (const at of pieces.keys()) checkOperator(check, pieces, at);
    if (endsStep(index++)) yield;
  }
  for (const call of check.scopes.tree.calls) {
    checkFormat(check, call);
    if (endsStep(index++)) yield;
  }
}

function checkOperator(context: ValueCheck, pieces: readonly SqlPiece[], index: number): void {
  const operator = pieces[index];
  if (operator?.kind !== 'operator') return;
  const { text } = operator;
  if (EQUALS.has(text)) {
    checkNull(context, pieces, index);
    checkList(context, pieces, index);
  } else if (/\blike$/.test(text)) checkPattern(context, pieces[index + 1]);
  else if (/\bin$/.test(text)) {
    checkOneText(context, pieces[index + 1]);
    if (text === 'not in') checkMissing(context, pieces[index + 1]);
  } else if (/^(?:not )?(?:match|regexp)$/.test(text))
    context.report(
      'sql-habit',
      operator,
      `There is no “${text}” here. Write ${text.startsWith('not') ? 'not like' : 'like'}, in which % stands for any characters: like '%x%'.`,
      { severity: 'error' },
    );
}

const isNull = (piece: SqlPiece | undefined): boolean =>
  piece?.kind === 'literal' && piece.token.kind === 'word' && piece.token.text.toLowerCase() === 'null';

/** `= null` */
function checkNull(context: ValueCheck, pieces: readonly SqlPiece[], index: number): void {
  const [left, operator, right] = [pieces[index - 1], pieces[index], pieces[index + 1]];
  if (operator?.kind !== 'operator' || left === undefined || right === undefined) return;
  const better = /^==?$/.test(operator.text) ? 'is null' : 'is not null';
  const message = `Nothing is equal to null, nor unequal to it. Write ${better}.`;
  if (isNull(right)) {
    const where = between(operator.offset, endOf(right));
    context.report('sql-habit', where, message, { fixes: [replace(where, better)] });
  } else if (isNull(left)) {
    const fixes = isEdge(pieces[index + 2])
      ? [replace(between(left.offset, endOf(right)), `${writtenAt(context, right)} ${better}`)]
      : [];
    context.report('sql-habit', between(left.offset, endOf(operator)), message, { fixes });
  }
}

/** A list is JSON text: `["First aid"]`. */
function checkList(context: ValueCheck, pieces: readonly SqlPiece[], index: number): void {
  const [left, operator, right] = [pieces[index - 1], pieces[index], pieces[index + 1]];
  if (left === undefined || right === undefined || operator === undefined || !isEdge(pieces[index - 2]))
    return;
  const written = quotedIn(context, right);
  if (columnAt(context, left)?.type !== 'list' || written === undefined || /^\s*\[/.test(written.text))
    return;
  const name = writtenAt(context, left);
  const not = isOperator(operator, '=', '==') ? '' : 'not ';
  const better = `${not}exists (select 1 from json_each(${name}) where value = ${writtenAt(context, right)})`;
  context.report(
    'sql-comparison',
    right,
    `${name} is a list, which no single text is equal to. Write ${better}.`,
    { fixes: [replace(between(left.offset, endOf(right)), better)] },
  );
}

function checkPattern({ report }: ValueCheck, value: SqlPiece | undefined): void {
  const token = stringIn(value);
  if (token?.closed !== true || !token.text.includes('*') || token.text.includes('%')) return;
  const better = `'${token.text.replaceAll('*', '%').replaceAll("'", "''")}'`;
  report('sql-habit', token, `In like, % stands for any characters, and * for itself. Write ${better}.`, {
    fixes: [replace(token, better)],
  });
}

/** `in ({{towns}})`: one variable is one value, whatever commas it has. */
function checkOneText(context: ValueCheck, list: SqlPiece | undefined): void {
  if (list?.kind !== 'group') return;
  const only = list.expressions.length === 1 ? onlyPiece(list.expressions[0]) : undefined;
  const written = variableIn(context, only) ?? quotedIn(context, only);
  if (written === undefined || written.token.references.length === 0 || !written.text.includes(',')) return;
  const values = written.text.split(',').map((each) => {
    const value = each.trim().replace(/^'(.*)'$/, '$1');
    return isNumber(value) ? value : `'${value.replaceAll("'", "''")}'`;
  });
  const better = values.join(', ');
  context.report(
    'sql-habit',
    written.token,
    `${writtenAt(context, written.token)} is one value here, commas and all. Write the values themselves: in (${better}).`,
    { fixes: values.length > 20 ? [] : [replace(written.token, better)] },
  );
}

/** `not in (select a …)`, where `a` may be empty: then no row is left. */
function checkMissing(context: ValueCheck, value: SqlPiece | undefined): void {
  if (value?.kind !== 'query') return;
  const [core] = value.query.cores;
  const [result] = core?.results ?? [];
  if (core === undefined || result?.kind !== 'computed') return;
  const only = onlyPiece(result.expression);
  const column = columnAt(context, only);
  if (only?.kind !== 'column' || column === undefined || sqlKey(column.name) === 'id') return;
  const name = writtenAt(context, only);
  const where = core.clauses.find((clause) => clause.name === 'where');
  if (where !== undefined && mentions(context, where, name)) return;
  const fix = condition(context, value.query, name, where);
  context.report(
    'sql-habit',
    only,
    `Where one ${name} is empty, “not in” is true for no record at all. Write ${name} is not null in this query, or “not exists” instead.`,
    { severity: 'information', fixes: fix },
  );
}

/** Whether it is asked there that the column has a value. */
const mentions = (context: ValueCheck, where: Span, name: string): boolean =>
  sqlKey(writtenAt(context, where))
    .replace(/\s+/g, ' ')
    .includes(`${sqlKey(name)} is not null`);

function condition(
  context: ValueCheck,
  { cores }: SqlQueryNode,
  name: string,
  where: Span | undefined,
): Fix[] {
  const title = `Write “${name} is not null”`;
  const edit = (offset: number, text: string) => ({ offset, length: 0, text });
  if (where !== undefined) {
    const start = where.offset + 'where'.length;
    const rest = writtenAt(context, between(start, endOf(where)));
    const first = start + rest.length - rest.trimStart().length;
    const parentheses = /\bor\b/i.test(rest) ? [edit(first, '('), edit(endOf(where), ')')] : [];
    const edits = [edit(start, ` ${name} is not null and`), ...parentheses];
    return [{ title, preferred: true, edits }];
  }
  const before = (cores[0]?.clauses ?? []).filter((clause) => clause.name === 'from' || clause.name === 'on');
  if (before.length === 0) return [];
  return [
    {
      title,
      preferred: true,
      edits: [
        edit(
          before.reduce((last, clause) => Math.max(last, endOf(clause)), 0),
          ` where ${name} is not null`,
        ),
      ],
    },
  ];
}

/** A text that is no number and no date. */
const isPlainText = (piece: SqlPiece | undefined): boolean => {
  const text = stringIn(piece)?.text;
  return text !== undefined && !isNumber(text) && !/^\d{4}-\d{2}/.test(text);
};

/** `Forename + ' ' + Surname`, `Label & Town`. */
function checkJoining(context: ValueCheck, pieces: readonly SqlPiece[]): void {
  const isText = (piece: SqlPiece | undefined) => columnAt(context, piece)?.type === 'string';
  const found = pieces.flatMap((operator, index) => {
    if (!isOperator(operator, '+', '&') || operator.isPrefix) return [];
    const [left, right] = [pieces[index - 1], pieces[index + 1]];
    return isPlainText(left) || isPlainText(right) || (isText(left) && isText(right)) ? [operator] : [];
  });
  const [first] = found;
  if (first === undefined) return;
  context.report(
    'sql-habit',
    first,
    `“${first.text}” counts with texts as numbers, mostly 0. Write || to join them.`,
    {
      fixes: [
        {
          title: 'Replace with “||”',
          preferred: true,
          edits: found.map(({ offset, length }) => ({ offset, length, text: '||' })),
        },
      ],
    },
  );
}

/** `format(Cost, 'N2')`: the format comes first. */
function checkFormat(context: ValueCheck, { name, arguments: [value, format] }: SqlCall): void {
  const written = stringIn(onlyPiece(format));
  if (!/^(?:format|printf)$/i.test(name.text) || value === undefined || format === undefined) return;
  if (written === undefined || stringIn(onlyPiece(value)) !== undefined) return;
  const digits = /^[NFC](\d)$/i.exec(written.text)?.[1] ?? '2';
  const better = `'%,.${digits}f', ${writtenAt(context, value)}`;
  const where = between(value.offset, endOf(format));
  context.report(
    'sql-habit',
    where,
    `${name.text} has its format first, with %. Write ${name.text}(${better}).`,
    {
      fixes: [replace(where, better)],
    },
  );
}
