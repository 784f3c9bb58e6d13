/** Runs a SQL request: its tables are the answers of other requests, its result is like one of them. */
import { uniqueNames } from '#engine/names';
import type { SqlAnswer, SqlQuestion, TableContent } from '#engine/types';
import { ApiError } from '../remote/api-error';
import { type Extent, onlyPartOf, partOf } from '../running/extent';
import type { PreparedSql } from '../running/prepare';
import type { RunResult } from '../running/send';
import { notesOnNumbers } from './not-numbers';
import { columnsOfAnswer, recordsOf, rowsOf } from './rows';
import type { SqlSource } from './sql-source';

/** What answers statements. */
export interface SqlRunner {
  run(question: SqlQuestion): Promise<SqlAnswer>;
}

/** Throws `SqlError` where the engine can't answer, and `ApiError` where it was stopped. */
export async function runSql(
  engine: SqlRunner,
  { query, tables }: PreparedSql,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<RunResult> {
  const started = performance.now();
  const contents: TableContent[] = [];
  for (const table of tables) contents.push(await contentOf(table));
  const question = { statement: query.text, values: query.values, tables: contents };
  const answer = await engine
    .run({ ...question, ...(signal === undefined ? {} : { signal }) })
    .catch((error: unknown) => {
      throw signal?.aborted === true ? new ApiError('cancelled') : error;
    });
  const { columns, rows, whole } = answer;
  const records = await recordsOf(columns, rows);
  const notes = [...answer.notes, ...(await notesOnNumbers(query, contents, answer, moduleIn(tables)))];
  const count = records.length;
  return {
    url: '',
    status: 200,
    milliseconds: Math.round(performance.now() - started),
    bytes: 0,
    pages: 1,
    count,
    duplicates: 0,
    extent: whole ? extentOf(tables) : cutAt(count),
    position: { pages: 1, records: count, size: Math.max(count, 1), skip: 1, offset: 0 },
    notes,
    json: { results: records },
    records,
    columns,
  };
}

async function contentOf({ name, answer }: SqlSource): Promise<TableContent> {
  const columns = answer === undefined ? [] : await columnsOfAnswer(answer);
  const names = uniqueNames(columns.map((column) => column.name));
  return {
    name,
    columns: columns.map((column, index) => ({ ...column, name: names[index] ?? '' })),
    key: answer?.key ?? '',
    // They are read anew each time: by the engine, and for what is said of them.
    rows: { [Symbol.iterator]: () => rowsOf(answer?.records ?? [], columns) },
  };
}

/** By a table’s name the module of its records; undefined where a statement computed them. */
const moduleIn = (tables: readonly SqlSource[]) => (name: string) => {
  const request = tables.find((table) => table.name === name)?.request;
  return request?.sql === undefined ? request?.module : undefined;
};

/** A result is as sure as its tables are. */
function extentOf(tables: readonly SqlSource[]): Extent {
  for (const { name, answer } of tables) {
    if (answer?.extent.kind === 'stopped')
      return {
        kind: 'doubtful',
        reason: `Not all records of “${name}” had arrived when its fetch was stopped, so this result may lack some. Run it again to fetch them all.`,
      };
    if (answer?.extent.kind === 'doubtful')
      return { kind: 'doubtful', reason: `“${name}”: ${answer.extent.reason}` };
  }
  const part = tables.find(({ answer }) => answer?.extent.kind === 'part');
  return part === undefined ? { kind: 'whole' } : partOf(onlyPartOf(part.name));
}

const cutAt = (rows: number): Extent => ({
  kind: 'doubtful',
  reason: `The result has more than ${rows.toLocaleString('en-GB')} rows, and these are the first of them. Ask for fewer: with “group by”, “where” or “limit”.`,
});
