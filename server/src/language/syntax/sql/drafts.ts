/** What the parsers of a statement share: the lists of its tree while they grow, and the place that is read. */
import type { SqlCursor } from './cursor';
import type {
  SqlCall,
  SqlClauseName,
  SqlColumnWord,
  SqlCore,
  SqlExpression,
  SqlName,
  SqlQueryNode,
  SqlSource,
} from './nodes';
import type { SqlToken } from './tokens';

/** A node whose parts are still being read. */
type Growing<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };
export type QueryDraft = Growing<SqlQueryNode>;
export type CoreDraft = Growing<SqlCore>;
export type SourceDraft = { -readonly [K in keyof SqlSource]: SqlSource[K] };

/** Where an expression stands. */
export interface Place {
  readonly query: SqlQueryNode;
  readonly core: SqlCore | undefined;
  readonly clause: SqlClauseName;
}

/** More than anyone writes by hand; SQLite itself takes 1000 in an expression, and fewer queries. */
const MAX_DEPTH = 200;

export class SqlDraft {
  readonly queries: SqlQueryNode[] = [];
  readonly cores: SqlCore[] = [];
  readonly sources: SqlSource[] = [];
  readonly columns: SqlColumnWord[] = [];
  readonly calls: SqlCall[] = [];
  readonly expressions: SqlExpression[] = [];
  readonly misplaced: SqlToken[] = [];
  isTooDeep = false;
  #depth = 0;

  constructor(readonly cursor: SqlCursor) {}

  /** Reads what is nested; what is nested too deeply is passed over, up to the parenthesis that closes it. */
  nested<T>(read: () => T): T | undefined {
    if (this.#depth >= MAX_DEPTH) {
      this.isTooDeep = true;
      this.cursor.skipTo(() => false);
      return undefined;
    }
    this.#depth++;
    const result = read();
    this.#depth--;
    return result;
  }

  /** A name, behind a `.` or where only a name can stand. Where there is none, that is noted. */
  name(): SqlName | undefined {
    const { cursor } = this;
    const name = cursor.takeName();
    if (name !== undefined) return name;
    if (cursor.token?.kind === 'variable') {
      const variable = cursor.take();
      if (variable !== undefined) this.misplaced.push(variable);
      return undefined;
    }
    cursor.fail();
    return undefined;
  }

  /** Names in parentheses; undefined where there are none. */
  names(): SqlName[] | undefined {
    const { cursor } = this;
    if (cursor.takeOperator('(') === undefined) return undefined;
    const names: SqlName[] = [];
    do {
      const name = this.name();
      if (name !== undefined) names.push(name);
    } while (cursor.takeOperator(',') !== undefined);
    this.close();
    return names;
  }

  /** The parenthesis that closes; what stands before it has no place there. */
  close(): SqlToken | undefined {
    const { cursor } = this;
    if (!cursor.has(')')) {
      cursor.fail();
      cursor.skipTo(() => false);
    }
    return cursor.takeOperator(')');
  }
}
