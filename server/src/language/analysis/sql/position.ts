/** What may stand at a place of a SQL statement, read from the tokens before it: the statement need not be finished. */
import type { Sql } from '../../syntax/nodes';
import type { SqlToken } from '../../syntax/sql/tokens';
import { endOf, type Span } from '../../text/span';
import { RESERVED_WORDS, VALUE_WORDS } from '../../vocabulary/sql-keywords';

/** The part of a query, of a call or of a window that the place is in. */
export type SqlPart =
  | 'start'
  | 'with'
  | 'select'
  | 'values'
  | 'from'
  | 'on'
  | 'using'
  | 'where'
  | 'group'
  | 'having'
  | 'window'
  | 'order'
  | 'limit'
  | 'partition'
  | 'frame'
  | 'case';

/** What is open: the statement, parentheses, or a `case`. */
export interface SqlLevel {
  readonly kind: 'query' | 'call' | 'group' | 'over' | 'names' | 'case';
  /** The function of a call. */
  readonly callee: SqlToken | undefined;
  /** The opening parenthesis, or `case`; undefined: the statement. */
  readonly open: SqlToken | undefined;
  part: SqlPart;
  /** Where the `select` or `values` begins that the place belongs to. */
  core: number | undefined;
  /** The last word that began a part, in lower case: `when`, `partition`. */
  word: string;
  /** How many commas came before. */
  commas: number;
}

export interface SqlPosition {
  /** The word that is written, or the name in quotes. */
  readonly word: SqlToken | undefined;
  /** The text in single quotes that the place is in. */
  readonly string: SqlToken | undefined;
  /** What an item replaces. */
  readonly where: Span;
  /** The token that the place is in, or at the end of. */
  readonly at: SqlToken | undefined;
  /** The tokens before, without comments. */
  readonly before: readonly SqlToken[];
  /** From the statement to the innermost one. */
  readonly levels: readonly SqlLevel[];
}

const PARTS: ReadonlyMap<string, SqlPart> = new Map([
  ['with', 'with'],
  ['select', 'select'],
  ['values', 'values'],
  ['from', 'from'],
  ['join', 'from'],
  ['on', 'on'],
  ['using', 'using'],
  ['where', 'where'],
  ['group', 'group'],
  ['having', 'having'],
  ['window', 'window'],
  ['order', 'order'],
  ['limit', 'limit'],
  ['union', 'start'],
  ['intersect', 'start'],
  ['except', 'start'],
]);

/** The word in lower case; of what is no bare word, nothing. */
export const lowerWord = (token: SqlToken | undefined): string =>
  token?.kind === 'word' ? token.text.toLowerCase() : '';

/** True for a token with which a value ends: an operator or the next part of the query follows. */
export function endsValue(token: SqlToken | undefined, before: SqlToken | undefined): boolean {
  switch (token?.kind) {
    case 'name':
    case 'string':
    case 'number':
    case 'blob':
    case 'variable':
    case 'parameter':
      return true;
    case 'word': {
      const word = token.text.toLowerCase();
      return (
        word === 'end' ||
        word === 'isnull' ||
        word === 'notnull' ||
        VALUE_WORDS.has(word) ||
        !NEEDS_MORE.has(word)
      );
    }
    case 'operator':
      if (token.text === ')') return true;
      return token.text === '*' && !endsValue(before, undefined);
    default:
      return false;
  }
}

/** Words after which a value, a table or another word must come. */
const NEEDS_MORE: ReadonlySet<string> = new Set([
  ...RESERVED_WORDS,
  ...'by with recursive partition over filter like glob regexp match materialized left right full inner cross'.split(
    ' ',
  ),
  ...'natural outer offset'.split(' '),
]);

const level = (
  kind: SqlLevel['kind'],
  from: SqlLevel | undefined,
  open?: SqlToken,
  callee?: SqlToken,
): SqlLevel => ({
  kind,
  callee,
  open,
  part: from?.part ?? 'start',
  core: from?.core,
  word: '',
  commas: 0,
});

/** What the opening parenthesis belongs to. */
function opened(open: SqlToken, before: readonly SqlToken[], around: SqlLevel): SqlLevel {
  const previous = before.at(-1);
  const word = lowerWord(previous);
  if (word === 'over' || (around.part === 'window' && word === 'as'))
    return { ...level('over', around, open), word: 'over' };
  if (word === 'using') return { ...level('names', around, open), part: 'using' };
  if (around.part === 'with')
    return word === 'as' || word === 'materialized'
      ? { ...level('query', around, open), part: 'start' }
      : level('names', around, open);
  const isCall = previous?.kind === 'name' || (previous?.kind === 'word' && !NEEDS_MORE.has(word));
  return isCall && previous !== undefined && endsName(previous)
    ? level('call', around, open, previous)
    : level('group', around, open);
}

