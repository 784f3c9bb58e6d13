/** Writes the sorting and filters that a user set on the results into the request, as clauses. */
import { NOTHING_KNOWN } from '../analysis/filter-meaning';
import { chainText } from '../analysis/joining';
import { quote } from '../analysis/print-filter';
import { withConditions } from '../analysis/without-parentheses';
import type { Traits } from '../catalog/traits';
import type { BlockTree, Clause } from '../syntax/nodes';
import { isWritableField } from '../syntax/writable-names';
import { endOf, type TextEdit } from '../text/span';
import { comparisonOf, functionOf } from '../vocabulary/filter-words';
import { type ParameterName, parameterOf } from '../vocabulary/parameters';

export interface Condition {
  readonly field: string;
  /** A comparison or a function of the API, such as `eq` or `contains`. */
  readonly operator: string;
  /** Plain text; it is quoted here. */
  readonly value: string;
}

export interface ClauseChanges {
  /** Replaces the order. */
  readonly orderby?: readonly { readonly field: string; readonly descending: boolean }[];
  /** Added to the filter's own conditions. */
  readonly conditions?: readonly Condition[];
}

export type WriteBack =
  | { readonly ok: true; readonly edits: readonly TextEdit[] }
  /** `message` says why not. */
  | { readonly ok: false; readonly message: string };

/** Edits relative to the block; none where the request already has all the changes. */
export function writeBack(
  tree: BlockTree,
  { orderby = [], conditions = [] }: ClauseChanges,
  traits: Traits,
): WriteBack {
  if (tree.request === undefined) return { ok: false, message: 'The request is no longer here.' };
  const unreadable = [...conditions, ...orderby].find(({ field }) => !isWritableField(field));
  if (unreadable !== undefined)
    return { ok: false, message: `A query can’t name the field “${unreadable.field}”.` };
  // Otherwise a value of a record could name a variable, or begin another request.
  if (conditions.some(({ value }) => /\{\{|[\r\n]/.test(value)))
    return {
      ok: false,
      message: 'A filter’s value holds {{ or a line break, which can’t be written in a query.',
    };
  const edits: TextEdit[] = [];
  if (conditions.length > 0) {
    const clause = clauseOf(tree, '$filter');
    const filter = addedTo(clause, conditions, traits);
    if (!filter.ok) return filter;
    for (const edit of setClause(tree, '$filter', clause, filter.text)) edits.push(edit);
  }
  if (orderby.length > 0) {
    const text = orderby.map(({ field, descending }) => (descending ? `${field} desc` : field)).join(', ');
    for (const edit of setClause(tree, '$orderby', clauseOf(tree, '$orderby'), text)) edits.push(edit);
  }
  return { ok: true, edits };
}

const clauseOf = (tree: BlockTree, name: ParameterName): Clause | undefined =>
  tree.clauses.find((clause) => parameterOf(clause.name.text) === name);

/** The filter with the conditions added. `c` added to `a or b` is `a and c or b and c` where there are no parentheses. */
function addedTo(
  clause: Clause | undefined,
  conditions: readonly Condition[],
  traits: Traits,
): { ok: true; text: string } | { ok: false; message: string } {
  const added = conditions.map(printCondition);
  if (clause === undefined || clause.valueSpan.length === 0) return { ok: true, text: added.join(' and ') };
  if (clause.value.kind !== 'filter' || clause.value.filter.terms.length === 0)
    return { ok: false, message: 'The $filter of the request can’t be read. Correct it first.' };
  const rewriting = withConditions(clause.value.filter, added, { ...NOTHING_KNOWN, traits });
  if (!rewriting.ok) return { ok: false, message: rewriting.message };
  if (!rewriting.sure)
    return { ok: false, message: 'The $filter of the request has errors. Correct them first.' };
  return { ok: true, text: chainText(rewriting.chain) };
}

function printCondition({ field, operator, value }: Condition): string {
  const call = functionOf(operator);
  return call === undefined
    ? `${field} ${comparisonOf(operator) ?? operator} ${quote(value)}`
    : `${call}(${field},${quote(value)})`;
}

/** Sets the value of an existing clause, or adds one after the last, in the form that the request has. */
function setClause(
  tree: BlockTree,
  name: ParameterName,
  clause: Clause | undefined,
  text: string,
): TextEdit[] {
  const { request } = tree;
  if (request === undefined) return [];
  if (clause !== undefined && clause.equals !== undefined) {
    if (clause.view.text.trim() === text) return [];
    if (clause.valueSpan.length > 0) return [{ ...clause.valueSpan, text }];
    const start = endOf(clause.equals);
    const blank = /^[ \t]*/.exec(tree.text.slice(start))?.[0].length ?? 0;
    return [{ offset: start, length: blank, text: ` ${text}` }];
  }
  const lines = tree.clauses.filter(({ origin }) => origin === 'line');
  const { target } = request;
  if (lines.length === 0 && target.query.length > 0)
    return [{ offset: endOf(target), length: 0, text: `&${name}=${text}` }];
  const after = lines.at(-1);
  const at = after === undefined ? endOf(target) : contentEnd(tree, after);
  return [{ offset: at, length: 0, text: `\n${name} = ${text}` }];
}

/** The end of the clause's last character; its item may continue to the end of the line. */
const contentEnd = (tree: BlockTree, clause: Clause): number => {
  const end = endOf(clause);
  const text = tree.text.slice(clause.offset, end);
  return clause.offset + text.trimEnd().length;
};
