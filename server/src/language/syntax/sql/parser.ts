/** Reads a SQL statement as SQLite does, as far as names go. Never throws; takes as long as the statement is. */
import { between } from '../../text/span';
import type { Sql } from '../nodes';
import { SqlCursor } from './cursor';
import { type CoreDraft, type Place, type QueryDraft, type SourceDraft, SqlDraft } from './drafts';
import { ExpressionParser } from './expression-parser';
import type { SqlClause, SqlClauseName, SqlCte, SqlJoin, SqlQueryNode, SqlResult, SqlTree } from './nodes';
import type { SqlToken } from './tokens';

const trees = new WeakMap<object, SqlTree>();

/** The tree of a statement; the same one each time. */
export function sqlTreeOf(sql: Pick<Sql, 'tokens' | 'offset'>): SqlTree {
  let tree = trees.get(sql);
  if (tree === undefined) {
    tree = parseSql(sql.tokens, sql.offset);
    trees.set(sql, tree);
  }
  return tree;
}

/** Reads the tokens of a statement that begins at the offset. */
export function parseSql(tokens: readonly SqlToken[], offset: number): SqlTree {
  const cursor = new SqlCursor(tokens, offset);
  const draft = new SqlDraft(cursor);
  const first = cursor.token;
  const isQuery = ExpressionParser.startsQuery(cursor.word());
  const query = isQuery ? new QueryParser(draft).query(undefined) : undefined;
  if (isQuery && !cursor.isDone && !cursor.has(';')) {
    cursor.fail();
    cursor.skipTo(() => false);
  }
  while (!isQuery && !cursor.isDone && !cursor.has(';')) cursor.take();
  cursor.takeOperator(';');
  const { queries, cores, sources, columns, calls, expressions, misplaced, isTooDeep } = draft;
  return {
    query,
    foreign: isQuery ? undefined : first,
    rest: cursor.rest,
    unexpected: cursor.unexpected,
    isTooDeep,
    queries,
    cores,
    sources,
    columns,
    calls,
    expressions,
    misplaced,
  };
}

/** Words with which the next part of a query begins. */
const NEXT_PART: ReadonlySet<string> = new Set(
  'from where group having window order limit union intersect except on using join'.split(' '),
);

/** The place of a query in `with` or `from`: it sees what the query around it sees, and not its tables. */
const besides = (query: SqlQueryNode): Place => ({
  query,
  core: query.outer,
  clause: query.outerClause ?? 'from',
});

class QueryParser {
  readonly #expressions: ExpressionParser;
  readonly #cursor: SqlCursor;

  constructor(private readonly draft: SqlDraft) {
    this.#cursor = draft.cursor;
    this.#expressions = new ExpressionParser(draft, (place) => this.query(place));
  }

