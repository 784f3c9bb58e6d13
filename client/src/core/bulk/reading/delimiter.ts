/** What divides the cells of a CSV: what its first line says, else what gives the same number of columns in all rows. */
import type { MadeChoice, ReadingChoices } from '../table';
import { csvRecords } from './csv-records';
import { TableError } from './table-error';

type Delimiter = NonNullable<ReadingChoices['delimiter']>;

/** All that can divide cells. */
export const DELIMITERS = [',', ';', '\t', '|'] as const satisfies Delimiter[];

const NAMES: Readonly<Record<Delimiter, string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'vertical bars',
};

/** Excel's own way to say it, on a line before the header. */
const STATEMENT = /^"?sep=(?:(.)"?\1*)?(?:\r\n|\r|\n|$)/i;

/** How the beginning of a text is to be read. */
export interface Dialect {
  readonly delimiter: Delimiter;
  /** The number of characters of a `sep=;` line, which is no row. */
  readonly skip: number;
  /** How many cells most rows have. */
  readonly usual: number;
  readonly choice: MadeChoice;
}

/** @param sample The beginning of the text. @param whole Whether it is all of it. */
export async function dialectOf(
  sample: string,
  whole: boolean,
  given: ReadingChoices['delimiter'],
): Promise<Dialect> {
  const statement = STATEMENT.exec(sample);
  const skip = statement?.[0].length ?? 0;
  const stated = given ?? DELIMITERS.find((each) => each === statement?.[1]);
  const candidates = stated === undefined ? DELIMITERS : [stated];
  const scores = await Promise.all(
    candidates.map(async (delimiter) =>
      scored(delimiter, await rowsIn(sample.slice(skip), whole, delimiter)),
    ),
  );
  const [best = NO_SCORE, second = NO_SCORE] = scores.sort(
    (a, b) => b.same - a.same || b.columns - a.columns,
  );
  const made = (how: MadeChoice['how'], why = ''): Dialect => ({
    delimiter: best.delimiter,
    skip,
    usual: best.usual,
    choice: {
      name: 'delimiter',
      value: best.delimiter,
      how,
      options: DELIMITERS,
      sentence: `The cells are divided by ${NAMES[best.delimiter]}${why}.`,
    },
  });
  if (given !== undefined) return made('given');
  if (stated !== undefined) return made('found', ', as the first line says');
  if (best.same === 0) return made('assumed', ', if at all: there is one column');
  return made(best.same === 1 && second.same < 1 ? 'found' : 'assumed');
}

interface Score {
  readonly delimiter: Delimiter;
  /** The share of the rows with values that have the same number of columns, from 0 to 1. 0 with one column. */
  readonly same: number;
  readonly columns: number;
  /** The number of cells of most rows, those without values too. */
  readonly usual: number;
}

const NO_SCORE: Score = { delimiter: ',', same: 0, columns: 0, usual: 0 };

async function rowsIn(
  sample: string,
  whole: boolean,
  delimiter: Delimiter,
): Promise<readonly (readonly string[])[]> {
  const rows: (readonly string[])[] = [];
  try {
    for await (const records of csvRecords(once(sample), delimiter))
      for (const { texts } of records) rows.push(texts);
    // The last row may be cut off.
    if (!whole && rows.length > 1) rows.pop();
  } catch (error) {
    // A cell that is cut off looks like a quotation mark that never closes. That one is told when all is read.
    if (!(error instanceof TableError)) throw error;
  }
  return rows;
}

function scored(delimiter: Delimiter, rows: readonly (readonly string[])[]): Score {
  const filled = rows.filter((texts) => texts.some((text) => text !== ''));
  // Of some files, only some rows end with a delimiter; of others, the last cells of some rows are blank.
  const scores = [filled.map((texts) => texts.length), filled.map(widthOf)].map(evenness);
  const best = scores.reduce((one, each) => (each.same > one.same ? each : one));
  return { delimiter, ...best, usual: mostFrequent(rows.map((texts) => texts.length)).value };
}

const widthOf = (texts: readonly string[]): number => texts.findLastIndex((text) => text !== '') + 1;

function evenness(counts: readonly number[]): Pick<Score, 'same' | 'columns'> {
  const { value, times } = mostFrequent(counts.filter((columns) => columns > 1));
  return { same: counts.length === 0 ? 0 : times / counts.length, columns: value };
}

/** 0 for none. */
function mostFrequent(values: readonly number[]): { value: number; times: number } {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((best, [value, times]) => (times >= best.times ? { value, times } : best), {
    value: 0,
    times: 0,
  });
}

async function* once(text: string): AsyncGenerator<string> {
  yield await Promise.resolve(text);
}
