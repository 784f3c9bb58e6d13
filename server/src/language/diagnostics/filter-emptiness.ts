/** Conditions that ask for nothing: `VenueTown is empty`, `VenueTown = NULL`. */
import { EMPTY_ASSUMPTION, noEmptiness, readValue } from '../analysis/filter-values';
import type { FieldInfo } from '../catalog/catalog';
import type { Comparison, Word } from '../syntax/nodes';
import { comparisonOf } from '../vocabulary/filter-words';
import type { CheckContext } from './check';
import { proposal, rewritingFixes, rewritten, type TermPlace } from './rewriting';

/** `VenueTown = NULL`: one message for what would be two, since only the user knows whether it means an empty text. */
export function isSpokenNull(
  context: CheckContext,
  term: Comparison,
  place: TermPlace,
  field: FieldInfo | undefined,
): boolean {
  const { operator, value } = term;
  if (operator === undefined || value?.form !== 'null' || comparisonOf(operator.text) !== undefined)
    return false;
  const reading = readValue(value, { field, operator: operator.text, meaning: place.meaning });
  const rewriting = rewritten(term, place.meaning);
  if (reading.kind !== 'better' || !rewriting.ok) return false;
  context.report(
    'unsupported-filter',
    value,
    `The API has no null. ${EMPTY_ASSUMPTION}.${proposal(rewriting)}`,
    {
      fixes: rewritingFixes(context, term, place, rewriting),
    },
  );
  return true;
}

export function checkEmptiness(
  context: CheckContext,
  term: Comparison,
  operator: Word,
  field: FieldInfo | undefined,
  place: TermPlace,
): void {
  const rewriting = rewritten(term, place.meaning);
  const advice = rewriting.ok
    ? `${EMPTY_ASSUMPTION}.${proposal(rewriting)}`
    : field === undefined
      ? ''
      : noEmptiness(field);
  context.report('unknown-operator', operator, `The API has no “${operator.text}”. ${advice}`, {
    fixes: rewritingFixes(context, term, place, rewriting),
  });
}
