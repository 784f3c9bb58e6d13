/** Which field people mean by words that are no name of one: `First name`, `due date`, `Company`. */
import type { CatalogModule, FieldInfo } from '../catalog/catalog';
import { nameKey } from '../text/names';
import { fieldSynonyms, thingOf } from '../vocabulary/field-synonyms';
import { nameFields } from './telling-fields';

interface MeantField {
  readonly field: FieldInfo;
  /** False where something else could be meant, too. */
  readonly isSure: boolean;
}

/** Longer texts are no names. */
const MAX_TEXT = 60;

/** `fits` says which fields may stand there. Undefined where none is meant, or several may be. */
export function meantField(
  text: string,
  module: CatalogModule,
  fits: (field: FieldInfo) => boolean = () => true,
): MeantField | undefined {
  if (text.length > MAX_TEXT) return undefined;
  const words = wordsOf(text);
  if (words.length === 0) return undefined;
  const named = (names: readonly string[]) => names.flatMap((name) => module.field(name) ?? []).find(fits);
  const only = (isMeant: (entry: Entry) => boolean): FieldInfo | undefined => {
    const [first, second] = entriesOf(module).filter((entry) => isMeant(entry) && fits(entry.field));
    return second === undefined ? first?.field : undefined;
  };
  const same = only((entry) => isSame(words, entry.words) || isSame(words, entry.label));
  const field = same ?? named(fieldSynonyms(words.join(''))) ?? nameIn(words, module, fits, named);
  if (field !== undefined) return { field, isSure: true };
  const within = only((entry) => isPart(words, entry.words));
  return within === undefined
    ? undefined
    : { field: within, isSure: !isIdField(within.name) || words.includes('id') };
}

/** True for the name of a field that holds an ID: a word for a thing does not mean its ID. */
export const isIdField = (name: string): boolean => /(?:ID|Id|[_ ]id)s?$/.test(name);

/** The words of a name or a label, singular and in lower case. */
const wordsOf = (text: string): string[] =>
  (text.match(/\p{Lu}?\p{Ll}+|\p{Lu}+(?!\p{Ll})|\p{N}+/gu) ?? [])
    .map((word) => word.toLowerCase())
    .filter((word) => !/^(?:the|a|an|my)$/.test(word))
    .map((word) => (/[^s]s$/.test(word) && word.length > 3 ? word.slice(0, -1) : word));

/** A field, with the words of its name and its label. */
interface Entry {
  readonly field: FieldInfo;
  readonly words: readonly string[];
  readonly label: readonly string[];
}

const entries = new WeakMap<CatalogModule, readonly Entry[]>();

/** Made once for a module: a long file may have many unknown names. */
function entriesOf(module: CatalogModule): readonly Entry[] {
  const known = entries.get(module);
  if (known !== undefined) return known;
  const made = (module.fields ?? []).map((field): Entry => {
    const { name, label = '' } = field;
    return { field, words: wordsOf(name), label: wordsOf(label) };
  });
  entries.set(module, made);
  return made;
}

/** The same words, in any order. */
const isSame = (words: readonly string[], others: readonly string[]): boolean =>
  words.length === others.length && isPart(words, others);

const isPart = (words: readonly string[], others: readonly string[]): boolean =>
  words.every((word) => others.includes(word));

/** `Name`, `Company`, `Course name`: what a record, or what it belongs to, is called. */
function nameIn(
  words: readonly string[],
  module: CatalogModule,
  fits: (field: FieldInfo) => boolean,
  named: (names: readonly string[]) => FieldInfo | undefined,
): FieldInfo | undefined {
  const last = words.at(-1) ?? '';
  const isName = /^(?:name|label|title)$/.test(last);
  const thing = (isName ? words.slice(0, -1) : words).map(thingOf).join('');
  if (thing === '' || nameKey(module.name) === thing) {
    const [own, more] = isName ? nameFields(module, fits) : [];
    return more === undefined ? own : undefined;
  }
  return named(nameFieldsOf(thing));
}

/** How a field is called that has the name of what a thing is called so: `Company`, `MainCompany`. */
export const nameFieldsOf = (thing: string): string[] =>
  ['', 'Main'].flatMap((before) =>
    ['Name', 'Label', 'FullName', 'OrAliasName'].map((after) => before + thing + after),
  );

/** Whose ID a field holds, by its name: `MainCompanyID` is `MainCompany`’s. */
export const idOwner = (name: string): string => name.replace(/[_ ]?ids?$/i, '');
