/** The lines of a block, with and without their ends. */
export interface Line {
  readonly start: number;
  /** Without the line end. */
  readonly end: number;
  /** With the line end: where the next one starts. */
  readonly next: number;
  /** Where its first character other than white space is (= `end` for a blank line). */
  readonly first: number;
}

export function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  const ends = /\r\n|\n|\r/g;
  let start = 0;
  while (start < text.length) {
    ends.lastIndex = start;
    const match = ends.exec(text);
    const end = match?.index ?? text.length;
    const next = match === null ? text.length : end + match[0].length;
    let first = start;
    while (first < end && isSpace(text.charCodeAt(first))) first++;
    lines.push({ start, end, next, first });
    start = next;
  }
  return lines;
}

/** The white space of `\s`, as everywhere in the language: a line of nothing else is blank. */
const isSpace = (code: number): boolean =>
  code <= 32 ? code === 32 || (code >= 9 && code <= 13) : code >= 160 && /\s/.test(String.fromCharCode(code));

/** Where the line starts that the offset is on. Looks no further back than that. */
export function lineStart(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && !isLineEnd(text.charCodeAt(at - 1))) at--;
  return at;
}

const isLineEnd = (code: number): boolean => code === 10 || code === 13;

/** How a line ends that is written at the start of another one: like the line before it, or like the first one itself. */
export function lineEndAt(text: string, start: number): '\r\n' | '\n' {
  const end = start > 0 ? start - 1 : text.indexOf('\n');
  return text.charAt(end) === '\n' && text.charAt(end - 1) === '\r' ? '\r\n' : '\n';
}

/** How many lines end in the text. */
export function lineBreaksIn(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) count++;
  }
  return count;
}

/** Where the text ends without the `characters` at its end. An expression such as `[ \t]+$` takes the square of a run's length. */
export function endWithout(text: string, characters: string): number {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) end--;
  return end;
}

/** `end` moved back over white space, not before `start`. */
export function trimEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && /\s/.test(text[at - 1] ?? '')) at--;
  return at;
}
