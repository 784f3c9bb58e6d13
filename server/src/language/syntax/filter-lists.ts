/** Reads what people write for several values: `in ('a','b')`, `eq 'a','b'`, `between a and b`. */
import { endOf } from '../text/span';
import { comparisonOf, startsOperatorSynonym, synonymOf } from '../vocabulary/filter-words';
import { startsOperand } from './filter-operands';
import {
  adjacent,
  cover,
  type FilterReader,
  isEnd,
  isOperator,
  isText,
  join,
  keyword,
  toWord,
  write,
} from './filter-tokens';
import { readValue, takeDigits } from './filter-value-reader';
import { bareValue, quotedValue } from './filter-values';
import type { Term, Value, Word } from './nodes';
import type { Fix } from './problems';
import type { Token } from './tokens';

/** The words before a list; how many, and where a `not` is among them. */
interface ListWords {
  readonly count: number;
  readonly not: number;
  /** True for words that need several values, as “either” does: before one, they are an operator. */
  readonly isPair?: boolean;
}

/** `in`, and what people say instead, such as `is one of`. */
function listWords(reader: FilterReader): ListWords | undefined {
  const is = keyword(reader.peek(), 'is') || keyword(reader.peek(), 'are') ? 1 : 0;
  const not = keyword(reader.peek(is), 'not') ? is : -1;
  const at = not < 0 ? is : is + 1;
  if (keyword(reader.peek(at), 'in')) return { count: at + 1, not };
  const isSpoken = /^(?:one|any|either|none)$/i.test(reader.peek(at)?.text ?? '') && isText(reader.peek(at));
  if (isSpoken && keyword(reader.peek(at + 1), 'of')) return { count: at + 2, not };
  const isPair = keyword(reader.peek(at), 'either') || keyword(reader.peek(at), 'neither');
  return isPair && not < 0 ? { count: at + 1, not, isPair } : undefined;
}

/** `in ('a','b')`, `not in ('a','b')`, `is one of 'a', 'b'`, and with brackets or without parentheses. */
export function readMembership(reader: FilterReader, field: Word): Term | undefined {
  const start = reader.position;
  const words = listWords(reader);
  if (words === undefined) return undefined;
  const tokens = reader.takeMany(words.count);
  const negation = tokens[words.not];
  const not = negation === undefined ? undefined : toWord(negation);
  const [first, ...rest] = tokens.slice(words.not + 1);
  if (first === undefined) return undefined;
  const operator = toWord(first, ...rest);
  const inParentheses = reader.peek()?.kind === '(';
  const values = isListStart(reader.peek())
    ? readList(reader)
    : readBareList(reader, !keyword(tokens.at(-1), 'in'));
  if (values === undefined || values.length < (words.isPair === true ? 2 : 1)) {
    reader.reset(start);
    return undefined;
  }
  const operand: Term = {
    kind: 'in',
    field,
    operator,
    values,
    inParentheses,
    ...cover(field, reader.last()),
  };
  return not === undefined
    ? operand
    : { kind: 'not', keyword: not, operand, offset: field.offset, length: operand.length };
}

const isListStart = (token: Token | undefined) =>
  token?.kind === '(' || (token?.kind === 'bracket' && token.text === '[');

/** The values between the parentheses that are next; undefined where there is something else between them. */
function readList(reader: FilterReader): Value[] | undefined {
  const start = reader.position;
  const open = reader.take();
  const closer = open.kind === '(' ? ')' : ']';
  const values: Value[] = [];
  for (let token = reader.peek(); token !== undefined; token = reader.peek()) {
    if (token.text === closer && token.kind !== 'string') {
      reader.take();
      return values;
    }
    if (token.kind === ',') reader.take();
    else if (token.kind === 'string') values.push(quotedValue(reader.take()));
    else if (isText(token) && !startsOperand(reader)) {
      const value = readListed(reader);
      if (value !== undefined) values.push(value);
    } else if (join(token) !== undefined) break;
    else {
      reader.reset(start);
      return undefined;
    }
  }
  const last = reader.tokens[reader.position - 1];
  if (last?.kind === 'string' && last.closed !== true) {
    reader.alsoMissing(last, closer);
    return values;
  }
  const end = endOf(reader.last());
  reader.report(
    'bad-arguments',
    open,
    'Close the parenthesis of the list.',
    write(`Insert “${closer}”`, { offset: end, length: 0 }, closer),
  );
  return values;
}

/** `null`, `5`, `First Aid` or `datetime'…'` in a list. */
function readListed(reader: FilterReader): Value | undefined {
  const [token, next] = [reader.peek(), reader.peek(1)];
  if (isText(token) && next?.kind === 'string' && adjacent(token, next)) return readValue(reader);
  const words: Token[] = [];
  while (isText(reader.peek())) words.push(reader.take());
  return bareValue(words);
}

