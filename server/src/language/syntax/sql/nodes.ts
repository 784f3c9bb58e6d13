/**
 * The tree of a SQL statement, as far as names go: queries with their scopes, and in them what each word is. It says what
 * is written, not what it means: `analysis/sql/` does. Offsets are of the block.
 */
import type { Span } from '../../text/span';
import type { SqlToken } from './tokens';

/** A bare or quoted name. Its `text` is without quotes. */
export type SqlName = SqlToken;

export interface SqlTree {
  /** Undefined where the statement is empty or no query. */
  readonly query: SqlQueryNode | undefined;
  /** The first word of the statement, where it is not that of a query. */
  readonly foreign: SqlToken | undefined;
  /** What follows the first `;`, without comments. */
  readonly rest: readonly SqlToken[];
  /** The first token that the grammar has no place for, or what stands where something is missing. */
  readonly unexpected: SqlToken | undefined;
  /** True where more is nested than is read: nothing is said of what is missing in the tree. */
  readonly isTooDeep: boolean;
  /** All of the statement, in the order in which they begin. */
  readonly queries: readonly SqlQueryNode[];
  readonly cores: readonly SqlCore[];
  readonly sources: readonly SqlSource[];
  readonly columns: readonly SqlColumnWord[];
  readonly calls: readonly SqlCall[];
  /** Expressions, each before those in it. */
  readonly expressions: readonly SqlExpression[];
  /** `{{…}}` where a name is needed. */
  readonly misplaced: readonly SqlToken[];
}

/** `[with …] select … [union select …] [order by …] [limit …]`, or `values …`. */
export interface SqlQueryNode extends Span {
  readonly ctes: readonly SqlCte[];
  /** Of a compound more than one. */
  readonly cores: readonly SqlCore[];
  /** The query around it, whose CTEs it sees. */
  readonly around: SqlQueryNode | undefined;
  /** The core around it, whose columns it sees; not the one in whose `from` it stands. */
  readonly outer: SqlCore | undefined;
  /** In which clause of `outer` it stands. */
  readonly outerClause: SqlClauseName | undefined;
  /** The CTE whose query it is. */
  readonly cte: SqlCte | undefined;
  /** `order by`, `limit`, `offset`: where each begins and ends. */
  readonly clauses: readonly SqlClause[];
}

export interface SqlCte {
  readonly name: SqlName;
  /** `name(a, b)`; undefined where none are written. */
  readonly columns: readonly SqlName[] | undefined;
  readonly query: SqlQueryNode | undefined;
}

export type SqlClauseName =
  'with' | 'select' | 'values' | 'from' | 'on' | 'where' | 'group' | 'having' | 'window' | 'order' | 'limit';

/** From its keyword to its last token. */
export interface SqlClause extends Span {
  readonly name: SqlClauseName;
  readonly keyword: SqlToken;
}

/** One `select`, or one `values`: a scope of names. */
export interface SqlCore extends Span {
  readonly kind: 'select' | 'values';
  readonly query: SqlQueryNode;
  readonly results: readonly SqlResult[];
  /** Its tables, in the order of `from`. */
  readonly sources: readonly SqlSource[];
  readonly windows: readonly SqlName[];
  readonly clauses: readonly SqlClause[];
  /** Of `values`: how many columns its first row has. */
  readonly width: number;
}

/** A column of an answer: `*`, `t.*`, or an expression with or without an alias. */
export type SqlResult = SqlEvery | SqlComputed;
export interface SqlEvery extends Span {
  readonly kind: 'every';
  readonly qualifier: SqlName | undefined;
}
export interface SqlComputed extends Span {
  readonly kind: 'computed';
  readonly expression: SqlExpression;
  /** A name, or a text in single quotes, which SQLite takes for one here. */
  readonly alias: SqlToken | undefined;
}

