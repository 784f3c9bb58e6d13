/** What divides the cells of a CSV: what its first line says, else what gives the same number of columns in all rows. */
import type { MadeChoice, ReadingChoices } from '../table';
import { csvRecords } from './csv-records';
import { TableError } from './table-error';

type Delimiter = NonNullable<ReadingChoices['delimiter']>;

const DELIMITERS = [',', ';', '\t', '|'] as const satisfies Delimiter[];

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
  const made = (delimiter: Delimiter, how: MadeChoice['how'], why = ''): Dialect => ({
    delimiter,
    skip,
    choice: {
      name: 'delimiter',
      value: delimiter,
      how,
      options: DELIMITERS,
      sentence: `The cells are divided by ${NAMES[delimiter]}${why}.`,
    },
  });
  if (given !== undefined) return made(given, 'given');
  const stated = DELIMITERS.find((each) => each === statement?.[1]);
  if (stated !== undefined) return made(stated, 'found', ', as the first line says');
  const scores = await Promise.all(
    DELIMITERS.map(async (delimiter) => ({
      delimiter,
      ...(await scoreOf(sample.slice(skip), whole, delimiter)),
    })),
  );
  const [best, second] = scores.sort((a, b) => b.same - a.same || b.columns - a.columns);
  if (best === undefined || best.same === 0) return made(',', 'assumed', ', if at all: there is one column');
  return made(best.delimiter, best.same === 1 && (second?.same ?? 0) < 1 ? 'found' : 'assumed');
}

interface Score {
  /** The share of the rows with the usual number of columns, from 0 to 1. 0 with one column. */
  readonly same: number;
  readonly columns: number;
}

const SAMPLE_ROWS = 500;

async function scoreOf(sample: string, whole: boolean, delimiter: Delimiter): Promise<Score> {
  const rows: (readonly string[])[] = [];
  try {
    for await (const records of csvRecords(once(sample), delimiter))
      for (const { texts } of records) if (texts.some((text) => text !== '')) rows.push(texts);
    // The last row may be cut off.
    if (!whole && rows.length > 1) rows.pop();
  } catch (error) {
    // A cell that is cut off looks like a quotation mark that never closes. That one is told when all is read.
    if (!(error instanceof TableError)) throw error;
  }
  const shown = rows.slice(0, SAMPLE_ROWS);
  // Of some files, only some rows end with a delimiter; of others, the last cells of some rows are blank.
  const scores = [shown.map((texts) => texts.length), shown.map(widthOf)].map(scored);
  return scores.reduce((best, each) => (each.same > best.same ? each : best));
}

const widthOf = (texts: readonly string[]): number => texts.findLastIndex((text) => text !== '') + 1;

function scored(counts: readonly number[]): Score {
  const rows = new Map<number, number>();
  for (const count of counts) rows.set(count, (rows.get(count) ?? 0) + 1);
  const wide = [...rows].filter(([columns]) => columns > 1);
  const [columns, same] = wide.reduce((best, each) => (each[1] >= best[1] ? each : best), [0, 0]);
  return { same: counts.length === 0 ? 0 : same / counts.length, columns };
}

async function* once(text: string): AsyncGenerator<string> {
  yield await Promise.resolve(text);
}
