/**
 * What a platform does where the API's guide leaves it open: one row for each such question, with its answers in words
 * for people. What was found out about a platform is kept with its metadata; without that, the assumed answer holds.
 */
import { isJsonObject } from '../text/json-object';

/** One question, the answer that holds until it is known, and how an answer is read and told. */
export interface Trait<T> {
  /** What the question is about: `Parentheses in a filter`. */
  readonly subject: string;
  readonly assumed: T;
  /** All answers; undefined where there are too many to list. */
  readonly values?: readonly T[];
  /** Reads an answer from outside data; undefined where it is none. */
  readonly read: (value: unknown) => T | undefined;
  /** What the answer means, as a sentence: `Parentheses group conditions.` */
  readonly means: (value: T) => string;
}

/** One of some words. */
const choice = <const V extends string>(
  subject: string,
  assumed: NoInfer<V>,
  sentences: Readonly<Record<V, string>>,
): Trait<V> => {
  const values = Object.keys(sentences).filter((each): each is V => Object.hasOwn(sentences, each));
  return {
    subject,
    assumed,
    values,
    read: (value) => values.find((each) => each === value),
    means: (value) => sentences[value],
  };
};

/** Yes or no; no is assumed, so that nothing is sent that a platform may refuse. */
const flag = (subject: string, yes: string, no: string): Trait<boolean> => ({
  subject,
  assumed: false,
  values: [true, false],
  read: (value) => (typeof value === 'boolean' ? value : undefined),
  means: (value) => (value ? yes : no),
});

/** A limit; `none`: as far as anyone has seen, there is none. */
const limit = (subject: string, none: string, some: (most: string) => string): Trait<number | 'none'> => ({
  subject,
  assumed: 'none',
  read: (value) =>
    value === 'none' || (typeof value === 'number' && Number.isSafeInteger(value) && value > 0)
      ? value
      : undefined,
  means: (value) => (value === 'none' ? none : some(value.toLocaleString('en-GB'))),
});

/** The names by which a platform calls something; those that are left out are not known. */
const names = <const K extends string>(
  subject: string,
  keys: Readonly<Record<K, string>>,
  none: string,
): Trait<{ readonly [key in K]?: string }> => {
  const known = Object.keys(keys).filter((each): each is K => Object.hasOwn(keys, each));
  const nothing: { readonly [key in K]?: string } = {};
  return {
    subject,
    assumed: nothing,
    read: (value) => {
      if (!isJsonObject(value)) return undefined;
      const found: { [key in K]?: string } = {};
      for (const key of known) {
        const name = Object.hasOwn(value, key) ? value[key] : undefined;
        if (typeof name === 'string' && name.trim() !== '') found[key] = name;
      }
      return found;
    },
    means: (value) => {
      const told = known.flatMap((key) => (value[key] === undefined ? [] : [`${keys[key]}: ${value[key]}`]));
      return told.length === 0 ? none : `${told.join('. ')}.`;
    },
  };
};

const ROWS = {
  parentheses: flag(
    'Parentheses in a filter',
    'Parentheses group conditions.',
    'Parentheses are not supported: a filter is written without them.',
  ),
  precedence: choice('Reading of and beside or', 'and-first', {
    'and-first': 'and is read before or: a or b and c means a or (b and c).',
    'left-to-right': 'Conditions are joined from left to right: a or b and c means (a or b) and c.',
  }),
  not: flag(
    'The word not',
    'not before a condition turns it round.',
    'not is not supported: the operator is turned round instead.',
  ),
  in: flag(
    'The operator in',
    'in compares a field with a list of values.',
    'in is not supported: the values are compared one by one.',
  ),
  quotes: choice('A quote inside a value', 'doubled', {
    doubled: "It is written twice: 'O''Neill'.",
    backslash: "A backslash stands before it: 'O\\'Neill'.",
    none: 'It can’t be written at all.',
  }),
  bareNumbers: flag(
    'Numbers without quotes',
    'They are accepted.',
    'They are not known to be accepted, and are quoted when sent.',
  ),
  bareBooleans: flag(
    'true and false without quotes',
    'They are accepted.',
    'They are not known to be accepted, and are quoted when sent.',
  ),
  keywordCase: choice('Case of operators and functions', 'any', {
    any: 'Any case is accepted; lower case is sent.',
    lower: 'Only lower case is accepted, and sent.',
  }),
  textCase: choice('Case of text in a comparison', 'ignored', {
    ignored: 'It does not matter: class finds Class.',
    matters: 'It matters: class does not find Class.',
  }),
  // The public clients saw such names ignored. A column that is missing without a word is worse than a refusal.
  unknownSelect: choice('An unknown name in $select', 'refused', {
    ignored: 'It is ignored: the records come without that column.',
    refused: 'The request is refused.',
  }),
  largestTop: limit(
    'The largest $top',
    'No limit is known.',
    (most) => `At most ${most} records come at a time.`,
  ),
  everyRecord: flag('$top=-1', 'All records come at once.', 'It is not known to bring all records.'),
  skip: choice('What $skip counts', 'pages', {
    pages: 'It counts pages: $skip=1 is the second page.',
    records: 'It counts records: $skip=1 leaves out the first record.',
  }),
  countNames: names(
    'Names of the counts',
    {
      pageIndex: 'Index of the page',
      pageTotal: 'Records on the page',
      total: 'Records that meet the criteria',
    },
    'Any usual name is read.',
  ),
  plus: choice('A plus sign in an address', 'space', {
    space: 'It is read as a space.',
    plus: 'It is read as a plus sign.',
  }),
  longestAddress: limit(
    'The longest address',
    'No limit is known.',
    (most) => `An address has at most ${most} characters.`,
  ),
  rateLimit: names(
    'Headers that tell the allowance',
    { limit: 'Requests allowed', remaining: 'Requests left', reset: 'When the allowance is renewed' },
    'None are known.',
  ),
};

export type TraitName = keyof typeof ROWS;

/** A complete answer to every question, found or assumed. */
export type Traits = {
  readonly [K in TraitName]: (typeof ROWS)[K] extends Trait<infer T> ? T : never;
};

/** What was found out about a platform; what is not known is left out. */
export type PlatformTraits = Partial<Traits>;

/** Every question, in the order in which people read about them. */
export const TRAITS: { readonly [K in TraitName]: Trait<Traits[K]> } = ROWS;

export const TRAIT_NAMES = Object.keys(ROWS).filter((name): name is TraitName => Object.hasOwn(ROWS, name));

/** The sentence for an answer: `Parentheses group conditions.` */
export const meaningOf = <K extends TraitName>(name: K, value: Traits[K]): string =>
  TRAITS[name].means(value);

function collect(answer: <K extends TraitName>(name: K) => Traits[K] | undefined): PlatformTraits {
  const found: { -readonly [K in TraitName]?: Traits[K] } = {};
  const put = <K extends TraitName>(name: K) => {
    const value = answer(name);
    if (value !== undefined) found[name] = value;
  };
  for (const name of TRAIT_NAMES) put(name);
  return found;
}

/** Reads findings from outside data; drops unknown names and values. */
export const parseTraits = (value: unknown): PlatformTraits =>
  isJsonObject(value)
    ? collect((name) => (Object.hasOwn(value, name) ? TRAITS[name].read(value[name]) : undefined))
    : {};

/** What holds where nothing was found out: every row has an answer. */
export const ASSUMED = collect((name) => TRAITS[name].assumed) as Traits;

/** Answers each question with what was found, else with what is assumed. */
export const traitsWith = (found: PlatformTraits | undefined): Traits => ({ ...ASSUMED, ...found });
