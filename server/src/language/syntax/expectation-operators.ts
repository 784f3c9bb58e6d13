/** How operators of `# @expect` can be written. */
import { EXPECTATION_OPERATOR_NAMES, type ExpectationOperatorName } from '../vocabulary/expectation-words';
import { comparisonOf, COMPARISONS, functionOf, synonymOf } from '../vocabulary/filter-words';

/** The operator by its own name or by that of the API's comparison, in any case. */
export function expectationOperatorOf(text: string): ExpectationOperatorName | undefined {
  const own = EXPECTATION_OPERATOR_NAMES.find((each) => each === text.toLowerCase());
  const comparison = comparisonOf(text);
  return own ?? (comparison === undefined ? undefined : COMPARISONS[comparison].expectation);
}

/** The operator that people mean by another word: `=`, `equals`, `like`. */
export function meantOperatorOf(text: string): ExpectationOperatorName | undefined {
  if (/^=?~$/.test(text)) return 'matches';
  const synonym = synonymOf(text);
  if (synonym === undefined) return undefined;
  return functionOf(synonym) ?? expectationOperatorOf(synonym);
}
