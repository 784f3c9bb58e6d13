/**
 * Foreign text on its way into a query. Whatever braces it contains, it is text: only a reference that we put there is
 * one. Until the query is written, such a reference stands between characters that no other text contains.
 */

const OPEN = '\ufdd0';
const CLOSE = '\ufdd1';

/** How a brace is written that would otherwise begin a reference: JSON has an escape for it. */
export const JSON_BRACE = '\\u007b';

/** A reference to the variable `name`, to be written by `writeBraces`. */
export const referenceTo = (name: string): string => OPEN + name + CLOSE;

/** True when the text is a reference and nothing else. */
export const isReference = (text: string): boolean => /^\ufdd0[^\ufdd0\ufdd1]*\ufdd1$/.test(text);

/** True when the text contains a reference. */
export const hasReference = (text: string): boolean => text.includes(OPEN);

/** What follows a reference, perhaps one in braces, and a slash at the start of the text. */
export const afterReference = (text: string): string | undefined =>
  /^(?:\ufdd0[^\ufdd0\ufdd1]*\ufdd1|\{\{[^{}]*\}\})\/?(.+)$/s.exec(text)?.[1];

/** The names that the text refers to. */
export const namesIn = (text: string): string[] =>
  [...text.matchAll(/\ufdd0([^\ufdd0\ufdd1]*)\ufdd1/g)].map(([, name = '']) => name);

/** Splits a text into texts (even indexes) and references (odd indexes). */
export const splitAtReferences = (text: string): string[] => text.split(/(\ufdd0[^\ufdd0\ufdd1]*\ufdd1)/);

/**
 * Writes references as `{{name}}`, and a brace of the text that stands before another one as `brace`. `accepts` returns
 * whether a reference is one of ours, as a foreign text could contain the same characters.
 */
export function writeBraces(
  text: string,
  brace: () => string,
  accepts: (name: string) => boolean = () => false,
): string {
  return text.replace(
    /(\{)(?=[{\ufdd0])|\ufdd0([^\ufdd0\ufdd1]*)\ufdd1/g,
    (whole, open: string | undefined, name: string) => {
      if (open !== undefined) return brace();
      return accepts(name) ? `{{${name}}}` : whole;
    },
  );
}

/** The same for a clause, which is on one line: each run of line breaks becomes a space. */
export const writeClause: typeof writeBraces = (text, brace, accepts) =>
  writeBraces(text.replace(/[\r\n]+/g, ' ').trim(), brace, accepts);
