/** `sql-comparison`, `sql-date`, `whole-division`, `text-for-name`: values in SQL requests that do not do what they seem to. */
import { isIsoDate, readDate } from '../../analysis/dates';
import { withArticle } from '../../analysis/field-types';
import { isEdge, sideOf, stands } from '../../analysis/sql/pieces';
import type { SqlColumn } from '../../analysis/sql/scopes';
import { sqlKey } from '../../analysis/sql/tables';
import type { FieldType } from '../../catalog/catalog';
import type { SqlCall, SqlCore, SqlExpression, SqlPiece } from '../../syntax/sql/nodes';
import type { SqlToken } from '../../syntax/sql/tokens';
import { writtenName } from '../../syntax/sql/written-name';
import { between, endOf } from '../../text/span';
import { endsStep, type Steps } from '../../text/steps';
import { DATE_BUILTINS, dateReference } from '../../vocabulary/builtins';
import { COMPARES } from '../../vocabulary/sql-keywords';
import { type CheckContext, replace } from '../check';
import { bareDate } from './dates';
import {
  columnAt,
  isComputation,
  isNumber,
  quotedIn,
  spanOf,
  stringIn,
  type ValueCheck,
  valueCheckOf,
  variableIn,
  type Written,
  writtenAt,
} from './pieces';

export function* checkSqlValues(context: CheckContext): Steps<void> {
  const check = valueCheckOf(context);
  if (check === undefined) return;
  const { scopes } = check;
  let index = 0;
  for (const expression of scopes.tree.expressions) {
    checkComparisons(check, expression);
    checkDivisions(check, expression);
    checkText(check, expression);
    if (endsStep(index++)) yield;
  }
  for (const call of scopes.tree.calls) {
    checkDates(check, call);
    if (endsStep(index++)) yield;
  }
}

function checkComparisons(context: ValueCheck, { pieces }: SqlExpression): void {
  for (const [index, operator] of pieces.entries()) {
    if (operator.kind !== 'operator') continue;
    const [left, right] = [pieces[index - 1], pieces[index + 1]];
    if (COMPARES.has(operator.text) && stands(pieces, index - 1, index + 1)) {
      checkPair(context, left, right);
      checkPair(context, right, left);
    }
    if (COMPARES.has(operator.text)) {
      checkNumber(context, sideOf(pieces, index, -1), right, pieces[index + 2]);
      checkNumber(context, sideOf(pieces, index, 1), left, pieces[index - 2]);
    } else if (/\bbetween$/.test(operator.text)) {
      checkPair(context, left, right);
      checkPair(context, left, pieces[index + 3]);
    } else if (/\bin$/.test(operator.text) && right?.kind === 'group')
      for (const { pieces: list } of right.expressions)
        if (list.length === 1) checkPair(context, left, list[0]);
  }
}

/** A column beside a text. */
function checkPair(context: ValueCheck, left: SqlPiece | undefined, right: SqlPiece | undefined): void {
  const column = columnAt(context, left);
  if (column === undefined) return;
  const written = quotedIn(context, right);
  if (written !== undefined) checkValue(context, column, written);
  const bare = variableIn(context, right);
  // Without quotes, what looks like a number is one.
  if (bare !== undefined && /^(?:integer|decimal)$/.test(column.type)) checkValue(context, column, bare);
}

/** A text beside what is computed, which is a number: SQL takes each text for greater than any number. */
function checkNumber(
  context: ValueCheck,
  side: readonly SqlPiece[],
  other: SqlPiece | undefined,
  beyond: SqlPiece | undefined,
): void {
  if (!isEdge(beyond)) return;
  const written = quotedIn(context, other);
  const isText = isStrftime(side);
  const [only] = side;
  if (isText && only !== undefined) {
    if (written !== undefined) checkPadding(context, only, written);
    const bare = variableIn(context, other);
    const isCompared =
      (other?.kind === 'literal' && other.token.kind === 'number') ||
      (bare !== undefined && isNumber(bare.text));
    if (other !== undefined && isCompared)
      context.report(
        'sql-comparison',
        other,
        `strftime answers a text, which is not equal to a number. Write cast(${writtenAt(context, only)} as integer).`,
        { fixes: [replace(only, `cast(${writtenAt(context, only)} as integer)`)] },
      );
    return;
  }
  if (!isComputation(context, side)) return;
  const bare = variableIn(context, other);
  const where = spanOf(side);
  if (where === undefined) return;
  if (written !== undefined && isNumber(written.text)) {
    const { token } = written;
    const better = token.text;
    context.report(
      'sql-comparison',
      token,
      `${writtenAt(context, where)} is a number, and a text in quotes is never equal to it. Write ${better} without quotes.`,
      { fixes: [replace(token, better)] },
    );
    return;
  }
  const text = written ?? bare;
  if (text !== undefined && !isNumber(text.text) && !isIsoDate(text.text))
    context.report(
      'sql-comparison',
      text.token,
      `${writtenAt(context, where)} is a number, and “${text.text}” is none. Compare it with a number, such as 5.`,
    );
}

