/** The tokens of a clause's value: one lexer for $filter, $upsert, $select and $orderby. */
import { endOf, type Span } from '../text/span';
import { endsStep, finish, type Steps } from '../text/steps';
import type { View } from '../text/view';
import { comparisonOf, functionOf } from '../vocabulary/filter-words';
import { commentAt } from './comments';
import { type Reference, referenceAt, referencesInView } from './references';

export interface Token extends Span {
  /** A bracket is one of `[`, `]`, `{` and `}`. */
  readonly kind: 'word' | 'string' | 'symbol' | 'bracket' | '(' | ')' | ',';
  /** As written (percent-decoded in an address). For a string: without quotes, doubled quotes made single. */
  readonly text: string;
  readonly references: readonly Reference[];
  /** For a string: how it is quoted, and whether it has its closing quote. */
  readonly quote?: 'single' | 'double' | 'curly';
  readonly closed?: boolean;
  /** The white space before it on its line, where that is more than one plain blank. */
  readonly gap?: string;
  /** For a string: where it has quotes inside that should be doubled, as in `'O'Neill'`. */
  readonly undoubled?: readonly number[];
}

const SPACE = /[\s\u00a0]/;
const SYMBOL = /[=<>!&|]/;
/** Operators of other languages with a character in them that may stand in a word. */
const ODD_SYMBOL = /(?:[=!]~|[~*^$:]=)\*?(?![=<>!&|~])/y;
interface Quotes {
  readonly quote: 'single' | 'double' | 'curly';
  readonly closers: string;
}
const SINGLE: Quotes = { quote: 'single', closers: "'" };
const CLOSERS: ReadonlyMap<string, Quotes> = new Map([
  ["'", SINGLE],
  ['"', { quote: 'double', closers: '"' }],
  ['‘', { quote: 'curly', closers: "’‘'" }],
  ['’', { quote: 'curly', closers: "’‘'" }],
  ['“', { quote: 'curly', closers: '”“"' }],
  ['”', { quote: 'curly', closers: '”“"' }],
]);

/** All tokens of the view. Comments count as white space; those behind other text are added to `misplaced`. */
export const tokenize = (view: View, misplaced: Span[] = []): Token[] =>
  finish(tokenizeInSteps(view, misplaced));

/** The same, a token in each step. */
export function* tokenizeInSteps(view: View, misplaced: Span[]): Steps<Token[]> {
  const { text } = view;
  const tokens: Token[] = [];
  const skip = (from: number): number => {
    const at = skipTrivia(text, from);
    const comment = commentAt(text, at, text.length);
    if (comment === undefined) return at;
    const offset = view.at(at);
    misplaced.push({ offset, length: view.at(endOf(comment)) - offset });
    return skip(endOf(comment));
  };
  let i = skip(0);
  let before = i;
  while (i < text.length) {
    const from = i;
    const ch = text[i] ?? '';
    const push = (kind: Token['kind'], value: string, extra: Partial<Token> = {}) => {
      const offset = view.at(from);
      const gap = gapOf(text.slice(before, from));
      tokens.push({
        ...{ kind, text: value, references: [], ...extra, ...gap },
        ...{ offset, length: view.at(i) - offset },
      });
    };
    if (ch === '(' || ch === ')' || ch === ',') {
      i++;
      push(ch, ch);
    } else if (CLOSERS.has(ch)) {
      const undoubled: number[] = [];
      i = stringEnd(text, i, undoubled);
      const { quote, closers } = CLOSERS.get(ch) ?? SINGLE;
      const last = text[i - 1] ?? '';
      const closed = i - from >= 2 && closers.includes(last) && !endsInDoubledQuote(text, from, i);
      const content = text.slice(from + 1, closed ? i - 1 : i);
      push('string', quote === 'single' ? content.replaceAll("''", "'") : content, {
        quote,
        closed,
        undoubled: undoubled.map(view.at),
        references: referencesInView(view, from, i),
      });
    } else if (isBracket(text, i)) {
      i++;
      push('bracket', ch);
    } else if (SYMBOL.test(ch) || oddSymbolEnd(text, i) !== undefined) {
      i = oddSymbolEnd(text, i) ?? i;
      while (i === from || (i < text.length && SYMBOL.test(text[i] ?? ''))) i++;
      push('symbol', text.slice(from, i));
    } else {
      i = wordEnd(text, i);
      if (isValuePlace(tokens, text.slice(from, i))) i = apostropheEnd(text, from, i);
      push('word', text.slice(from, i), { references: referencesInView(view, from, i) });
    }
    before = i;
    i = skip(i);
    if (endsStep(tokens.length)) yield;
  }
  return tokens;
}

