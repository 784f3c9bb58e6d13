/** Which columns of each table the requests of a file use. */
import type { FileSymbols } from '../symbols';
import type { SqlSchema } from './schema';
import type { SqlScopes } from './scopes';
import { cteOf, sqlKey } from './tables';

/** Keys of columns by tables; `undefined`: any of them may be used. */
export type ColumnUses = ReadonlyMap<string, ReadonlySet<string> | undefined>;

/** More statements than that are not searched at each change. */
const MAX_STATEMENTS = 200;

const known = new WeakMap<SqlSchema, ColumnUses | undefined>();

/** What all statements and references of the file use; undefined where one of them can’t be read, or there are too many. */
export function usesIn(schema: SqlSchema): ColumnUses | undefined {
  if (known.has(schema)) return known.get(schema);
  const uses = schema.symbols.statements.length > MAX_STATEMENTS ? undefined : collect(schema);
  known.set(schema, uses);
  return uses;
}

function collect(schema: SqlSchema): ColumnUses | undefined {
  const uses = new Map<string, Set<string> | undefined>();
  const add = (table: string, columns: Iterable<string> | undefined) => {
    const before = uses.has(table) ? uses.get(table) : new Set<string>();
    if (columns !== undefined && before !== undefined) for (const each of columns) before.add(each);
    uses.set(table, columns === undefined ? undefined : before);
  };
  for (const { sql } of schema.symbols.statements) {
    if (sql === undefined) continue;
    const scopes = schema.scopes(sql);
    // Nobody knows what it will use.
    if (scopes.tree.isTooDeep || scopes.tree.unexpected !== undefined) return undefined;
    for (const [name, columns] of usesOf(scopes)) {
      const table = schema.table(name)?.name;
      if (table !== undefined) add(table, columns);
    }
  }
  addReferences(schema.symbols, add);
  return uses;
}

/** `{{courses.results[0].ID}}` uses a column; anything else may use any. */
function addReferences(
  { reads }: FileSymbols,
  add: (table: string, columns: Iterable<string> | undefined) => void,
): void {
  for (const text of reads) {
    const [, name = '', column] =
      /^([^.[]*)\.results\[(?:\d+|\*)\]\.([\p{L}_][\p{L}\p{N}_]*)$/u.exec(text) ?? [];
    if (column === undefined) add(/^[^.[]*/.exec(text)?.[0] ?? '', undefined);
    else add(name, [sqlKey(column)]);
  }
}

/** What a statement uses of the tables that it names, by the words for them. */
function usesOf(scopes: SqlScopes): Map<string, Set<string> | undefined> {
  const { tree } = scopes;
  const found = new Map<string, Set<string> | undefined>();
  const tables = tree.sources.filter(
    (source) => source.kind === 'table' && source.name !== undefined && cteOf(source) === undefined,
  );
  const isUnclear =
    tables.some(({ core, join }) => core === undefined || join?.isNatural === true) ||
    tree.columns.some((word) =>
      ['unknown', 'missing', 'ambiguous', 'no-table'].includes(scopes.meaningOf(word).kind),
    );
  for (const { name } of tables)
    if (name !== undefined) found.set(name.text, isUnclear ? undefined : new Set());
  if (isUnclear) return found;
  for (const word of tree.columns) {
    const meaning = scopes.meaningOf(word);
    if (meaning.kind === 'column')
      found.get(meaning.source.name?.text ?? '')?.add(sqlKey(meaning.column.name));
  }
  for (const core of tree.cores) {
    const isEvery = core.results.some(({ kind }) => kind === 'every');
    for (const { name, join } of core.sources) {
      if (name !== undefined && isEvery && found.has(name.text)) found.set(name.text, undefined);
      for (const { text } of join?.using ?? [])
        for (const other of core.sources) found.get(other.name?.text ?? '')?.add(sqlKey(text));
    }
  }
  return found;
}
