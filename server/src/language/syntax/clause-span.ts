/** What goes with a clause that is removed. */
import { between, endOf, type Span } from '../text/span';
import { trimEnd } from './lines';
import type { BlockTree, Clause } from './nodes';

/**
 * The span to remove with a clause: its lines, or its part of the address. The `?` before the first parameter of an address
 * is kept for the next parameter; no blanks are left at the end of the line.
 */
export function clauseSpan(tree: BlockTree, clause: Clause): Span {
  const query = tree.request?.target.query ?? [];
  const next = query[0] === clause ? query[1] : undefined;
  if (next?.marker !== undefined && clause.marker !== undefined)
    return between(endOf(clause.marker), endOf(next.marker));
  const isLast = clause.origin === 'address' && /^[ \t]*(?:[\r\n]|$)/.test(tree.text.slice(endOf(clause)));
  return between(isLast ? trimEnd(tree.text, 0, clause.offset) : clause.offset, endOf(clause));
}
