/** `sql-date`, `whole-day`: dates in SQL requests that are written, added to or compared as they can't be. */
import { isIsoDate, midnightOf, readDate } from '../../analysis/dates';
import { onlyPiece, stands } from '../../analysis/sql/pieces';
import { hasTimes } from '../../analysis/whole-days';
import type { SqlCall, SqlExpression, SqlPiece } from '../../syntax/sql/nodes';
import { between, endOf, type Span } from '../../text/span';
import { endsStep, type Steps } from '../../text/steps';
import { isInReach } from '../../vocabulary/builtins';
import { sqlFunctionOf } from '../../vocabulary/sql-functions';
import { EQUALS } from '../../vocabulary/sql-keywords';
import { type CheckContext, replace } from '../check';
import {
  columnAt,
  isOperator,
  quotedIn,
  stringIn,
  type ValueCheck,
  valueCheckOf,
  variableIn,
  type Written,
  writtenAt,
} from './pieces';

export function* checkSqlDates(context: CheckContext): Steps<void> {
  const check = valueCheckOf(context);
  if (check === undefined) return;
  let index = 0;
  for (const expression of check.scopes.tree.expressions) {
    if (!checkBareDate(check, expression)) checkArithmetic(check, expression);
    checkDays(check, expression);
    checkCasts(check, expression);
    if (endsStep(index++)) yield;
  }
  for (const call of check.scopes.tree.calls) {
    checkFormat(check, call);
    if (endsStep(index++)) yield;
  }
}

/** `2026-11-01` or `01/11/2026` without quotes is arithmetic. */
export function bareDate(
  context: CheckContext,
  pieces: readonly SqlPiece[],
  index: number,
): string | undefined {
  const five = pieces.slice(index, index + 5);
  const [first, last] = [five[0], five[4]];
  if (first?.kind !== 'literal' || last?.kind !== 'literal' || first.token.kind !== 'number')
    return undefined;
  const length = endOf(last) - first.offset;
  if (length > 10) return undefined;
  const text = writtenAt(context, { offset: first.offset, length });
  return /^(?:\d{4}([-/])\d{1,2}\1\d{1,2}|\d{1,2}([-/])\d{1,2}\2\d{4})$/.test(text) ? text : undefined;
}

function checkBareDate(context: ValueCheck, { pieces }: SqlExpression): boolean {
  let isFound = false;
  for (const [index, piece] of pieces.entries()) {
    const text = bareDate(context, pieces, index);
    if (text === undefined) continue;
    isFound = true;
    const reading = readDate(text);
    const iso =
      reading.kind === 'iso' ? text : reading.kind === 'other' ? reading.iso.slice(0, 10) : undefined;
    const where = { offset: piece.offset, length: text.length };
    context.report(
      'sql-date',
      where,
      `Without quotes, ${text} is a calculation, not a date. Write ${iso === undefined ? "year-month-day in single quotes, such as '2025-01-31'" : `'${iso}'`}.`,
      { fixes: iso === undefined ? [] : [replace(where, `'${iso}'`)] },
    );
  }
  return isFound;
}

/** A column of dates, or a date that is written. */
function isDate(context: ValueCheck, piece: SqlPiece | undefined): boolean {
  const type = columnAt(context, piece)?.type;
  if (type === 'date' || type === 'datetime') return true;
  if (piece?.kind === 'call') {
    const name = piece.name.text.toLowerCase();
    if (name === 'min' || name === 'max') return isDate(context, onlyPiece(piece.arguments[0]));
    return sqlFunctionOf(name)?.result === 'date';
  }
  const text = (quotedIn(context, piece) ?? variableIn(context, piece))?.text;
  return text !== undefined && isIsoDate(text);
}

const NUMBER = /^\d+$/;

