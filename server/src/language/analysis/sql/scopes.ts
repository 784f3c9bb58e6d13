/** What the names in a SQL statement mean: which table, which column, which alias. As SQLite looks them up. */
import type { FieldType } from '../../catalog/catalog';
import type { BlockTree, Sql } from '../../syntax/nodes';
import type {
  SqlColumnWord,
  SqlComputed,
  SqlCore,
  SqlCte,
  SqlEvery,
  SqlExpression,
  SqlName,
  SqlQueryNode,
  SqlSource,
  SqlTree,
} from '../../syntax/sql/nodes';
import { sqlTreeOf } from '../../syntax/sql/parser';
import type { SqlToken } from '../../syntax/sql/tokens';
import { shift, type Span, textOf } from '../../text/span';
import { ROW_WORDS } from '../../vocabulary/sql-keywords';
import { cteOf, sqlKey } from './tables';

/** A column of a table or an answer. What is computed has an `unknown` type. */
export interface SqlColumn {
  readonly name: string;
  readonly type: FieldType;
  /** The field whose values it has, through however many queries; undefined of what is computed or united. */
  readonly of?: SqlField;
}

/** A field of the records that a request reads. */
interface SqlField {
  readonly tree: BlockTree;
  readonly name: string;
}

/** What a name of a column means. */
export type SqlMeaning =
  | { readonly kind: 'column'; readonly source: SqlSource; readonly column: SqlColumn }
  /** The alias of a result of the same query. */
  | { readonly kind: 'alias'; readonly result: SqlComputed }
  /** A column of a compound, by its name. */
  | { readonly kind: 'result' }
  /** `rowid`, or `true` and `false`. */
  | { readonly kind: 'word' }
  /** The columns of a table are not known. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'missing'; readonly sources: readonly SqlSource[] }
  | { readonly kind: 'ambiguous'; readonly sources: readonly SqlSource[] }
  /** No table of that name or alias is in sight. */
  | { readonly kind: 'no-table'; readonly sources: readonly SqlSource[] };

type Columns = readonly SqlColumn[] | undefined;

const column = (name: string, type: FieldType): SqlColumn => ({ name, type });

/** A column of an answer under another name. */
export const renamed = (own: SqlColumn, name: string): SqlColumn =>
  own.name === name ? own : { ...own, name };

/** The columns of the functions that make tables. */
const FUNCTION_COLUMNS: ReadonlyMap<string, readonly SqlColumn[]> = new Map(
  ['json_each', 'json_tree'].map((name) => [
    name,
    ['key', 'value', 'type', 'atom', 'id', 'parent', 'fullkey', 'path', 'json', 'root'].map((each) =>
      column(each, 'unknown'),
    ),
  ]),
);
/** Those of them that `*` leaves out. */
const HIDDEN: ReadonlySet<string> = new Set(['json', 'root']);

/** The name by which the columns of a source are called. */
export const nameOfSource = ({ alias, name }: SqlSource): string | undefined => alias?.text ?? name?.text;

export class SqlScopes {
  readonly #queries = new Map<SqlQueryNode, Columns>();
  readonly #meanings = new Map<SqlColumnWord, SqlMeaning>();
  /** The tables of each core by name. */
  readonly #sources = new Map<SqlCore, Map<string, SqlSource[]>>();

  readonly tree: SqlTree;

  /**
   * `tables`: the columns of a table that is no CTE; undefined where they are not known. `depth`: how many queries are
   * being looked at, each for another one, in all statements.
   */
  constructor(
    private readonly sql: Pick<Sql, 'text' | 'tokens' | 'offset'>,
    private readonly tables: (name: string) => Columns,
    private readonly depth = { now: 0 },
  ) {
    this.tree = sqlTreeOf(sql);
  }

  /** The columns that can be named of a source; undefined: not known. */
  columnsOf(source: SqlSource): Columns {
    switch (source.kind) {
      case 'table': {
        const cte = cteOf(source);
        if (cte !== undefined) return this.#columnsOfCte(cte);
        return source.name === undefined ? undefined : this.tables(source.name.text);
      }
      case 'function':
        return FUNCTION_COLUMNS.get(source.name?.text.toLowerCase() ?? '');
      case 'subquery':
        return source.query && this.columnsOfQuery(source.query);
      case 'group':
        return undefined;
    }
  }

