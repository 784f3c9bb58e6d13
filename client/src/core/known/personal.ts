/**
 * What of a platform’s data is learnt: the one list of what looks personal or is free text, by name, by type and by
 * shape. Values of fields are offered while typing and kept on the disk, so whatever may be about a person is left out.
 */
import type { FieldInfo, FieldType } from '#language';
import { isSecretName } from '../remote/secret-names';
import {
  AGENT,
  CARRIERS,
  COMPANIES,
  CONTACT,
  FIGURES,
  FREE_TEXT,
  GROUPS,
  NAME_PARTS,
  NAME_ROWS,
  NO_AGENTS,
  PEOPLE,
  PLACES,
  SECRET_ROWS,
  SECRET_STEMS,
  SECRETS,
  SENSITIVE,
  SENSITIVE_ROWS,
  SENSITIVE_STEMS,
  THING_ENDS,
  THING_ROWS,
  THINGS,
} from './name-words';
import { holdsName, isStreet, type Listed } from './names-of-people';
import { SENSITIVE_VALUES } from './sensitive-words';
import {
  BIRTH_WITHIN,
  GUID,
  isDate,
  isLongNumber,
  isNumberOfPerson,
  isPassword,
  isPlateOrHouse,
  isSentence,
  isTelephone,
  isToken,
  POSTCODE,
  POSTCODE_WITHIN,
  TELEPHONE_WITHIN,
} from './value-shapes';
import { wordsIn } from './words-in';

/** Why the values of a field are never learnt. */
export type Unlearnt =
  /** About a person, or leading to one. */
  | 'personal'
  | 'secret'
  | 'free text'
  /** IDs, amounts, dates and the like: no list that anybody picks from. */
  | 'no list';

/**
 * How freely the values of a field may be learnt. `things`: names of things and lists of choices. `places`: the same,
 * which look like names of people more often. `groups`: names of teams and classes, which are often called after people. `companies`: names of firms, of which those are left out that may be one
 * person’s. `unknown`: the name says nothing, so only what can be told to be codes or plain words.
 */
export type FieldSort = Listed | Unlearnt;

const LISTED = {
  things: true,
  places: true,
  groups: true,
  companies: true,
  unknown: true,
} as const satisfies Record<Listed, true>;

export const isUnlearnt = (sort: FieldSort): sort is Unlearnt => !Object.hasOwn(LISTED, sort);

/**
 * How a field holds people. `whole`: names, each of one person. `part`: a part of the name of whoever the record is about.
 * `address`: e-mail addresses, which often have the name in them.
 */
export type Naming = 'whole' | 'part' | 'address';

/** How a field holds people; undefined where it holds none, or nothing by which they could be told. */
export const namingOf = (module: string, field: string): Naming | undefined =>
  meaningOf(module, field).naming;

/** Returns how freely the values of a field may be learnt, by its module, name and type. Names match in any case. */
export function sortOfField(module: string, field: string, type: FieldType = 'unknown'): FieldSort {
  const { sort } = meaningOf(module, field);
  if (isUnlearnt(sort)) return sort;
  switch (type) {
    case 'boolean':
    case 'date':
    case 'datetime':
    case 'time':
      return 'no list';
    case 'integer':
    case 'decimal':
      return isFigure(wordsOf(field)) ? 'no list' : sort;
    default:
      return sort;
  }
}

/** True where a number of that name is a sum or a measure. */
function isFigure(words: readonly string[]): boolean {
  const isRateOfTax = words.at(-1) === 'rate' && words.some((word) => word === 'tax' || word === 'vat');
  return isIdName(words) || (!isRateOfTax && words.some((word) => FIGURES.has(word)));
}

const isIdName = (words: readonly string[]): boolean => /^(?:ids?|guid|uuid)$/.test(words.at(-1) ?? '');

/** What a name says of its field. */
interface Meaning {
  readonly sort: FieldSort;
  readonly naming?: Naming;
}

