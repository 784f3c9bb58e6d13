/** Says which columns a statement takes for numbers though they hold other texts, as SQLite counts those in silence. */
import type { SqlAnswer, SqlCell, TableContent } from '#engine/types';
import { type FieldType, numberColumnsIn, type NumberUse, type SqlQuery } from '#language';
import { quotable } from '../known/personal';
import { shortOnOneLine } from '../text/foreign-text';

/** How many rows are looked at before others get their turn. */
const SLICE = 5000;
/** Where a text is a number to `sum`, and to comparisons in columns of numbers. */
const NUMBER = /^\s*[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d{1,3})?\s*$/i;
/** What a calculation makes of a text: its beginning. */
const BEGINNING = /^\s*[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d{1,3})?/i;
const EXAMPLES = 2;
/** In so many values an example is looked for. */
const MOST_TRIED = 200;

/** What the values of a column are, without those that are missing or empty. */
interface Found {
  values: number;
  texts: number;
  notNumbers: number;
  /** Of those that are not numbers, different ones that may be quoted. */
  readonly examples: string[];
  /** How many values were looked at for an example. */
  tried: number;
  /** Whether a number is spelt otherwise than SQLite spells it, such as 007; the first that may be quoted. */
  isOdd: boolean;
  odd: string | undefined;
}

/** Whether a value of the column may stand in a sentence, which goes to logs and workbooks. */
type MayQuote = (text: string) => boolean;

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
  for (const { table: word, column: name, uses } of numberColumnsIn(
    query,
    (table) => byName.get(table.toLowerCase())?.columns,
  )) {
    const table = byName.get(word.toLowerCase());
    const index = table?.columns.findIndex((each) => each.name === name) ?? -1;
    const type = table?.columns[index]?.type;
    if (table === undefined || type === undefined) continue;
    const module = moduleOf(table.name);
    const mayQuote = module === undefined ? () => false : quotable(module, { name, type });
    const found = await valuesOf(table.rows, index, mayQuote);
    if (found.notNumbers > 0) {
      isSumTold ||= uses.has('sum');
      notes.push(notNumbers(`${name} of ${table.name}`, found, uses));
    }
    if (isText(type, found)) {
      const note = asText(`${name} of ${table.name}`, name, found, uses);
      if (note !== undefined) notes.push(note);
    }
  }
  if (leftOut !== undefined && !isSumTold)
    notes.push(
      `sum and avg left out texts that are not numbers (${number(leftOut)} ${leftOut === 1 ? 'time' : 'times'}).`,
    );
  return notes;
}

const together = new Intl.ListFormat('en-GB');
const number = (count: number): string => count.toLocaleString('en-GB');
const quoted = (text: string): string => `“${shortOnOneLine(text, 40)}”`;

async function valuesOf(rows: TableContent['rows'], index: number, mayQuote: MayQuote): Promise<Found> {
  const found: Found = {
    values: 0,
    texts: 0,
    notNumbers: 0,
    examples: [],
    tried: 0,
    isOdd: false,
    odd: undefined,
  };
  let count = 0;
  for (const row of rows) {
    take(found, row[index] ?? null, mayQuote);
    if (++count % SLICE === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return found;
}

function take(found: Found, cell: SqlCell, mayQuote: MayQuote): void {
  if (cell === null || cell === '') return;
  found.values++;
  if (typeof cell !== 'string') return;
  found.texts++;
  if (NUMBER.test(cell)) {
    if (String(Number(cell)) === cell) return;
    found.isOdd = true;
    if (found.odd === undefined && found.tried++ < MOST_TRIED && mayQuote(cell)) found.odd = cell;
    return;
  }
  found.notNumbers++;
  const { examples } = found;
  if (examples.length >= EXAMPLES || examples.includes(cell) || found.tried++ >= MOST_TRIED) return;
  if (mayQuote(cell)) examples.push(cell);
}

const isText = (type: FieldType, { values, texts }: Found): boolean =>
  type === 'string' || (type === 'unknown' && texts === values);

/** `Price of invoices: 2 of 9 values are not numbers, such as “12,50”: sum and avg leave them out.` */
function notNumbers(column: string, found: Found, uses: ReadonlySet<NumberUse>): string {
  const { examples, notNumbers: count, values } = found;
  const [first] = examples;
  const effects = [
    ...(uses.has('sum') ? ['sum and avg leave them out'] : []),
    ...(uses.has('calculation') ? [calculated(first)] : []),
    ...(uses.has('equality') || uses.has('order') ? ['no comparison takes them for numbers'] : []),
  ];
  const are = count === 1 ? 'is not a number' : 'are not numbers';
  const ofAll = `${number(values)} ${values === 1 ? 'value' : 'values'}`;
  const suchAs = first === undefined ? '' : `, such as ${examples.map(quoted).join(' and ')}`;
  return `${column}: ${number(count)} of ${ofAll} ${are}${suchAs}: ${together.format(effects)}.`;
}

const calculated = (example: string | undefined): string =>
  example === undefined
    ? 'calculations take the number that each begins with, or 0'
    : `calculations take ${Number(BEGINNING.exec(example)?.[0] ?? 0)} for ${quoted(example)}`;

/** A column of texts beside a number: the number becomes a text. */
function asText(
  column: string,
  name: string,
  { isOdd, odd = '007', texts }: Found,
  uses: ReadonlySet<NumberUse>,
): string | undefined {
  const effects = [
    ...(uses.has('order') && texts > 0 ? ['“9” is more than “10”'] : []),
    ...(uses.has('equality') && isOdd ? [`${quoted(odd)} is not equal to ${Number(odd)}`] : []),
  ];
  if (effects.length === 0) return undefined;
  return `${column} holds texts, which are compared with a number as texts: ${together.format(effects)}. Write cast(${/^[A-Za-z_]\w*$/.test(name) ? name : `"${name}"`} as real) to compare numbers.`;
}
