/**
 * What a platform's filters may hold beyond the guide, and how values are written there: one function for each trait. A
 * filter is written one way in a file, and sent in the platform's own.
 */
import type { PlatformTraits, Traits } from '../catalog/traits';
import type { Membership, Negation, Value } from '../syntax/nodes';

/** True where parentheses group conditions. */
export const takesGroups = (traits: Traits): boolean => traits.parentheses;

/** True for a `not` that the platform reads: before a function, and before conditions in parentheses, as in OData. */
export const takesNegation = ({ operand }: Negation, traits: Traits): boolean =>
  traits.not &&
  (operand?.kind === 'group' || (operand?.kind === 'function' && operand.operator === undefined));

/** True where `not` can stand before a function. */
export const negatesFunctions = (traits: Traits): boolean => traits.not;

/** True where `in` compares a field with a list of values. */
export const comparesLists = (traits: Traits): boolean => traits.in;

/** True for a list of values that the platform reads: `Status in ('Full','Closed')`. */
export const takesList = ({ operator, inParentheses }: Membership, traits: Traits): boolean =>
  comparesLists(traits) && inParentheses && operator.text.toLowerCase() === 'in';

/** True where a value of this form needs no quotes. */
export function takesBare(form: Value['form'], traits: Traits): boolean {
  switch (form) {
    case 'number':
      return traits.bareNumbers;
    case 'boolean':
      return traits.bareBooleans;
    case 'quoted':
    case 'double-quoted':
    case 'curly-quoted':
    case 'null':
    case 'text':
    case 'variable':
      return false;
  }
}

/** A value in quotes, as it is sent; undefined where the platform has no way to write it. */
export function quotedForSending(
  text: string,
  { quotes = 'doubled' }: Pick<PlatformTraits, 'quotes'>,
): string | undefined {
  switch (quotes) {
    case 'doubled':
      return `'${text.replaceAll("'", "''")}'`;
    case 'backslash':
      return `'${text.replace(/['\\]/g, '\\$&')}'`;
    case 'none':
      return text.includes("'") ? undefined : `'${text}'`;
  }
}

/** A filter that was sent, as a file has it: there, a quote inside a value is always written twice. */
export const asInFile = (sent: string, { quotes }: Traits): string =>
  quotes === 'backslash'
    ? sent.replace(
        /'((?:[^'\\]|\\.)*)'/gs,
        (_, inner: string) => `'${inner.replace(/\\(['\\])/g, '$1').replaceAll("'", "''")}'`,
      )
    : sent;

/** Why a value can't be written. */
export const NO_QUOTE =
  'This platform has no way to write a quote inside a value. Search for a part of the text without the quote, and filter the results.';

/** True where a text finds itself in another case, too. */
export const ignoresCase = (traits: Traits): boolean => traits.textCase === 'ignored';
