/** `sql-comparison`, `sql-date`, `sql-habit`: columns of texts that are taken for numbers. What values they hold is told by a run. */
import { readDate } from '../../analysis/dates';
import { type UsedNumber, usedNumbersIn } from '../../analysis/sql/number-uses';
import { Origins } from '../../analysis/sql/origins';
import { boundNumber } from '../../analysis/sql/statement';
import type { Fix } from '../../syntax/problems';
import type { SqlColumnWord, SqlPiece } from '../../syntax/sql/nodes';
import { endsStep, type Steps } from '../../text/steps';
import { type CheckContext, replace, staticText } from '../check';
import { columnAt, type ValueCheck, valueCheckOf, writtenAt } from './pieces';

export function* checkSqlNumbers(context: CheckContext): Steps<void> {
  const check = valueCheckOf(context);
  if (check === undefined) return;
  const origins = new Origins(check.scopes, (token) => {
    const text = token.kind === 'variable' ? staticText(context, token) : undefined;
    return text === undefined ? undefined : boundNumber(text);
  });
  /** One is told of each column at a place: `between` has two numbers. */
  const told = new Set<SqlPiece>();
  let index = 0;
  for (const used of usedNumbersIn(check.scopes, origins)) {
    if (endsStep(index++)) yield;
    const [only] = used.pieces;
    if (used.pieces.length !== 1 || only?.kind !== 'column' || told.has(only)) continue;
    const isReported =
      used.use === 'condition' ? checkCondition(check, only) : checkComparison(check, only, used);
    if (isReported) told.add(only);
  }
}

/** `where Status` */
function checkCondition(context: ValueCheck, word: SqlColumnWord): boolean {
  const type = columnAt(context, word)?.type;
  if (type !== 'string' && type !== 'date' && type !== 'datetime') return false;
  const name = writtenAt(context, word);
  context.report(
    'sql-habit',
    word,
    `${name} alone is no condition: it is a text, which is true only if it begins with a number. Write ${name} is not null, or compare it with a value.`,
    { fixes: [replace(word, `${name} is not null`)] },
  );
  return true;
}

function checkComparison(context: ValueCheck, word: SqlColumnWord, { other }: UsedNumber): boolean {
  if (other === undefined || other.origin.convertsOthers) return false;
  switch (columnAt(context, word)?.type) {
    case 'string':
      return other.operator === '=' ? checkCode(context, word, other) : checkOrder(context, word, other);
    case 'date':
    case 'datetime':
      return checkDate(context, word, other);
    default:
      return false;
  }
}

type Other = NonNullable<UsedNumber['other']>;

/** `Code > 10` */
function checkOrder(context: ValueCheck, word: SqlColumnWord, { origin, pieces }: Other): boolean {
  const name = writtenAt(context, word);
  const [first = '10'] = origin.numbers ?? [];
  const better = `cast(${name} as real)`;
  const [only] = pieces;
  const asText =
    pieces.length === 1 && only?.kind === 'literal' && only.token.kind === 'number'
      ? [replace(only, `'${only.token.text}'`, `Write '${only.token.text}' to compare texts`, false)]
      : [];
  context.report(
    'sql-comparison',
    word,
    `${name} is a text, and is compared with ${first} as a text: '9' is more than '10'. Write ${better} to compare numbers.`,
    { severity: 'information', fixes: [replace(word, better), ...asText] },
  );
  return true;
}

/** `Code = 007` is compared with '7'. Other numbers are equal to the texts that look like them. */
function checkCode(context: ValueCheck, word: SqlColumnWord, { pieces }: Other): boolean {
  const [only] = pieces;
  if (pieces.length !== 1 || only?.kind !== 'literal' || only.token.kind !== 'number') return false;
  const { text } = only.token;
  if (String(boundNumber(text)) === text || !Number.isFinite(Number(text))) return false;
  const read =
    Number.isInteger(Number(text)) && /[.e]/i.test(text) ? `${Number(text)}.0` : String(Number(text));
  if (read === text) return false;
  context.report(
    'sql-comparison',
    only,
    `${writtenAt(context, word)} is a text, and without quotes ${text} is the number ${read}, so '${text}' is not equal to it. Write '${text}'.`,
    { fixes: [replace(only, `'${text}'`)] },
  );
  return true;
}

const YEAR = /^[12]\d{3}$/;

/** `StartDate = 2026`, `StartDate > 20260131` */
function checkDate(context: ValueCheck, word: SqlColumnWord, { operator, pieces }: Other): boolean {
  const [only] = pieces;
  if (pieces.length !== 1 || only?.kind !== 'literal' || only.token.kind !== 'number') return false;
  const { text } = only.token;
  const name = writtenAt(context, word);
  const isYear = YEAR.test(text);
  // As texts, years stand before and after the dates that they should.
  if (isYear && operator !== '=') return false;
  const reading = readDate(text);
  const day = reading.kind === 'other' ? `'${reading.iso.slice(0, 10)}'` : undefined;
  const fixes: Fix[] = isYear
    ? [
        {
          title: `Compare strftime('%Y', ${name}) with '${text}'`,
          preferred: true,
          edits: [
            { offset: word.offset, length: word.length, text: `strftime('%Y', ${name})` },
            { offset: only.offset, length: only.length, text: `'${text}'` },
          ],
        },
      ]
    : day === undefined
      ? []
      : [replace(only, day)];
  const better = isYear
    ? `strftime('%Y', ${name}) = '${text}'`
    : (day ?? "a date in single quotes, such as '2025-01-31'");
  context.report(
    'sql-date',
    only,
    `${name} is a date, and ${text} without quotes is a number. Write ${better}.`,
    { fixes },
  );
  return true;
}
