/** What the values of a column are to a statement that takes them for numbers. */
import type { SqlCell, TableContent } from '#engine/types';
import type { NumberComparison } from '#language';
import { shortOnOneLine } from '../text/foreign-text';
import { type WrittenNumber, writtenNumbers } from './written-number';

/** How many rows are looked at before others get their turn. */
const SLICE = 5000;
/** Where a text is a number to comparisons and calculations. Only blanks of ASCII may stand around it. */
const NUMBER = /^[ \t-\r]*[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d{1,3})?[ \t-\r]*$/i;
const EXAMPLES = 2;
/** In so many values an example is looked for. */
const MOST_TRIED = 200;

/** What the values of a column are, without those that are missing or empty. */
export interface Found {
  values: number;
  texts: number;
  notNumbers: number;
  /** Texts that `sum` does not take for numbers: it knows other blanks, too. */
  notSummed: number;
  /** Of those that are not numbers, different ones that may be quoted. */
  readonly examples: string[];
  /** How many values were looked at for an example. */
  tried: number;
  /** Whether a text compares otherwise with one of the numbers than the number in it; how, where the text may be quoted. */
  readonly wrong: Record<'equality' | 'order', { isFound: boolean; example: string | undefined }>;
}

/** Whether a value of the column may stand in a sentence, which goes to logs and workbooks. */
export type MayQuote = (text: string) => boolean;

/** What is said where no value may be quoted. */
export const ANY_EXAMPLE = {
  order: '“9” is more than “10”',
  equality: '“007” is not equal to 7',
} as const satisfies Record<keyof Found['wrong'], string>;

/** A value in a sentence, as far as it is short. */
export const quoted = (text: string): string => `“${shortOnOneLine(text, 40)}”`;

/** Looks at the values of the column at `index`, beside the numbers that it is compared with. */
export async function valuesOf(
  rows: TableContent['rows'],
  index: number,
  comparisons: readonly NumberComparison[],
  mayQuote: MayQuote,
): Promise<Found> {
  const found: Found = {
    values: 0,
    texts: 0,
    notNumbers: 0,
    notSummed: 0,
    examples: [],
    tried: 0,
    wrong: {
      equality: { isFound: false, example: undefined },
      order: { isFound: false, example: undefined },
    },
  };
  const compared = comparisons
    .filter(isOfTexts)
    .map(({ operator, numbers }) => ({ operator, numbers: writtenNumbers(numbers) }));
  let count = 0;
  for (const row of rows) {
    take(found, row[index] ?? null, compared, mayQuote);
    if (++count % SLICE === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return found;
}

/** Whether SQLite makes a text of the number, where the column is one of texts. */
export const isOfTexts = ({ isTyped, isConverted }: NumberComparison): boolean => isTyped && !isConverted;

interface Compared {
  readonly operator: NumberComparison['operator'];
  readonly numbers: readonly WrittenNumber[] | undefined;
}

function take(found: Found, cell: SqlCell, compared: readonly Compared[], mayQuote: MayQuote): void {
  if (cell === null || cell === '') return;
  found.values++;
  if (typeof cell !== 'string') return;
  found.texts++;
  if (NUMBER.test(cell)) {
    for (const each of compared) takeCompared(found, cell, each, mayQuote);
    return;
  }
  found.notNumbers++;
  // As `sum` reads it.
  if (!NUMBER.test(cell.trim())) found.notSummed++;
  const { examples } = found;
  if (examples.length >= EXAMPLES || examples.includes(cell) || found.tried++ >= MOST_TRIED) return;
  if (mayQuote(cell)) examples.push(cell);
}

/** Whether a text compares otherwise with a number, which becomes a text, than the number that it is. */
function takeCompared(found: Found, cell: string, { operator, numbers }: Compared, mayQuote: MayQuote): void {
  const wrong = found.wrong[operator === '=' ? 'equality' : 'order'];
  if (wrong.isFound && (wrong.example !== undefined || found.tried >= MOST_TRIED)) return;
  const example =
    numbers === undefined
      ? besideAny(operator, cell)
      : numbers.map((each) => beside(each, operator, cell)).find((each) => each !== undefined);
  if (example === undefined) return;
  wrong.isFound = true;
  if (found.tried++ < MOST_TRIED && mayQuote(cell)) wrong.example = example;
}

/** What is wrong of a text beside a number; undefined where nothing is. */
function beside(
  { value, text }: WrittenNumber,
  operator: Compared['operator'],
  cell: string,
): string | undefined {
  const asNumbers = Math.sign(Number(cell) - value);
  const asTexts = cell === text ? 0 : cell < text ? -1 : 1;
  if (holds(operator, asNumbers) === holds(operator, asTexts)) return undefined;
  if (operator === '=') return `${quoted(cell)} is not equal to ${text}`;
  return `${quoted(cell)} is ${asTexts < 0 ? 'less' : 'more'} than ${quoted(text)}`;
}

/** `difference`: less than 0 where the left side is the lesser. */
function holds(operator: Compared['operator'], difference: number): boolean {
  if (difference === 0) return operator.includes('=');
  return difference < 0 ? operator.startsWith('<') : operator.startsWith('>');
}

/** Beside a number that is not known. */
function besideAny(operator: Compared['operator'], cell: string): string | undefined {
  if (operator !== '=') return ANY_EXAMPLE.order;
  const text = String(Number(cell));
  return text === cell ? undefined : `${quoted(cell)} is not equal to ${text}`;
}