  #columnsOfCte({ columns, query }: SqlCte): Columns {
    const own = query && this.columnsOfQuery(query);
    return columns === undefined
      ? own
      : columns.map(({ text }, index) => renamed(own?.[index] ?? column(text, 'unknown'), text));
  }

  /** The columns of an answer; undefined: not known. */
  columnsOfQuery(query: SqlQueryNode): Columns {
    if (this.#queries.has(query)) return this.#queries.get(query);
    const [core] = query.cores;
    if (core === undefined || this.tree.isTooDeep || this.depth.now >= MAX_DEPTH) return undefined;
    // A CTE may read itself.
    this.#queries.set(query, undefined);
    this.depth.now++;
    const first = this.#columnsOfCore(core);
    this.depth.now--;
    const found = query.cores.length > 1 ? first?.map(({ name, type }) => column(name, type)) : first;
    this.#queries.set(query, found);
    return found;
  }

  #columnsOfCore(core: SqlCore): Columns {
    if (core.kind === 'values')
      return Array.from({ length: core.width }, (_, index) => column(`column${index + 1}`, 'unknown'));
    if (core.sources.length > MAX_SOURCES) return undefined;
    const columns: SqlColumn[] = [];
    for (const result of core.results) {
      if (result.kind === 'computed') {
        columns.push(this.#columnOf(result));
        continue;
      }
      const every = this.#every(core, result);
      if (every === undefined) return undefined;
      for (const each of every) columns.push(each);
      if (columns.length > MAX_COLUMNS) return undefined;
    }
    return columns.length === 0 ? undefined : columns;
  }

  /** A result without an alias is called like its column, else as it is written. */
  #columnOf({ alias, expression }: SqlComputed): SqlColumn {
    const own = this.columnIn(expression);
    const name = alias?.text ?? own?.name ?? this.#written(expression);
    return own === undefined ? column(name, 'unknown') : renamed(own, name);
  }

  #written = (where: Span): string => textOf(this.sql.text, shift(where, -this.sql.offset));

  /** The column that an expression is as a whole, perhaps in parentheses. */
  columnIn(expression: SqlExpression): SqlColumn | undefined {
    const [only] = expression.pieces;
    if (expression.pieces.length !== 1 || only?.kind !== 'column') return undefined;
    const meaning = this.meaningOf(only);
    if (meaning.kind === 'column') return meaning.column;
    return column(only.name.text, 'unknown');
  }

  #every(core: SqlCore, { qualifier }: SqlEvery): Columns {
    const found: SqlColumn[] = [];
    for (const source of this.#called(core, qualifier)) {
      const columns = this.columnsOf(source);
      if (columns === undefined) return undefined;
      const isFunction = source.kind === 'function';
      for (const each of columns) {
        const isMerged = qualifier === undefined && this.#isMerged(source, each.name);
        if (!isMerged && !(isFunction && HIDDEN.has(each.name))) found.push(each);
      }
      if (found.length > MAX_COLUMNS) return undefined;
    }
    return found;
  }

  /** Whether the column is the same as one of a table before it: by `using`, or in a natural join. */
  #isMerged({ join, core }: SqlSource, name: string): boolean {
    if (join === undefined) return false;
    const key = sqlKey(name);
    if (join.using.some(({ text }) => sqlKey(text) === key)) return true;
    if (!join.isNatural || core === undefined) return false;
    const before = core.sources.findIndex((each) => each.join === join);
    return core.sources.slice(0, before).some((other) => this.#columnNamed(other, key) !== undefined);
  }

  #columnNamed(source: SqlSource, key: string): SqlColumn | undefined {
    const columns = this.columnsOf(source);
    return columns && byKey(columns).get(key);
  }

  /** The tables of a core that a name before a `.` means; all of them where there is none. */
  #called(core: SqlCore, qualifier: SqlName | undefined): readonly SqlSource[] {
    if (qualifier === undefined) return core.sources;
    let byName = this.#sources.get(core);
    if (byName === undefined) {
      byName = new Map();
      for (const source of core.sources) {
        const name = nameOfSource(source);
        if (name === undefined) continue;
        const key = sqlKey(name);
        const same = byName.get(key);
        if (same === undefined) byName.set(key, [source]);
        else same.push(source);
      }
      this.#sources.set(core, byName);
    }
    return byName.get(sqlKey(qualifier.text)) ?? [];
  }

  /** The tables whose columns can be named in a core, its own first. */
  sourcesFrom(core: SqlCore | undefined): SqlSource[] {
    const found: SqlSource[] = [];
    for (let scope = core; scope !== undefined; scope = scope.query.outer)
      for (const source of scope.sources) found.push(source);
    return found;
  }

  /** The table that a name before a `.` means, in a core or those around it. */
  sourceCalled(qualifier: SqlName, core: SqlCore | undefined): SqlSource | undefined {
    for (let scope = core; scope !== undefined; scope = scope.query.outer) {
      const [found] = this.#called(scope, qualifier);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** The alias that a name means, as far as the columns of its tables are known. */
  aliasOf(word: SqlColumnWord): SqlToken | undefined {
    const meaning = this.meaningOf(word);
    if (meaning.kind === 'alias') return meaning.result.alias;
    if (meaning.kind !== 'unknown' || word.qualifier !== undefined || word.clause === 'select')
      return undefined;
    return word.core && aliasIn(word.core, sqlKey(word.name.text))?.alias;
  }

  meaningOf(word: SqlColumnWord): SqlMeaning {
    let meaning = this.#meanings.get(word);
    if (meaning === undefined) {
      // A CTE of its own columns: whoever asks again meanwhile is told that they are not known.
      this.#meanings.set(word, { kind: 'unknown' });
      meaning = this.#lookUp(word);
      this.#meanings.set(word, meaning);
    }
    return meaning;
  }

  #lookUp(word: SqlColumnWord): SqlMeaning {
    const { qualifier, name, core, query, clause } = word;
    const key = sqlKey(name.text);
    if (clause === 'order' && core !== undefined && query === core.query && qualifier === undefined) {
      if (query.cores.length > 1) return this.#inCompound(query, key);
      const result = word.isWhole ? aliasIn(core, key) : undefined;
      if (result !== undefined) return { kind: 'alias', result };
    }
    let isQualified = false;
    let inner: SqlCore | undefined;
    for (let scope = core; scope !== undefined; scope = scope.query.outer) {
      const called = this.#called(scope, qualifier);
      isQualified ||= called.length > 0;
      const found = this.#among(called, key);
      if (found !== undefined) return found;
      const rows = ROW_WORDS.has(key) ? called.filter(hasRows) : [];
      if (rows.length > 1) return { kind: 'ambiguous', sources: rows };
      if (rows.length === 1) return { kind: 'word' };
      // Results don't see the aliases beside them.
      const place = inner === undefined ? clause : inner.query.outerClause;
      const allowsAlias = qualifier === undefined && place !== 'select';
      inner = scope;
      const result = allowsAlias ? aliasIn(scope, key) : undefined;
      if (result !== undefined) return { kind: 'alias', result };
    }
    if (qualifier === undefined && name.kind === 'word' && (key === 'true' || key === 'false'))
      return { kind: 'word' };
    const sources = this.sourcesFrom(core);
    if (qualifier !== undefined && !isQualified)
      return sources.some(({ kind }) => kind === 'group')
        ? { kind: 'unknown' }
        : { kind: 'no-table', sources };
    const named = new Set<SqlSource>();
    for (let scope = core; scope !== undefined; scope = scope.query.outer)
      for (const source of this.#called(scope, qualifier)) named.add(source);
    return { kind: 'missing', sources: [...named] };
  }

  /** The column of that name of one of the sources; undefined where none of them has it. */
  #among(sources: readonly SqlSource[], key: string): SqlMeaning | undefined {
    let first: { source: SqlSource; column: SqlColumn } | undefined;
    const others: SqlSource[] = [];
    let isUnknown = sources.length > MAX_SOURCES;
    for (const source of isUnknown ? [] : sources) {
      const columns = this.columnsOf(source);
      isUnknown ||= columns === undefined;
      const found = columns && this.#columnNamed(source, key);
      if (found === undefined) continue;
      if (first === undefined) first = { source, column: found };
      else if (!this.#isMerged(source, key)) others.push(source);
    }
    if (first !== undefined && others.length > 0)
      return { kind: 'ambiguous', sources: [first.source, ...others] };
    if (first !== undefined) return { kind: 'column', ...first };
    return isUnknown ? { kind: 'unknown' } : undefined;
  }

  /** `order by` behind `union`: the names of the answer, of any of its parts. */
  #inCompound(query: SqlQueryNode, key: string): SqlMeaning {
    for (const core of query.cores) {
      const columns = this.#columnsOfCore(core);
      if (columns === undefined) return { kind: 'unknown' };
      if (columns.some(({ name }) => sqlKey(name) === key)) return { kind: 'result' };
      // A term that is the same as a result before its alias.
      for (const result of core.results) {
        const [only] = result.kind === 'computed' ? result.expression.pieces : [];
        if (only?.kind === 'column' && sqlKey(only.name.text) === key) return { kind: 'result' };
      }
    }
    return { kind: 'missing', sources: [] };
  }
}

