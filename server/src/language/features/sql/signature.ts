/** Signature help in the functions of SQL. */
import { sqlPosition } from '../../analysis/sql/position';
import type { Sql } from '../../syntax/nodes';
import { sqlFunctionOf, type SqlFunctionParameter, sqlSignature } from '../../vocabulary/sql-functions';
import type { Signature } from '../answers';

/** Of the innermost call that the offset is in. */
export function signatureInSql(sql: Sql, text: string, offset: number): Signature | undefined {
  const { levels, at } = sqlPosition(sql, text, offset);
  const call = levels.findLast(({ kind }) => kind === 'call');
  const innermost = levels.at(-1);
  // In a query within an argument, the function is out of sight.
  if (call === undefined || at?.kind === 'comment' || innermost?.core !== call.core) return undefined;
  const found = sqlFunctionOf(call.callee?.text ?? '');
  if (found === undefined) return undefined;
  const { label, places } = sqlSignature(found);
  return {
    label,
    documentation: found.documentation,
    parameters: found.parameters.map((parameter, index) => ({
      label: places[index] ?? parameter.name,
      documentation: about(parameter),
    })),
    activeParameter: Math.min(call.commas, Math.max(0, places.length - 1)),
  };
}

function about({ optional, repeats }: SqlFunctionParameter): string {
  if (repeats) return optional ? 'May be left out, or given several times.' : 'May be given several times.';
  return optional ? 'May be left out.' : '';
}
