/** `unsupported-filter`: `not`, `in`, `between`, with what to write instead. */
import { comparesLists, negatesFunctions, takesList, takesNegation } from '../analysis/dialect';
import { readValue } from '../analysis/filter-values';
import { hasNumberWithComma } from '../analysis/term-logic';
import type { Traits } from '../catalog/traits';
import type { Membership, Negation, Range, Word } from '../syntax/nodes';
import { comparisonOf, functionOf } from '../vocabulary/filter-words';
import type { CheckContext } from './check';
import { eitherRange } from './either-range';
import { checkFilterField } from './filter-fields';
import { proposal, rewritingFixes, rewritten, splitFixes, type TermPlace } from './rewriting';
import { checkValueOf } from './values';

export function checkUnsupported(
  context: CheckContext,
  term: Negation | Membership | Range,
  place: TermPlace,
): void {
  const { meaning } = place;
  const { traits } = context.model;
  if (term.kind === 'not' && takesNegation(term, traits)) return;
  const isRead = term.kind === 'in' && takesList(term, traits);
  const keyword: Word = term.kind === 'not' ? term.keyword : term.operator;
  const rewriting = isRead ? undefined : rewritten(term, meaning);
  // What stands inside has the message where it has no equivalent; a negation's is that of its `not`.
  const reported = rewriting === undefined || place.index < 0 || (!rewriting.ok && rewriting.inside);
  if (!reported)
    context.report(
      'unsupported-filter',
      keyword,
      `${what(term, keyword, traits)}${rewriting.ok ? proposal(rewriting) : ` ${rewriting.message}`}`,
      {
        fixes: rewriting.ok
          ? rewritingFixes(context, term, place, rewriting)
          : [
              ...(term.kind === 'between' ? eitherRange(context, term, place) : []),
              ...splitFixes(context, place),
            ],
      },
    );
  if (term.kind === 'not') return;
  const field = checkFilterField(context, term.field);
  // Quotes would make two values of one.
  if (term.kind === 'in' && hasNumberWithComma(term.values, field?.type)) return;
  // Values that the fix writes as the API reads them have no message of their own.
  const fixed = !reported && rewriting.ok && rewriting.sure;
  const at = { field, operator: 'eq', meaning };
  const values = term.kind === 'in' ? term.values : [term.low, term.high];
  const unread = values.filter((value) => readValue(value, at).kind === 'none');
  // The ends of a range are mended together, or by the user.
  const mayBeSure = term.kind === 'in' || unread.length === 0;
  for (const value of values)
    if (!fixed || unread.includes(value)) checkValueOf(context, value, at, mayBeSure);
}

/** In `ne ('a','b')` the operator is the API’s, but the list after it is not. */
function what(term: Negation | Membership | Range, keyword: Word, traits: Traits): string {
  if (term.kind === 'not' && negatesFunctions(traits))
    return 'Here, “not” stands before a function or parentheses only.';
  if (term.kind === 'in' && comparesLists(traits) && keyword.text.toLowerCase() === 'in')
    return 'The values after “in” stand in parentheses.';
  return term.kind === 'in' && (comparisonOf(keyword.text) ?? functionOf(keyword.text)) !== undefined
    ? `The API allows no list of values ${term.field.offset > keyword.offset ? 'before' : 'after'} “${keyword.text}”.`
    : `The API has no “${keyword.text}”.`;
}
