/** Whether an edit left text that a person would have written. Looks at the characters only. */

/** Texts in single quotes; one that is not closed ends with its line. */
const QUOTED = /'(?:[^'\r\n]|'')*(?:'|$)/gm;
const DOUBLE_QUOTED = /"[^"\r\n]*(?:"|$)/gm;

/** Places where a word sticks to a quoted text, as in `eq'a'` and `'a'and`. */
function stuck(text: string): number {
  let places = 0;
  for (const found of text.matchAll(QUOTED)) {
    const before = text[found.index - 1] ?? ' ';
    const after = text[found.index + found[0].length] ?? ' ';
    if (/[\p{L}\p{N}_]/u.test(before)) places++;
    if (/[\p{L}\p{N}_]/u.test(after)) places++;
  }
  return places;
}

/** Places with two blanks in a row; those that indent a line or end it don't count. */
const doubled = (text: string): number =>
  [
    ...text
      .replace(QUOTED, "''")
      .replace(DOUBLE_QUOTED, '""')
      .matchAll(/(?<=[^\s])[ \t]{2,}(?=[^\s])/g),
  ].length;

/** Blanks at the end of a line or of a parameter of an address, but for one after `=`, where a value is to be written. */
const trailing = (text: string): number => [...text.matchAll(/(?<!=[ \t]*)[ \t]+(?=&|$)/gm)].length;

/** What is worse in the second text than in the first. */
export function layoutFaults(before: string, after: string): string[] {
  const decoded = (text: string) => text.replaceAll('%20', ' ');
  const worse = (name: string, of: (text: string) => number) =>
    of(decoded(after)) > of(decoded(before)) ? [name] : [];
  return [
    ...worse('a word sticks to a quoted text', stuck),
    ...worse('two blanks in a row', doubled),
    ...worse('blanks at the end of a line', trailing),
  ];
}