/** How many digits `strftime` writes. */
const DIGITS: ReadonlyMap<string, number> = new Map([
  ...[...'mdHMSVW'].map((letter) => [letter, 2] as const),
  ['j', 3],
  ['Y', 4],
  ['G', 4],
]);

/** `strftime('%m', StartDate) = '1'` */
function checkPadding({ report }: ValueCheck, piece: SqlPiece, { token, text }: Written): void {
  const format = piece.kind === 'call' ? stringIn(piece.arguments[0]?.pieces[0])?.text : undefined;
  const digits = DIGITS.get(format?.slice(1) ?? '') ?? 0;
  if (token.references.length > 0 || !/^\d+$/.test(text) || text.length >= digits) return;
  const better = `'${text.padStart(digits, '0')}'`;
  report(
    'sql-comparison',
    token,
    `strftime answers ${digits} digits, which '${text}' is not equal to. Write ${better}.`,
    { fixes: [replace(token, better)] },
  );
}

/** `strftime` of a number that is written as digits. */
const isStrftime = ([only, ...others]: readonly SqlPiece[]): boolean =>
  others.length === 0 &&
  only?.kind === 'call' &&
  only.name.text.toLowerCase() === 'strftime' &&
  /^%[YGmdHMSjuwV]$/.test(stringIn(only.arguments[0]?.pieces[0])?.text ?? '');

function checkValue({ report }: ValueCheck, { name, type }: SqlColumn, { token, text }: Written): void {
  const isLiteral = token.references.length === 0;
  switch (type) {
    case 'boolean': {
      const isTrue = /^(?:true|yes|y)$/i.test(text);
      const fixes = !isLiteral
        ? []
        : isTrue || /^(?:false|no|n)$/i.test(text)
          ? [replace(token, isTrue ? 'true' : 'false')]
          : [];
      report(
        'sql-comparison',
        token,
        `${name} is true or false, which no text is equal to. Write ${isTrue || fixes.length === 0 ? 'true' : 'false'} without quotes.`,
        { fixes },
      );
      return;
    }
    case 'integer':
    case 'decimal':
      if (!isNumber(text))
        report(
          'sql-comparison',
          token,
          `${name} is ${withArticle(type)}, and “${text}” is none. Compare it with a number, such as 5.`,
        );
      return;
    case 'date':
    case 'datetime': {
      // A year or a month compares well, too.
      if (/^\d{4}(?:-\d{2})?$/.test(text) || isIsoDate(text)) return;
      const reading = readDate(text);
      const better =
        builtinIn(text) ?? (reading.kind === 'other' && isLiteral ? inSql(reading.iso, type) : undefined);
      const either =
        reading.kind === 'unclear' && isLiteral
          ? (reading.either ?? []).map((each) => inSql(each, type))
          : [];
      const why = reading.kind === 'unclear' ? `: ${reading.why}` : '';
      const advice = [...(better === undefined ? [] : [better]), ...either].map((each) => `'${each}'`);
      report(
        'sql-date',
        token,
        `${name} has dates such as 2025-01-31T09:00:00, and “${text}” does not compare with them${why}. Write ${advice.length === 0 ? 'a date in the same way' : advice.join(' or ')}.`,
        { fixes: advice.map((each) => replace(token, each, undefined, better !== undefined)) },
      );
      return;
    }
    case 'string':
    case 'time':
    case 'list':
    case 'unknown':
  }
}

/** A day where a field has times stays a day, so that what it means is asked: midnight would leave out the rest of it. */
const inSql = (iso: string, type: FieldType): string =>
  type === 'date' ? iso : iso.replace(/T00:00:00$/, '');

