/** The questions of a check, a row for each trait: why it is asked, who finds the answer, and what APQ does with it. */
import { TRAIT_NAMES, type TraitName, type Traits } from '#language';
import * as address from './address-probes';
import * as filter from './filter-probes';
import type { Outcome } from './outcome';
import * as page from './page-probes';
import type { Questions } from './questions';

interface Probe<T> {
  /** Why it is asked, as a sentence. */
  readonly why: string;
  /** What APQ does with the answer, as a sentence. */
  readonly used: string;
  readonly settle: (ask: Questions) => Promise<Outcome<T>>;
}

export const PROBES: { readonly [K in TraitName]: Probe<Traits[K]> } = {
  parentheses: {
    why: 'The guide has no parentheses, but OData has.',
    used: 'Filters with parentheses are sent as they stand, or rewritten without them.',
    settle: filter.parentheses,
  },
  precedence: {
    why: 'OData reads and before or; the guide does not say.',
    used: 'A filter that mixes and with or is explained and rewritten as this platform reads it.',
    settle: filter.precedence,
  },
  not: {
    why: 'The guide has no not, but OData has.',
    used: 'not is sent as it stands, or the operator is turned round.',
    settle: filter.not,
  },
  in: {
    why: 'The guide has no in, but OData has.',
    used: 'A list of values is sent as it stands, or as single comparisons.',
    settle: filter.inList,
  },
  quotes: {
    why: 'The guide does not say how a name such as O’Neill is written.',
    used: 'Quotes inside values are written so.',
    settle: filter.quotes,
  },
  bareNumbers: {
    why: 'The guide quotes every value.',
    used: 'Numbers without quotes are sent as they stand, or quoted.',
    settle: filter.bareNumbers,
  },
  bareBooleans: {
    why: 'The guide quotes every value.',
    used: 'true and false without quotes are sent as they stand, or quoted.',
    settle: filter.bareBooleans,
  },
  keywordCase: {
    why: 'The guide writes operators in lower case, and does not say whether they must be.',
    used: 'Lower case is sent either way; the answer is for other programs.',
    settle: filter.keywordCase,
  },
  textCase: {
    why: 'Whether class finds Class decides which records come.',
    used: 'Known values are checked with their case where it matters.',
    settle: filter.textCase,
  },
  unknownSelect: {
    why: 'A misspelt name may be refused, or its column missing without a word.',
    used: 'An unknown name in $select is an error or a warning.',
    settle: address.unknownSelect,
  },
  largestTop: {
    why: 'The guide advises against more than 50 and names no limit.',
    used: 'Pages are not asked for larger than this, and a larger $top is reported.',
    settle: page.largestTop,
  },
  everyRecord: {
    why: 'A demonstration of the vendor’s names $top=-1, and not what it does.',
    used: 'A request with $top=-1 is one page where it brings all records.',
    settle: page.everyRecord,
  },
  skip: {
    why: 'The guide says that $skip counts pages; OData counts records.',
    used: 'Fetching all counts $skip so, and needs not find it out each time.',
    settle: page.skip,
  },
  countNames: {
    why: 'The guide does not name the members of $count.',
    used: 'Totals and progress are read from these members.',
    settle: page.countNames,
  },
  plus: {
    why: 'Some clients send a space as +, others as %20.',
    used: 'An address that would be too long is sent with + for spaces where that is the same.',
    settle: address.plus,
  },
  longestAddress: {
    why: 'Servers refuse a long address, and a long filter makes one.',
    used: 'A request whose address is longer is reported before it is sent.',
    settle: address.longestAddress,
  },
  rateLimit: {
    why: 'The number of requests an hour is documented for version 1 only.',
    used: 'Fetching waits when no request is left, instead of being refused.',
    settle: address.rateLimit,
  },
};

/** Asked first: others need it. */
const FIRST: readonly TraitName[] = ['countNames'];
/** Asked last: they take the most requests, or look at all answers. */
const LAST: readonly TraitName[] = ['largestTop', 'longestAddress', 'rateLimit'];

/** All questions in the order in which they are asked. */
export const ASKING_ORDER: readonly TraitName[] = [
  ...FIRST,
  ...TRAIT_NAMES.filter((name) => !FIRST.includes(name) && !LAST.includes(name)),
  ...LAST,
];
