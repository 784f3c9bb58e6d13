/**
 * Where a statement takes values for numbers: it adds them up, calculates with them, compares them with a number, or takes
 * them for true or false. SQLite does all of it with texts, too, and says nothing.
 */
import type { SqlCall, SqlExpression, SqlOperator, SqlPiece } from '../../syntax/sql/nodes';
import { sqlTokens } from '../../syntax/sql/tokens';
import { endOf } from '../../text/span';
import { sqlFunctionOf } from '../../vocabulary/sql-functions';
import { ARITHMETIC, BITWISE, COMPARES, CONDITION_CLAUSES } from '../../vocabulary/sql-keywords';
import { NUMERIC_TYPE, type Origin, Origins } from './origins';
import { isEdge, sideOf } from './pieces';
import { type SqlColumn, SqlScopes } from './scopes';
import { sqlKey } from './tables';

/** `=` for every question whether two values are the same, or are not. */
type NumberOperator = '=' | '<' | '>' | '<=' | '>=';

/**
 * `sum`: a text that is no number is left out. `calculation`: the number that it begins with counts, or 0. `function`: the
 * answer is null. `condition`: as in a calculation, and 0 is false. `comparison`: it is compared with a number.
 */
type NumberUse = 'sum' | 'calculation' | 'function' | 'condition' | 'comparison';

/** How a column is compared with a number: the column stands on the left. */
export interface NumberComparison {
  readonly operator: NumberOperator;
  /** The numbers that it can be, as they are written; undefined: not known. */
  readonly numbers: readonly (number | string)[] | undefined;
  /** False behind a function: SQLite knows the type of the column no longer, and no text is equal to a number. */
  readonly isTyped: boolean;
  /** True where SQLite makes numbers of the texts first. */
  readonly isConverted: boolean;
}

/** A value that is taken for a number, at one place of a statement. */
export interface UsedNumber {
  readonly use: NumberUse;
  /** The pieces that the value is. */
  readonly pieces: readonly SqlPiece[];
  readonly origin: Origin;
  /** What it is compared with, and how. */
  readonly other?: {
    readonly operator: NumberOperator;
    readonly pieces: readonly SqlPiece[];
    readonly origin: Origin;
  };
}

/** A column of a table, as the table names it, and its uses. */
export interface NumberColumn {
  readonly table: string;
  readonly column: string;
  readonly uses: ReadonlySet<NumberUse>;
  readonly comparisons: readonly NumberComparison[];
}