/** Not over a line end, where nobody writes blanks for their own sake, nor over a comment. */
const gapOf = (space: string): { readonly gap?: string } =>
  space === '' || space === ' ' || !/^[^\S\r\n]+$/.test(space) ? {} : { gap: space };

/** Skips white space, and whole lines that start with `#` or `//`. */
export function skipTrivia(text: string, from: number): number {
  let i = from;
  let lineStart = false;
  while (i < text.length) {
    const ch = text[i] ?? '';
    if (ch === '\n' || ch === '\r') lineStart = true;
    else if (!SPACE.test(ch)) {
      if (!lineStart || !(ch === '#' || text.startsWith('//', i))) return i;
      while (i < text.length && text[i] !== '\n' && text[i] !== '\r') i++;
      continue;
    }
    i++;
  }
  return i;
}

/** A quote that belongs to the value: a letter follows (but not `and` or `or`), and a closing quote later on the line. */
const EMBEDDED = /^'(?!(?:and|or)\b)[\p{L}\p{N}][^'\r\n]*'(?:(?![\p{L}\p{N}'])|(?=(?:and|or)\b))/iu;

/** The offset after the closing quote, or the end of the line when there is none: a value is on one line. */
function stringEnd(text: string, open: number, undoubled: number[]): number {
  const { closers } = CLOSERS.get(text[open] ?? '') ?? SINGLE;
  let i = open + 1;
  while (i < text.length) {
    const ch = text[i] ?? '';
    if (ch === '\n' || ch === '\r') break;
    if (text.startsWith('{{', i)) {
      const reference = referenceAt(text, i, text.length);
      i = reference.offset + Math.max(2, reference.length);
    } else if (closers.includes(ch)) {
      if (ch === "'" && text[i + 1] === "'" && text[open] === "'") i += 2;
      else if (ch === "'" && text[open] === "'" && EMBEDDED.test(text.slice(i, i + 200))) undoubled.push(i++);
      else return i + 1;
    } else i++;
  }
  while (i > open + 1 && SPACE.test(text[i - 1] ?? '')) i--;
  return i;
}

/** `'it''` is not closed: its last two quotes are one character. */
function endsInDoubledQuote(text: string, from: number, to: number): boolean {
  if (text[from] !== "'") return false;
  let quotes = 0;
  for (let i = to - 1; i > from && text[i] === "'"; i--) quotes++;
  return quotes % 2 === 0;
}

function oddSymbolEnd(text: string, at: number): number | undefined {
  ODD_SYMBOL.lastIndex = at;
  return ODD_SYMBOL.test(text) ? ODD_SYMBOL.lastIndex : undefined;
}

const isBracket = (text: string, at: number): boolean =>
  /[[\]{}]/.test(text[at] ?? '') && !text.startsWith('{{', at);

/** True where a word can be a value, or the first of its words. */
const isValuePlace = (tokens: readonly Token[], word: string): boolean => {
  const last = tokens.at(-1);
  if (comparisonOf(word) !== undefined || functionOf(word) !== undefined || NO_VALUE.test(word)) return false;
  if (last?.kind !== 'word') return last?.kind === 'symbol' || last?.kind === ',' || last?.kind === '(';
  return comparisonOf(last.text) !== undefined || BEFORE_VALUES.test(last.text);
};

/** What stands before the values of a list, and between them. */
const BEFORE_VALUES = /^(?:in|of|either|neither|n?or|and)$/i;
/** Words right before a quote that is no apostrophe: `in'a'`, `datetime'…'`, `isn't`. */
const NO_VALUE =
  /^(?:in|of|n?or|and|not|like|(?:is|are|was|were|does?|has|have|ca|wo)n|date\w*|time\w*|duration|guid|binary|x|decimal|geo\w+)$/i;

/** The end of a bare word with an apostrophe in it, `O'Neill` or `King's Lynn`: no quote closes there. */
function apostropheEnd(text: string, from: number, end: number): number {
  if (text[end] !== "'" || !/^\p{L}+$/u.test(text.slice(from, end))) return end;
  const rest = /^'\p{L}+(?![\p{L}'])/u.exec(text.slice(end, end + 100));
  return rest === null ? end : wordEnd(text, end + rest[0].length - 1);
}

function wordEnd(text: string, from: number): number {
  let i = from;
  while (i < text.length) {
    if (text.startsWith('{{', i)) {
      const reference = referenceAt(text, i, text.length);
      i += Math.max(2, reference.length);
      continue;
    }
    const ch = text[i] ?? '';
    if (isBracket(text, i)) break;
    if (SPACE.test(ch) || SYMBOL.test(ch) || '(),'.includes(ch) || CLOSERS.has(ch)) break;
    i++;
  }
  return Math.max(i, from + 1);
}
