/** Writes records as a Parquet file, for Power BI, pandas, DuckDB and the like. */
import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer';
import { digitsOf, isNumber, kindOf } from '../values/kind-of';
import { wallTimeOf } from '../values/wall-time';
import type { ApiRecord } from './read-page';
import { cellText, memberOf } from './table';

/**
 * A column whose values are all numbers, booleans or dates (`yyyy-MM-ddTHH:mm:ss`, taken as UTC) has that type, if the
 * type holds each of them unchanged; any other is text as a reader sees it. A missing value is null. For many records
 * this takes seconds: call it in a worker.
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
  if (all((value) => kindOf(value) === 'number')) return { ...column, type: 'DOUBLE', data: values };
  if (all((value) => isInt64(value)))
    return { ...column, type: 'INT64', data: values.map((value) => int64Of(value) ?? null) };
  if (all((value) => kindOf(value) === 'boolean')) return { ...column, type: 'BOOLEAN', data: values };
  if (all((value) => !Number.isNaN(timeOf(value))))
    return {
      ...column,
      type: 'TIMESTAMP',
      data: values.map((value) => (value === null ? null : new Date(timeOf(value)))),
    };
  return {
    ...column,
    type: 'STRING',
    data: values.map((value) => (value === null ? null : cellText(value))),
  };
}

/** A whole number that 64 bits hold. */
function int64Of(value: unknown): bigint | undefined {
  const digits = isNumber(value) ? digitsOf(value) : '';
  if (!/^-?\d{1,19}$/.test(digits)) return undefined;
  const whole = BigInt(digits);
  return BigInt.asIntN(64, whole) === whole ? whole : undefined;
}
const isInt64 = (value: unknown): boolean => int64Of(value) !== undefined;

/** Milliseconds; NaN for what is no time, or has a zone or a smaller part that would get lost. */
function timeOf(value: unknown): number {
  const match = typeof value === 'string' ? TIME.exec(value) : null;
  return match === null ? NaN : wallTimeOf(match[1]) + Number((match[2] ?? '').padEnd(3, '0'));
}
const TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,3})0*)?$/;
