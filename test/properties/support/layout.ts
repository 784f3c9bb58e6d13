/** Whether an edit left text that a person would have written. Looks at the characters only. */

const isComment = (line: string): boolean => line.trimStart().startsWith('#');

/** Lines, and parameters of addresses: no quoted text goes beyond one. */
const partsOf = (text: string): string[] =>
  text.split(/[\r\n]/).flatMap((line) => (isComment(line) ? [line] : line.split(/&(?=\$?\w+=)/)));

/** The parts of the first text that the second lacks. */
function without(text: string, other: string): string[] {
  const left = new Map<string, number>();
  for (const part of partsOf(other)) left.set(part, (left.get(part) ?? 0) + 1);
  return partsOf(text).filter((part) => {
    const count = left.get(part) ?? 0;
    left.set(part, count - 1);
    return count <= 0;
  });
}

/** Quotes that make it unsure where a quoted text begins: other ones, an odd number of them, encoded beside plain ones. */
const isUnsure = (part: string): boolean =>
  /["‘’“”]/.test(part) || part.split("'").length % 2 === 0 || (part.includes('%27') && part.includes("'"));

const QUOTED = /'(?:[^'\r\n]|'')*'/g;

/** Places where a word sticks to a quoted text, as in `eq'a'` and `'a'and`. */
function stuck(text: string): number {
  const decoded = text.replaceAll('%20', ' ').replaceAll('%27', "'");
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

/** True for blanks at the end of a line or of a parameter, but for one after `=`, where a value is to be written. */
const trails = (part: string): boolean =>
  /[ \t]$/.test(part) && !/^\s*[@?$]*[\w%.-]+[ \t]*=[ \t]*$/.test(part);

/** What is worse in the second text than in the first. Where a quoted text begins must be sure in the parts that differ. */
export function layoutFaults(before: string, after: string): string[] {
  const [old, written] = [without(before, after), without(after, before)];
  const sum = (parts: readonly string[], of: (part: string) => number) =>
    parts.reduce((total, part) => total + of(part), 0);
  const worse = (name: string, of: (part: string) => number) =>
    sum(written, of) > sum(old, of) ? [name] : [];
  // A fix may make a parameter of what follows “&”, which ends what stands before it; in a comment it means nothing.
  const trailing = worse('blanks at the end of a line', (part) => {
    const ends = isComment(part) ? [part] : part.split('&');
    return ends.filter((each) => trails(each)).length;
  });
  if ([...old, ...written].some(isUnsure)) return trailing;
  return [
    ...worse('a word sticks to a quoted text', stuck),
    ...worse('two blanks in a row', doubled),
    ...trailing,
  ];
}
