/** Which columns of tables a value of a statement comes from unchanged: through aliases, queries and functions that choose. */
import type { SqlCall, SqlExpression, SqlPiece, SqlQueryNode, SqlSource } from '../../syntax/sql/nodes';
import type { SqlToken } from '../../syntax/sql/tokens';
import { sqlFunctionOf } from '../../vocabulary/sql-functions';
import { ARITHMETIC, COMPARES } from '../../vocabulary/sql-keywords';
import { onlyPiece } from './pieces';
import type { SqlScopes } from './scopes';
import { cteOf, sqlKey } from './tables';

/** A column of a table, as the table names it. */
interface TableColumn {
  readonly table: string;
  readonly column: string;
  /**
   * True where SQLite knows that the value is one of the column, and compares it by the column’s type; behind a function it
   * knows no longer.
   */
  readonly isTyped: boolean;
}

/** Where a value comes from. */
export interface Origin {
  readonly columns: readonly TableColumn[];
  /** It may be a text that comes from no column, or that was computed of one. */
  readonly isOpen: boolean;
  /** Each number that it can be, as it is written; undefined: it can be something else. */
  readonly numbers: readonly (number | string)[] | undefined;
  /** It is always a number, whichever it may be. */
  readonly isNumber: boolean;
  /** SQLite makes a text that is compared with it a number: a `cast`, or a column of numbers. */
  readonly convertsOthers: boolean;
}

export const NUMERIC_TYPE = /^(?:int|real|num|dec|float|double|bool)/i;
/** How many queries a column is followed through. */
const MOST_QUERIES = 50;
/** How many columns a value may come from. */
const MOST_COLUMNS = 100;
/** How many values are looked at for one: queries of queries can name each column twice, and those twice again. */
const MOST_VALUES = 1_000;

const NOTHING: Origin = {
  columns: [],
  isOpen: false,
  numbers: undefined,
  isNumber: false,
  convertsOthers: false,
};
const OPEN: Origin = { ...NOTHING, isOpen: true };
const COMPUTED: Origin = { ...NOTHING, isNumber: true };

/** The arguments that a call may return as they are. */
function chosenBy({ name, arguments: list }: SqlCall): readonly SqlExpression[] | undefined {
  switch (name.text.toLowerCase()) {
    case 'coalesce':
    case 'ifnull':
    case 'min':
    case 'max':
      return list;
    case 'nullif':
    case 'first_value':
    case 'last_value':
    case 'nth_value':
      return list.slice(0, 1);
    case 'lag':
    case 'lead':
      return list.filter((_, index) => index !== 1);
    case 'iif':
    case 'if':
      return list.filter((_, index) => index % 2 === 1 || index === list.length - 1);
    default:
      return undefined;
  }
}

const untyped = (origin: Origin): Origin => ({
  ...origin,
  columns: origin.columns.map((each) => ({ ...each, isTyped: false })),
  convertsOthers: false,
});

export class Origins {
  #depth = 0;
  #values = 0;

  /** `valueOf`: the value of a parameter or a variable; undefined: not known. */
  constructor(
    private readonly scopes: SqlScopes,
    private readonly valueOf: (token: SqlToken) => unknown,
  ) {}

  /** Of one side of a comparison, of an argument, or of an operand. */
  of(pieces: readonly SqlPiece[]): Origin {
    if (this.#depth === 0) this.#values = 0;
    if (this.#depth > MOST_QUERIES || this.#values++ > MOST_VALUES) return OPEN;
    this.#depth++;
    try {
      return this.#of(pieces);
    } finally {
      this.#depth--;
    }
  }

  #of(pieces: readonly SqlPiece[]): Origin {
    const [first, second] = pieces;
    if (first === undefined) return NOTHING;
    if (pieces.length === 1) return this.#ofPiece(first);
    if (pieces.length === 2 && second !== undefined && first.kind === 'operator') {
      const { numbers } = this.#ofPiece(second);
      if (first.text === '+') return untyped(this.#ofPiece(second));
      if (first.text === '-' && numbers !== undefined)
        return { ...COMPUTED, numbers: numbers.map((each) => `-${each}`) };
    }
    const operators = pieces.filter(({ kind }) => kind === 'operator');
    const isNumber = operators.every(
      (each) => each.kind === 'operator' && (ARITHMETIC.has(each.text) || COMPARES.has(each.text)),
    );
    return isNumber && operators.length > 0 ? COMPUTED : OPEN;
  }

  #ofPiece(piece: SqlPiece): Origin {
    switch (piece.kind) {
      case 'literal':
        return this.#ofLiteral(piece.token);
      case 'column':
        return this.#ofColumn(piece);
      case 'group': {
        const [only] = piece.expressions;
        return only === undefined || piece.expressions.length > 1 ? OPEN : this.of(only.pieces);
      }
      case 'case':
        return this.#any(piece.values);
      case 'cast':
        return NUMERIC_TYPE.test(piece.type?.text ?? '') ? { ...COMPUTED, convertsOthers: true } : OPEN;
      case 'query':
        return this.#ofQuery(piece.query, 0);
      case 'call': {
        const chosen = chosenBy(piece);
        if (chosen !== undefined) return this.#any(chosen);
        const isNumber = /number$/.test(sqlFunctionOf(piece.name.text)?.result ?? '');
        return isNumber ? COMPUTED : OPEN;
      }
      case 'table':
      case 'operator':
      case 'odd':
        return OPEN;
    }
  }

  #ofLiteral(token: SqlToken): Origin {
    switch (token.kind) {
      case 'number':
        return { ...COMPUTED, numbers: [token.text] };
      case 'variable':
      case 'parameter': {
        const value = this.valueOf(token);
        if (typeof value === 'number' || typeof value === 'bigint')
          return { ...COMPUTED, numbers: [String(value)] };
        return NOTHING;
      }
      default:
        return NOTHING;
    }
  }

