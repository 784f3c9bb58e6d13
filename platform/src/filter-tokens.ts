/** The words of a filter: text in, tokens out, or a Problem (400) with the reason and the character (from 1). */
import { badRequest } from './problem';
import type { Quirks } from './quirks';

export interface Token {
  readonly type: 'word' | 'number' | 'string' | 'symbol' | 'end';
  /** The text; for a string, its value without quotes. */
  readonly text: string;
  readonly at: number;
  /** Whether white space precedes it. */
  readonly spaced: boolean;
}

/** Refuses the filter because of the character at this place (from 0). */
export function fail(at: number, why: string): never {
  throw badRequest(`The filter is not valid at character ${at + 1}: ${why}`);
}

const WORD = /[\p{L}_][\p{L}\p{N}_]*/uy;
// Takes dates and other number-like text whole, so that the message can quote all of it.
const NUMBER = /[+-]?\d[\p{L}\p{N}_.:+-]*/uy;
const SYMBOL = /==|!=|<>|<=|>=|&&|\|\||[^\s]/uy;

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/** Splits a filter into its words; throws a Problem where none can begin. */
export function tokenize(text: string, quirks: Quirks): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    const from = at;
    while (text[at] === ' ' || text[at] === '\t') at++;
    const spaced = at > from;
    const char = text[at];
    if (char === undefined) {
      tokens.push({ type: 'end', text: '', at, spaced });
      return tokens;
    }
    if (/\s/.test(char)) fail(at, 'only spaces and tabs may separate words, not a line break or the like.');
    if (char === "'") {
      const start = at;
      const { value, end } = readText(text, at + 1, quirks) ?? fail(start, 'the quote is not closed.');
      at = end;
      tokens.push({ type: 'string', text: value, at: start, spaced });
      continue;
    }
    const word = matchAt(WORD, text, at);
    const number = word === undefined ? matchAt(NUMBER, text, at) : undefined;
    const piece = word ?? number ?? matchAt(SYMBOL, text, at) ?? char;
    const type = word !== undefined ? 'word' : number !== undefined ? 'number' : 'symbol';
    tokens.push({ type, text: piece, at, spaced });
    at += piece.length;
  }
}

/** Reads a value from behind its opening quote; undefined where it is not closed. */
function readText(text: string, from: number, quirks: Quirks): { value: string; end: number } | undefined {
  const escape = quirks.has('backslash-quotes') ? '\\' : "'";
  let value = '';
  for (let at = from; at < text.length; at++) {
    const char = text[at] ?? '';
    const next = text[at + 1];
    if (char === escape && (next === "'" || (escape === '\\' && next === escape))) {
      value += next;
      at++;
    } else if (char === "'") return { value, end: at + 1 };
    else value += char;
  }
  return undefined;
}
