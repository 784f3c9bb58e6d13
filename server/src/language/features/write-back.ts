/** Writes the sorting and filters that a user set on the results into the request, as clauses. */
import { NOTHING_KNOWN } from '../analysis/filter-meaning';
import { chainText } from '../analysis/joining';
import { withConditions } from '../analysis/without-parentheses';
import type { Traits } from '../catalog/traits';
import type { BlockTree, Clause } from '../syntax/nodes';
import { isWritableField } from '../syntax/writable-names';
import { isWritableText } from '../syntax/writable-text';
import type { TextEdit } from '../text/span';
import { clausesOf, type Condition, printCondition, printOrder, setClause } from './clause-writer';

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
  if (tree.sql !== undefined)
    return {
      ok: false,
      message:
        'This is a SQL request. Write the order and the conditions into its statement: order by …, where …',
    };
  if (tree.request === undefined) return { ok: false, message: 'The request is no longer here.' };
  const unreadable = [...conditions, ...orderby].find(({ field }) => !isWritableField(field));
  if (unreadable !== undefined)
    return { ok: false, message: `A query can’t name the field “${unreadable.field}”.` };
  // Otherwise a value of a record could name a variable, or begin another request.
  if (conditions.some(({ value }) => !isWritableText(value)))
    return {
      ok: false,
      message: 'A filter’s value holds {{ or a line break, which can’t be written in a query.',
    };
  const edits: TextEdit[] = [];
  if (conditions.length > 0) {
    const clause = clausesOf(tree, '$filter')[0];
    const filter = addedTo(clause, conditions, traits);
    if (!filter.ok) return filter;
    for (const edit of setClause(tree, '$filter', clause, filter.text)) edits.push(edit);
  }
  if (orderby.length > 0) {
    const text = orderby.map(({ field, descending }) => printOrder(field, descending)).join(', ');
    for (const edit of setClause(tree, '$orderby', clausesOf(tree, '$orderby')[0], text)) edits.push(edit);
  }
  return { ok: true, edits };
}

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
