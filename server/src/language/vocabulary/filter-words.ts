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
  ['not empty', empty('ne')],
  ['not blank', empty('ne')],
  ['not null', empty('ne', true)],
  ['is missing', empty('eq')],
  ['is not set', empty('eq')],
  ['has no value', empty('eq')],
  ['has a value', empty('ne')],
  ['has value', empty('ne')],
  ['is filled', empty('ne')],
  ['exists', empty('ne')],
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
    'same as': 'eq',
    'is the same as': 'eq',
    on: 'eq',
    'is on': 'eq',
    'is in': 'eq',
    'is at': 'eq',
    'is either': 'eq',
    either: 'eq',
    'one of': 'eq',
    'is one of': 'eq',
    'are one of': 'eq',
    'any of': 'eq',
    'is any of': 'eq',
    'are any of': 'eq',
    'either of': 'eq',
    'is either of': 'eq',
    neither: 'ne',
    'is neither': 'ne',
    'are neither': 'ne',
    'none of': 'ne',
    'is none of': 'ne',
    'are none of': 'ne',
    'is exactly': 'eq',
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
    'not =': 'ne',
    'not ==': 'ne',
    'not on': 'ne',
    'is not on': 'ne',
    noteq: 'ne',
    'is different from': 'ne',
    'other than': 'ne',
    'is other than': 'ne',
    'isn’t': 'ne',
    isnt: 'ne',
    'aren’t': 'ne',
    arent: 'ne',
    'is not in': 'ne',
    '<': 'lt',
    'less than': 'lt',
    'is less than': 'lt',
    less: 'lt',
    before: 'lt',
    'is before': 'lt',
    below: 'lt',
    under: 'lt',
    'is below': 'lt',
    'is under': 'lt',
    'fewer than': 'lt',
    'is fewer than': 'lt',
    'smaller than': 'lt',
    'is smaller than': 'lt',
    'earlier than': 'lt',
    'is earlier than': 'lt',
    '<=': 'le',
    '=<': 'le',
    lte: 'le',
    'less than or equal to': 'le',
    'at most': 'le',
    'is at most': 'le',
    'is less than or equal to': 'le',
    'no more than': 'le',
    'is no more than': 'le',
    'not more than': 'le',
    'up to': 'le',
    'is up to': 'le',
    'not after': 'le',
    'is not after': 'le',
    until: 'le',
    till: 'le',
    'on or before': 'le',
    'is on or before': 'le',
    '>': 'gt',
    'greater than': 'gt',
    'is greater than': 'gt',
    greater: 'gt',
    after: 'gt',
    'is after': 'gt',
    above: 'gt',
    over: 'gt',
    'more than': 'gt',
    'is more than': 'gt',
    'is over': 'gt',
    'is above': 'gt',
    'bigger than': 'gt',
    'is bigger than': 'gt',
    'higher than': 'gt',
    'is higher than': 'gt',
    'later than': 'gt',
    'is later than': 'gt',
    '>=': 'ge',
    '=>': 'ge',
    gte: 'ge',
    'greater than or equal to': 'ge',
    'at least': 'ge',
    'is at least': 'ge',
    'is greater than or equal to': 'ge',
    'no less than': 'ge',
    'is no less than': 'ge',
    'not less than': 'ge',
    'not before': 'ge',
    'is not before': 'ge',
    'is since': 'ge',
    'on or after': 'ge',
    'is on or after': 'ge',
    since: 'ge',
    from: 'ge',
    contains: 'contains',
    contain: 'contains',
    like: 'contains',
    ilike: 'contains',
    containing: 'contains',
    'is like': 'contains',
    including: 'contains',
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
    'starting with': 'startswith',
    'beginning with': 'startswith',
    starts: 'startswith',
    '^=': 'startswith',
    'begins with': 'startswith',
    beginswith: 'startswith',
    begins: 'startswith',
    endswith: 'endswith',
    'ends with': 'endswith',
    'ending with': 'endswith',
    'ending in': 'endswith',
    'ends in': 'endswith',
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

/** `does not contain` and the like, for which the API has nothing. */
export const isNegatedSearch = (phrase: string): boolean =>
  /^(?:(?:do|does|is) )?not (?:contains?|containing|includes?|including|like|starts? with|starting with|begins? with|ends? with|ending with)$/i.test(
    phrase,
  );

/** What people write instead of the operator. */
export const synonymsOf = (operator: ComparisonOperator): readonly string[] =>
  [...OPERATOR_SYNONYMS].flatMap(([phrase, meant]) => (meant === operator ? [phrase] : []));

/** Words with which a text may say something else than its quoted form: `not Full`, `Full but not Open`, `Full limit 10`. */
export const turnsMeaning = (text: string): boolean =>
  /(?<![\p{L}\p{N}_])(?:not|neither|nor|either|but|except|(?:is|are|was|were|does|do)n['’]?t|limit\s\d+)(?![\p{L}\p{N}_])/iu.test(
    text,
  );

/** What people write before the first condition. */
const LEAD_WORDS: ReadonlySet<string> = new Set([
  'where',
  'filter',
  'show',
  'having',
  'when',
  'if',
  'only',
  'both',
  'with',
  'find',
]);
export const isLeadWord = (word: string): boolean => LEAD_WORDS.has(word.toLowerCase());

const JOINS: ReadonlyMap<string, 'and' | 'or'> = new Map([
  ['and', 'and'],
  ['or', 'or'],
  ['&&', 'and'],
  ['&', 'and'],
  ['||', 'or'],
  ['|', 'or'],
  [';', 'and'],
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
