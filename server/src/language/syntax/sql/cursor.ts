/** Reads the tokens of a statement one after the other; comments are left out. */
import { endOf } from '../../text/span';
import { JOIN_WORDS, RESERVED_WORDS } from '../../vocabulary/sql-keywords';
import type { SqlToken } from './tokens';

/** The word in lower case; of what is no bare word, nothing. */
const wordOf = (token: SqlToken | undefined): string =>
  token?.kind === 'word' ? token.text.toLowerCase() : '';

/** A name with or without quotes. */
export const isName = (token: SqlToken | undefined): token is SqlToken =>
  token?.kind === 'name' || (token?.kind === 'word' && !RESERVED_WORDS.has(token.text.toLowerCase()));

export class SqlCursor {
  #at = 0;
  /** What was expected elsewhere: the first such token. */
  unexpected: SqlToken | undefined;
  readonly #tokens: readonly SqlToken[];

  constructor(
    tokens: readonly SqlToken[],
    private readonly start: number,
  ) {
    this.#tokens = tokens.filter(({ kind }) => kind !== 'comment');
  }

  get token(): SqlToken | undefined {
    return this.#tokens[this.#at];
  }

  get isDone(): boolean {
    return this.#at >= this.#tokens.length;
  }

  get rest(): readonly SqlToken[] {
    return this.#tokens.slice(this.#at);
  }

  /** The word in lower case that stands here, or so many tokens on. */
  word(ahead = 0): string {
    return wordOf(this.#tokens[this.#at + ahead]);
  }

  kind(ahead = 0): SqlToken['kind'] | undefined {
    return this.#tokens[this.#at + ahead]?.kind;
  }

  /** Whether the operator stands here, or so many tokens on. */
  has(operator: string, ahead = 0): boolean {
    const token = this.#tokens[this.#at + ahead];
    return token?.kind === 'operator' && token.text === operator;
  }

  hasName(ahead = 0): boolean {
    return isName(this.#tokens[this.#at + ahead]);
  }

  take(): SqlToken | undefined {
    return this.#tokens[this.#at++];
  }

  takeWord(...words: readonly string[]): SqlToken | undefined {
    return words.includes(this.word()) ? this.take() : undefined;
  }

  takeOperator(operator: string): SqlToken | undefined {
    return this.has(operator) ? this.take() : undefined;
  }

  takeName(): SqlToken | undefined {
    return this.hasName() ? this.take() : undefined;
  }

  /** An alias: behind `as` any name, else none that may be the next keyword. A text in quotes is one, too. */
  takeAlias(): SqlToken | undefined {
    const isAs = this.takeWord('as') !== undefined;
    const { token } = this;
    if (token?.kind === 'string' || token?.kind === 'name') return this.take();
    if (!this.hasName()) {
      if (isAs) this.fail();
      return undefined;
    }
    const word = this.word();
    const isWindow = word === 'window' && this.hasName(1) && this.word(2) === 'as';
    if (!isAs && (JOIN_WORDS.has(word) || word === 'indexed' || isWindow)) return undefined;
    return this.take();
  }

  /** Where the last token ends that was taken. */
  get end(): number {
    const last = this.#tokens[Math.min(this.#at, this.#tokens.length) - 1];
    return last === undefined ? this.start : endOf(last);
  }

  /** Where the next token begins, else where the last one ends. */
  get next(): number {
    return this.token?.offset ?? this.end;
  }

  /** Notes that the token which stands here has no place here. */
  fail(): void {
    this.unexpected ??= this.token ?? this.#tokens.at(-1);
  }

  /** Goes on to the next token at this level for which `isEnd` holds; parentheses are passed over. */
  skipTo(isEnd: () => boolean): void {
    for (let depth = 0; !this.isDone; this.#at++) {
      if (depth === 0 && (this.has(';') || this.has(')') || isEnd())) return;
      if (this.has('(')) depth++;
      else if (this.has(')')) depth--;
      else if (this.has(';')) return;
    }
  }
}