/** Functions that take the beginning of a text for a number; others of numbers answer null. */
const CALCULATIONS: ReadonlySet<string> = new Set(['abs', 'round']);
const SUMS: ReadonlySet<string> = new Set(['sum', 'avg', 'total']);
const CONVERSION = /%[-+ 0#,!]*\d*(?:\.\d+)?([a-z%])/gi;

/**
 * The columns of tables that are taken for numbers, and whether a sum adds up texts of no column as well. `text`: as it is
 * prepared, with `values` for its parameters. `tables`: the columns of a table, by a word for it.
 */
export function numberColumnsIn(
  { text, values }: { readonly text: string; readonly values: readonly unknown[] },
  tables: (word: string) => readonly SqlColumn[] | undefined,
): { readonly columns: readonly NumberColumn[]; readonly hasOpenSum: boolean } {
  const scopes = new SqlScopes({ text, tokens: sqlTokens(text, 0, text.length), offset: 0 }, tables);
  const found = new Map<string, { uses: Set<NumberUse>; comparisons: NumberComparison[] } & NumberColumn>();
  let hasOpenSum = false;
  const valueOf = (token: { readonly text: string }) => values[Number(token.text.slice(1)) - 1];
  for (const { use, origin, other } of usedNumbersIn(scopes, new Origins(scopes, valueOf))) {
    if (use === 'sum' && origin.isOpen) hasOpenSum = true;
    for (const { table, column, isTyped } of origin.columns) {
      const key = JSON.stringify([table, column].map(sqlKey));
      const known = found.get(key) ?? { table, column, uses: new Set<NumberUse>(), comparisons: [] };
      found.set(key, known);
      known.uses.add(use);
      if (other === undefined) continue;
      const { operator, origin: compared } = other;
      known.comparisons.push({
        operator,
        isTyped,
        numbers: compared.numbers,
        isConverted: compared.convertsOthers,
      });
    }
  }
  return { columns: [...found.values()], hasOpenSum };
}

/** Each value that is taken for a number, with where it comes from. */
export function* usedNumbersIn(scopes: SqlScopes, origins: Origins): Generator<UsedNumber> {
  const use = (kind: NumberUse, pieces: readonly SqlPiece[]): UsedNumber => ({
    use: kind,
    pieces,
    origin: origins.of(pieces),
  });
  for (const call of scopes.tree.calls)
    for (const [kind, expression] of usesOfCall(call)) yield use(kind, expression.pieces);
  for (const expression of scopes.tree.expressions) {
    for (const pieces of conditionsIn(expression)) yield use('condition', pieces);
    for (const [index, piece] of expression.pieces.entries())
      if (piece.kind === 'cast' && NUMERIC_TYPE.test(piece.type?.text ?? ''))
        yield use('calculation', piece.expression.pieces);
      else if (piece.kind === 'case') {
        for (const when of piece.whens)
          if (piece.base === undefined) {
            if (when.pieces.length === 1) yield use('condition', when.pieces);
          } else yield* comparison('=', origins, piece.base.pieces, when.pieces);
      } else if (piece.kind === 'operator') {
        for (const operand of operandsOf(expression.pieces, index)) yield use('calculation', [operand]);
        yield* comparisonsAt(origins, expression.pieces, index, piece);
      }
  }
}

/** The arguments of a call that are taken for numbers. */
function usesOfCall({ name, arguments: list }: SqlCall): (readonly [NumberUse, SqlExpression])[] {
  const word = name.text.toLowerCase();
  const [first] = list;
  if (first === undefined) return [];
  if (SUMS.has(word)) return [['sum', first]];
  if (CALCULATIONS.has(word)) return [['calculation', first]];
  if (word === 'format' || word === 'printf') return formatted(list);
  if ((word === 'iif' || word === 'if') && first.pieces.length === 1) return [['condition', first]];
  return sqlFunctionOf(word)?.kind === 'number' ? list.map((each) => ['function', each] as const) : [];
}

/** `format('%.2f', Cost)` */
function formatted([format, ...values]: readonly SqlExpression[]): (readonly [NumberUse, SqlExpression])[] {
  const only = format?.pieces[0];
  if (only?.kind !== 'literal' || only.token.kind !== 'string' || only.token.text.includes('*')) return [];
  const kinds = [...only.token.text.matchAll(CONVERSION)].flatMap(([, kind = '']) =>
    kind === '%' ? [] : kind,
  );
  return values.flatMap((value, index) =>
    /^[dieufgx]$/i.test(kinds[index] ?? '') ? [['calculation', value] as const] : [],
  );
}

/** What stands beside an operator that calculates. */
function operandsOf(pieces: readonly SqlPiece[], index: number): SqlPiece[] {
  const operator = pieces[index];
  if (operator?.kind !== 'operator' || !(ARITHMETIC.has(operator.text) || BITWISE.has(operator.text)))
    return [];
  const [left, right] = [pieces[index - 1], pieces[index + 1]];
  // A plus before a value changes nothing.
  if (operator.isPrefix) return right === undefined || operator.text === '+' ? [] : [right];
  return [left, right].filter((each) => each !== undefined && each.kind !== 'operator');
}

/** `where Online and Status`: each value that stands alone beside `and`, `or` and `not`, or as a whole condition. */
function* conditionsIn(expression: SqlExpression): Generator<readonly SqlPiece[]> {
  const { pieces } = expression;
  if (pieces.length === 1) {
    if (isClause(expression)) yield pieces;
    return;
  }
  let isBetween = false;
  /** The last value of `between … and …`, whose `and` joins no conditions. */
  let bound = -1;
  for (const [index, piece] of pieces.entries()) {
    if (piece.kind === 'operator') {
      if (isBetween && piece.text === 'and') bound = index + 1;
      isBetween = /between$/.test(piece.text) || (isBetween && !isEdge(piece));
    } else if (isEdge(pieces[index - 1]) && isEdge(pieces[index + 1]) && index !== bound) yield [piece];
  }
}

/** Whether it is all that stands behind `where`, `on` or `having`. */
const isClause = ({ core, clause, offset, length }: SqlExpression): boolean =>
  CONDITION_CLAUSES.has(clause) &&
  (core?.clauses.some((each) => each.name === clause && endOf(each) === offset + length) ?? false);

function* comparisonsAt(
  origins: Origins,
  pieces: readonly SqlPiece[],
  index: number,
  { text }: SqlOperator,
): Generator<UsedNumber> {
  const [left, right] = [sideOf(pieces, index, -1), sideOf(pieces, index, 1)];
  if (COMPARES.has(text)) {
    yield* comparison(FLIPPED.find((each) => each === text) ?? '=', origins, left, right);
  } else if (/\bbetween$/.test(text)) {
    const and = index + right.length + 1;
    yield* comparison('>=', origins, left, right);
    yield* comparison('<=', origins, left, sideOf(pieces, and, 1));
  } else if (/\bin$/.test(text)) {
    const [list] = right;
    if (list?.kind === 'group' && right.length === 1)
      // Only what stands on the left gives its type to the others.
      for (const each of list.expressions) yield* comparedWith('=', origins, left, each.pieces, false);
    else if (list?.kind === 'query' && right.length === 1) yield* comparison('=', origins, left, right);
  }
}

/** Operators that mean another one from the other side, each opposite that one. */
const FLIPPED: readonly NumberOperator[] = ['<', '<=', '=', '>=', '>'];

const flipped = (operator: NumberOperator): NumberOperator =>
  FLIPPED[FLIPPED.length - 1 - FLIPPED.indexOf(operator)] ?? operator;

/** Either side may be the number. */
function* comparison(
  operator: NumberOperator,
  origins: Origins,
  left: readonly SqlPiece[],
  right: readonly SqlPiece[],
): Generator<UsedNumber> {
  yield* comparedWith(operator, origins, left, right, true);
  yield* comparedWith(flipped(operator), origins, right, left, true);
}

function* comparedWith(
  operator: NumberOperator,
  origins: Origins,
  pieces: readonly SqlPiece[],
  others: readonly SqlPiece[],
  mayConvert: boolean,
): Generator<UsedNumber> {
  const origin = origins.of(pieces);
  if (origin.columns.length === 0) return;
  const other = origins.of(others);
  if (!other.isNumber && !other.convertsOthers) return;
  const convertsOthers = mayConvert && other.convertsOthers;
  yield {
    use: 'comparison',
    pieces,
    origin,
    other: { operator, pieces: others, origin: { ...other, convertsOthers } },
  };
}