/** `in 'a','b'`, `one of Part Full, Full or Open` */
function readBareList(reader: FilterReader, isSpoken: boolean): Value[] {
  const values: Value[] = [];
  for (let at = 0; at >= 0; at = nextListed(reader, isSpoken)) {
    const count = countListed(reader, at, values.length === 0);
    if (count === 0) break;
    reader.takeMany(at);
    values.push(
      reader.peek()?.kind === 'string' ? quotedValue(reader.take()) : bareValue(reader.takeMany(count)),
    );
  }
  return values;
}

/** How many tokens ahead the next value would be, behind a comma, an “or” or both; -1 where there is none. “and” joins values of `one of` only. */
function nextListed(reader: FilterReader, isSpoken: boolean): number {
  const comma = reader.peek()?.kind === ',' ? 1 : 0;
  const joined = reader.peek(comma);
  const isJoin = join(joined) === 'or' || keyword(joined, 'nor') || (isSpoken && join(joined) === 'and');
  const count = comma + (isJoin ? 1 : 0);
  return count === 0 ? -1 : count;
}

/** More words than a value of a list has. */
const MOST_WORDS = 4;

/** The number of tokens of the value so far ahead; 0 where a condition begins there instead. */
function countListed(reader: FilterReader, at: number, isFirst: boolean): number {
  const token = reader.peek(at);
  if (token?.kind === 'string') return isOperator(reader.peek(at + 1)) && !isFirst ? 0 : 1;
  for (let count = 0; count <= MOST_WORDS; count++) {
    const next = reader.peek(at + count);
    const isMore = isText(next) && !keyword(next, 'nor') && join(next) === undefined;
    if (!isMore) return next === undefined || isEndOfListed(next) || isFirst ? count : 0;
    const isCondition = isOperator(next) || (count > 0 && startsOperatorSynonym(next.text));
    if (isCondition) return isFirst ? Math.min(count, 1) : 0;
  }
  return 0;
}

const isEndOfListed = (token: Token): boolean =>
  token.kind === ',' || token.kind === ')' || join(token) !== undefined || keyword(token, 'nor');

/** Parses `eq ('a')` and `eq ('a','b')`; undefined for anything else. */
export function readParenthesised(reader: FilterReader, field: Word, operator: Word): Term | undefined {
  const open = reader.peek();
  const start = reader.position;
  const values = readList(reader);
  const [value] = values ?? [];
  if (open === undefined || value === undefined || values === undefined) {
    reader.reset(start);
    return undefined;
  }
  const close = reader.last();
  if (values.length > 1)
    return { kind: 'in', field, operator, values, inParentheses: true, ...cover(field, close) };
  reader.report('no-parentheses', cover(open, close), 'One value stands without parentheses. Remove them.', {
    title: 'Remove the parentheses',
    preferred: true,
    edits: [
      { offset: open.offset, length: value.offset - open.offset, text: '' },
      { offset: endOf(value), length: endOf(close) - endOf(value), text: '' },
    ],
  });
  return { kind: 'comparison', field, operator, value, ...cover(field, close) };
}

/** Parses `eq 'a','b'`, a list without its parentheses; undefined for anything else, such as a condition after the comma. */
export function readQuotedList(reader: FilterReader, field: Word, operator: Word): Term | undefined {
  const isListed = (at: number) =>
    reader.peek(at)?.kind === 'string' &&
    !isOperator(reader.peek(at + 1)) &&
    reader.peek(at + 1)?.kind !== 'symbol';
  if (!isListed(0) || reader.peek(1)?.kind !== ',' || !isListed(2)) return undefined;
  const values = [quotedValue(reader.take())];
  while (reader.peek()?.kind === ',' && isListed(1)) {
    reader.take();
    values.push(quotedValue(reader.take()));
  }
  return { kind: 'in', field, operator, values, inParentheses: false, ...cover(field, reader.last()) };
}

