/** The words of a filter (guide: "Filtering your GET requests with $filter"). */
import { isSlip } from '../text/nearest';
import type { DateBuiltin } from './builtins';
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

export const isComparison = (text: string): boolean => comparisonOf(text) !== undefined;

const ARITHMETIC = ['add', 'sub', 'mul', 'div', 'divby', 'mod', '+', '-', '*', '/', '%'] as const;
/** OData's arithmetic, which the API lacks: the guide does not mention it. */
export const arithmeticOf = (text: string) => find(ARITHMETIC, text);
/** OData operators that the API lacks. */
export const unsupportedOperatorOf = (text: string) => find(['has', ...ARITHMETIC], text);

/** Functions of OData 2 to 4.01 that the API lacks. */
const ODATA_FUNCTIONS: ReadonlySet<string> = new Set(
  (
    'substringof indexof length substring concat tolower toupper trim replace year month day hour minute second ' +
    'fractionalseconds date time totaloffsetminutes totalseconds now mindatetime maxdatetime round floor ceiling cast ' +
    'isof case matchespattern hassubset hassubsequence geo.distance geo.length geo.intersects today'
  ).split(' '),
);
export const isODataFunction = (text: string): boolean => ODATA_FUNCTIONS.has(text.toLowerCase());

/** True for a slip of one of the API's functions, such as `containz`. */
export const isLikeFunction = (text: string): boolean =>
  !isODataFunction(text) && FUNCTION_NAMES.some((name) => isSlip(text, name));

/** What asks whether a field is empty: the operator for an empty text, and whether the words mean OData's null. */
interface Emptiness {
  readonly operator: 'eq' | 'ne';
  readonly isNull: boolean;
}
const empty = (operator: 'eq' | 'ne', isNull = false): Emptiness => ({ operator, isNull });
const EMPTINESS: ReadonlyMap<string, Emptiness> = new Map([
  ['is empty', empty('eq')],
  ['is blank', empty('eq')],
  ['isempty', empty('eq')],
  ['is not empty', empty('ne')],
  ['is not blank', empty('ne')],
  ['isnotempty', empty('ne')],
  ['is null', empty('eq', true)],
  ['isnull', empty('eq', true)],
  ['is not null', empty('ne', true)],
  ['isnotnull', empty('ne', true)],
]);
export const emptinessOf = (phrase: string): Emptiness | undefined =>
  EMPTINESS.get(phrase.toLowerCase().replace(/\s+/g, ' '));

/** What people write instead of an operator, in lower case with single spaces, with the API's own word. */
const OPERATOR_SYNONYMS: ReadonlyMap<string, ComparisonOperator | FilterFunction> = new Map(
  Object.entries({
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
    ':': 'eq',
    ':=': 'eq',
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
    '~=': 'contains',
    '*=': 'contains',
    startswith: 'startswith',
    'starts with': 'startswith',
    starts: 'startswith',
    '^=': 'startswith',
    'begins with': 'startswith',
    beginswith: 'startswith',
    begins: 'startswith',
    endswith: 'endswith',
    'ends with': 'endswith',
    ends: 'endswith',
    '$=': 'endswith',
  } as const),
);
const FIRST_WORDS: ReadonlySet<string> = new Set(
  [...OPERATOR_SYNONYMS.keys(), ...EMPTINESS.keys()].map((phrase) => phrase.split(' ')[0] ?? ''),
);

/** True when a synonym of an operator starts with the word. */
export const startsOperatorSynonym = (word: string): boolean => FIRST_WORDS.has(word.toLowerCase());
export const synonymOf = (text: string): ComparisonOperator | FilterFunction | undefined =>
  OPERATOR_SYNONYMS.get(text.toLowerCase().replace(/\s+/g, ' '));

const JOINS: ReadonlyMap<string, 'and' | 'or'> = new Map([
  ['and', 'and'],
  ['or', 'or'],
  ['&&', 'and'],
  ['&', 'and'],
  ['||', 'or'],
  ['|', 'or'],
]);
export const joinOf = (text: string): 'and' | 'or' | undefined => JOINS.get(text.toLowerCase());

/** What stands for now or today in other query languages, with the built-in that means it. */
const MOMENTS: ReadonlyMap<string, DateBuiltin> = new Map([
  ['now', 'now'],
  ['getdate', 'now'],
  ['getutcdate', 'now'],
  ['utcnow', 'now'],
  ['sysdate', 'now'],
  ['current_timestamp', 'now'],
  ['datetime.now', 'now'],
  ['datetime.utcnow', 'now'],
  ['today', 'today'],
  ['current_date', 'today'],
  ['curdate', 'today'],
  ['datetime.today', 'today'],
  ['yesterday', 'yesterday'],
  ['tomorrow', 'tomorrow'],
  ['monthstart', 'monthstart'],
  ['yearstart', 'yearstart'],
]);
/** The built-in date that a word means, with or without `$`. */
export const momentOf = (word: string): DateBuiltin | undefined =>
  MOMENTS.get(word.toLowerCase().replace(/^\$/, ''));
