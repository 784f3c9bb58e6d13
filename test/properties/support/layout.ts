/** Whether an edit left text that a person would have written. Looks at the characters only. */

/** Quotes that make it unsure where a quoted text begins: other ones, and an odd number in a line or a parameter. */
const isUnsure = (text: string): boolean =>
  /["‘’“”]/.test(text) || text.split(/[\r\n&]/).some((part) => part.split("'").length % 2 === 0);

const QUOTED = /'(?:[^'\r\n]|'')*'/g;

/** Places where a word sticks to a quoted text, as in `eq'a'` and `'a'and`. */
function stuck(text: string): number {
  const decoded = text.replaceAll('%20', ' ');
  let places = 0;
  for (const found of decoded.matchAll(QUOTED)) {
    const before = decoded[found.index - 1] ?? ' ';
    const after = decoded[found.index + found[0].length] ?? ' ';
    for (const char of [before, after]) if (/[\p{L}\p{N}_]/u.test(char)) places++;
  }
  return places;
}

/** Places with two blanks in a row; those that indent a line or end it don't count. */
const doubled = (text: string): number =>
  [...text.replace(QUOTED, "''").matchAll(/(?<=[^\s])[ \t]{2,}(?=[^\s])/g)].length;

/** Blanks at the end of a line or of a parameter of an address, but for one after `=`, where a value is to be written. */
const trailing = (text: string): number =>
  text.split(/[\r\n&]/).filter((line) => /[ \t]$/.test(line) && !/^\s*[@?$]*[\w-]+[ \t]*=[ \t]*$/.test(line))
    .length;

/** What is worse in the second text than in the first. */
export function layoutFaults(before: string, after: string): string[] {
  const worse = (name: string, of: (text: string) => number) => (of(after) > of(before) ? [name] : []);
  if (isUnsure(before) || isUnsure(after)) return worse('blanks at the end of a line', trailing);
  return [
    ...worse('a word sticks to a quoted text', stuck),
    ...worse('two blanks in a row', doubled),
    ...worse('blanks at the end of a line', trailing),
  ];
}
