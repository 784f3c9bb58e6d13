/** `sql-error`: what the SQL engine says about a statement, where it was asked. */
import { sqlCheckOf } from '../../analysis/sql/engine-check';
import type { Sql } from '../../syntax/nodes';
import { endOf, meetsAny, type Span } from '../../text/span';
import type { Check, Diagnostic } from '../check';

export const checkSqlEngine: Check = ({ model, symbols, evaluation, report }) => {
  const { tree, platforms } = model;
  const { sql } = tree;
  const findings = evaluation.sqlFindings;
  if (sql === undefined || findings === undefined) return;
  const check = sqlCheckOf(tree, symbols, platforms);
  const fault = check && findings.faultOf(check.key);
  if (fault !== undefined) report('sql-error', placeOf(sql, fault.offset), fault.message);
};

/** The word at an offset of the statement; nothing at its end. */
function placeOf(sql: Sql, offset: number | undefined): Span {
  if (offset === undefined) return sql;
  const at = Math.min(sql.offset + offset, endOf(sql));
  const token = sql.tokens.find((each) => each.kind !== 'comment' && each.offset <= at && at < endOf(each));
  return token === undefined ? { offset: at, length: 0 } : { offset: at, length: endOf(token) - at };
}

/** Without what the engine says where another check says what is wrong: it knows more, and has fixes. */
export function withoutRepeats(sql: Sql | undefined, found: readonly Diagnostic[]): readonly Diagnostic[] {
  if (sql === undefined || !found.some(({ code }) => code === 'sql-error')) return found;
  const isInSql = meetsAny([sql]);
  const isTold = found.some(
    (each) => each.code !== 'sql-error' && each.severity === 'error' && isInSql(each),
  );
  return isTold ? found.filter(({ code }) => code !== 'sql-error') : found;
}
