/** The tables of SQL requests and their columns: what the requests of the file bring. */
import type { Platforms } from '../../catalog/platforms';
import type { BlockTree, Sql } from '../../syntax/nodes';
import { sqlTreeOf } from '../../syntax/sql/parser';
import { modelOf, type RequestModel } from '../request-model';
import { selectedNames } from '../select-list';
import type { FileSymbols } from '../symbols';
import { renamed, type SqlColumn, SqlScopes } from './scopes';
import { sqlKey, tableNamed } from './tables';

/** A request of the file as a table of statements. */
export interface SqlTableSchema {
  /** As its `# @name` has it. */
  readonly name: string;
  /** Undefined: not known before it runs; then nothing is checked. */
  readonly columns: readonly SqlColumn[] | undefined;
}

interface SqlTable extends SqlTableSchema {
  readonly tree: BlockTree;
}

const schemas = new WeakMap<FileSymbols, SqlSchema>();

/** The schema of a file: the same one as long as its names and its platforms are the same. */
export function schemaOf(symbols: FileSymbols, platforms: Platforms): SqlSchema {
  let schema = schemas.get(symbols);
  if (schema?.platforms !== platforms) {
    schema = new SqlSchema(symbols, platforms);
    schemas.set(symbols, schema);
  }
  return schema;
}

/** The tables that the statements of a file can name, with their columns once they are asked for. */
export class SqlSchema {
  readonly #tables = new Map<string, SqlTable>();
  readonly #scopes = new WeakMap<Sql, SqlScopes>();
  readonly #open = new Set<BlockTree>();
  readonly #depth = { now: 0 };

  constructor(
    readonly symbols: FileSymbols,
    readonly platforms: Platforms,
  ) {}

  /** The table that a word of a statement names. */
  table(word: string): SqlTable | undefined {
    const [name, definitions] = tableNamed(word, this.symbols.requests) ?? [];
    const tree = definitions?.[0]?.tree;
    if (name === undefined || tree === undefined) return undefined;
    const known = this.#tables.get(name);
    if (known !== undefined) return known;
    // It needs itself: what is asked for is not known yet, and is not kept.
    if (this.#open.has(tree)) return { name, tree, columns: undefined };
    this.#open.add(tree);
    const table = { name, tree, columns: this.#columnsOf(tree) };
    this.#open.delete(tree);
    this.#tables.set(name, table);
    return table;
  }

  /** The names in a statement and what they mean. */
  scopes(sql: Sql): SqlScopes {
    let scopes = this.#scopes.get(sql);
    if (scopes === undefined) {
      scopes = new SqlScopes(sql, (name) => this.table(name)?.columns, this.#depth);
      this.#scopes.set(sql, scopes);
    }
    return scopes;
  }

  #columnsOf(tree: BlockTree): readonly SqlColumn[] | undefined {
    if (tree.sql === undefined) return fetchedColumns(modelOf(tree, this.platforms));
    const { query } = sqlTreeOf(tree.sql);
    const columns = query && this.scopes(tree.sql).columnsOfQuery(query);
    return columns && unique(columns);
  }
}

/** What a request of the API brings: the fields of its `$select`, else those of its module. */
function fetchedColumns(model: RequestModel): readonly SqlColumn[] | undefined {
  const { module, endpoint, tree } = model;
  if (tree.request === undefined || endpoint !== 'data' || model.method !== 'GET') return undefined;
  const column = ({ name, type }: Pick<SqlColumn, 'name' | 'type'>): SqlColumn => ({
    ...{ name, type, of: { tree, name } },
  });
  if (model.clause('$select') === undefined) {
    const fields = module?.fields;
    return fields?.length === 0 ? undefined : fields && distinct(fields).map(column);
  }
  const columns = selectedNames(model)?.map(
    ({ text }) => module?.field(text) ?? { name: text, type: 'unknown' as const },
  );
  return columns && distinct(columns).map(column);
}

/** Each name once, the first of those that are the same to SQLite. */
function distinct<C extends Pick<SqlColumn, 'name'>>(columns: readonly C[]): C[] {
  const taken = new Set<string>();
  return columns.filter(({ name }) => {
    const key = sqlKey(name);
    if (taken.has(key)) return false;
    taken.add(key);
    return true;
  });
}

/** Later ones of the same name are `ID_2`, `ID_3`, as in the answer. */
function unique(columns: readonly SqlColumn[]): SqlColumn[] {
  const written = new Set(columns.map(({ name }) => sqlKey(name)));
  const taken = new Set<string>();
  return columns.map((column) => {
    const { name } = column;
    let free = name;
    // A name that another column has as its own stays with that one.
    for (let count = 2; taken.has(sqlKey(free)) || (free !== name && written.has(sqlKey(free))); count++)
      free = `${name}_${count}`;
    taken.add(sqlKey(free));
    return renamed(column, free);
  });
}
