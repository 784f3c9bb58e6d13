/** Writes records as a Parquet file, for DuckDB, Spark, Fabric, Power BI, pandas and the like. */
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { ExportColumn } from './export-column';
import { type Misfits, type ParquetColumn, parquetColumn, type SchemaElement } from './parquet-column';
import type { ApiRecord } from './read-page';

/** A file, and what its reader should know of it, in sentences. */
interface ParquetFile {
  readonly bytes: Uint8Array;
  readonly notes: readonly string[];
}

/** For many records this takes seconds: call it in a worker. */
export function toParquet(records: readonly ApiRecord[], columns: readonly ExportColumn[]): ParquetFile {
  const written = columns.map((column) => parquetColumn(column, records));
  const root: SchemaElement = { name: 'root', num_children: written.length };
  const bytes = parquetWriteBuffer({
    schema: [root, ...written.flatMap(({ schema }) => schema)],
    columnData: written.map(({ name, data }) => ({ name, data })),
    createdBy: 'APQ',
  });
  return { bytes: new Uint8Array(bytes), notes: notesOf(written) };
}

/** Values are counted, not quoted: a note goes to logs, and they may be about people. */
function notesOf(columns: readonly ParquetColumn[]): string[] {
  const untyped = columns.flatMap(({ name, misfits }) => (misfits === undefined ? [] : [{ name, misfits }]));
  const [first] = untyped;
  if (first === undefined) return [];
  const { count, values } = first.misfits;
  if (untyped.length === 1)
    return [
      `Column ${first.name} holds texts in the file, as ${share(first.misfits)} ${values === 1 ? 'value' : 'values'} ${count === 1 ? 'does' : 'do'} not have the type of the column.`,
    ];
  const names = untyped.map(({ name }) => name).join(', ');
  const shares = untyped.map(({ name, misfits }) => `${share(misfits)} in ${name}`).join(', ');
  return [
    `Columns ${names} hold texts in the file, as some of their values do not have the type of the column: ${shares}.`,
  ];
}

const share = ({ count, values }: Misfits): string =>
  `${count.toLocaleString('en-GB')} of ${values.toLocaleString('en-GB')}`;
