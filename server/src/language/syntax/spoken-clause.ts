/** Clauses in the words of other languages: `where Status = 'Full'`, `sort by Label`, `top 10`. */
import type { TextEdit } from '../text/span';
import { type ParameterName, PARAMETERS } from '../vocabulary/parameters';
import type { Fix, SyntaxProblem } from './problems';
import { isWritten } from './stray-clause';

interface SpokenClause {
  readonly name: ParameterName;
  /** Where its words begin in the text, and how long they are, with the white space behind them. */
  readonly index: number;
  readonly length: number;
}

/** The words, each with something behind them. */
const WORDS: readonly (readonly [name: ParameterName, words: RegExp])[] = [
  ['$filter', /(?:where|having|filter(?:ed)?(?: by)?)(?: ?[:=] ?| +)(?=[^\s:=])/iy],
  ['$select', /(?:select|fields|columns|show|return)(?: ?: ?| +)(?=[\w"'[*])/iy],
  ['$orderby', /(?:(?:order|sort|ordered|sorted) by|orderby|sort)(?: ?[:=] ?| +)(?=[\w"'[+-])/iy],
  ['$top', /(?:top|first|limit|take|max|maximum|only)(?: ?: ?| +)(?=\d+\s*$|\d+\s+(?:rows|records)\s*$)/iy],
];

/** The clause whose words begin at the index of the text; undefined where none does. */
export function spokenAt(text: string, index: number): SpokenClause | undefined {
  for (const [name, words] of WORDS) {
    words.lastIndex = index;
    const length = words.exec(text)?.[0].length;
    if (length !== undefined) return { name, index, length };
  }
  return undefined;
}

/** The first one whose words begin at a word of the text. */
export function spokenIn(text: string): SpokenClause | undefined {
  for (const { index } of text.matchAll(/(?<![^\s;])[a-z]/gi)) {
    const found = spokenAt(text, index);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Indents the lines below that go on with “and” or “or”, as in SQL: otherwise they would be no part of the clause. */
function continuing(text: string, end: number): TextEdit[] {
  const edits: TextEdit[] = [];
  const line = /[ \t]*(?:\r\n|\r|\n)(?=(?:and|or)\b)[^\r\n]*/iy;
  for (let at = end; ;) {
    line.lastIndex = at;
    const found = line.exec(text)?.[0];
    if (found === undefined) return edits;
    edits.push({ offset: at + found.search(/[^\s]/), length: 0, text: '  ' });
    at += found.length;
  }
}

/** `offset` is that of its words in `text`, `end` that of its value; `lead` replaces the white space before it. */
export function spokenProblem(
  text: string,
  { name, length }: SpokenClause,
  offset: number,
  end: number,
  lead?: { readonly from: number; readonly text: string },
): SyntaxProblem {
  const words = text.slice(offset, offset + length).trim();
  const from = lead?.from ?? offset;
  const isThere = isWritten(text, name, offset, end);
  const fixes: Fix[] = isThere
    ? []
    : [
        {
          title: `Write ${name} =`,
          preferred: true,
          adds: name,
          edits: [
            { offset: from, length: offset + length - from, text: `${lead?.text ?? ''}${name} = ` },
            ...(name === '$filter' ? continuing(text, end) : []),
          ],
        },
      ];
  return {
    code: 'unexpected-text',
    offset,
    length: end - offset,
    message: isThere
      ? `“${words}” would be ${name}, and this request has it already. Join the two.`
      : `Write “${words}” as ${name}, on a line of its own: ${PARAMETERS[name].example}.`,
    fixes,
  };
}