/** More than SQLite gives an answer. */
const MAX_COLUMNS = 2000;

/** A table of its own has a `rowid`: no query has. */
const hasRows = (source: SqlSource): boolean =>
  source.kind === 'function' || (source.kind === 'table' && cteOf(source) === undefined);

/** More than SQLite joins in one `from`. */
const MAX_SOURCES = 64;
/** CTEs of CTEs, tables of tables: more than anyone writes. */
const MAX_DEPTH = 200;

const columnKeys = new WeakMap<readonly SqlColumn[], ReadonlyMap<string, SqlColumn>>();

/** The first column of each name. */
function byKey(columns: readonly SqlColumn[]): ReadonlyMap<string, SqlColumn> {
  let keys = columnKeys.get(columns);
  if (keys === undefined) {
    keys = new Map(columns.toReversed().map((each) => [sqlKey(each.name), each]));
    columnKeys.set(columns, keys);
  }
  return keys;
}

const aliases = new WeakMap<SqlCore, ReadonlyMap<string, SqlComputed>>();

function aliasIn(core: SqlCore, key: string): SqlComputed | undefined {
  let keys = aliases.get(core);
  if (keys === undefined) {
    keys = new Map(
      core.results
        .toReversed()
        .flatMap((each) =>
          each.kind === 'computed' && each.alias !== undefined ? [[sqlKey(each.alias.text), each]] : [],
        ),
    );
    aliases.set(core, keys);
  }
  return keys.get(key);
}
