/** Expressions of SQL: values with operators between them. Never throws; nesting is bounded. */
import { between, endOf } from '../../text/span';
import { OPERATOR_WORDS, VALUE_WORDS } from '../../vocabulary/sql-keywords';
import { isName } from './cursor';
import type { Place, SqlDraft } from './drafts';
import type {
  SqlColumnWord,
  SqlExpression,
  SqlName,
  SqlOperator,
  SqlPiece,
  SqlQueryNode,
  SqlSource,
} from './nodes';
import type { SqlToken } from './tokens';

/** Reads a query in parentheses, behind the opening one. */
type ReadQuery = (place: Place) => SqlQueryNode;

const BINARY: ReadonlySet<string> = new Set('->> -> || << >> <= >= <> == != - + * / % & | < > ='.split(' '));
const PREFIX: ReadonlySet<string> = new Set(['-', '+', '~']);
/** Operators that have no value behind them. */
const POSTFIX: ReadonlySet<string> = new Set(['isnull', 'notnull']);

export class ExpressionParser {
  constructor(
    private readonly draft: SqlDraft,
    private readonly readQuery: ReadQuery,
  ) {}

  /** Whether a query begins here. */
  static startsQuery = (word: string): boolean => word === 'select' || word === 'values' || word === 'with';

  /** Expressions with commas between them. */
  list(place: Place): SqlExpression[] {
    const list = [this.expression(place)];
    while (this.draft.cursor.takeOperator(',') !== undefined) list.push(this.expression(place));
    return list;
  }

  /** Up to the first token that can't belong to it. */
  expression(place: Place): SqlExpression {
    const { cursor, expressions } = this.draft;
    const start = cursor.next;
    const pieces: SqlPiece[] = [];
    const index = expressions.length;
    const columns = this.draft.columns.length;
    const draft = { offset: start, length: 0, pieces, clause: place.clause, core: place.core };
    expressions.push(draft);
    this.draft.nested(() => {
      this.#pieces(pieces, place);
    });
    draft.length = between(start, Math.max(start, cursor.end)).length;
    if (pieces.length === 0) {
      draft.length = 0;
      cursor.fail();
    }
    const [only] = pieces;
    if (pieces.length === 1 && only?.kind === 'column' && expressions[index] === draft) {
      const whole: SqlColumnWord = { ...only, isWhole: true };
      pieces[0] = whole;
      this.draft.columns[columns] = whole;
    }
    return draft;
  }

  #pieces(pieces: SqlPiece[], place: Place): void {
    const { cursor } = this.draft;
    for (let needsValue = true; !cursor.isDone;) {
      const operator: SqlOperator | undefined = needsValue ? this.#prefix() : this.#operator();
      if (operator !== undefined) {
        pieces.push(operator);
        if (operator.text === 'collate') this.draft.name();
        else needsValue = !POSTFIX.has(operator.text);
        if (/\bin$/.test(operator.text) && needsValue && this.#inTable(pieces, place)) needsValue = false;
        continue;
      }
      if (!needsValue) return;
      const value = this.#value(place);
      if (value === undefined) {
        cursor.fail();
        return;
      }
      pieces.push(value);
      needsValue = false;
    }
  }

