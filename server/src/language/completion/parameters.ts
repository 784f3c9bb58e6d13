/** Names of parameters, and the values of `$top`, `$skip` and `$count`. */
import { parameterText } from '../analysis/paging';
import { parametersFor } from '../analysis/request-model';
import type { Clause } from '../syntax/nodes';
import { endOf, type Span } from '../text/span';
import { type ParameterName, parameterOf, PARAMETERS } from '../vocabulary/parameters';
import type { CompletionContext } from './context';
import type { CompletionItem } from './items';

/** The parameters that the request may have and lacks; `current` is the clause whose name is being written. */
export function completeParameter(
  { model }: CompletionContext,
  where: Span,
  form: 'line' | 'address',
  current?: Clause,
): CompletionItem[] {
  const taken = new Set(
    model.tree.clauses.filter((clause) => clause !== current).map((clause) => parameterOf(clause.name.text)),
  );
  const hasEquals = current?.equals !== undefined;
  const written = current === undefined ? undefined : parameterOf(current.name.text);
  // Where a value exists already, only names that take such a value are offered.
  const kind =
    current === undefined || written === undefined || current.valueSpan.length === 0
      ? undefined
      : PARAMETERS[written].value;
  return parametersFor(model.method, model.endpoint)
    .filter((name) => !taken.has(name) && (kind === undefined || PARAMETERS[name].value === kind))
    .map((name, index) => ({
      label: name,
      kind: 'parameter',
      detail: parameterText(name, model.traits).meaning,
      documentation: parameterText(name, model.traits).docs,
      replace: where,
      insert: hasEquals
        ? name
        : form === 'address'
          ? `${name}=`
          : `${name.padEnd(column(model.tree.clauses, model.tree.text))} = `,
      rank: index,
      retrigger: !hasEquals,
    }));
}

/** After a name without `=`. */
export const completeEquals = (offset: number): CompletionItem[] => [
  { label: '=', kind: 'operator', replace: { offset, length: 0 }, insert: '= ', retrigger: true },
];

/** The width of names where the clauses above are aligned, else 0. */
function column(clauses: readonly Clause[], text: string): number {
  const widths = clauses.flatMap((clause) =>
    clause.origin === 'line' && clause.equals !== undefined
      ? [clause.equals.offset - clause.name.offset - 1]
      : [],
  );
  const first = widths[0];
  const aligned =
    first !== undefined &&
    widths.every((width) => width === first) &&
    clauses.some(
      (clause) =>
        clause.equals !== undefined && / {2}$/.test(text.slice(endOf(clause.name), clause.equals.offset)),
    );
  return aligned ? first : 0;
}

export function completePlain(
  { offset, model }: CompletionContext,
  clause: Clause,
  name: ParameterName,
): CompletionItem[] {
  if (clause.valueSpan.length > 0 && offset > endOf(clause.valueSpan)) return [];
  const where: Span =
    clause.valueSpan.length > 0 && offset >= clause.valueSpan.offset && offset <= endOf(clause.valueSpan)
      ? clause.valueSpan
      : { offset, length: 0 };
  return parameterText(name, model.traits).offers.map(({ text, detail }, rank) => ({
    label: text,
    kind: 'value',
    detail,
    replace: where,
    insert: text,
    rank,
  }));
}
