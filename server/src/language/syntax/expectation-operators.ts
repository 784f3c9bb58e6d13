/** How operators of `# @expect` can be written. */
import { EXPECTATION_OPERATOR_NAMES, type ExpectationOperatorName } from '../vocabulary/expectation-words';
import { comparisonOf, COMPARISONS, functionOf, synonymOf } from '../vocabulary/filter-words';

/** An operator of ours or of the API's, in any case. */
export function expectationOperatorOf(text: string): ExpectationOperatorName | undefined {
  const own = EXPECTATION_OPERATOR_NAMES.find((each) => each === text.toLowerCase());
  const comparison = comparisonOf(text);
  return own ?? (comparison === undefined ? undefined : COMPARISONS[comparison].expectation);
}

/** The operator that is meant by what people write instead: `=`, `equals`, `like`. */
export function meantOperatorOf(text: string): ExpectationOperatorName | undefined {
  if (/^=?~$/.test(text)) return 'matches';
  const synonym = synonymOf(text);
  if (synonym === undefined) return undefined;
  return functionOf(synonym) ?? expectationOperatorOf(synonym);
}
