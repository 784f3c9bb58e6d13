/** Says which columns a statement takes for numbers though they hold other texts, as SQLite counts those in silence. */
import type { SqlAnswer, TableContent } from '#engine/types';
import {
  type FieldType,
  type NumberColumn,
  numberColumnsIn,
  type NumberComparison,
  type SqlQuery,
} from '#language';
import { quotable } from '../known/personal';
import { ANY_EXAMPLE, type Found, isOfTexts, quoted, valuesOf } from './values-as-numbers';

/** What a calculation makes of a text: its beginning. */
const BEGINNING = /^[ \t-\r]*[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d{1,3})?/i;

/** What stands for each column: its name in sentences, its type, and what the statement does with it. */
interface Column extends Pick<NumberColumn, 'uses' | 'comparisons'> {
  readonly title: string;
  readonly name: string;
  readonly type: FieldType;
}

/**
 * A sentence for each column of which some values are not the numbers that the statement takes them for. `moduleOf`: whose
 * records a table has; where that is not known, what its columns hold is not known either, and none is quoted.
 */
export async function notesOnNumbers(
  query: SqlQuery,
  tables: readonly TableContent[],
  { leftOut }: Pick<SqlAnswer, 'leftOut'>,
  moduleOf: (table: string) => string | undefined,
): Promise<string[]> {
  const byName = new Map(tables.map((table) => [table.name.toLowerCase(), table]));
  const notes: string[] = [];
  let isSumTold = false;
  const { columns, hasOpenSum } = numberColumnsIn(query, (word) => byName.get(word.toLowerCase())?.columns);
  for (const { table: word, column: name, uses, comparisons } of columns) {
    const table = byName.get(word.toLowerCase());
    const index = table?.columns.findIndex((each) => each.name === name) ?? -1;
    const type = table?.columns[index]?.type;
    if (table === undefined || type === undefined) continue;
    const module = moduleOf(table.name);
    const mayQuote = module === undefined ? () => false : quotable(module, { name, type });
    const found = await valuesOf(table.rows, index, comparisons, mayQuote);
    isSumTold ||= uses.has('sum') && found.notSummed > 0;
    const note = noteOn({ title: `${name} of ${table.name}`, name, type, uses, comparisons }, found);
    if (note !== undefined) notes.push(note);
  }
  if (leftOut !== undefined && (hasOpenSum || !isSumTold))
    notes.push(
      `sum and avg left out texts that are not numbers (${number(leftOut)} ${leftOut === 1 ? 'time' : 'times'}${isSumTold ? ' in all' : ''}).`,
    );
  return notes;
}

const together = new Intl.ListFormat('en-GB');
const number = (count: number): string => count.toLocaleString('en-GB');

const TEXTS: ReadonlySet<FieldType> = new Set(['string', 'date', 'datetime', 'time', 'list']);

const isDate = (type: FieldType): boolean => type === 'date' || type === 'datetime';

/** Whether SQLite compares the column as one of texts. */
const isText = (type: FieldType, { values, texts }: Found): boolean =>
  TEXTS.has(type) || (type === 'unknown' && texts === values);

function noteOn(column: Column, found: Found): string | undefined {
  const parts = [
    notNumbers(column, found),
    isText(column.type, found) ? asText(column, found) : undefined,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : `${column.title}${parts.join(' It')}`;
}

/** `: 2 of 9 values are not numbers, such as “12,50”: sum and avg leave them out.` */
function notNumbers({ type, uses, comparisons }: Column, found: Found): string | undefined {
  const [first] = found.examples;
  const compared = comparisons.map((each) => notCompared(each, type, found));
  const effects: readonly (readonly [count: number, effect: string])[] = [
    [uses.has('sum') ? found.notSummed : 0, 'sum and avg leave them out'],
    [uses.has('calculation') ? found.notNumbers : 0, calculated(first)],
    [uses.has('function') ? found.notNumbers : 0, 'functions of numbers answer null for them'],
    [
      uses.has('condition') ? found.notNumbers : 0,
      'a condition takes them for false, unless they begin with a number',
    ],
    [Math.max(0, ...compared), 'no comparison takes them for numbers'],
  ];
  const counts = [...new Set(effects.map(([count]) => count))].filter((count) => count > 0);
  if (counts.length === 0) return undefined;
  const sentences = counts.map((count) => {
    const what =
      count > found.notNumbers ? ['is a text', 'are texts'] : ['is not a number', 'are not numbers'];
    const ofAll = `${number(count)} of ${number(found.values)} ${found.values === 1 ? 'value' : 'values'}`;
    // Some examples may be of the others.
    const suchAs =
      first === undefined || count < found.notNumbers
        ? ''
        : `, such as ${found.examples.map(quoted).join(' and ')}`;
    const own = effects.flatMap(([each, effect]) => (each === count ? effect : []));
    return `${ofAll} ${what[count === 1 ? 0 : 1]}${suchAs}: ${together.format(own)}`;
  });
  return `: ${sentences.join('; ')}.`;
}

/** How many texts a comparison does not take for numbers, as far as that matters. */
function notCompared(comparison: NumberComparison, type: FieldType, found: Found): number {
  if (comparison.isConverted) return found.notNumbers;
  if (!isText(type, found) || !isOfTexts(comparison)) return found.texts;
  // That no such text equals a number is as it should be; of dates, more is said.
  return comparison.operator === '=' || isDate(type) ? 0 : found.notNumbers;
}

const calculated = (example: string | undefined): string =>
  example === undefined
    ? 'calculations take the number that each begins with, or 0'
    : `calculations take ${Number(BEGINNING.exec(example)?.[0] ?? 0)} for ${quoted(example)}`;

/** A column of texts beside a number: the number becomes a text. */
function asText({ name, type, comparisons }: Column, { wrong, values }: Found): string | undefined {
  const asTexts = comparisons.filter(isOfTexts);
  if (values === 0 || asTexts.length === 0) return undefined;
  if (isDate(type))
    return asTexts.every(isYear)
      ? undefined
      : ' holds dates, with which no number compares. Write a date in single quotes.';
  const isOneOf = (...operators: readonly NumberComparison['operator'][]) =>
    asTexts.some(({ operator }) => operators.includes(operator));
  const effects = [
    ...(isOneOf('<', '>', '<=', '>=') && wrong.order.isFound
      ? [wrong.order.example ?? ANY_EXAMPLE.order]
      : []),
    ...(isOneOf('=') && wrong.equality.isFound ? [wrong.equality.example ?? ANY_EXAMPLE.equality] : []),
  ];
  if (effects.length === 0) return undefined;
  return ` holds texts, which are compared with a number as texts: ${together.format(effects)}. Write cast(${/^[A-Za-z_]\w*$/.test(name) ? name : `"${name}"`} as real) to compare numbers.`;
}

/** Years come before and after the dates that they should. */
const isYear = ({ operator, numbers }: NumberComparison): boolean =>
  operator !== '=' && (numbers?.every((each) => /^[12]\d{3}$/.test(String(each))) ?? false);
