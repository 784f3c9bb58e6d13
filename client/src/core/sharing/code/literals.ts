/** Writes texts as literals of each language. */
import { format } from 'jsonc-parser';
import { replaceUnseen } from '../../text/foreign-text';
import { ownValue } from '../../text/names';

const hex = (char: string, digits = 4) => char.charCodeAt(0).toString(16).padStart(digits, '0');

/**
 * JSON's escapes (`\"`, `\\`, `\n`, `\u0007`, …) mean the same in Python, JavaScript and C#. `JSON.stringify` also
 * writes half of a surrogate pair as an escape.
 */
const doubleQuoted = (text: string): string =>
  replaceUnseen(JSON.stringify(text), (char) => `\\u${hex(char)}`);

export const pythonText = doubleQuoted;
export const csharpText = doubleQuoted;

export function javascriptText(text: string): string {
  const literal = doubleQuoted(text);
  return text.includes("'") ? literal : `'${literal.slice(1, -1).replaceAll('\\"', '"')}'`;
}

/**
 * Indents JSON, without changing its meaning or digits, for the multi-line literals below. What an editor would not
 * show can only be in a string, and is written as JSON's own escape.
 */
export function jsonLines(json: string): string {
  const edits = format(json, undefined, { insertSpaces: true, tabSize: 2, eol: '\n' });
  const lines = edits.reduceRight(
    (text, { offset, length, content }) => text.slice(0, offset) + content + text.slice(offset + length),
    json,
  );
  return replaceUnseen(lines, (char) => (char < ' ' ? char : `\\u${hex(char)}`));
}

/** A multi-line literal of Python; only what has a meaning in the literal is escaped. */
export const pythonBlock = (text: string): string =>
  `"""\\\n${text.replaceAll('\\', '\\\\').replace(/"{3,}|"+$/g, (quotes) => '\\"'.repeat(quotes.length))}"""`;

/** A template literal. */
export const javascriptBlock = (text: string): string => `\`${text.replace(/[\\`]|\$(?=\{)/g, '\\$&')}\``;

/** A raw literal of C# 11: its lines are indented like the closing quotes. */
export function csharpBlock(text: string, depth: number): string {
  const longest = [...text.matchAll(/"+/g)].reduce((most, [quotes]) => Math.max(most, quotes.length), 2);
  const quotes = '"'.repeat(longest + 1);
  const inner = text.replaceAll('\n', `\n${' '.repeat(depth)}`);
  return `${quotes}\n${' '.repeat(depth)}${inner}\n${' '.repeat(depth)}${quotes}`;
}

/**
 * POSIX shell. Double quotes where the text has single ones (filters do) and nothing that is special in them, or in the
 * history of an interactive bash, except for `$`. A NUL can't be passed to a program at all.
 */
export function shellText(text: string): string {
  return text.includes("'") && !/[\\`"!]/.test(text)
    ? `"${text.replaceAll('$', '\\$')}"`
    : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** PowerShell also takes typographic quotes for quotes. */
const SINGLE = /['\u2018\u2019\u201a\u201b]/;

const BACKTICKED: Readonly<Record<string, string>> = { '\n': '`n', '\r': '`r', '\t': '`t', '\0': '`0' };

export function powershellText(text: string): string {
  const quoted = text.replace(/[`$"\u201c\u201d\u201e]/g, '`$&');
  // Windows PowerShell 5.1 does not know `u{…}.
  const inner = replaceUnseen(quoted, (char) => ownValue(BACKTICKED, char) ?? `$([char]0x${hex(char)})`);
  if (!SINGLE.test(text) && inner === quoted) return `'${text}'`;
  return `"${inner}"`;
}

/** A here-string, in which nothing is special. `text` is JSON, so no line begins with the `'@` that ends it. */
export const powershellBlock = (text: string): string => `@'\n${text}\n'@`;

/** Power Query M. */
export const mText = (text: string): string =>
  `"${replaceUnseen(text.replaceAll('"', '""').replaceAll('#(', '#(#)('), mEscape).replace(/[\ud800-\udfff]/gu, mEscape)}"`;
const mEscape = (char: string): string => `#(${ownValue(M_NAMES, char) ?? hex(char)})`;
const M_NAMES: Readonly<Record<string, string>> = { '\n': 'lf', '\r': 'cr', '\t': 'tab' };

/** A name in M that is not a plain word: `#"$filter"`. */
export const mName = (name: string): string => `#${mText(name)}`;
