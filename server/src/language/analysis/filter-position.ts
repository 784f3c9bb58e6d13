/** What belongs at a place in a filter. It is read from the tokens before it, so that it works in any unfinished text. */
import type { Token } from '../syntax/tokens';
import { endOf, type Span } from '../text/span';
import { comparisonOf, functionOf, joinOf } from '../vocabulary/filter-words';

type FilterExpectation =
  'term' | 'operator' | 'value' | 'join' | 'argument-field' | 'comma' | 'argument-value' | 'close';

export interface FilterPosition {
  readonly expect: FilterExpectation;
  /** The field of the condition, as written. */
  readonly field: Token | undefined;
  readonly operator: Token | undefined;
  /** The function whose argument this is. */
  readonly call: Token | undefined;
  readonly argument: number;
  /** The token under the cursor, unless the cursor is after a finished one. */
  readonly current: Token | undefined;
}

/** `offset` is that of the cursor, in the same text as the tokens' offsets. */
export function filterPosition(tokens: readonly Token[], offset: number): FilterPosition {
  const touched = tokens.find((token) => isCurrent(token, offset));
  const before = tokens.filter((token) => token !== touched && endOf(token) <= offset);
  const reader = new Reader();
  for (const [index, token] of before.entries()) reader.read(token, tokens[index + 1]);
  const after = tokens.findIndex((token) => token.offset === offset);
  const current = touched ?? (belongs(reader.expect, tokens, after) ? tokens[after] : undefined);
  return {
    expect: reader.expect,
    field: reader.field,
    operator: reader.operator,
    call: reader.call,
    argument: reader.argument,
    current,
  };
}

/** True when the token right after the cursor is what belongs here, so that it is replaced and not doubled. */
function belongs(expect: FilterExpectation, tokens: readonly Token[], index: number): boolean {
  const token = tokens[index];
  const next = tokens[index + 1];
  if (token === undefined) return false;
  const join = token.kind === 'word' && joinOf(token.text) !== undefined;
  switch (expect) {
    case 'term':
    case 'argument-field':
      return token.kind === 'word' && !join;
    case 'operator':
      return token.kind === 'symbol' || (token.kind === 'word' && comparisonOf(token.text) !== undefined);
    case 'value':
    case 'argument-value':
      return (
        token.kind === 'string' ||
        (token.kind === 'word' && !join && (next?.kind !== 'word' || comparisonOf(next.text) === undefined))
      );
    case 'join':
      return join;
    case 'comma':
    case 'close':
      return false;
  }
}

function isCurrent(token: Token, offset: number): boolean {
  if (offset <= token.offset) return false;
  if (token.kind === 'string')
    return offset < endOf(token) || (offset === endOf(token) && token.closed !== true);
  return (token.kind === 'word' || token.kind === 'symbol') && offset <= endOf(token);
}

class Reader {
  expect: FilterExpectation = 'term';
  field: Token | undefined;
  operator: Token | undefined;
  call: Token | undefined;
  argument = 0;
  #list = false;

  read(token: Token, next: Token | undefined): void {
    const join = token.kind === 'word' || token.kind === 'symbol' ? joinOf(token.text) : undefined;
    switch (this.expect) {
      case 'term':
        this.#term(token, next, join);
        return;
      case 'operator':
        if (token.kind === 'string') this.expect = 'join';
        else if (token.kind === 'word' || token.kind === 'symbol') {
          if (join !== undefined && token.kind === 'word') this.#newTerm();
          else {
            this.operator = token;
            this.expect = token.text.toLowerCase() === 'not' ? 'operator' : 'value';
          }
        } else if (token.kind === ')') this.expect = 'join';
        return;
      case 'value':
        if (token.kind === 'string' || token.kind === 'word') this.expect = 'join';
        else if (token.kind === '(') this.#list = true;
        return;
      case 'join':
        // `in ('a', …`
        if (this.#list && token.kind === ',') this.expect = 'value';
        else if (this.#list && token.kind === ')') this.#list = false;
        else if (join !== undefined || token.kind === ',') this.#newTerm();
        else if (token.kind === 'word' && next?.kind === 'word' && comparisonOf(next.text) !== undefined)
          this.#term(token, next, join);
        else if (token.kind === '(') this.expect = 'term';
        return;
      case 'argument-field':
        if (token.kind === ',') this.#nextArgument();
        else if (token.kind === ')') this.#endCall();
        else {
          this.field = token;
          this.expect = 'comma';
        }
        return;
      case 'comma':
        if (token.kind === ',') this.#nextArgument();
        else if (token.kind === ')') this.#endCall();
        return;
      case 'argument-value':
        if (token.kind === ')') this.#endCall();
        else if (join !== undefined) this.#newTerm();
        else this.expect = 'close';
        return;
      case 'close':
        if (token.kind === ')') this.#endCall();
        else if (join !== undefined) this.#newTerm();
        else if (token.kind === ',') this.argument++;
        return;
    }
  }

  #term(token: Token, next: Token | undefined, join: 'and' | 'or' | undefined): void {
    if (token.kind === '(' && this.call !== undefined) {
      this.argument = 0;
      this.expect = 'argument-field';
    } else if (token.kind === ')') this.expect = 'join';
    else if (token.kind === 'word' && join === undefined && token.text.toLowerCase() !== 'not') {
      if (next?.kind === '(' && functionOf(token.text) !== undefined) this.call = token;
      else {
        this.field = token;
        this.expect = 'operator';
      }
    } else if (token.kind === 'string') this.expect = 'operator';
  }

  #newTerm(): void {
    this.#list = false;
    this.expect = 'term';
    this.field = undefined;
    this.operator = undefined;
    this.call = undefined;
  }

  #nextArgument(): void {
    this.argument++;
    this.expect = 'argument-value';
  }

  #endCall(): void {
    this.call = undefined;
    this.expect = 'join';
  }
}

/** What a completion replaces in the text: the word under the cursor, or nothing; for a string, the text between its quotes. */
export function replacedSpan(position: FilterPosition, offset: number, text: string): Span {
  const { current } = position;
  if (current === undefined) return { offset, length: 0 };
  if (current.kind !== 'string' || offset === current.offset)
    return { offset: current.offset, length: current.length };
  // In an address, a quote may be an escape.
  const [start, end] = [current.offset, endOf(current)];
  const open = quoteLength(text.slice(start, start + ESCAPE));
  const close = current.closed === true ? quoteLength(text.slice(end - ESCAPE, end)) : 0;
  return { offset: start + open, length: Math.max(0, current.length - open - close) };
}

/** The length of `%27`. */
const ESCAPE = 3;
const quoteLength = (written: string) => (/^%2[27]$/.test(written) ? ESCAPE : 1);
