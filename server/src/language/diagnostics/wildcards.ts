/** `wildcard`, and the message for a comparison that only a spreadsheet reads as a search: `Label = First*`. */
import { chainOf, inPlace } from '../analysis/joining';
import { wildcardSearch } from '../analysis/searches';
import type { FieldInfo } from '../catalog/catalog';
import type { Comparison } from '../syntax/nodes';
import { type CheckContext, replace } from './check';
import { proposal, rewritingFixes, rewritten, type TermPlace } from './rewriting';

/** Returns true where the message covers operator and value, too. */
export function checkWildcards(
  context: CheckContext,
  term: Comparison,
  place: TermPlace,
  field: FieldInfo | undefined,
): boolean {
  const { value } = term;
  const search = wildcardSearch(term, field?.type);
  if (value === undefined || search === undefined || field?.filterable === false) return false;
  if (!search.isWritten) {
    const rewriting = rewritten(term, place.meaning);
    context.report(
      'unsupported-filter',
      value,
      `The API has no wildcards such as those in ${value.text}.${proposal(rewriting)}`,
      { fixes: rewritingFixes(context, term, place, rewriting) },
    );
    return true;
  }
  const { list, index } = place;
  const chain = chainOf('and', search.calls);
  const fitting =
    chain === undefined || index < 0
      ? undefined
      : inPlace(chain, list.joins[index - 1]?.op, list.joins[index]?.op, context.model.traits);
  const better = search.calls.join(' and ');
  context.report(
    'wildcard',
    value,
    `This looks for ${value.text} with its signs, since the API has no wildcards. If they stand for any text, write ${better}.`,
    { fixes: fitting === undefined ? [] : [replace(term, fitting, `Search instead: ${fitting}`, false)] },
  );
  return false;
}
