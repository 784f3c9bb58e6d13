/** What is true of the sample platform with each of its quirks. */
import type { PlatformTraits } from '#language';
import type { Quirk } from '#platform/quirks';

export const QUIRK_TRAITS: Readonly<Record<Quirk, PlatformTraits>> = {
  parentheses: { parentheses: true },
  in: { in: true },
  not: { not: true },
  'left-to-right': { precedence: 'left-to-right' },
  'backslash-quotes': { quotes: 'backslash' },
  'bare-refused': { bareNumbers: false, bareBooleans: false },
  'lower-keywords': { keywordCase: 'lower' },
  'text-case': { textCase: 'matters' },
  'unknown-select': { unknownSelect: 'refused' },
  'top-20': { largestTop: 20 },
  'top-refused': { largestTop: 100 },
  'top-all': { everyRecord: true },
  'no-top-all': { everyRecord: false },
  'skip-records': { skip: 'records' },
  'plus-literal': { plus: 'plus' },
  'short-address': { longestAddress: 1000 },
  'count-names': {
    countNames: { pageIndex: 'thisPage', pageTotal: 'recordsHere', total: 'recordsFound' },
  },
  'rate-limit': {
    rateLimit: {
      limit: 'x-ratelimit-limit',
      remaining: 'x-ratelimit-remaining',
      reset: 'x-ratelimit-reset',
    },
  },
};