  /** What one of several expressions returns: SQLite knows its type no longer. */
  #any(expressions: readonly SqlExpression[]): Origin {
    return untyped(this.#union(expressions.map(({ pieces }) => this.of(pieces))));
  }

  #union(origins: readonly Origin[]): Origin {
    const [only] = origins;
    if (only === undefined) return NOTHING;
    if (origins.length === 1) return only;
    const numbers = origins.map((each) => each.numbers);
    return {
      columns: origins.flatMap(({ columns }) => columns).slice(0, MOST_COLUMNS),
      isOpen: origins.some(({ isOpen }) => isOpen),
      numbers: numbers.every((each) => each !== undefined) ? numbers.flat() : undefined,
      isNumber: origins.every(({ isNumber }) => isNumber),
      convertsOthers: origins.every(({ convertsOthers }) => convertsOthers),
    };
  }

  #ofColumn(piece: SqlPiece & { kind: 'column' }): Origin {
    const meaning = this.scopes.meaningOf(piece);
    switch (meaning.kind) {
      case 'alias':
        return this.of(meaning.result.expression.pieces);
      case 'column':
        return this.#inSource(meaning.source, meaning.column.name);
      case 'word':
        return NOTHING;
      default:
        return OPEN;
    }
  }

  /** The column of a table that is no query, or what a query has in it. */
  #inSource(source: SqlSource, name: string): Origin {
    const cte = cteOf(source);
    const query = source.query ?? cte?.query;
    if (query !== undefined) {
      const index = cte?.columns?.findIndex(({ text }) => sqlKey(text) === sqlKey(name)) ?? -1;
      return this.#ofQuery(query, index < 0 ? name : index);
    }
    if (source.kind !== 'table' || cte !== undefined || source.name === undefined) return OPEN;
    const type = this.scopes.columnsOf(source)?.find((each) => sqlKey(each.name) === sqlKey(name))?.type;
    return {
      ...NOTHING,
      columns: [{ table: source.name.text, column: name, isTyped: true }],
      convertsOthers: type === 'integer' || type === 'decimal' || type === 'boolean',
    };
  }

  /** The column of that name, or at that place, of a query’s answer. */
  #ofQuery(query: SqlQueryNode, wanted: string | number): Origin {
    if (this.#depth > MOST_QUERIES) return OPEN;
    const columns = this.scopes.columnsOfQuery(query);
    const index =
      typeof wanted === 'number'
        ? wanted
        : (columns?.findIndex((each) => sqlKey(each.name) === sqlKey(wanted)) ?? -1);
    const name = columns?.[index]?.name;
    if (name === undefined) return OPEN;
    this.#depth++;
    try {
      return this.#union(query.cores.map((core) => this.#inCore(core, index, name)));
    } finally {
      this.#depth--;
    }
  }

  /** `name`: that of the first part of a compound, whose columns are those at the same place. */
  #inCore(core: SqlQueryNode['cores'][number], index: number, name: string): Origin {
    if (core.kind === 'values') return OPEN;
    if (core.results.every(({ kind }) => kind === 'computed')) {
      const result = core.results[index];
      return result?.kind === 'computed' ? this.of(result.expression.pieces) : OPEN;
    }
    for (const result of core.results) {
      if (result.kind === 'computed') {
        const only = onlyPiece(result.expression);
        const own = result.alias?.text ?? (only?.kind === 'column' ? only.name.text : undefined);
        if (own !== undefined && sqlKey(own) === sqlKey(name)) return this.of(result.expression.pieces);
        continue;
      }
      const source = core.sources.find((each) =>
        this.scopes.columnsOf(each)?.some((column) => sqlKey(column.name) === sqlKey(name)),
      );
      if (source !== undefined) return this.#inSource(source, name);
    }
    return OPEN;
  }
}