  /** `place`: where it stands in another query. */
  query(place: Place | undefined, cte?: SqlCte): SqlQueryNode {
    const cursor = this.#cursor;
    const query: QueryDraft = {
      offset: cursor.next,
      length: 0,
      ctes: [],
      cores: [],
      around: place?.query,
      outer: place?.core,
      outerClause: place?.clause,
      cte,
      clauses: [],
    };
    this.draft.queries.push(query);
    if (cursor.word() === 'with') this.#with(query);
    do {
      cursor.takeWord('all');
      this.#core(query);
      this.#skipOdd();
    } while (cursor.takeWord('union', 'intersect', 'except') !== undefined);
    const [core] = query.cores;
    this.#clause(query.clauses, 'order', () => {
      this.#expressions.order({ query, core, clause: 'order' });
    });
    this.#clause(query.clauses, 'limit', () => {
      cursor.take();
      const place: Place = { query, core: undefined, clause: 'limit' };
      this.#expressions.expression(place);
      if (cursor.takeWord('offset') ?? cursor.takeOperator(',')) this.#expressions.expression(place);
    });
    query.length = Math.max(0, cursor.end - query.offset);
    return query;
  }

  /** Passes over what has no place, so that the rest of the query is read all the same. */
  #skipOdd(): void {
    const cursor = this.#cursor;
    if (cursor.isDone || cursor.has(';') || cursor.has(')') || NEXT_PART.has(cursor.word())) return;
    cursor.fail();
    cursor.skipTo(() => NEXT_PART.has(cursor.word()));
  }

  /** Reads a clause that may be missing, from its keyword. */
  #clause(clauses: SqlClause[], name: SqlClauseName, read: () => void): void {
    const cursor = this.#cursor;
    const keyword = cursor.token;
    if (keyword === undefined || cursor.word() !== name) return;
    read();
    clauses.push({ name, keyword, ...between(keyword.offset, cursor.end) });
    this.#skipOdd();
  }

  #with(query: QueryDraft): void {
    const cursor = this.#cursor;
    const keyword = cursor.take();
    if (cursor.word() === 'recursive' && cursor.word(1) !== 'as' && !cursor.has('(', 1)) cursor.take();
    do {
      const name = this.draft.name();
      if (name === undefined) break;
      const columns = this.draft.names();
      if (cursor.takeWord('as') === undefined) cursor.fail();
      cursor.takeWord('not');
      cursor.takeWord('materialized');
      const cte: { -readonly [K in keyof SqlCte]: SqlCte[K] } = { name, columns, query: undefined };
      query.ctes.push(cte);
      if (cursor.takeOperator('(') === undefined) {
        cursor.fail();
        break;
      }
      if (ExpressionParser.startsQuery(cursor.word()))
        cte.query = this.draft.nested(() => this.query(besides(query), cte));
      this.draft.close();
    } while (cursor.takeOperator(',') !== undefined);
    if (keyword !== undefined)
      query.clauses.push({ name: 'with', keyword, ...between(keyword.offset, cursor.end) });
    if (!ExpressionParser.startsQuery(cursor.word())) {
      cursor.fail();
      cursor.skipTo(() => ExpressionParser.startsQuery(cursor.word()));
    }
  }

  #core(query: QueryDraft): void {
    const cursor = this.#cursor;
    const start = cursor.next;
    const kind = cursor.word() === 'values' ? 'values' : 'select';
    const keyword = cursor.takeWord('select', 'values');
    if (keyword === undefined) {
      cursor.fail();
      return;
    }
    const core: CoreDraft = {
      offset: start,
      length: 0,
      kind,
      query,
      results: [],
      sources: [],
      windows: [],
      clauses: [],
      width: 0,
    };
    this.draft.cores.push(core);
    query.cores.push(core);
    if (kind === 'values') this.#rows(core);
    else this.#results(core);
    core.clauses.push({ name: kind, keyword, ...between(start, cursor.end) });
    if (kind === 'select') {
      this.#skipOdd();
      this.#parts(core);
    }
    core.length = Math.max(0, cursor.end - start);
  }

  #rows(core: CoreDraft): void {
    const cursor = this.#cursor;
    const place: Place = { query: core.query, core, clause: 'values' };
    do {
      if (!cursor.has('(')) {
        cursor.fail();
        return;
      }
      cursor.take();
      const row = this.#expressions.list(place);
      if (core.width === 0) core.width = row.length;
      this.draft.close();
    } while (cursor.takeOperator(',') !== undefined);
  }

  #results(core: CoreDraft): void {
    const cursor = this.#cursor;
    cursor.takeWord('distinct', 'all');
    do {
      const result = this.#result(core);
      if (result !== undefined) core.results.push(result);
    } while (cursor.takeOperator(',') !== undefined);
  }

  #result(core: CoreDraft): SqlResult | undefined {
    const cursor = this.#cursor;
    const start = cursor.next;
    if (cursor.has('*')) {
      cursor.take();
      return { kind: 'every', qualifier: undefined, ...between(start, cursor.end) };
    }
    if (cursor.hasName() && cursor.has('.', 1) && cursor.has('*', 2)) {
      const qualifier = cursor.take();
      cursor.take();
      cursor.take();
      return { kind: 'every', qualifier, ...between(start, cursor.end) };
    }
    const expression = this.#expressions.expression({
      query: core.query,
      core,
      clause: 'select',
    });
    if (expression.pieces.length === 0) return undefined;
    const alias = this.#alias();
    return { kind: 'computed', expression, alias, ...between(start, cursor.end) };
  }

  #alias(): SqlToken | undefined {
    const cursor = this.#cursor;
    const isVariable =
      cursor.token?.kind === 'variable' || (cursor.word() === 'as' && cursor.kind(1) === 'variable');
    if (!isVariable) return cursor.takeAlias();
    cursor.takeWord('as');
    return this.draft.name();
  }

  /** From `from` to `window`, in the order in which they are written. */
  #parts(core: CoreDraft): void {
    const cursor = this.#cursor;
    const { query } = core;
    this.#clause(core.clauses, 'from', () => {
      cursor.take();
      this.#from(core, query);
    });
    this.#clause(core.clauses, 'where', () => {
      cursor.take();
      this.#expressions.expression({ query, core, clause: 'where' });
    });
    this.#clause(core.clauses, 'group', () => {
      cursor.take();
      if (cursor.takeWord('by') === undefined) cursor.fail();
      this.#expressions.list({ query, core, clause: 'group' });
    });
    this.#clause(core.clauses, 'having', () => {
      cursor.take();
      this.#expressions.expression({ query, core, clause: 'having' });
    });
    this.#clause(core.clauses, 'window', () => {
      cursor.take();
      do {
        const name = this.draft.name();
        if (name !== undefined) core.windows.push(name);
        if (cursor.takeWord('as') === undefined || !cursor.has('(')) {
          cursor.fail();
          return;
        }
        this.#expressions.window({ query, core, clause: 'window' });
      } while (cursor.takeOperator(',') !== undefined);
    });
  }

  #from(core: CoreDraft, query: SqlQueryNode): void {
    const cursor = this.#cursor;
    this.#source(core, query, undefined);
    for (;;) {
      const join = this.#joinWords();
      if (join === undefined) return;
      this.#source(core, query, join);
      if (cursor.isDone) return;
    }
  }

  /** A comma, or `natural left join` and the like. */
  #joinWords(): { isNatural: boolean } | undefined {
    const cursor = this.#cursor;
    if (cursor.takeOperator(',') !== undefined) return { isNatural: false };
    const words = ['natural', 'left', 'right', 'full', 'outer', 'inner', 'cross'];
    let isNatural = false;
    let count = 0;
    for (let word = cursor.takeWord(...words); word !== undefined; word = cursor.takeWord(...words)) {
      isNatural ||= word.text.toLowerCase() === 'natural';
      count++;
    }
    if (cursor.takeWord('join') !== undefined) return { isNatural };
    if (count > 0) cursor.fail();
    return undefined;
  }

  #source(core: CoreDraft, query: SqlQueryNode, join: { isNatural: boolean } | undefined): void {
    const cursor = this.#cursor;
    const start = cursor.next;
    const source: SourceDraft = {
      offset: start,
      length: 0,
      kind: 'table',
      schema: undefined,
      name: undefined,
      query: undefined,
      alias: undefined,
      join: undefined,
      core,
      within: query,
    };
    const isRead = cursor.has('(')
      ? this.#inParentheses(source, core, query)
      : this.#table(source, core, query);
    if (isRead) {
      this.draft.sources.push(source);
      core.sources.push(source);
    }
    this.#indexed();
    const joined = this.#joined(core, query);
    source.join = join && { ...join, ...joined };
    source.length = Math.max(0, cursor.end - start);
  }

  #indexed(): void {
    const cursor = this.#cursor;
    if (cursor.word() === 'not' && cursor.word(1) === 'indexed') {
      cursor.take();
      cursor.take();
    } else if (cursor.word() === 'indexed' && cursor.word(1) === 'by') {
      cursor.take();
      cursor.take();
      this.draft.name();
    }
  }

  #joined(core: CoreDraft, query: SqlQueryNode): Omit<SqlJoin, 'isNatural'> {
    const cursor = this.#cursor;
    let on;
    const keyword = cursor.takeWord('on');
    if (keyword !== undefined) {
      on = this.#expressions.expression({ query, core, clause: 'on' });
      core.clauses.push({ name: 'on', keyword, ...between(keyword.offset, cursor.end) });
    }
    const using = cursor.takeWord('using') === undefined ? undefined : this.draft.names();
    return { using: using ?? [], on };
  }

  /** False where nothing but a mistake stands there. */
  #table(source: SourceDraft, core: CoreDraft, query: SqlQueryNode): boolean {
    const cursor = this.#cursor;
    const { schema, name } = this.#expressions.tableName();
    if (name === undefined) {
      if (cursor.token?.kind === 'word') return false;
      source.alias = cursor.takeAlias();
      return false;
    }
    source.schema = schema;
    source.name = name;
    if (cursor.has('(')) {
      source.kind = 'function';
      this.#expressions.parenthesised({ query, core, clause: 'from' });
    }
    source.alias = this.#alias();
    return true;
  }

  /** A query, or tables that are joined. */
  #inParentheses(source: SourceDraft, core: CoreDraft, query: SqlQueryNode): boolean {
    const cursor = this.#cursor;
    cursor.take();
    const isQuery = ExpressionParser.startsQuery(cursor.word());
    if (isQuery) source.query = this.draft.nested(() => this.query(besides(query)));
    else
      this.draft.nested(() => {
        this.#from(core, query);
      });
    this.draft.close();
    source.kind = isQuery ? 'subquery' : 'group';
    source.alias = this.#alias();
    return isQuery || source.alias !== undefined;
  }
}