const PERSONAL: Meaning = { sort: 'personal' };
const WHOLE: Meaning = { sort: 'personal', naming: 'whole' };
const PART: Meaning = { sort: 'personal', naming: 'part' };
const ADDRESS: Meaning = { sort: 'personal', naming: 'address' };

function meaningOf(module: string, field: string): Meaning {
  const words = wordsOf(field);
  const text = words.join(' ');
  const joined = words.join('');
  if (isSecretName(field) || SECRET_ROWS.test(text) || words.some(isSecretWord)) return { sort: 'secret' };
  if (SENSITIVE_ROWS.test(text) || [joined, ...words].some(isSensitiveWord))
    return /\b(?:kin|nok|carers?)\b/.test(text) ? WHOLE : PERSONAL;
  // `BookedBy`, `CreatedByName`: whoever did it.
  if (words.includes('by') || /(?:created|updated|booked|modified)by/.test(joined)) return WHOLE;
  if (joined === 'id' || joined === 'ids' || joined === 'uniqueid' || joined === 'guid')
    return { sort: 'no list' };
  if (isThingEnd(words) || (joined === 'title' && labelled(module).sort === 'personal'))
    return thingsOf(words);
  if (FREE_TEXT.has(words.at(-1) ?? '')) return { sort: 'free text' };
  if (words.some((word) => CONTACT.has(word)) || CONTACT.has(joined) || CONTACT_STEMS.test(joined))
    return contactOf(joined);
  if (words.some((word) => NAME_PARTS.has(word)) || NAME_ROWS.test(text)) return PART;
  if (words.some((word) => FREE_TEXT.has(word))) return { sort: 'free text' };
  return aboutSubject(subjectOf(words), words, module);
}

const isSecretWord = (word: string): boolean => SECRETS.has(word) || SECRET_STEMS.test(word);
const isSensitiveWord = (word: string): boolean => SENSITIVE.has(word) || SENSITIVE_STEMS.test(word);

/** Some platforms write names in one word: `userfirstname`. */
function contactOf(joined: string): Meaning {
  if (/forename|surname|(?:first|last|full|middle)name/.test(joined)) return PART;
  return /mail/.test(joined) ? ADDRESS : PERSONAL;
}

/** By what the name says that it is about: `Trainer` of `TrainerName`, `Course` of `NameOfCourse`. */
function aboutSubject(subject: string | undefined, words: readonly string[], module: string): Meaning {
  if (subject === undefined)
    return words.some((word) => LABELS.has(word)) ? labelled(module) : { sort: 'unknown' };
  if (PEOPLE.has(subject) || PEOPLE_END.test(subject)) return WHOLE;
  if (COMPANIES.has(subject)) return { sort: 'companies' };
  if (THINGS.has(subject)) return thingsOf(words);
  if (AGENT.test(subject) && !NO_AGENTS.has(subject)) return WHOLE;
  return { sort: /^codes?$/.test(words.at(-1) ?? '') ? 'things' : 'unknown' };
}

const thingsOf = (words: readonly string[]): Meaning => ({
  sort: sortOfThings(subjectOf(words) ?? ''),
});

function sortOfThings(subject: string): Listed {
  if (GROUPS.has(subject)) return 'groups';
  return PLACES.has(subject) ? 'places' : 'things';
}

const LABELS: ReadonlySet<string> = new Set([
  ...['name', 'names', 'label', 'labels', 'title', 'display', 'alias', 'aliases'],
]);

/** Of a field that is just called `Name` or `Label`: what its module holds records of. */
function labelled(module: string): Meaning {
  const words = wordsOf(module);
  if (words.some((word) => PEOPLE.has(word) || NAME_PARTS.has(word))) return WHOLE;
  const last = words.at(-1) ?? '';
  if (COMPANIES.has(last)) return { sort: 'companies' };
  return words.some((word) => THINGS.has(word)) || isThingEnd(words) ? thingsOf(words) : { sort: 'unknown' };
}

