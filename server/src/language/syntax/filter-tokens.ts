/** What the parsers of a filter share: the tokens with a place among them, and the problems found. */
import { endOf, type Span } from '../text/span';
import { functionOf, isComparison, joinOf } from '../vocabulary/filter-words';
import type { Word } from './nodes';
import type { Fix, SyntaxProblem } from './problems';
import type { Token } from './tokens';

/** Nesting deeper than this is not read: no one writes it, and the stack is finite. */
export const MAX_DEPTH = 200;

export type WordToken = Token & { readonly kind: 'word' };

export const join = (token: Token | undefined): 'and' | 'or' | undefined =>
  token !== undefined && (token.kind === 'word' || token.kind === 'symbol') && token.references.length === 0
    ? joinOf(token.text)
    : undefined;
export const isWord = (token: Token | undefined): token is WordToken => token?.kind === 'word';
/** A word that does not join conditions. */
export const isText = (token: Token | undefined): token is WordToken =>
  token?.kind === 'word' && join(token) === undefined;
export const keyword = (token: Token | undefined, word: string): boolean =>
  token?.kind === 'word' && token.text.toLowerCase() === word;
export const isOperator = (token: Token | undefined): boolean => isWord(token) && isComparison(token.text);
export const isCallOfApi = (name: Token | undefined, open: Token | undefined): boolean =>
  isText(name) && open?.kind === '(' && functionOf(name.text) !== undefined;
export const adjacent = (first: Span, second: Span | undefined): boolean =>
  second !== undefined && endOf(first) === second.offset;

export const cover = (first: Span, last: Span): Span => ({
  offset: first.offset,
  length: Math.max(endOf(first), endOf(last)) - first.offset,
});

export const toWord = (first: Token, ...rest: Token[]): Word => ({
  ...cover(first, rest.at(-1) ?? first),
  text: [first, ...rest].map((token) => token.text).join(' '),
  references: [first, ...rest].flatMap((token) => token.references),
});

const CLOSERS: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);

/** A place among the tokens of one filter. */
export class FilterReader {
  #next = 0;
  /** How many groups, negations and calls are open. */
  depth = 0;
  readonly #excused = new Set<Token>();
  readonly #alsoMissing = new Map<Token, string>();
  readonly #closers: ReadonlyMap<number, number>;
  #lastJoins: LastJoins | undefined;

  constructor(
    readonly tokens: readonly Token[],
    readonly at: Span,
    readonly problems: SyntaxProblem[],
  ) {
    this.#closers = closersOf(tokens);
  }

  peek(ahead = 0): Token | undefined {
    return this.tokens[this.#next + ahead];
  }

  take(): Token {
    const token = this.tokens[this.#next++];
    if (token === undefined) throw new RangeError('read past the last token');
    return token;
  }

  /** Takes `count` tokens, as far as there are so many. */
  takeMany(count: number): Token[] {
    const taken = this.tokens.slice(this.#next, this.#next + count);
    this.#next += taken.length;
    return taken;
  }

  /** The token just read, where a missing piece is reported. */
  last(): Span {
    return this.tokens[this.#next - 1] ?? { offset: this.at.offset, length: 0 };
  }

  /** How far ahead the bracket closes that the token `ahead` opens; undefined where it does not. */
  closerOf(ahead = 0): number | undefined {
    const index = this.#closers.get(this.#next + ahead);
    return index === undefined ? undefined : index - this.#next;
  }

  /** The joins that stand behind the next token, between the parentheses in which it does. */
  joinsBehind(): readonly ('and' | 'or')[] {
    const { groups, last } = (this.#lastJoins ??= lastJoins(this.tokens));
    const found = last.get(groups[this.#next] ?? 0);
    return (['and', 'or'] as const).filter((op) => (found?.[op] ?? -1) > this.#next);
  }

  /** Takes the bracket that is next, and all up to its end. */
  takeBracketed(): Token[] {
    return this.takeMany((this.closerOf() ?? this.tokens.length) + 1);
  }

  get position(): number {
    return this.#next;
  }

  /** The quote of this token is an apostrophe. */
  excuse(token: Token): void {
    this.#excused.add(token);
  }

  isExcused(token: Token): boolean {
    return this.#excused.has(token);
  }

  /** Where this token lacks its quote, something else is missing after it. */
  alsoMissing(token: Token, text: string): void {
    this.#alsoMissing.set(token, text);
  }

  missingAfter(token: Token): string {
    return this.#alsoMissing.get(token) ?? '';
  }

  /** Goes back to an earlier `position`. */
  reset(position: number): void {
    this.#next = position;
  }

  report(code: SyntaxProblem['code'], where: Span, message: string, ...fixes: Fix[]): void {
    this.problems.push({
      code,
      offset: where.offset,
      length: where.length,
      message,
      ...(fixes.length === 0 ? {} : { fixes }),
    });
  }
}

/** The preferred fix that writes `text` over the span. */
export const write = (title: string, where: Span, text: string): Fix => ({
  title,
  preferred: true,
  edits: [{ offset: where.offset, length: where.length, text }],
});

function closersOf(tokens: readonly Token[]): Map<number, number> {
  const found = new Map<number, number>();
  const open: { index: number; closer: string }[] = [];
  for (const [index, { kind, text }] of tokens.entries()) {
    if (kind === 'word' || kind === 'string') continue;
    const closer = CLOSERS.get(text);
    if (closer !== undefined) open.push({ index, closer });
    else if (open.at(-1)?.closer === text) found.set(open.pop()?.index ?? 0, index);
  }
  return found;
}

/** Of each token the number of the parentheses in which it stands, and of these the index of the last of each join. */
interface LastJoins {
  readonly groups: readonly number[];
  readonly last: ReadonlyMap<number, { and: number; or: number }>;
}

function lastJoins(tokens: readonly Token[]): LastJoins {
  const last = new Map<number, { and: number; or: number }>();
  const open = [0];
  let count = 0;
  const groups = tokens.map((token, index) => {
    if (token.kind === ')' && open.length > 1) open.pop();
    const group = open.at(-1) ?? 0;
    const op = join(token);
    if (op !== undefined) last.set(group, { ...(last.get(group) ?? { and: -1, or: -1 }), [op]: index });
    if (token.kind === '(') open.push(++count);
    return group;
  });
  return { groups, last };
}

/** True where a condition ends: at the end, a parenthesis, a comma or a join. */
export const isEnd = (reader: FilterReader): boolean => {
  const next = reader.peek();
  return (
    next === undefined ||
    next.kind === ')' ||
    next.kind === ',' ||
    (join(next) !== undefined && next.text !== '|' && next.text !== '&')
  );
};