  #prefix(): SqlOperator | undefined {
    const { cursor } = this.draft;
    const { token } = cursor;
    const isPrefix =
      (token?.kind === 'operator' && PREFIX.has(token.text)) ||
      cursor.word() === 'not' ||
      (cursor.word() === 'exists' && cursor.has('(', 1));
    const taken = isPrefix ? cursor.take() : undefined;
    return (
      taken && {
        kind: 'operator',
        text: taken.text.toLowerCase(),
        isPrefix: true,
        offset: taken.offset,
        length: taken.length,
      }
    );
  }

  #operator(): SqlOperator | undefined {
    const { cursor } = this.draft;
    const { token } = cursor;
    const isOperator =
      (token?.kind === 'operator' && BINARY.has(token.text)) || OPERATOR_WORDS.has(cursor.word());
    const first = isOperator ? cursor.take() : undefined;
    if (first === undefined) return undefined;
    const words = [first.text.toLowerCase()];
    let last = first;
    const also = (...next: string[]) => {
      const taken = cursor.takeWord(...next);
      if (taken === undefined) return false;
      words.push(taken.text.toLowerCase());
      last = taken;
      return true;
    };
    if (first.kind === 'word' && words[0] === 'is') {
      also('not');
      if (cursor.word() === 'distinct' && cursor.word(1) === 'from') {
        also('distinct');
        also('from');
      }
    } else if (first.kind === 'word' && words[0] === 'not') {
      also('between', 'glob', 'in', 'like', 'match', 'regexp');
    }
    const where = between(first.offset, endOf(last));
    return { kind: 'operator', text: words.join(' '), isPrefix: false, ...where };
  }

  /** The table of `x in table`. */
  #inTable(pieces: SqlPiece[], place: Place): boolean {
    const { cursor, sources } = this.draft;
    if (!cursor.hasName()) return false;
    const start = cursor.next;
    const { schema, name } = this.tableName();
    const isFunction = cursor.has('(');
    if (isFunction) this.parenthesised(place);
    const source: SqlSource = {
      kind: isFunction ? 'function' : 'table',
      schema,
      name,
      query: undefined,
      alias: undefined,
      join: undefined,
      core: undefined,
      within: place.query,
      ...between(start, cursor.end),
    };
    sources.push(source);
    pieces.push({ kind: 'table', source, ...between(start, cursor.end) });
    return true;
  }

  /** `name` or `schema.name` */
  tableName(): { schema: SqlName | undefined; name: SqlName | undefined } {
    const { cursor } = this.draft;
    const first = this.draft.name();
    if (first === undefined || cursor.takeOperator('.') === undefined)
      return { schema: undefined, name: first };
    return { schema: first, name: this.draft.name() };
  }

  #value(place: Place): SqlPiece | undefined {
    const { cursor } = this.draft;
    const { token } = cursor;
    if (token === undefined) return undefined;
    switch (token.kind) {
      case 'string':
      case 'number':
      case 'blob':
      case 'variable':
      case 'parameter':
        return this.#literal(token);
      case 'operator':
        return token.text === '(' ? this.#group(place) : undefined;
      case 'word':
      case 'name':
        return this.#named(token, place);
      case 'comment':
      case 'bad':
        cursor.fail();
        cursor.take();
        return { kind: 'odd', token, offset: token.offset, length: token.length };
    }
  }

  #literal(token: SqlToken): SqlPiece {
    const { cursor } = this.draft;
    cursor.take();
    if (token.kind !== 'variable' || !cursor.has('.'))
      return { kind: 'literal', token, offset: token.offset, length: token.length };
    // `{{table}}.column`
    this.draft.misplaced.push(token);
    cursor.take();
    cursor.takeName();
    return { kind: 'odd', token, ...between(token.offset, cursor.end) };
  }

  #named(token: SqlToken, place: Place): SqlPiece | undefined {
    const { cursor } = this.draft;
    const word = cursor.word();
    if (VALUE_WORDS.has(word)) return this.#literal(token);
    if (word === 'case') return this.#case(place);
    if (word === 'cast' && cursor.has('(', 1)) return this.#cast(place);
    // The end of a `case` whose last value is missing.
    if (word === 'end' && this.#inCase > 0) return undefined;
    if (!isName(token)) return undefined;
    return cursor.has('(', 1) ? this.#call(token, place) : this.#column(token, place);
  }

  #column(first: SqlName, place: Place): SqlPiece {
    const { cursor, columns } = this.draft;
    const names: (SqlName | undefined)[] = [cursor.take()];
    while (names.length < 3 && cursor.has('.')) {
      cursor.take();
      names.push(this.draft.name());
    }
    const [name, qualifier, schema] = names.reverse();
    const where = between(first.offset, cursor.end);
    if (name === undefined) return { kind: 'odd', token: first, ...where };
    const { query, core, clause } = place;
    const column: SqlColumnWord = {
      kind: 'column',
      schema,
      qualifier,
      name,
      core,
      query,
      clause,
      isWhole: false,
      ...where,
    };
    columns.push(column);
    return column;
  }

  #call(name: SqlName, place: Place): SqlPiece {
    const { cursor, calls } = this.draft;
    cursor.take();
    const index = calls.length;
    const open = cursor.take()?.offset ?? cursor.end;
    const isStar = cursor.has('*') && cursor.has(')', 1);
    if (isStar) cursor.take();
    const isDistinct = cursor.takeWord('distinct') !== undefined;
    if (!isDistinct) cursor.takeWord('all');
    const list = isStar || cursor.has(')') ? [] : this.list(place);
    if (cursor.word() === 'order') this.order(place);
    const closed = this.draft.close() !== undefined;
    const parentheses = between(open, cursor.end);
    if (cursor.word() === 'filter' && cursor.has('(', 1)) {
      cursor.take();
      cursor.take();
      if (cursor.takeWord('where') === undefined) cursor.fail();
      this.expression(place);
      this.draft.close();
    }
    const isWindow = cursor.word() === 'over' && (cursor.has('(', 1) || cursor.hasName(1));
    if (isWindow) {
      cursor.take();
      if (cursor.has('(')) this.window(place);
      else cursor.take();
    }
    const call = {
      kind: 'call',
      name,
      parentheses,
      arguments: list,
      isStar,
      isDistinct,
      isWindow,
      closed,
      ...between(name.offset, cursor.end),
    } as const;
    calls.splice(index, 0, call);
    return call;
  }

  /** What `over` has in parentheses, and a `window` is. */
  window(place: Place): void {
    const { cursor } = this.draft;
    cursor.take();
    if (cursor.hasName() && !['partition', 'range', 'rows', 'groups'].includes(cursor.word())) cursor.take();
    if (cursor.word() === 'partition' && cursor.word(1) === 'by') {
      cursor.take();
      cursor.take();
      this.list(place);
    }
    if (cursor.word() === 'order') this.order(place);
    // The frame has numbers only.
    cursor.skipTo(() => false);
    this.draft.close();
  }

  /** `order by …`, in a call, a window or a query. */
  order(place: Place): void {
    const { cursor } = this.draft;
    cursor.take();
    if (cursor.takeWord('by') === undefined) cursor.fail();
    do {
      this.expression(place);
      cursor.takeWord('asc', 'desc');
      if (cursor.word() === 'nulls' && ['first', 'last'].includes(cursor.word(1))) {
        cursor.take();
        cursor.take();
      }
    } while (cursor.takeOperator(',') !== undefined);
  }

  /** Arguments of a table. */
  parenthesised(place: Place): void {
    const { cursor } = this.draft;
    cursor.take();
    if (!cursor.has(')')) this.list(place);
    this.draft.close();
  }

  #group(place: Place): SqlPiece {
    const { cursor } = this.draft;
    const start = cursor.next;
    cursor.take();
    if (ExpressionParser.startsQuery(cursor.word())) {
      const query = this.draft.nested(() => this.readQuery(place));
      this.draft.close();
      const where = between(start, cursor.end);
      return query === undefined
        ? { kind: 'group', expressions: [], ...where }
        : { kind: 'query', query, ...where };
    }
    const outside = this.#inCase;
    this.#inCase = 0;
    const expressions = cursor.has(')') ? [] : this.list(place);
    this.#inCase = outside;
    this.draft.close();
    return { kind: 'group', expressions, ...between(start, cursor.end) };
  }

  #inCase = 0;

  #case(place: Place): SqlPiece {
    const { cursor } = this.draft;
    const start = cursor.next;
    cursor.take();
    this.#inCase++;
    const base = cursor.word() === 'when' ? undefined : this.expression(place);
    const expressions = base === undefined ? [] : [base];
    const whens: SqlExpression[] = [];
    const values: SqlExpression[] = [];
    for (let word; (word = cursor.takeWord('when', 'then', 'else')) !== undefined;) {
      const expression = this.expression(place);
      expressions.push(expression);
      (/^when$/i.test(word.text) ? whens : values).push(expression);
    }
    this.#inCase--;
    if (cursor.takeWord('end') === undefined) cursor.fail();
    return { kind: 'case', expressions, base, whens, values, ...between(start, cursor.end) };
  }

  #cast(place: Place): SqlPiece {
    const { cursor } = this.draft;
    const start = cursor.next;
    cursor.take();
    cursor.take();
    const expression = this.expression(place);
    if (cursor.takeWord('as') === undefined) cursor.fail();
    const type = cursor.takeName();
    // `double precision`, `decimal(10, 2)`
    cursor.skipTo(() => false);
    this.draft.close();
    return { kind: 'cast', expression, type, ...between(start, cursor.end) };
  }
}
