/** Recognises names and addresses of people by their words and by how they are written, whatever field they stand in. */
import { FORMS_OF_ADDRESS, GIVEN_NAMES, GIVEN_WORDS, NO_NAMES, SURNAMES } from './given-names';
import { isAbbreviation, isOrdinary, isPlainWord } from './ordinary-words';
import { isChoiceNumber } from './value-shapes';
import { type Word, wordsIn } from './words-in';

/** By what a field holds, its values are looked at more or less strictly: see `FieldSort`. */
export type Listed = 'things' | 'places' | 'groups' | 'companies' | 'unknown';

/** Whether a text may be, or hold, somebody’s name. In a field that may hold anything, all but plain words and codes may. */
export function holdsName(text: string, sort: Listed): boolean {
  const words = wordsIn(text);
  if (hasKnownName(words) || isAddressed(words) || isOneName(words) || INITIALS.test(text)) return true;
  switch (sort) {
    case 'unknown':
      return !(COLOUR.test(text) || isOfPlainWords(words, isPlainWord));
    case 'groups':
      return !isOfPlainWords(words, isOrdinary);
    case 'companies':
      return isWhollyName(words) || isUncased(text);
    case 'things':
      return (
        hasGivenName(words) ||
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

/** `Aisha`, `Patel`, `A. Patel`, `Aisha 2`, but not `Florence`, which is a town as well. */
function isOneName(words: readonly Word[]): boolean {
  const [only, ...more] = words.filter(({ text }) => /\p{L}{2}/u.test(text));
  if (only === undefined || more.length > 0 || isOrdinary(only.plain)) return false;
  return GIVEN_NAMES.has(only.plain) || SURNAMES.has(only.plain);
}

/** `Team Aisha`, `Aisha’s group`, but not `St John Ambulance` or `Mark scheme`. */
const hasGivenName = (words: readonly Word[]): boolean =>
  words.some(
    ({ plain }, index) =>
      GIVEN_NAMES.has(plain) &&
      !GIVEN_WORDS.has(plain) &&
      !isOrdinary(plain) &&
      !/^(?:st|saint|king|queen|prince|princess)$/.test(words[index - 1]?.plain ?? ''),
  );

const INITIALS = /^(?:\p{L}\.\s?){2,}$/u;
const COLOUR = /^#[\da-f]{3,8}$/i;

/** `Late`, `GBP`, `ILM Level 3`. Other capitals may be initials, or half a name: `JRS`, `HUW POWELL`, `KAY, P`. */
const isOfPlainWords = (words: readonly Word[], isPlain: (word: string) => boolean): boolean =>
  words.every((word) => isPlainOrCode(word, isPlain));

/** `Late`, `GBP`, `12`, `C12`, `Day2`. Of letters before a number, several may be initials. */
function isPlainOrCode({ text, plain }: Word, isPlain: (word: string) => boolean): boolean {
  if (isChoiceNumber(text) || /^\p{Script=Latin}$/u.test(text)) return true;
  const [, letters = '', digits] = /^(\p{L}+)(\d*)$/u.exec(plain) ?? [];
  if (digits === '' || isChoiceNumber(digits ?? '')) {
    if (isPlain(letters) || (isAbbreviation(letters) && !/\p{Ll}/u.test(text))) return true;
  }
  const [, number] = /^[A-Z]?(\d{1,4})[A-Z]?$/.exec(text) ?? [];
  return number !== undefined && isChoiceNumber(number);
}

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
