/** What is to be asked of the engine about a statement: whether it can be prepared against the tables of the file. */
import type { Platforms } from '../../catalog/platforms';
import type { BlockTree } from '../../syntax/nodes';
import type { FileSymbols } from '../symbols';
import type { SqlFault } from './findings';
import { schemaOf } from './schema';
import type { SqlColumn } from './scopes';
import { prepareSql } from './statement';
import { tableWords } from './tables';

export interface SqlCheck {
  /** The same for the same question. */
  readonly key: string;
  readonly statement: string;
  /** Those whose columns are known. */
  readonly tables: readonly { readonly name: string; readonly columns: readonly SqlColumn[] }[];
  /** False where a table's columns are not known: then only syntax counts. */
  readonly knowsNames: boolean;
}

/** What the engine says. */
export type SqlVerdict = { readonly ok: true } | { readonly ok: false; readonly fault: SqlFault };

/** Undefined where a request has no statement. */
export function sqlCheckOf(
  { sql }: BlockTree,
  symbols: FileSymbols,
  platforms: Platforms,
): SqlCheck | undefined {
  if (sql === undefined || sql.length === 0) return undefined;
  const schema = schemaOf(symbols, platforms);
  const found = new Map(
    tableWords(sql).flatMap(({ text }) => {
      const table = schema.table(text);
      return table === undefined ? [] : [[table.name, table.columns] as const];
    }),
  );
  const tables = [...found].flatMap(([name, columns]) =>
    columns === undefined || columns.length === 0 ? [] : [{ name, columns }],
  );
  const { text: statement } = prepareSql(sql);
  const knowsNames = tables.length === found.size;
  return { key: JSON.stringify([statement, tables, knowsNames]), statement, tables, knowsNames };
}

/** The fault that a user is told of. */
export const faultIn = ({ knowsNames }: SqlCheck, verdict: SqlVerdict): SqlFault | undefined =>
  verdict.ok || !(knowsNames || verdict.fault.isSyntax === true) ? undefined : verdict.fault;
