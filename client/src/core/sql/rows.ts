/** Records as rows of a table of the SQL engine, and its rows as records. */
import type { SqlCell, SqlColumn } from '#engine/types';
import type { FieldType } from '#language';
import { ColumnNames } from '../results/columns';
import type { ApiRecord } from '../results/read-page';
import { memberOf } from '../results/table';
import { type Column, type FieldTypes, valueAs } from '../results/typed';
import type { Answer } from '../running/answer';
import { nameKey } from '../text/names';
import { ExactNumber, numberOfText } from '../values/exact-number';
import { digitsOf, isNumber, kindOf } from '../values/kind-of';
import { readJson } from '../values/read-json';
import { writeJson } from '../values/write-json';

/** How many records are looked at before others get their turn. */
const SLICE = 5000;

/**
 * The columns of an answer with their types: those that were selected, else the module's, also where no record has them;
 * then what else came.
 */
export async function columnsOfAnswer({ records = [], columns, select, fields }: Answer): Promise<Column[]> {
  if (columns !== undefined) return [...columns];
  const names = new ColumnNames(select.length > 0 ? select : fields.map(({ name }) => name));
  for (let start = 0; start < records.length; start += SLICE) {
    names.add(records.slice(start, start + SLICE));
    await new Promise((resolve) => setImmediate(resolve));
  }
  const types: FieldTypes = new Map(fields.map(({ name, type }) => [nameKey(name), type]));
  return names.list().map((name) => ({ name, type: types.get(nameKey(name)) ?? 'unknown' }));
}

/** The records as rows, one after the other as they are asked for. */
export function* rowsOf(
  records: readonly ApiRecord[],
  columns: readonly SqlColumn[],
): Generator<readonly SqlCell[]> {
  const choices = choicesIn(records, columns);
  for (const record of records)
    yield columns.map(({ name, type }) => cellOf(type, memberOf(record, name), choices.has(name)));
}

/** The fields that hold a text where something was chosen, and an empty list where nothing was. */
function choicesIn(records: readonly ApiRecord[], columns: readonly SqlColumn[]): ReadonlySet<string> {
  const lists = columns.filter(({ type }) => type === 'list' || type === 'unknown');
  return new Set(
    lists.flatMap(({ name }) =>
      records.some((record) => typeof memberOf(record, name) === 'string') ? name : [],
    ),
  );
}

/** The value as its type says; nothing is NULL, but for an empty list that is one of several. */
function cellOf(type: FieldType, sent: unknown, isChoice: boolean): SqlCell {
  if (sent === undefined || sent === null || (type === 'list' && sent === '')) return null;
  if (isChoice && typeof sent === 'string') return sent;
  if (isChoice && Array.isArray(sent) && sent.length === 0) return null;
  const value = valueAs(type, sent);
  switch (kindOf(value)) {
    case 'missing':
    case 'null':
      return null;
    case 'list':
    case 'object':
      return writeJson(value);
    default:
      return scalarOf(type, value);
  }
}

function scalarOf(type: FieldType, value: unknown): SqlCell {
  if (isNumber(value)) {
    // The platform sends the same text as a number now and then.
    if (type === 'string') return digitsOf(value);
    return value instanceof ExactNumber ? exactCell(value) : value;
  }
  return typeof value === 'boolean' ? value : String(value);
}

const MOST = 2n ** 63n;

function exactCell({ text }: ExactNumber): SqlCell {
  if (!/^-?\d+$/.test(text)) return { digits: text };
  const whole = BigInt(text);
  return whole >= -MOST && whole < MOST ? whole : { digits: text };
}

/** The rows as records with the columns as members. */
export const recordsOf = async (
  columns: readonly SqlColumn[],
  rows: readonly (readonly SqlCell[])[],
): Promise<ApiRecord[]> => {
  const records: ApiRecord[] = [];
  for (const [index, row] of rows.entries()) {
    // A column may be called `__proto__`.
    records.push(
      Object.fromEntries(columns.map(({ name, type }, at) => [name, valueOf(type, row[at] ?? null)])),
    );
    if (index % SLICE === SLICE - 1) await new Promise((resolve) => setImmediate(resolve));
  }
  return records;
};

function valueOf(type: FieldType, cell: SqlCell): unknown {
  if (typeof cell === 'bigint') return numberOfText(String(cell));
  if (typeof cell === 'object' && cell !== null) return numberOfText(cell.digits) ?? cell.digits;
  return type === 'list' && typeof cell === 'string' ? listIn(cell) : cell;
}

/** A list that the statement did not change; whatever else came out of its column is a text. */
function listIn(json: string): unknown {
  try {
    const list = readJson(json);
    return Array.isArray(list) ? list : json;
  } catch {
    return json;
  }
}
