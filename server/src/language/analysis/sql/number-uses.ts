/** Where a statement takes columns of tables for numbers: the values of a column may be none. */
import type { SqlExpression, SqlPiece, SqlQueryNode, SqlSource } from '../../syntax/sql/nodes';
import { sqlTokens } from '../../syntax/sql/tokens';
import { sqlFunctionOf } from '../../vocabulary/sql-functions';
import { ARITHMETIC, EQUALS, ORDERS } from '../../vocabulary/sql-keywords';
import { type SqlColumn, SqlScopes } from './scopes';
import { cteOf, sqlKey } from './tables';

/** `equality` and `order`: it is compared with a number. */
export type NumberUse = 'sum' | 'calculation' | 'equality' | 'order';

/** A column of a table, as the table names it, and each of its uses once. */
export interface NumberColumn {
  readonly table: string;
  readonly column: string;
  readonly uses: ReadonlySet<NumberUse>;
}

const SUMS: ReadonlySet<string> = new Set(['sum', 'avg', 'total']);
const CALCULATIONS: ReadonlySet<string> = new Set(['abs', 'round', 'sign']);
const NUMERIC_TYPE = /^(?:int|real|num|dec|float|double)/i;
/** How many queries a column is followed through. */
const MOST_QUERIES = 50;

/**
 * The columns of tables that are added up, calculated with, or compared with numbers. `text`: as it is prepared, with
 * `values` for its parameters. `tables`: the columns of a table, by a word for it.
 */
export function numberColumnsIn(
  { text, values }: { readonly text: string; readonly values: readonly unknown[] },
  tables: (word: string) => readonly SqlColumn[] | undefined,
): NumberColumn[] {
  const scopes = new SqlScopes({ text, tokens: sqlTokens(text, 0, text.length), offset: 0 }, tables);
  const search = new Search(scopes, values);
  for (const { name, arguments: list } of scopes.tree.calls) {
    const word = name.text.toLowerCase();
    if (SUMS.has(word)) search.add('sum', onlyPiece(list[0]));
    else if (CALCULATIONS.has(word)) search.add('calculation', onlyPiece(list[0]));
  }
  for (const { pieces } of scopes.tree.expressions) search.expression(pieces);
  return [...search.found.values()];
}

const onlyPiece = (expression: SqlExpression | undefined): SqlPiece | undefined =>
  expression?.pieces.length === 1 ? expression.pieces[0] : undefined;

/** `a || b`: what stands beside it is a text. */
const isJoined = (piece: SqlPiece | undefined): boolean => piece?.kind === 'operator' && piece.text === '||';

class Search {
  readonly found = new Map<string, NumberColumn & { readonly uses: Set<NumberUse> }>();

  constructor(
    private readonly scopes: SqlScopes,
    private readonly values: readonly unknown[],
  ) {}

  add(use: NumberUse, piece: SqlPiece | undefined): void {
    const column = piece && this.#columnOf(piece, 0);
    if (column === undefined) return;
    const key = JSON.stringify([column.table, column.column].map(sqlKey));
    const known = this.found.get(key) ?? { ...column, uses: new Set<NumberUse>() };
    known.uses.add(use);
    this.found.set(key, known);
  }

  expression(pieces: readonly SqlPiece[]): void {
    for (const [index, piece] of pieces.entries()) {
      if (piece.kind === 'cast' && NUMERIC_TYPE.test(piece.type?.text ?? ''))
        this.add('calculation', onlyPiece(piece.expression));
      if (piece.kind !== 'operator') continue;
      const [left, right] = [pieces[index - 1], pieces[index + 1]];
      if (ARITHMETIC.has(piece.text)) {
        if (!piece.isPrefix) this.add('calculation', left);
        this.add('calculation', right);
      } else if (!isJoined(pieces[index - 2]) && !isJoined(pieces[index + 2]))
        this.#comparison(piece.text, left, right);
    }
  }

  #comparison(operator: string, left: SqlPiece | undefined, right: SqlPiece | undefined): void {
    if (EQUALS.has(operator) || ORDERS.has(operator)) {
      const use = EQUALS.has(operator) ? 'equality' : 'order';
      if (this.#isNumber(right)) this.add(use, left);
      if (this.#isNumber(left)) this.add(use, right);
    } else if (/\bbetween$/.test(operator) && this.#isNumber(right)) this.add('order', left);
    else if (/\bin$/.test(operator) && right?.kind === 'group')
      if (right.expressions.some((each) => this.#isNumber(onlyPiece(each)))) this.add('equality', left);
  }

  #isNumber(piece: SqlPiece | undefined): boolean {
    switch (piece?.kind) {
      case 'literal': {
        const { kind, text } = piece.token;
        return (
          kind === 'number' ||
          (kind === 'parameter' && /^\?\d+$/.test(text) && isNumber(this.values[Number(text.slice(1)) - 1]))
        );
      }
      case 'call':
        return /number$/.test(sqlFunctionOf(piece.name.text)?.result ?? '');
      case 'cast':
        return NUMERIC_TYPE.test(piece.type?.text ?? '');
      case 'operator':
        return piece.isPrefix && ARITHMETIC.has(piece.text);
      default:
        return false;
    }
  }

  /** The column of a table that a piece is, through aliases and queries. */
  #columnOf(piece: SqlPiece, depth: number): Omit<NumberColumn, 'uses'> | undefined {
    if (piece.kind !== 'column' || depth > MOST_QUERIES) return undefined;
    const meaning = this.scopes.meaningOf(piece);
    if (meaning.kind === 'alias') {
      const only = onlyPiece(meaning.result.expression);
      return only && this.#columnOf(only, depth + 1);
    }
    return meaning.kind === 'column' ? this.#inSource(meaning.source, meaning.column.name, depth) : undefined;
  }

  #inSource(source: SqlSource, name: string, depth: number): Omit<NumberColumn, 'uses'> | undefined {
    const cte = cteOf(source);
    const query = source.query ?? cte?.query;
    if (query === undefined)
      return source.kind === 'table' && cte === undefined && source.name !== undefined
        ? { table: source.name.text, column: name }
        : undefined;
    const index = cte?.columns?.findIndex(({ text }) => sqlKey(text) === sqlKey(name)) ?? -1;
    return this.#inQuery(query, index < 0 ? name : index, depth + 1);
  }

  /** The column of that name, or at that place, of a query’s answer. */
  #inQuery(
    query: SqlQueryNode,
    wanted: string | number,
    depth: number,
  ): Omit<NumberColumn, 'uses'> | undefined {
    const [core] = query.cores;
    const name = typeof wanted === 'number' ? this.scopes.columnsOfQuery(query)?.[wanted]?.name : wanted;
    if (core === undefined || name === undefined || depth > MOST_QUERIES) return undefined;
    for (const result of core.results) {
      if (result.kind === 'computed') {
        const only = onlyPiece(result.expression);
        const own = result.alias?.text ?? (only?.kind === 'column' ? only.name.text : undefined);
        if (own !== undefined && sqlKey(own) === sqlKey(name)) return only && this.#columnOf(only, depth);
        continue;
      }
      const source = core.sources.find((each) =>
        this.scopes.columnsOf(each)?.some((column) => sqlKey(column.name) === sqlKey(name)),
      );
      if (source !== undefined) return this.#inSource(source, name, depth + 1);
    }
    return undefined;
  }
}

const isNumber = (value: unknown): boolean => typeof value === 'number' || typeof value === 'bigint';