const endsName = (token: SqlToken): boolean =>
  token.kind === 'name' || !VALUE_WORDS.has(token.text.toLowerCase());

function read(token: SqlToken, before: readonly SqlToken[], levels: SqlLevel[]): void {
  const current = levels.at(-1);
  if (current === undefined) return;
  if (token.kind === 'operator') {
    if (token.text === '(') levels.push(opened(token, before, current));
    else if (token.text === ')') close(levels);
    else if (token.text === ',') {
      current.commas++;
      if (current.part === 'on' || current.part === 'using') current.part = 'from';
    }
    return;
  }
  const word = lowerWord(token);
  if (word === '' || before.at(-1)?.text === '.') return;
  if (word === 'case') {
    levels.push({ ...level('case', current, token), part: 'case', word });
  } else if (word === 'end' && current.kind === 'case') levels.pop();
  else if (current.kind === 'case' && ['when', 'then', 'else'].includes(word)) current.word = word;
  else if (current.kind === 'over' && ['partition', 'rows', 'range', 'groups'].includes(word)) {
    current.part = word === 'partition' ? 'partition' : 'frame';
    current.word = word;
  } else part(current, word, lowerWord(before.at(-1)), token);
}

function part(current: SqlLevel, word: string, previous: string, token: SqlToken): void {
  const next = PARTS.get(word);
  // `is distinct from`
  if (next === undefined || (word === 'from' && previous === 'distinct' && current.part !== 'select')) return;
  if (word === 'select' || word === 'values') current.core = token.offset;
  // An order within a call or a window is no part of the query.
  current.part = next;
  current.word = word;
}

function close(levels: SqlLevel[]): void {
  while (levels.length > 1 && levels.at(-1)?.kind === 'case') levels.pop();
  if (levels.length > 1) levels.pop();
}

/** What is written on behind them belongs to them. A `{` begins a variable. */
const GROWING: ReadonlySet<SqlToken['kind']> = new Set(['word', 'number', 'bad']);

/** What is written at the offset, which is in the statement or behind it. */
export function sqlPosition({ tokens }: Pick<Sql, 'tokens'>, text: string, offset: number): SqlPosition {
  const levels: SqlLevel[] = [level('query', undefined)];
  const before: SqlToken[] = [];
  let at: SqlToken | undefined;
  for (const token of tokens) {
    if (token.offset >= offset) break;
    // Behind a bare word, or within anything.
    const isAt =
      offset < endOf(token) || (offset === endOf(token) && (!token.closed || GROWING.has(token.kind)));
    const isComment =
      token.kind === 'comment' && (isAt || (offset === endOf(token) && text.startsWith('--', token.offset)));
    if (isAt || isComment) {
      at = token;
      break;
    }
    if (token.kind === 'comment') continue;
    read(token, before, levels);
    before.push(token);
  }
  const isName = at?.kind === 'word' || at?.kind === 'name';
  return {
    word: isName ? at : undefined,
    string: at?.kind === 'string' ? at : undefined,
    where: replaced(at, text, offset),
    at,
    before,
    levels,
  };
}

/** A word or a name as a whole, and what is between quotes. An open quote ends where the word does. */
function replaced(at: SqlToken | undefined, text: string, offset: number): Span {
  if (at?.kind === 'word' || at?.kind === 'bad') return { offset: at.offset, length: at.length };
  if (at?.kind !== 'name' && at?.kind !== 'string') return { offset, length: 0 };
  const start = at.kind === 'string' ? at.offset + 1 : at.offset;
  const whole = { offset: start, length: endOf(at) - start - (at.kind === 'string' && at.closed ? 1 : 0) };
  if (at.closed && !/[\r\n]/.test(text.slice(start, endOf(at)))) return whole;
  const line = /^[^\r\n]*/.exec(text.slice(start, endOf(at)))?.[0] ?? '';
  if (offset > start + line.length) return { offset, length: 0 };
  const rest = /^[\w\u0080-\uffff]*/.exec(text.slice(offset, start + line.length))?.[0] ?? '';
  return { offset: start, length: offset + rest.length - start };
}