/** `$today` without its braces. */
const builtinIn = (text: string): string | undefined => {
  const word = /^\{?\$([a-z]+)\}?$/i.exec(text)?.[1]?.toLowerCase();
  const name = DATE_BUILTINS.find((each) => each === word);
  return name === undefined ? undefined : dateReference(name);
};

/** Functions of dates, and which of their arguments is one. */
const DATE_FUNCTIONS: ReadonlyMap<string, readonly number[]> = new Map([
  ['date', [0]],
  ['time', [0]],
  ['datetime', [0]],
  ['julianday', [0]],
  ['unixepoch', [0]],
  ['strftime', [1]],
  ['timediff', [0, 1]],
]);

function checkDates(context: ValueCheck, call: SqlCall): void {
  const name = call.name.text.toLowerCase();
  for (const index of DATE_FUNCTIONS.get(name) ?? []) {
    const argument = call.arguments[index];
    const token = argument?.pieces.length === 1 ? stringIn(argument.pieces[0]) : undefined;
    if (token?.closed === true) checkDate(context, token);
  }
  const format = name === 'strftime' ? stringIn(call.arguments[0]?.pieces[0]) : undefined;
  if (format?.closed !== true || !/%W/.test(format.text)) return;
  const better = format.text.replaceAll('%W', '%V').replaceAll('%Y', '%G').replaceAll('%G-%V', '%G-W%V');
  context.report(
    'sql-date',
    format,
    `%W counts weeks from the first Monday of the year, which are not those of a calendar. Write '${better}'.`,
    { severity: 'information', fixes: [replace(format, `'${better.replaceAll("'", "''")}'`)] },
  );
}

