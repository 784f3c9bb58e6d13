/** The value of a clause on a line of its own, written as in an address: `$filter=Label+eq+'a'`, `$select=ID%2CLabel`. */
import { between, endOf, type Span, textOf } from '../text/span';
import type { PlusReading } from '../text/view';
import { plusIn, valueView } from './address';
import type { SyntaxProblem } from './problems';

const SIGNS = /(?:\+|%20)(?:eq|ne|lt|le|gt|ge|and|or|asc|desc)(?![\w-])|%20|%27|%2C/i;

/** How `+` is read in a value that is encoded; undefined for one that is text, with no sign of an encoding outside quotes. */
export function encodedReading(text: string, where: Span): PlusReading | undefined {
  const written = textOf(text, where)
    .trim()
    .replace(/\{\{[^{}\r\n]*\}\}/g, '');
  if (!SIGNS.test(written.replace(/'[^']*'/g, "''"))) return undefined;
  return plusIn(text, [where]);
}

/** An encoded blank beside one that is not. What is in quotes is the user's. */
const BLANKS = /'(?:[^'\r\n]|'')*(?:'|$)|(?<=\S)[ \t]{2,}(?=\S)/g;

/** Where the encoded blanks begin that end at the offset. */
function startOfBlanks(text: string, end: number): number {
  let start = end;
  for (let at = end; at > 0;) {
    const before = text.charAt(at - 1);
    if (before === '+') start = --at;
    else if (text.startsWith('%20', at - 3)) start = at -= 3;
    else if (/[ \t]/.test(before)) at--;
    else break;
  }
  return start;
}

/** The fix writes it as the text that it stands for; undefined where that is the same, or nothing but blanks. */
export function encodedProblem(text: string, where: Span, plus: PlusReading): SyntaxProblem | undefined {
  const lead = where.offset - startOfBlanks(text, where.offset);
  const whole = between(where.offset - lead, endOf(where));
  const better = valueView(text, whole.offset, endOf(whole), plus)
    .text.trim()
    .replace(BLANKS, (found) => (found.startsWith("'") ? found : ' '));
  if (better === '' || better === textOf(text, whole)) return undefined;
  const shown = better.replace(/\s+/g, ' ');
  return {
    code: 'unexpected-text',
    ...where,
    message: `This is written as in an address. On a line of its own, write ${shown}.`,
    fixes: [{ title: `Write ${shown}`, preferred: true, edits: [{ ...whole, text: better }] }],
  };
}
