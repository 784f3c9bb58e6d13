/** Writes records as a Parquet file, for DuckDB, Spark, Fabric, Power BI, pandas and the like. */
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { ExportColumn } from './export-column';
import { type ParquetColumn, parquetColumn, type SchemaElement } from './parquet-column';
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

function notesOf(columns: readonly ParquetColumn[]): string[] {
  const untyped = columns.flatMap(({ name, misfit }) => (misfit === undefined ? [] : [{ name, misfit }]));
  const [first] = untyped;
  if (first === undefined) return [];
  const { name, misfit } = first;
  if (untyped.length === 1)
    return [`Column ${name} holds texts in the file, as “${misfit}” is no value of its type.`];
  const names = untyped.map((each) => each.name).join(', ');
  return [
    `Columns ${names} hold texts in the file, as some of their values do not have the type of their column, such as “${misfit}” in ${name}.`,
  ];
}
