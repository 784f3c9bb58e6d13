import { join } from 'node:path';
import { SqlError } from '#engine/faults';
import { SqlEngine, type SqlEngineOptions } from '#engine/sql-engine';
import type { SqlAnswer, SqlCell, SqlColumn, SqlFault, SqlFinding, TableContent } from '#engine/types';

const PROGRAM = join(import.meta.dirname, '../../../dist/sql-worker.js');

export type Columns = Readonly<Record<string, SqlColumn['type']>>;

const columnsOf = (columns: Columns): SqlColumn[] =>
  Object.entries(columns).map(([name, type]) => ({ name, type }));

let keys = 0;

/** A table of a test; its content is new. */
export const table = (
  name: string,
  columns: Columns | readonly SqlColumn[],
  rows: Iterable<readonly SqlCell[]> = [],
): TableContent => ({
  name,
  columns: Array.isArray(columns) ? (columns as readonly SqlColumn[]) : columnsOf(columns as Columns),
  rows,
  key: String(++keys),
});

/** An engine for the tests of a file. */
export class TestEngine {
  readonly engine: SqlEngine;
  constructor(limits: SqlEngineOptions['limits'] = {}) {
    this.engine = new SqlEngine({ program: PROGRAM, limits });
  }

  answer(
    statement: string,
    tables: readonly TableContent[] = [],
    ...values: (string | number | bigint)[]
  ): Promise<SqlAnswer> {
    return this.engine.run({ statement, values, tables });
  }

  async rows(
    statement: string,
    tables: readonly TableContent[] = [],
    ...values: (string | number | bigint)[]
  ): Promise<SqlAnswer['rows']> {
    return (await this.answer(statement, tables, ...values)).rows;
  }

  /** The fault of running a statement. */
  async fault(
    statement: string,
    tables: readonly TableContent[] = [],
    signal?: AbortSignal,
  ): Promise<SqlFault> {
    try {
      await this.engine.run({ statement, values: [], tables, ...(signal && { signal }) });
    } catch (error) {
      if (error instanceof SqlError) return error.fault;
      throw error;
    }
    throw new Error(`“${statement}” ran.`);
  }

  check(statement: string, tables: readonly TableContent[] = []): Promise<SqlFinding> {
    return this.engine.check(tables, statement);
  }
}
