/** The words of a filter (guide: "Filtering your GET requests with $filter"). */
import type { ExpectationOperatorName } from './expectation-words';

interface ComparisonRow {
  /** In a sentence whose subject is a field. */
  readonly meaning: string;
  /** The operator of `# @expect` that it means there, so that users need to know one set of operators only. */
  readonly expectation: ExpectationOperatorName;
}

const COMPARISON_ROWS = {
  eq: { meaning: 'equals', expectation: '==' },
  ne: { meaning: 'does not equal', expectation: '!=' },
  lt: { meaning: 'is less than, is before', expectation: '<' },
  le: { meaning: 'is less than or equal to', expectation: '<=' },
  gt: { meaning: 'is greater than, is after', expectation: '>' },
  ge: { meaning: 'is greater than or equal to', expectation: '>=' },
} satisfies Readonly<Record<string, ComparisonRow>>;

export type ComparisonOperator = keyof typeof COMPARISON_ROWS;
export const COMPARISONS: Readonly<Record<ComparisonOperator, ComparisonRow>> = COMPARISON_ROWS;
export const COMPARISON_NAMES = Object.keys(COMPARISON_ROWS) as readonly ComparisonOperator[];

interface FunctionRow {
  /** In a sentence whose subject is a field. */
  readonly meaning: string;
}

const FUNCTION_ROWS = {
  contains: { meaning: 'contains the text' },
  startswith: { meaning: 'starts with the text' },
  endswith: { meaning: 'ends with the text' },
} satisfies Readonly<Record<string, FunctionRow>>;

export type FilterFunction = keyof typeof FUNCTION_ROWS;
export const FUNCTIONS: Readonly<Record<FilterFunction, FunctionRow>> = FUNCTION_ROWS;
export const FUNCTION_NAMES = Object.keys(FUNCTION_ROWS) as readonly FilterFunction[];

const find = <T extends string>(list: readonly T[], text: string): T | undefined => {
  const lower = text.toLowerCase();
  return list.find((entry) => entry === lower);
};

export const comparisonOf = (text: string): ComparisonOperator | undefined => find(COMPARISON_NAMES, text);
export const functionOf = (text: string): FilterFunction | undefined => find(FUNCTION_NAMES, text);

/** OData operators that the API lacks: the guide does not mention them. */
const UNSUPPORTED_OPERATORS = [
  'has',
  'add',
  'sub',
  'mul',
  'div',
  'divby',
  'mod',
  '+',
  '-',
  '*',
  '/',
  '%',
] as const;
export const unsupportedOperatorOf = (text: string) => find(UNSUPPORTED_OPERATORS, text);

/** What people write instead of an operator, in lower case with single spaces, with the API's own word. */
const OPERATOR_SYNONYMS: Readonly<Record<string, ComparisonOperator | FilterFunction>> = {
  '=': 'eq',
  '==': 'eq',
  '===': 'eq',
  is: 'eq',
  equals: 'eq',
  equal: 'eq',
  'is equal to': 'eq',
  'equal to': 'eq',
  'equals to': 'eq',
  '=eq': 'eq',
  eql: 'eq',
  '!=': 'ne',
  '<>': 'ne',
  '!==': 'ne',
  '=!': 'ne',
  neq: 'ne',
  'not eq': 'ne',
  'is not': 'ne',
  isnot: 'ne',
  'not equal': 'ne',
  'not equals': 'ne',
  'not equal to': 'ne',
  'is not equal to': 'ne',
  'does not equal': 'ne',
  not: 'ne',
  noteq: 'ne',
  '<': 'lt',
  'less than': 'lt',
  'is less than': 'lt',
  less: 'lt',
  before: 'lt',
  'is before': 'lt',
  below: 'lt',
  under: 'lt',
  '<=': 'le',
  '=<': 'le',
  lte: 'le',
  'less than or equal to': 'le',
  'at most': 'le',
  '>': 'gt',
  'greater than': 'gt',
  'is greater than': 'gt',
  greater: 'gt',
  after: 'gt',
  'is after': 'gt',
  above: 'gt',
  over: 'gt',
  'more than': 'gt',
  '>=': 'ge',
  '=>': 'ge',
  gte: 'ge',
  'greater than or equal to': 'ge',
  'at least': 'ge',
  since: 'ge',
  from: 'ge',
  contains: 'contains',
  contain: 'contains',
  like: 'contains',
  ilike: 'contains',
  includes: 'contains',
  include: 'contains',
  matches: 'contains',
  substringof: 'contains',
  '~': 'contains',
  '=~': 'contains',
  startswith: 'startswith',
  'starts with': 'startswith',
  starts: 'startswith',
  'begins with': 'startswith',
  beginswith: 'startswith',
  begins: 'startswith',
  endswith: 'endswith',
  'ends with': 'endswith',
  ends: 'endswith',
};
const FIRST_WORDS = new Set(Object.keys(OPERATOR_SYNONYMS).map((synonym) => synonym.split(' ')[0] ?? ''));

/** True when a synonym of an operator starts with the word. */
export const startsOperatorSynonym = (word: string): boolean => FIRST_WORDS.has(word.toLowerCase());
export const synonymOf = (text: string): ComparisonOperator | FilterFunction | undefined =>
  OPERATOR_SYNONYMS[text.toLowerCase().replace(/\s+/g, ' ')];

const JOINS: Readonly<Record<string, 'and' | 'or'>> = {
  and: 'and',
  or: 'or',
  '&&': 'and',
  '&': 'and',
  '||': 'or',
  '|': 'or',
};
export const joinOf = (text: string): 'and' | 'or' | undefined =>
  Object.hasOwn(JOINS, text.toLowerCase()) ? JOINS[text.toLowerCase()] : undefined;
