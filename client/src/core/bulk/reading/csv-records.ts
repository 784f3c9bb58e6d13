/** The records of a CSV, by csv-parse: cells are texts, and line ends inside quotation marks are part of a cell. */
import { CsvError, parse } from 'csv-parse';
import { TableError } from './table-error';

/** A record of more characters is a quotation mark that never closes. */
const MAX_RECORD_CHARACTERS = 8_000_000;

export interface CsvRecord {
  /** From 1, as a spreadsheet counts: rows without cells count, lines within a cell don't. */
  readonly row: number;
  readonly texts: readonly string[];
}

/**
 * Yields the records of each piece of text. Throws a `TableError` with the row in which a quotation mark never closes,
 * after the records before it.
 * @param usual How many cells most rows have, where that is known. For each row with another number than the first,
 * csv-parse makes an error with its stack, which takes longer than the row: so it gets a first row of this number.
 */
export async function* csvRecords(
  pieces: AsyncIterable<string>,
  delimiter: string,
  usual = 0,
): AsyncGenerator<readonly CsvRecord[]> {
  let records: CsvRecord[] = [];
  let row = usual === 0 ? 0 : -1;
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    // A quotation mark within a cell that does not begin with one is text: 5" pipe.
    relax_quotes: true,
    relax_column_count: true,
    raw: true,
    max_record_size: MAX_RECORD_CHARACTERS,
    on_record: (parsed) => {
      if (!isParsed(parsed)) throw new TypeError('csv-parse gives rows with their text');
      row++;
      if (!closesWell(parsed)) throw unclosed(row);
      if (row > 0) records.push({ row, texts: parsed.record });
      return null;
    },
  });
  // Without a listener, a failure would end the program; the callbacks below tell it.
  parser.on('error', () => undefined).resume();
  const failureOf = (call: (done: (error?: Error | null) => void) => void): Promise<Error | undefined> =>
    new Promise((resolve) => {
      call((error) => resolve(error instanceof CsvError ? unclosed(row + 1) : (error ?? undefined)));
    });
  try {
    if (usual > 0) parser.write(`${delimiter.repeat(usual - 1)}\n`);
    for await (const piece of pieces) {
      if (piece === '') continue;
      const failure = await failureOf((done) => parser.write(piece, done));
      yield records;
      if (failure !== undefined) throw failure;
      records = [];
    }
    const failure = await failureOf((done) => parser.end(done));
    yield records;
    if (failure !== undefined) throw failure;
  } finally {
    parser.destroy();
  }
}

/** A row as csv-parse gives it with `raw`. */
interface Parsed {
  readonly record: readonly string[];
  readonly raw: string;
}

const isParsed = (value: unknown): value is Parsed =>
  value instanceof Object && 'record' in value && Array.isArray(value.record) && 'raw' in value;

/**
 * Whether each cell that begins with a quotation mark also ends with one. Where text follows the closing mark, csv-parse
 * keeps all of them: mostly, an earlier mark never closed, and the cell swallowed rows.
 */
const closesWell = ({ record, raw }: Parsed): boolean =>
  record.every((text) => !text.startsWith('"') || raw.includes(`"${text.replaceAll('"', '""')}"`));

const unclosed = (row: number): TableError =>
  new TableError(
    `Row ${row} has a cell whose quotation mark (") is not closed, so the rows from there on can’t be told apart. Close it, or double it if it is part of the text.`,
  );