/** Names in one word, as some platforms have them: `useremail`, `hometelephone`. */
const CONTACT_STEMS =
  /forename|surname|firstname|lastname|fullname|middlename|email|telephone|phone|mobile|postcode|address$/;
const PEOPLE_END = /(?:users?|persons?|trainers?|tutors?|delegates?|learners?|attendees?|employees?)$/;

function isThingEnd(words: readonly string[]): boolean {
  const own = words.slice(0, lastSubject(words) + 1);
  const codeOfSomebody = own.length === words.length ? undefined : words.at(-1);
  return THING_ENDS.has(own.at(-1) ?? '') || THING_ROWS.test(words.join(' ')) || codeOfSomebody === 'type';
}

/** The last word that is no carrier; of `NameOfCourse`, too. */
const subjectOf = (words: readonly string[]): string | undefined => words[lastSubject(words)];

function lastSubject(words: readonly string[]): number {
  return words.findLastIndex((word) => !CARRIERS.has(word) && word !== 'of' && word !== 'or');
}

/** `CF_UserFullName2` → user full name 2; `NINumber` → ni number. */
function wordsOf(name: string): string[] {
  const words = name
    .replace(/IDs/g, 'Ids')
    .replace(/([a-z])([A-Z0-9])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .replace(/([A-Z])(\d)/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  // A field that the platform’s users added.
  return words[0] === 'cf' ? words.slice(1) : words;
}

/** A longer value is a text that somebody wrote. */
const LONGEST = 60;
/** … where the field may hold anything. */
const LONGEST_UNKNOWN = 40;

/** What one value says: it may be learnt; it may not (`skip`); or the whole field may not, for the reason. */
export type ValueSort = 'learn' | 'skip' | Unlearnt;

/** Returns what a value says of its field. `text` is not empty. */
export function sortOfValue(text: string, sort: Listed): ValueSort {
  if (text.length > LONGEST || /[\r\n]/.test(text)) return 'free text';
  if (isSentence(text)) return 'free text';
  if (isDate(text)) return 'no list';
  if (text.includes('@') || isTelephone(text) || TELEPHONE_WITHIN.test(text)) return 'personal';
  if (isNumberOfPerson(text) || BIRTH_WITHIN.test(text)) return 'personal';
  if (/^(?:https?:|www\.|mailto:|data:)/i.test(text) || /<\/?[a-z]/i.test(text)) return 'free text';
  if (GUID.test(text)) return 'no list';
  if (isToken(text) || (sort === 'unknown' && isPassword(text))) return 'secret';
  if (POSTCODE.test(text)) return 'personal';
  if (sort === 'unknown') {
    if (text.length > LONGEST_UNKNOWN) return 'free text';
    if (isPlateOrHouse(text) || wordsIn(text).some(({ plain }) => SENSITIVE_VALUES.has(plain)))
      return 'personal';
    if (isLongNumber(text)) return 'skip';
  }
  return isStreet(text) || POSTCODE_WITHIN.test(text) || holdsName(text, sort) ? 'skip' : 'learn';
}

/** The same of a value that may be an ID: those are learnt only where they are words. */
export const sortOfLearnt = (field: string, text: string, sort: Listed): ValueSort =>
  isIdName(wordsOf(field)) && !/\p{L}/u.test(text) ? 'no list' : sortOfValue(text, sort);

/**
 * Returns which values of a field may be quoted in a sentence, which may go to logs and files: none that may be about a
 * person, and no secret.
 */
export function quotable(
  module: string,
  { name, type }: Pick<FieldInfo, 'name' | 'type'>,
): (text: string) => boolean {
  const sort = sortOfField(module, name, type);
  if (isUnlearnt(sort) && sort !== 'no list') return () => false;
  return (text) => {
    // Words are looked at strictly in any field; figures may be amounts, however long they are.
    const found = sortOfValue(text, /\p{L}/u.test(text) ? 'unknown' : 'things');
    return found === 'learn' || found === 'no list';
  };
}
