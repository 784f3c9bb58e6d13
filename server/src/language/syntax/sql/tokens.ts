/** The tokens of a SQL statement, as SQLite reads them, with the `{{…}}` of a file among them. Never throws. */
import { endOf, type Span } from '../../text/span';
import { findReferences, type Reference, referenceAt } from '../references';

export interface SqlToken extends Span {
  /**
   * `word`: a keyword or a bare name. `name`: one in quotes, `[…]` or backticks. `string`: a text in single quotes.
   * `variable`: a `{{…}}` outside quotes. `parameter`: SQL's own, which a file can't give a value. `blob`: `x'…'`.
   */
  readonly kind:
    | 'word'
    | 'name'
    | 'string'
    | 'number'
    | 'blob'
    | 'operator'
    | 'variable'
    | 'parameter'
    | 'comment'
    | 'bad';
  /** As written; of a `name` and a `string` without quotes, doubled quotes made single. */
  readonly text: string;
  /** False where the closing quote, or the end of the comment, is missing. */
  readonly closed: boolean;
  /** The `{{…}}` of a `variable`, and those in a `string` or a `name`. */
  readonly references: readonly Reference[];
}

const CLOSERS: ReadonlyMap<string, string> = new Map([
  ["'", "'"],
  ['"', '"'],
  ['`', '`'],
  ['[', ']'],
]);
const NUMBER = /0x[\da-f]+(?:_[\da-f]+)*|(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+)(?:e[+-]?\d+)?/iy;
/** SQLite takes every character beyond ASCII for a letter. */
const WORD = /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y;
const OPERATOR = /->>|->|\|\||<<|>>|<=|>=|<>|==|!=|[-+*/%&|~<>=().,;]/y;
const PARAMETER = /[?]\d*|[:@#$][A-Za-z_\u0080-\uffff][\w$:\u0080-\uffff]*/y;
const SPACE = /[ \t\n\f\r]/;

/** The tokens from `start` to `end`, in their order, with offsets of `text`. */
export const sqlTokens = (text: string, start: number, end: number): SqlToken[] => [
  ...eachSqlToken(text, start, end),
];

/** The same, one after the other. White space is between them. */
export function* eachSqlToken(text: string, start: number, end: number): Generator<SqlToken, void> {
  for (let at = start; at < end;) {
    if (SPACE.test(text.charAt(at))) {
      at++;
      continue;
    }
    const token = tokenAt(text, at, end);
    yield token;
    at = endOf(token);
  }
}

function tokenAt(text: string, at: number, end: number): SqlToken {
  const plain = (kind: SqlToken['kind'], length: number, closed = true): SqlToken => ({
    kind,
    offset: at,
    length: Math.min(length, end - at),
    text: text.slice(at, Math.min(at + length, end)),
    closed,
    references: [],
  });
  const matched = (pattern: RegExp): number => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0].length ?? 0;
  };
  if (text.startsWith('{{', at)) {
    const reference = referenceAt(text, at, end);
    const { length } = reference;
    return { ...plain('variable', length, reference.closed), references: [reference] };
  }
  if (text.startsWith('--', at)) {
    const [line = ''] = /^[^\r\n]*/.exec(text.slice(at, end)) ?? [];
    return plain('comment', line.length);
  }
  if (text.startsWith('/*', at)) {
    const close = text.indexOf('*/', at + 2);
    const closed = close >= 0 && close + 2 <= end;
    return plain('comment', closed ? close + 2 - at : end - at, closed);
  }
  const first = text.charAt(at);
  const closer = CLOSERS.get(first);
  if (closer !== undefined) return quoted(text, at, end, closer);
  if (/^x'/i.test(text.slice(at, at + 2))) {
    const { length, closed } = quoted(text, at + 1, end, "'");
    return plain('blob', length + 1, closed);
  }
  const number = /[\d.]/.test(first) ? matched(NUMBER) : 0;
  if (number > 0) return plain('number', number);
  const word = matched(WORD);
  if (word > 0) return plain('word', word);
  const parameter = matched(PARAMETER);
  if (parameter > 0) return plain('parameter', parameter);
  const operator = matched(OPERATOR);
  return operator > 0 ? plain('operator', operator) : plain('bad', 1);
}

/** A string or a name in quotes: to its closing quote, else to the end. A doubled quote is one of the text. */
function quoted(text: string, at: number, end: number, closer: string): SqlToken {
  const doubles = closer !== ']';
  let close = at + 1;
  while (close < end) {
    const next = text.indexOf(closer, close);
    close = next < 0 || next >= end ? end : next;
    if (close >= end || !doubles || text.charAt(close + 1) !== closer || close + 1 >= end) break;
    close += 2;
  }
  const closed = close < end;
  const inner = text.slice(at + 1, close);
  return {
    kind: closer === "'" ? 'string' : 'name',
    offset: at,
    length: close + (closed ? 1 : 0) - at,
    text: doubles ? inner.replaceAll(closer + closer, closer) : inner,
    closed,
    references: inner.includes('{{') ? findReferences(text, at + 1, close) : [],
  };
}
