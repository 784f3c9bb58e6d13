/** Writes records as a Parquet file, for Power BI, pandas, DuckDB and the like. */
import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer';
import type { ApiRecord } from './read-page';
import { cellText, memberOf } from './table';

/**
 * A column whose values are all numbers, booleans or dates (`yyyy-MM-ddTHH:mm:ss`, taken as UTC) has that type; any
 * other is text as a reader sees it. A missing value is null. For many records this takes seconds: call it in a worker.
 */
export function toParquet(records: readonly ApiRecord[], columns: readonly string[]): Uint8Array {
  return new Uint8Array(parquetWriteBuffer({ columnData: columns.map((name) => columnOf(records, name)) }));
}

function columnOf(records: readonly ApiRecord[], name: string): ColumnSource {
  const values = records.map((record) => memberOf(record, name) ?? null);
  const all = (is: (value: unknown) => boolean) => {
    const known = values.filter((value) => value !== null);
    return known.length > 0 && known.every(is);
  };
  const column = { name, nullable: true };
  if (all((value) => typeof value === 'number')) return { ...column, type: 'DOUBLE', data: values };
  if (all((value) => typeof value === 'boolean')) return { ...column, type: 'BOOLEAN', data: values };
  if (all((value) => typeof value === 'string' && DATE.test(value) && !Number.isNaN(timeOf(value))))
    return {
      ...column,
      type: 'TIMESTAMP',
      data: values.map((value) => (typeof value === 'string' ? new Date(timeOf(value)) : null)),
    };
  return {
    ...column,
    type: 'STRING',
    data: values.map((value) => (value === null ? null : cellText(value))),
  };
}

const DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?$/;
const timeOf = (text: string): number => Date.parse(`${text}Z`);