function checkArithmetic(context: ValueCheck, { pieces }: SqlExpression): void {
  for (const [index, operator] of pieces.entries()) {
    if (!isOperator(operator, '+', '-') || operator.isPrefix) continue;
    const [left, right] = [pieces[index - 1], pieces[index + 1]];
    if (left === undefined || right === undefined || !isDate(context, left)) continue;
    const where = between(left.offset, endOf(right));
    const written = (piece: Span) => writtenAt(context, piece);
    if (isDate(context, right)) {
      const better = `julianday(${written(left)}) - julianday(${written(right)})`;
      const whole = pieces.length === 3 ? better : `(${better})`;
      context.report(
        'sql-date',
        where,
        `Dates are texts, of which only the years are subtracted here. Write ${better} for the days between them.`,
        { fixes: [replace(where, whole)] },
      );
    } else {
      const days = right.kind === 'literal' && NUMBER.test(right.token.text) ? right.token.text : undefined;
      const better = days === undefined ? undefined : moved(context, left, operator.text, days);
      context.report(
        'sql-date',
        where,
        `A date is a text, of which only the year is counted with here. Write ${better ?? `date(${written(left)}, '${operator.text}30 days')`} for another day.`,
        { fixes: better === undefined ? [] : [replace(where, better)] },
      );
    }
  }
}

/** The date so many days on. */
function moved(context: ValueCheck, piece: SqlPiece, sign: string, days: string): string {
  const text = writtenAt(context, piece);
  const builtin = /^'?\{\{\s*(\$[a-z]+)\s*\}\}'?$/i.exec(text);
  if (builtin?.[1] !== undefined && isInReach(Number(days), 'd'))
    return `'{{${builtin[1]} ${sign} ${days}d}}'`;
  return `date(${text}, '${sign}${days} days')`;
}

/** Types of other databases. */
function checkCasts(context: ValueCheck, { pieces }: SqlExpression): void {
  for (const piece of pieces) {
    if (piece.kind !== 'cast' || !/^(?:date|datetime|timestamp|time)$/i.test(piece.type?.text ?? ''))
      continue;
    const name = /^date$|^time$/i.test(piece.type?.text ?? '')
      ? (piece.type?.text.toLowerCase() ?? '')
      : 'datetime';
    const better = `${name}(${writtenAt(context, piece.expression)})`;
    context.report(
      'sql-date',
      piece,
      `SQL has no type for dates: this cast answers a year. Write ${better}.`,
      {
        fixes: [replace(piece, better)],
      },
    );
  }
}

/** The pieces that are compared with a date at `index`, each with the operator. */
function compared(pieces: readonly SqlPiece[], index: number): { value: SqlPiece; operator: string }[] {
  const operator = pieces[index + 1];
  const value = pieces[index + 2];
  if (operator?.kind !== 'operator' || value === undefined) return [];
  const { text } = operator;
  if (/\bbetween$/.test(text)) {
    const last = pieces[index + 4];
    return [{ value, operator: '>=' }, ...(last === undefined ? [] : [{ value: last, operator: '<=' }])];
  }
  if (/\bin$/.test(text))
    return value.kind === 'group'
      ? value.expressions.flatMap((each) => {
          const only = onlyPiece(each);
          return only === undefined ? [] : [{ value: only, operator: '=' }];
        })
      : [];
  return stands(pieces, index, index + 2) ? [{ value, operator: text }] : [];
}

function checkDays(context: ValueCheck, { pieces }: SqlExpression): void {
  for (const [index, piece] of pieces.entries()) {
    const others = piece.kind === 'operator' ? [] : compared(pieces, index);
    if (others.length === 0) continue;
    const isDay = piece.kind === 'call' && piece.name.text.toLowerCase() === 'date';
    const column = columnAt(context, piece);
    for (const { value, operator } of others) {
      const written = quotedIn(context, value) ?? variableIn(context, value);
      if (written === undefined) continue;
      if (isDay) checkDayOf(context, written);
      else if (
        column !== undefined &&
        hasTimes(column.type) &&
        checkWholeDay(context, piece, operator, written)
      )
        break;
    }
  }
}

/** `date(…)` is a day without a time, which no text with a time is equal to. */
function checkDayOf(context: ValueCheck, { token, text }: Written): void {
  if (!isIsoDate(text) || text.length <= 10) return;
  const own = writtenAt(context, token);
  const better = token.references.length === 0 ? `'${text.slice(0, 10)}'` : `date(${own})`;
  context.report(
    'sql-date',
    token,
    `date(…) is a day without a time, and ${own} has a time${token.references.length === 0 ? '' : ` (${text})`}, so the same day is not equal to it. Write ${better}.`,
    { fixes: [replace(token, better)] },
  );
}