/** What SQLite reads as a date or a time. */
const TIME_VALUE =
  /^(?:now|[-+]?\d+(?:\.\d+)?|(?:(\d{4}-\d{2}-\d{2})(?:[T ]+|$))?(?:\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?\s*(?:Z|[-+]\d{2}:\d{2})?)$/i;

function checkDate({ report }: ValueCheck, token: SqlToken): void {
  const { text } = token;
  const match = text === '' || text.length > 60 ? null : TIME_VALUE.exec(text);
  const day = match?.[1];
  if (match !== null && (day === undefined || isIsoDate(day))) return;
  if (day !== undefined) {
    const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
    const read = new Date(Date.UTC(year, month - 1, date)).toISOString().slice(0, 10);
    const isRead = month >= 1 && month <= 12 && date >= 1 && date <= 31;
    report(
      'sql-date',
      token,
      `There is no day ${day}.${isRead ? ` SQL takes it for ${read}.` : ' The function answers null.'} Write a day that exists.`,
    );
    return;
  }
  const reading = readDate(text);
  const better = reading.kind === 'other' ? inSql(reading.iso, 'datetime') : undefined;
  report(
    'sql-date',
    token,
    `SQL can’t read “${text}” as a date, so the function answers null. Write ${better === undefined ? "year-month-day, such as '2025-01-31'" : `'${better}'`}.`,
    { fixes: better === undefined ? [] : [replace(token, `'${better}'`)] },
  );
}

/** Functions whose values are whole numbers. */
const WHOLE: ReadonlySet<string> = new Set([
  'count',
  'length',
  'instr',
  'json_array_length',
  'row_number',
  'rank',
  'dense_rank',
  'unixepoch',
]);
/** Those that are whole where their argument is. */
const WHOLE_OF: ReadonlySet<string> = new Set(['sum', 'min', 'max', 'abs']);

function isWhole(context: ValueCheck, piece: SqlPiece | undefined): boolean {
  switch (piece?.kind) {
    case 'literal':
      return piece.token.kind === 'number' && /^\d+$/.test(piece.token.text);
    case 'call': {
      const name = piece.name.text.toLowerCase();
      const [argument] = piece.arguments;
      return (
        WHOLE.has(name) ||
        (WHOLE_OF.has(name) && argument?.pieces.length === 1 && isWhole(context, argument.pieces[0]))
      );
    }
    case 'column': {
      const meaning = context.scopes.meaningOf(piece);
      return meaning.kind === 'column' && meaning.column.type === 'integer';
    }
    case 'group': {
      const [only] = piece.expressions;
      return only !== undefined && piece.expressions.length === 1 && isWholeSum(context, only);
    }
    case 'query': {
      const result = piece.query.cores[0]?.results[0];
      return result?.kind === 'computed' && isWholeSum(context, result.expression);
    }
    default:
      return false;
  }
}

/** `a + b`, where both are whole. */
const isWholeSum = (context: ValueCheck, { pieces }: SqlExpression): boolean =>
  pieces.length > 0 &&
  pieces.length < 8 &&
  pieces.every((piece, index) =>
    index % 2 === 1 ? piece.kind === 'operator' && /^[-+*]$/.test(piece.text) : isWhole(context, piece),
  );

const isProduct = (piece: SqlPiece | undefined) => piece?.kind === 'operator' && /^[*/]$/.test(piece.text);

function checkDivisions(context: ValueCheck, { pieces }: SqlExpression): void {
  /** Whether what is divided, from the last sum on, is whole. */
  let isWholeSoFar = true;
  let start = 0;
  for (const [index, piece] of pieces.entries()) {
    if (piece.kind === 'operator' && !isProduct(piece)) {
      isWholeSoFar = true;
      start = index + 1;
      continue;
    }
    if (piece.kind !== 'operator') {
      isWholeSoFar &&= isWhole(context, piece);
      continue;
    }
    const [left, right] = [pieces[index - 1], pieces[index + 1]];
    if (piece.text !== '/' || bareDate(context, pieces, start) !== undefined) continue;
    if (!isWholeSoFar || left === undefined || !isWhole(context, right)) continue;
    context.report(
      'whole-division',
      between(pieces[start]?.offset ?? left.offset, endOf(right ?? piece)),
      'A whole number divided by a whole number is a whole number here: 7 / 2 is 3. Multiply by 1.0 first for the exact result.',
      {
        fixes: [{ title: 'Insert “* 1.0”', edits: [{ offset: endOf(left), length: 0, text: ' * 1.0' }] }],
      },
    );
    return;
  }
}

/** `'Town'` where the column is meant: the text is the same in each row. */
function checkText(context: ValueCheck, { pieces, clause, core }: SqlExpression): void {
  const [first, operator] = pieces;
  const token = stringIn(first);
  if (core === undefined) return;
  const isTerm = clause === 'group' || clause === 'order';
  const bare = pieces.length === 1 ? variableIn(context, first) : undefined;
  if (bare !== undefined && (isTerm || clause === 'select')) checkVariable(context, bare, core, isTerm);
  if (token?.closed !== true) return;
  const isAlone = pieces.length === 1 && (clause === 'select' || isTerm);
  const isCompared = operator?.kind === 'operator' && COMPARES.has(operator.text) && stands(pieces, 0, 2);
  if (!isAlone && !isCompared) return;
  const name = nameIn(context, core, token.text, isTerm);
  if (name === undefined) return;
  context.report(
    'text-for-name',
    token,
    `${writtenAt(context, token)} is a text, the same for each row. Write ${writtenName(name)} for the column.`,
    { fixes: [replace(token, writtenName(name))] },
  );
}

/** The column, or where aliases can be used the alias, of that name. */
function nameIn(
  { scopes }: ValueCheck,
  core: SqlCore,
  text: string,
  hasAliases: boolean,
): string | undefined {
  const key = sqlKey(text);
  const alias = core.results.find(
    (each) =>
      hasAliases && each.kind === 'computed' && each.alias !== undefined && sqlKey(each.alias.text) === key,
  );
  if (alias?.kind === 'computed') return alias.alias?.text;
  return core.sources
    .flatMap((source) => scopes.columnsOf(source) ?? [])
    .find(({ name }) => sqlKey(name) === key)?.name;
}

/** `order by {{column}}`: a value, which is the same for each row, too. */
function checkVariable(context: ValueCheck, { token, text }: Written, core: SqlCore, isTerm: boolean): void {
  const name = nameIn(context, core, text, isTerm);
  if (name === undefined && !isTerm) return;
  context.report(
    'misplaced-variable',
    token,
    `A variable is a value, the same for each row, so this does not ${isTerm ? 'sort or group anything' : 'read the column'}. Write ${name === undefined ? 'the name of a column' : writtenName(name)} instead.`,
    { severity: 'warning', fixes: name === undefined ? [] : [replace(token, writtenName(name))] },
  );
}