export interface SqlSource extends Span {
  /** `group`: joined tables in parentheses that have an alias. */
  readonly kind: 'table' | 'function' | 'subquery' | 'group';
  /** `main` in `main.invoices`. */
  readonly schema: SqlName | undefined;
  /** Of a table or a function. */
  readonly name: SqlName | undefined;
  /** Of a subquery. */
  readonly query: SqlQueryNode | undefined;
  readonly alias: SqlToken | undefined;
  /** How it is joined to those before it. */
  readonly join: SqlJoin | undefined;
  /** The core in whose `from` it stands; undefined in `x in table`. */
  readonly core: SqlCore | undefined;
  /** The query whose CTEs it sees. */
  readonly within: SqlQueryNode;
}

export interface SqlJoin {
  readonly isNatural: boolean;
  /** `using (a, b)` */
  readonly using: readonly SqlName[];
  /** The expression behind `on`. */
  readonly on: SqlExpression | undefined;
}

/** A name of a column: `a`, `t.a`, `main.t.a`. */
export interface SqlColumnWord extends Span {
  readonly kind: 'column';
  readonly schema: SqlName | undefined;
  readonly qualifier: SqlName | undefined;
  readonly name: SqlName;
  /** The scope that it is looked up in first. Undefined: in none, as in `limit`. */
  readonly core: SqlCore | undefined;
  readonly query: SqlQueryNode;
  readonly clause: SqlClauseName;
  /** True where it is a whole term of `order by` or `group by`. */
  readonly isWhole: boolean;
}

export interface SqlCall extends Span {
  readonly kind: 'call';
  readonly name: SqlName;
  /** From the parenthesis to its partner. */
  readonly parentheses: Span;
  readonly arguments: readonly SqlExpression[];
  /** `count(*)` */
  readonly isStar: boolean;
  readonly isDistinct: boolean;
  /** It has an `over`. */
  readonly isWindow: boolean;
  /** False where the closing parenthesis is missing. */
  readonly closed: boolean;
}

interface SqlLiteral extends Span {
  readonly kind: 'literal';
  /** A string, a number, a blob, a `{{…}}`, a parameter of SQL's own, or a word such as `null`. */
  readonly token: SqlToken;
}
export interface SqlOperator extends Span {
  readonly kind: 'operator';
  /** In lower case: `=`, `||`, `is not`, `not like`. */
  readonly text: string;
  /** It stands before its value, not between two. */
  readonly isPrefix: boolean;
}
/** Parentheses. */
interface SqlGroup extends Span {
  readonly kind: 'group';
  readonly expressions: readonly SqlExpression[];
}
/** A query in parentheses. */
interface SqlSubquery extends Span {
  readonly kind: 'query';
  readonly query: SqlQueryNode;
}
/** The table of `x in table`. */
interface SqlInTable extends Span {
  readonly kind: 'table';
  readonly source: SqlSource;
}
interface SqlCase extends Span {
  readonly kind: 'case';
  /** All of it, in the order of the text. */
  readonly expressions: readonly SqlExpression[];
  /** What each `when` is compared with; undefined: each is a condition. */
  readonly base: SqlExpression | undefined;
  readonly whens: readonly SqlExpression[];
  /** Behind each `then`, and `else`. */
  readonly values: readonly SqlExpression[];
}
interface SqlCast extends Span {
  readonly kind: 'cast';
  readonly expression: SqlExpression;
  /** `varchar` in `varchar(20)`. */
  readonly type: SqlToken | undefined;
}
/** A token that has no place in an expression. */
interface SqlOdd extends Span {
  readonly kind: 'odd';
  readonly token: SqlToken;
}

export type SqlPiece =
  | SqlColumnWord
  | SqlCall
  | SqlLiteral
  | SqlOperator
  | SqlGroup
  | SqlSubquery
  | SqlInTable
  | SqlCase
  | SqlCast
  | SqlOdd;

/** Values with operators between them, in the order of the text: precedence does not matter for names. */
export interface SqlExpression extends Span {
  readonly pieces: readonly SqlPiece[];
  readonly clause: SqlClauseName;
  /** The scope of its names. */
  readonly core: SqlCore | undefined;
}