const PERIODS: readonly (readonly [RegExp, string, string])[] = [
  [/^\d{4}$/, '%Y', 'a year'],
  [/^\d{4}-\d{2}$/, '%Y-%m', 'a month'],
];

/** A day beside a column of dates and times: midnight. True where something was reported. */
function checkWholeDay(context: ValueCheck, piece: SqlPiece, operator: string, written: Written): boolean {
  const { token, text } = written;
  const name = writtenAt(context, piece);
  const period = EQUALS.has(operator) ? PERIODS.find(([pattern]) => pattern.test(text)) : undefined;
  if (period !== undefined) {
    const better = `strftime('${period[1]}', ${name})`;
    context.report(
      'sql-date',
      token,
      `${name} is a day and a time, which is never equal to ${period[2]}. Compare ${better} with it.`,
      { fixes: [replace(piece, better)] },
    );
    return true;
  }
  const isMidnight = isIsoDate(text) && midnightOf(text) !== undefined;
  const isDay = isMidnight && text.length === 10;
  // What begins at a midnight may be meant so, as `{{$today}}` is one.
  if (!(isDay ? [...EQUALS, '<=', '>'].includes(operator) : isMidnight && EQUALS.has(operator))) return false;
  const own = writtenAt(context, token);
  const day = isDay ? own : `date(${own})`;
  context.report(
    'whole-day',
    token,
    `${name} has a time, and ${own} is only the first moment of that day. Write date(${name}) ${operator} ${day} for the whole day.`,
    {
      fixes: [
        {
          title: `Compare date(${name}) for the whole day`,
          preferred: true,
          edits: [
            { offset: piece.offset, length: piece.length, text: `date(${name})` },
            ...(isDay ? [] : [{ offset: token.offset, length: token.length, text: day }]),
          ],
        },
      ],
    },
  );
  return true;
}

/** What other languages write in formats of dates. */
const LETTERS: ReadonlyMap<string, string> = new Map([
  ['yyyy', '%Y'],
  ['yy', '%Y'],
  ['mm', '%m'],
  ['dd', '%d'],
  ['hh', '%H'],
  ['mi', '%M'],
  ['ss', '%S'],
]);
/** Those of `strftime` in C that SQLite has not. */
const OTHERS: ReadonlyMap<string, string> = new Map([
  ['B', '%m'],
  ['b', '%m'],
  ['h', '%m'],
  ['y', '%Y'],
  ['A', '%u'],
  ['a', '%u'],
  ['D', '%d/%m/%Y'],
]);

function checkFormat({ report }: ValueCheck, call: SqlCall): void {
  const token =
    call.name.text.toLowerCase() === 'strftime' ? stringIn(onlyPiece(call.arguments[0])) : undefined;
  if (token?.closed !== true) return;
  const { text } = token;
  if (!text.includes('%')) {
    const better = text.replace(
      /yyyy|yy|mm|dd|hh|mi|ss/gi,
      (each) => LETTERS.get(each.toLowerCase()) ?? each,
    );
    if (better === text) return;
    report(
      'sql-date',
      token,
      `This format has no %, so the answer is the text “${text}” itself. Write '${better}'.`,
      {
        fixes: [replace(token, `'${better}'`)],
      },
    );
    return;
  }
  const unknown = [...text.matchAll(/%(.)/g)].find(
    ([, letter = '']) => !/[deFfgGHIjJklmMpPRsSTuUVwWY%]/.test(letter),
  );
  if (unknown === undefined) return;
  const better = text.replace(/%(.)/g, (each, letter: string) => OTHERS.get(letter) ?? each);
  const ordered = better === '%m %Y' ? '%Y-%m' : better;
  report(
    'sql-date',
    token,
    `SQL has no ${unknown[0]} in formats, so the function answers null. ${better === text ? 'Use the letters of SQLite, such as %Y-%m-%d' : `Write '${ordered}'`}: names of months and days are not known.`,
    { fixes: better === text ? [] : [replace(token, `'${ordered}'`)] },
  );
}
