/** The words of `# @expect`. */
import { comparisonOf, functionOf, synonymOf, type ComparisonOperator } from './keywords';

/** What can be looked at in an answer. */
export const SUBJECTS = ['status', 'count', 'total', 'time', 'results', 'body'] as const;
export type SubjectKind = (typeof SUBJECTS)[number];

export const EXPECTATION_OPERATORS = [
  '==',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'contains',
  'startswith',
  'endswith',
  'matches',
  'exists',
] as const;
export type ExpectationOperatorName = (typeof EXPECTATION_OPERATORS)[number];

/** The API's operators stand for ours: who knows one kind need not learn the other. */
const OF_THE_API: Readonly<Record<ComparisonOperator, ExpectationOperatorName>> = {
  eq: '==',
  ne: '!=',
  lt: '<',
  le: '<=',
  gt: '>',
  ge: '>=',
};

export const subjectOf = (text: string): SubjectKind | undefined =>
  SUBJECTS.find((each) => each === text.toLowerCase());

/** An operator of ours or of the API's, in any case. */
export function expectationOperatorOf(text: string): ExpectationOperatorName | undefined {
  const own = EXPECTATION_OPERATORS.find((each) => each === text.toLowerCase());
  const comparison = comparisonOf(text);
  return own ?? (comparison === undefined ? undefined : OF_THE_API[comparison]);
}

/** The operator that is meant by what people write instead: `=`, `equals`, `like`. */
export function meantOperatorOf(text: string): ExpectationOperatorName | undefined {
  if (/^=?~$/.test(text)) return 'matches';
  const synonym = synonymOf(text);
  if (synonym === undefined) return undefined;
  return functionOf(synonym) ?? expectationOperatorOf(synonym);
}

/** True for numbers of the answer: the rest are paths. */
export const isNumeric = (kind: SubjectKind): boolean => kind !== 'results' && kind !== 'body';
