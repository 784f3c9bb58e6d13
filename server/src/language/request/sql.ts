/** Turns a SQL request and its variables into what the engine gets: a statement and the values of its parameters. */
import { type EvaluationContext, substitute } from '../analysis/evaluate';
import { boundNumber, type PreparedSql, prepareSql, type SqlParameter } from '../analysis/sql/statement';
import type { FileSymbols } from '../analysis/symbols';
import type { BlockTree } from '../syntax/nodes';
import { textOf } from '../text/span';
import { type BuildProblem, missingPrompts } from './build';

/** What is bound: a whole number that a double can't hold is a `bigint`. */
export type SqlValue = string | number | bigint;

/** A statement that is ready to be run. */
export interface SqlQuery extends PreparedSql {
  /** One for each parameter. */
  readonly values: readonly SqlValue[];
}

export type BuiltSql =
  | { readonly ok: true; readonly query: SqlQuery }
  | { readonly ok: false; readonly problems: readonly BuildProblem[] };

/** Builds the statement of a SQL request. All missing prompts are reported at once. */
export function buildSql(tree: BlockTree, symbols: FileSymbols, context: EvaluationContext): BuiltSql {
  const { sql } = tree;
  if (sql === undefined) return { ok: false, problems: [] };
  const prompts = missingPrompts(tree, symbols, context);
  if (prompts.length > 0) return { ok: false, problems: prompts };
  const prepared = prepareSql(sql);
  const values: SqlValue[] = [];
  for (const parameter of prepared.parameters) {
    const value = valueOf(tree, parameter, symbols, context);
    if (typeof value === 'object') return { ok: false, problems: [value] };
    values.push(value);
  }
  return { ok: true, query: { ...prepared, values } };
}

function valueOf(
  tree: BlockTree,
  { token, quoted, ...where }: SqlParameter,
  symbols: FileSymbols,
  context: EvaluationContext,
): SqlValue | BuildProblem {
  const written = textOf(tree.text, token);
  const text = quoted ? written.slice(1, token.closed ? -1 : undefined) : written;
  // Within quotes a quote is doubled, and read as one below.
  const escape = (value: string) => (quoted ? value.replaceAll("'", "''") : value);
  const result = substitute({ text, references: token.references }, symbols, context, escape);
  if (!result.ok) {
    const { reason, name, message } = result;
    return {
      offset: where.offset,
      length: where.length,
      reason: reason === 'prompt' || reason === 'env' ? reason : 'variable',
      name,
      message,
    };
  }
  if (quoted) return result.text.replaceAll("''", "'");
  return boundNumber(result.text) ?? result.text;
}
