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
  /** What APQ does where this is the answer, as a sentence. */
  readonly used: (answer: T) => string;
  readonly settle: (ask: Questions) => Promise<Outcome<T>>;
}

export const PROBES: { readonly [K in TraitName]: Probe<Traits[K]> } = {
  parentheses: {
    why: 'OData has parentheses, but the guide does not name them.',
    used: (yes) => `Filters with parentheses are ${yes ? 'sent as they stand' : 'rewritten without them'}.`,
    settle: filter.parentheses,
  },
  precedence: {
    why: 'OData reads and before or; the guide does not say.',
    used: () => 'A filter that mixes and with or is explained and rewritten as this platform reads it.',
    settle: filter.precedence,
  },
  not: {
    why: 'OData has the word not, but the guide does not name it.',
    used: (yes) => (yes ? 'It is sent as it stands.' : 'A fix turns the operator round.'),
    settle: filter.not,
  },
  in: {
    why: 'OData has the operator in, but the guide does not name it.',
    used: (yes) => (yes ? 'It is sent as it stands.' : 'A fix writes the comparisons one by one.'),
    settle: filter.inList,
  },
  quotes: {
    why: 'The guide does not say how a name such as O’Neill is written.',
    used: (way) =>
      way === 'none'
        ? 'A value with a quote is refused before it is sent.'
        : 'Quotes inside values are sent so.',
    settle: filter.quotes,
  },
  bareNumbers: {
    why: 'The guide quotes every value.',
    used: (yes) => `They are ${yes ? 'sent as they stand' : 'quoted when they are sent'}.`,
    settle: filter.bareNumbers,
  },
  bareBooleans: {
    why: 'The guide quotes every value.',
    used: (yes) => `They are ${yes ? 'sent as they stand' : 'quoted when they are sent'}.`,
    settle: filter.bareBooleans,
  },
  keywordCase: {
    why: 'The guide writes operators in lower case, and does not say whether they must be.',
    used: () => 'Lower case is sent either way; the answer is for other programs.',
    settle: filter.keywordCase,
  },
  textCase: {
    why: 'Whether class finds Class decides which records come.',
    used: (text) =>
      text === 'matters'
        ? 'Known values are checked with their case.'
        : 'Known values are accepted in any case.',
    settle: filter.textCase,
  },
  unknownSelect: {
    why: 'A misspelt name may be refused, or its column missing without a word.',
    used: (is) => `It is reported as ${is === 'refused' ? 'an error' : 'a warning'}.`,
    settle: address.unknownSelect,
  },
  largestTop: {
    why: 'The guide advises against more than 50 and names no limit.',
    used: (most) =>
      most === 'none'
        ? 'Pages are as long as $top says.'
        : 'Pages that are fetched are no longer, and a larger $top is reported.',
    settle: page.largestTop,
  },
  everyRecord: {
    why: 'A demonstration of the vendor’s names $top=-1, and not what it does.',
    used: (yes) =>
      yes
        ? 'A request with $top=-1 is fetched as one page.'
        : 'A request with $top=-1 is fetched page by page.',
    settle: page.everyRecord,
  },
  skip: {
    why: 'The guide says that $skip counts pages; OData counts records.',
    used: () => 'Fetching all counts so.',
    settle: page.skip,
  },
  countNames: {
    why: 'The guide does not name the members of $count.',
    used: () => 'Totals and progress are read from them.',
    settle: page.countNames,
  },
  plus: {
    why: 'Some clients send a space as +, others as %20.',
    used: (is) =>
      is === 'space'
        ? 'An address that would be too long is sent with + for spaces.'
        : 'Spaces are sent as %20.',
    settle: address.plus,
  },
  longestAddress: {
    why: 'Servers refuse a long address, and a long filter makes one.',
    used: (most) =>
      most === 'none' ? 'Addresses of any length are sent.' : 'A request with a longer address is reported.',
    settle: address.longestAddress,
  },
  rateLimit: {
    why: 'The number of requests an hour is documented for version 1 only.',
    used: ({ remaining }) =>
      remaining === undefined
        ? 'Fetching pauses where the platform refuses a request for now.'
        : 'Fetching waits when no request is left.',
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
