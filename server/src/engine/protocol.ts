/** What the client side of the engine and its worker say to each other. */
import type { Digits, SqlAnswer, SqlCell, SqlFault, SqlFinding, SqlTable } from './types';

/** A table that the worker has, under the name that the statement has for it. */
interface UsedTable extends SqlTable {
  readonly key: string;
}

/** What the worker can't count by itself: the most that it may use. */
export interface EngineLimits {
  /** Bytes of the engine's memory, tables included. */
  readonly heap: number;
  /** Bytes of one value. */
  readonly value: number;
  /** Bytes of the rows of one answer. */
  readonly answer: number;
}

export interface WorkerData {
  /** One number, which is not 0 where the statement that runs is to end. */
  readonly stop: Int32Array;
  readonly limits: EngineLimits;
}

export type ToSqlWorker =
  | { readonly type: 'check'; readonly tables: readonly SqlTable[]; readonly statement: string }
  /** Rows of a table that will be made: it gets several of these, then `table`. */
  | { readonly type: 'rows'; readonly rows: readonly (readonly SqlCell[])[] }
  | { readonly type: 'table'; readonly key: string; readonly columns: SqlTable['columns'] }
  | { readonly type: 'drop'; readonly keys: readonly string[] }
  | {
      readonly type: 'run';
      readonly statement: string;
      readonly values: readonly (string | number | bigint)[];
      readonly tables: readonly UsedTable[];
      readonly mostRows: number;
    };

/** Each message but `drop` has one reply; before that of `run` come its rows. */
export type FromSqlWorker =
  | { readonly type: 'finding'; readonly finding: SqlFinding }
  | { readonly type: 'taken' }
  | { readonly type: 'rows'; readonly rows: readonly (readonly SqlCell[])[] }
  | { readonly type: 'answer'; readonly answer: Omit<SqlAnswer, 'rows'> }
  /** `broken`: the worker can't go on. */
  | { readonly type: 'fault'; readonly fault: SqlFault; readonly broken: boolean };

export const isDigits = (cell: SqlCell): cell is Digits => typeof cell === 'object' && cell !== null;
