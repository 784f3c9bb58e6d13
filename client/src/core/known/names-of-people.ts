/** Recognises names and addresses of people by their words and by how they are written, whatever field they stand in. */
import { FORMS_OF_ADDRESS, GIVEN_NAMES, NO_NAMES, SURNAMES } from './given-names';
import { isOrdinary, isPlainWord } from './ordinary-words';
import { isChoiceNumber } from './value-shapes';
import { type Word, wordsIn } from './words-in';

/** By what a field holds, its values are looked at more or less strictly: see `FieldSort`. */
export type Listed = 'things' | 'places' | 'companies' | 'unknown';

/** Whether a text may be, or hold, somebody’s name. In a field that may hold anything, all but plain words and codes may. */
export function holdsName(text: string, sort: Listed): boolean {
  const words = wordsIn(text);
  if (hasKnownName(words) || isAddressed(words)) return true;
  switch (sort) {
    case 'unknown':
      return INITIALS.test(text) || !(COLOUR.test(text) || isOfPlainWords(words));
    case 'companies':
      return isGivenName(words) || isWhollyName(words) || isUncased(text);
    case 'things':
      return (
        isGivenName(words) ||
        mayName(words, isNoWord) ||
        isBehindParticle(words) ||
        isWhollyUnknown(words) ||
        isUncased(text)
      );
    case 'places':
      return mayName(words, mayBeName) || isWhollyUnknown(words) || isUncased(text);
  }
}

/** `Jane Smith`, `Call Jane Smith`, `Zorblax Smith`. */
function hasKnownName(words: readonly Word[]): boolean {
  return words.some((word, index) => {
    const next = words[index + 1];
    if (next === undefined || !isCapitalised(word) || !isSurname(next)) return false;
    return GIVEN_NAMES.has(word.plain) || (isSurname(word) && SURNAMES.has(next.plain));
  });
}

const isAddressed = (words: readonly Word[]): boolean =>
  words.some(({ plain }, index) => FORMS_OF_ADDRESS.has(plain) && index < words.length - 1);

const isGivenName = ([first, ...more]: readonly Word[]): boolean =>
  first !== undefined && more.length === 0 && GIVEN_NAMES.has(first.plain);

/** `J.R.`, which codes of two letters can’t be told from without the full stops. */
const INITIALS = /^(?:\p{L}\.\s?){2,}$/u;
const COLOUR = /^#[\da-f]{3,8}$/i;

/** `Late`, `GBP`, `ILM Level 3`. Three letters beside other capitals are rather half a name: `HUW POWELL`, `KAY, P`. */
const isOfPlainWords = (words: readonly Word[]): boolean =>
  words.every(isPlainOrCode) &&
  (words.every((word) => !isShortCapitals(word) || isPlainWord(word.plain)) ||
    words.filter(({ text }) => /^\p{Lu}+$/u.test(text)).length < 2);

/** `Late`, `GBP`, `12`, `C12`, `Day2`. */
function isPlainOrCode(word: Word): boolean {
  const { text, plain } = word;
  if (isChoiceNumber(text) || /^\p{Script=Latin}$/u.test(text)) return true;
  if (GIVEN_NAMES.has(plain) || SURNAMES.has(plain)) return false;
  if (isPlainWord(plain.replace(/^(\p{L}+)(?:\d{1,2}|20\d\d)$/u, '$1')) || isShortCapitals(word)) return true;
  const [, digits] = /^[A-Z]{0,3}(\d{1,4})[A-Z]{0,3}$/.exec(text) ?? [];
  return digits !== undefined && isChoiceNumber(digits);
}

const isShortCapitals = ({ text }: Word): boolean => /^[A-Z]{2,3}$/.test(text);

