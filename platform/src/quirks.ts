/**
 * What the guide leaves open (A), turned round: `--quirks NAME,NAME`. Without any, the platform does what is assumed.
 * With them, programs can be tried against platforms that differ.
 */

/** Each quirk and what the platform then does. */
const QUIRKS = {
  parentheses: 'parentheses group conditions',
  in: 'field in (value, …)',
  not: 'not before a function, or before conditions in parentheses',
  'left-to-right': 'conditions are joined in the order in which they stand, and before or or not',
  'backslash-quotes': 'a backslash stands before a quote in a value, and before a backslash',
  'bare-refused': 'numbers, true and false need quotes',
  'lower-keywords': 'operators, functions, asc and desc in lower case only',
  'text-case': 'text is compared with regard to case',
  'unknown-select': 'an unknown name in $select is refused',
  'top-20': 'a $top above 20 brings 20 records, without a word',
  'top-refused': 'a $top above 100 is refused',
  'top-all': '$top=-1 brings all records',
  'no-top-all': '$top=-1 brings what no $top brings',
  'skip-records': '$skip counts records',
  'plus-literal': 'a plus sign in an address is a plus sign',
  'short-address': 'an address above 1000 characters is refused with 414',
  'count-names': 'the counts have other names',
  'rate-limit': 'few requests at a time; headers tell how many are left, and 429 that none is',
} as const;

export type Quirk = keyof typeof QUIRKS;
export type Quirks = ReadonlySet<Quirk>;

export const QUIRK_NAMES = Object.keys(QUIRKS).filter((name): name is Quirk => Object.hasOwn(QUIRKS, name));

/** Returns the quirks of a list, and the first of its words that is none. */
export function readQuirks(list: string): { readonly quirks: Quirks; readonly unknown: string | undefined } {
  const words = list.split(',').map((word) => word.trim());
  const quirks = words.flatMap((word) => QUIRK_NAMES.find((name) => name === word) ?? []);
  return {
    quirks: new Set(quirks),
    unknown: words.find((word) => !quirks.some((quirk) => quirk === word)),
  };
}
