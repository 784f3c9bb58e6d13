/** A CSV as a table: its encoding, its delimiter, its rows. */
import type { ReadingChoices, TableReading } from '../table';
import { csvRecords } from './csv-records';
import { type Dialect, dialectOf } from './delimiter';
import { decoded, type Encoding, likelyEncoding, madeEncoding, NotUtf8 } from './encoding';
import { type RawRow, type RowBatch, textCell } from './raw-rows';
import { type RawTable, tableReading } from './reading';
import type { TableSource } from './table-source';

/** How much of a file tells its delimiter. */
const SAMPLE_BYTES = 1 << 17;

export async function readCsv(
  source: TableSource,
  choices: ReadingChoices,
  signal?: AbortSignal,
): Promise<TableReading> {
  const head = await source.head(SAMPLE_BYTES);
  const likely = choices.encoding ?? likelyEncoding(head);
  try {
    return await tableReading(await tableIn(likely, source, head, choices), choices, signal);
  } catch (error) {
    if (!(error instanceof NotUtf8)) throw error;
    return tableReading(await tableIn('windows-1252', source, head, choices), choices, signal);
  }
}

async function tableIn(
  encoding: Encoding,
  source: TableSource,
  head: Buffer,
  choices: ReadingChoices,
): Promise<RawTable> {
  // What the user chose is obeyed, even where it does not fit.
  const strict = choices.encoding === undefined;
  const sample = new TextDecoder(encoding).decode(head);
  const dialect = await dialectOf(sample, head.length === source.size, choices.delimiter);
  return {
    rows: (signal) => batches(decoded(source.chunks(signal), encoding, strict), dialect),
    choices: [madeEncoding(encoding, !strict), dialect.choice],
    delimited: true,
  };
}

async function* batches(
  texts: AsyncIterable<string>,
  { delimiter, skip, usual }: Dialect,
): AsyncGenerator<RowBatch> {
  for await (const records of csvRecords(without(texts, skip), delimiter, usual)) {
    const last = records.at(-1);
    if (last === undefined) continue;
    const rows = records.map(({ row, texts: cells }): RawRow => ({ row, cells: cells.map(textCell) }));
    yield { rows: rows.filter(({ cells }) => cells.some(({ kind }) => kind !== 'blank')), upTo: last.row };
  }
}

/** Leaves out the first characters. */
async function* without(texts: AsyncIterable<string>, characters: number): AsyncGenerator<string> {
  let left = characters;
  for await (const text of texts) {
    yield text.slice(left);
    left = Math.max(0, left - text.length);
  }
}