const isCapitalised = ({ text }: Word): boolean => /^\p{Lu}[\p{L}\p{M}'’]*$/u.test(text);
const isSurname = (word: Word): boolean => isCapitalised(word) && !NO_NAMES.has(word.plain);

const isParticle = ({ text }: Word): boolean =>
  /^(?:van|von|de|del|della|di|da|der|den|la|le|al|el|bin|ibn|bint|binti|ter|ten|du|dos|zu|ap|y|née|nee)$/.test(
    text,
  );

/** `Zorblax Quindle`: two to four words, and none that says it is something else. */
function isWhollyName(words: readonly Word[]): boolean {
  return (
    words.length > 1 &&
    words.length <= 4 &&
    words.every((word) => isParticle(word) || isSurname(word)) &&
    words.some(isCapitalised)
  );
}

/**
 * Two words in a row that are written like names and known for nothing else: `Call Zorblax Quindle`, `J. Quindle`. Among
 * names of things, what is known for a place may be half a name: `Zorblax Preston`.
 */
function mayName(all: readonly Word[], isHalf: IsHalf): boolean {
  const words = all.filter((word) => !isParticle(word));
  const isShouted =
    words.every(({ text }) => /^[\p{Lu}'’]+$/u.test(text)) && words.some(({ text }) => text.length > 3);
  return words.some((word, index) => {
    const next = words[index + 1];
    if (next === undefined) return false;
    return (
      (mayBeName(word, isShouted) && (isHalf(next, isShouted) || isInitial(next))) ||
      (mayBeName(next, isShouted) && (isHalf(word, isShouted) || isInitial(word)))
    );
  });
}

/** Whether a word may be half a name; `isShouted`: where all of the text is in capitals. */
type IsHalf = (word: Word, isShouted?: boolean) => boolean;

/** Three capital letters are rather `ILM` than somebody, unless all is in capitals. */
const isNoWord: IsHalf = (word, isShouted = false) =>
  isCapitalised(word) &&
  word.text.length > 1 &&
  !isPlainWord(word.plain) &&
  (isShouted || !/^\p{Lu}{3}$/u.test(word.text) || GIVEN_NAMES.has(word.plain) || SURNAMES.has(word.plain));

const mayBeName: IsHalf = (word, isShouted) => isNoWord(word, isShouted) && !isOrdinary(word.plain);

const isInitial = ({ text }: Word): boolean => /^(?:\p{Lu}|III)$/u.test(text);

/** `van der Quindle`. */
const isBehindParticle = (words: readonly Word[]): boolean =>
  words.some((word, index) => {
    const next = words[index + 1];
    return isParticle(word) && next !== undefined && mayBeName(next);
  });

/** `zorblax quindle`: two words, of which neither is known for anything. */
const isWhollyUnknown = (words: readonly Word[]): boolean =>
  words.length === 2 && words.every(({ text, plain }) => /^\p{Ll}{3,}$/u.test(text) && !isOrdinary(plain));

/** In writings without capital letters nothing tells a name from a choice. */
const isUncased = (text: string): boolean => /\p{Lo}/u.test(text) && !/[\p{Ll}\p{Lu}\d]/u.test(text);

/** `12 Acacia Avenue`, `Flat 3, 9 Mill Lane`. */
export const isStreet = (text: string): boolean =>
  /\b\d{1,4}[a-z]?,? (?:[\p{L}'’.-]+ ){1,4}(?:street|st|road|rd|avenue|ave|lane|ln|close|drive|way|court|crescent|gardens|grove|terrace|place|square|hill|mews|row|walk|rise|view)\b/iu.test(
    text,
  ) || /^(?:flat|apartment|apt)\.? \d/i.test(text);

/** The words of a name by which its bearer is found elsewhere: no forms of address, particles, initials or plain words. */
export const ownWords = (name: string): string[] => [
  ...new Set(wordsIn(name).flatMap((word) => (isOwn(word) ? [word.plain] : []))),
];

const isOwn = (word: Word): boolean =>
  (/^[\p{L}\p{M}'’]{2,}$/u.test(word.text) || /^\p{Lo}$/u.test(word.text)) &&
  !isParticle(word) &&
  !FORMS_OF_ADDRESS.has(word.plain) &&
  !isPlainWord(word.plain);

/** The same for a name with and without a form of address, whichever of its words comes first. */
export const wholeName = (name: string): string =>
  wordsIn(name)
    .flatMap(({ plain }) => (FORMS_OF_ADDRESS.has(plain) ? [] : [plain]))
    .sort()
    .join(' ');