/** `eq Full, Open` may be one value with a comma in it, or several: only the user knows. */
export function readBareValues(
  reader: FilterReader,
  field: Word,
  operator: Word,
  value: Value,
): Term | undefined {
  const at = reader.position;
  const known = comparisonOf(operator.text) ?? comparisonOf(synonymOf(operator.text) ?? '');
  if (known === undefined || value.references.length > 0) return undefined;
  if (value.form !== 'text' && value.form !== 'number') return undefined;
  let whole = value.written ?? value.text;
  // People who list with semicolons write a blank behind each.
  const texts = whole.split(/ *;\s+/).filter((text) => text !== '');
  while (reader.peek()?.kind === ',' && isText(reader.peek(1))) {
    const comma = adjacent(reader.take(), reader.peek()) ? ',' : ', ';
    const next = readValue(reader);
    if (next === undefined || next.references.length > 0 || !isEnd(reader)) break;
    const text = next.written ?? next.text;
    texts.push(text);
    whole += comma + text;
  }
  if (texts.length === 1 || !isEnd(reader) || reader.peek()?.kind === ',') {
    reader.reset(at);
    return undefined;
  }
  const where = cover(value, reader.last());
  const quoted = (text: string) => `${field.text} ${known} '${text.replaceAll("'", "''")}'`;
  const [one, many] = [quoted(whole), texts.map(quoted)];
  const all = cover(field, where);
  const rewrite = (text: string): Fix => ({ ...write(`Write ${text}`, all, text), preferred: false });
  const ands = known === 'ne';
  const op = ands ? 'and' : 'or';
  const listed = many.join(` ${op} `);
  const before = join(reader.tokens.findLast((token) => endOf(token) <= field.offset));
  // Beside another join, it depends on the platform which is read first.
  const isAlone = [before, join(reader.peek())].every((each) => each === undefined || each === op);
  // Single words are several values rather than one.
  const isListed = comparisonOf(operator.text) === undefined && texts.every((text) => !text.includes(' '));
  reader.report(
    'missing-quotes',
    where,
    `Write the value in single quotes: ${one}. For several values, write ${listed}.`,
    ...(isAlone && isListed ? [rewrite(listed), rewrite(one)] : [rewrite(one)]),
    ...(isAlone && !isListed ? [rewrite(listed)] : []),
  );
  return { kind: 'bad', tokens: [], ...all };
}

export function readRange(reader: FilterReader, field: Word): Term | undefined {
  const start = reader.position;
  const isSpoken = keyword(reader.peek(), 'is') && keyword(reader.peek(1), 'between');
  if (isSpoken) reader.take();
  const not =
    keyword(reader.peek(), 'not') && keyword(reader.peek(1), 'between') ? toWord(reader.take()) : undefined;
  const isFromTo = not === undefined && keyword(reader.peek(), 'from');
  if (isFromTo || keyword(reader.peek(), 'between')) {
    const operator = toWord(reader.take());
    const low = readBound(reader);
    const isJoined =
      keyword(reader.peek(), 'to') || (join(reader.peek()) === 'and' && reader.peek()?.text !== ';');
    const joined = low !== undefined && isJoined && (!isFromTo || keyword(reader.peek(), 'to'));
    if (joined) reader.take();
    const high = joined ? readBound(reader) : undefined;
    if (low !== undefined && high !== undefined) {
      const range: Term = { kind: 'between', field, operator, low, high, ...cover(field, high) };
      return not === undefined
        ? range
        : { kind: 'not', keyword: not, operand: range, offset: field.offset, length: range.length };
    }
  }
  reader.reset(start);
  return undefined;
}

/** One end of a range: `5`, `1 March 2025`, `'2025-03-01'`. */
function readBound(reader: FilterReader): Value | undefined {
  const token = reader.peek();
  if (token?.kind === 'string') return quotedValue(reader.take());
  if (!isText(token)) return undefined;
  if (reader.peek(1)?.kind === 'string' && adjacent(token, reader.peek(1))) return readValue(reader);
  const called = takeDateCall(reader);
  if (called !== undefined) return called;
  const digits = takeDigits(reader);
  if (digits !== undefined) return digits;
  const words: Token[] = [];
  for (
    let next = reader.peek();
    isText(next) && !isOperator(reader.peek(1)) && !keyword(next, 'to');
    next = reader.peek()
  )
    words.push(reader.take());
  return words.length === 0 ? undefined : bareValue(words);
}

/** `DATE(2026,1,31)` and `TODAY()+30`, as spreadsheets write days; undefined, with nothing read, for other calls. */
function takeDateCall(reader: FilterReader): Value | undefined {
  const start = reader.position;
  const [name, open] = [reader.peek(), reader.peek(1)];
  if (!isText(name) || open?.kind !== '(' || !adjacent(name, open)) return undefined;
  const tokens = [reader.take(), ...reader.takeBracketed()];
  const step = reader.peek();
  if (isText(step) && /^[+-]\d+$/.test(step.text)) tokens.push(reader.take());
  const written = tokens.map(({ text }) => text).join('');
  const [, year, month = '', day = ''] = /^date\((\d{4}),(\d{1,2}),(\d{1,2})\)$/i.exec(written) ?? [];
  const text = year === undefined ? written : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (year !== undefined || /^\w+\(\)(?:[+-]\d+)?$/.test(written))
    return { ...bareValue(tokens, ''), form: 'text', text };
  reader.reset(start);
  return undefined;
}
