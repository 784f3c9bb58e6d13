/** Reads what people write for several values: `in ('a','b')`, `eq 'a','b'`, `between a and b`. */
import { endOf } from '../text/span';
import { comparisonOf } from '../vocabulary/filter-words';
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

/** `in ('a','b')`, `not in ('a','b')`, and with brackets or without parentheses. */
export function readMembership(reader: FilterReader, field: Word): Term | undefined {
  const start = reader.position;
  const not =
    keyword(reader.peek(), 'not') && keyword(reader.peek(1), 'in') ? toWord(reader.take()) : undefined;
  if (!keyword(reader.peek(), 'in')) return undefined;
  const operator = toWord(reader.take());
  const inParentheses = reader.peek()?.kind === '(';
  const values = isListStart(reader.peek()) ? readList(reader) : readBareList(reader);
  if (values === undefined || values.length === 0) {
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

/** `in 'a','b'` */
function readBareList(reader: FilterReader): Value[] {
  const values: Value[] = [];
  while (true) {
    const [token, after] = [reader.peek(), reader.peek(1)];
    const isValue =
      token?.kind === 'string' || (isText(token) && (values.length === 0 || !isOperator(after)));
    if (!isValue || (isText(token) && after?.kind === '(')) break;
    values.push(token.kind === 'string' ? quotedValue(reader.take()) : bareValue([reader.take()]));
    const [comma, next, beyond] = [reader.peek(), reader.peek(1), reader.peek(2)];
    const isNext = next?.kind === 'string' || (isText(next) && !isOperator(beyond) && beyond?.kind !== '(');
    if (comma?.kind !== ',' || !isNext) break;
    reader.take();
  }
  return values;
}

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
  if (comparisonOf(operator.text) === undefined || value.references.length > 0) return undefined;
  if (value.form !== 'text' && value.form !== 'number') return undefined;
  const texts = [value.text];
  while (reader.peek()?.kind === ',' && isText(reader.peek(1))) {
    reader.take();
    const next = readValue(reader);
    if (next === undefined || next.references.length > 0 || !isEnd(reader)) break;
    texts.push(next.text);
  }
  if (texts.length === 1 || !isEnd(reader) || reader.peek()?.kind === ',') {
    reader.reset(at);
    return undefined;
  }
  const where = cover(value, reader.last());
  const quoted = (text: string) =>
    `${field.text} ${operator.text.toLowerCase()} '${text.replaceAll("'", "''")}'`;
  const [one, many] = [quoted(texts.join(', ')), texts.map(quoted)];
  const all = cover(field, where);
  const rewrite = (text: string): Fix => ({ ...write(`Write ${text}`, all, text), preferred: false });
  const ands = comparisonOf(operator.text) === 'ne';
  const op = ands ? 'and' : 'or';
  const listed = many.join(` ${op} `);
  const before = join(reader.tokens.findLast((token) => endOf(token) <= field.offset));
  // Beside another join, it depends on the platform which is read first.
  const isAlone = [before, join(reader.peek())].every((each) => each === undefined || each === op);
  reader.report(
    'missing-quotes',
    where,
    `Write the value in single quotes: ${one}. For several values, write ${listed}.`,
    rewrite(one),
    ...(isAlone ? [rewrite(listed)] : []),
  );
  return { kind: 'bad', tokens: [], ...all };
}

export function readRange(reader: FilterReader, field: Word): Term | undefined {
  const start = reader.position;
  const not =
    keyword(reader.peek(), 'not') && keyword(reader.peek(1), 'between') ? toWord(reader.take()) : undefined;
  if (keyword(reader.peek(), 'between')) {
    const operator = toWord(reader.take());
    const low = readBound(reader);
    const joined = low !== undefined && (keyword(reader.peek(), 'and') || reader.peek()?.text === '&&');
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
  const digits = takeDigits(reader);
  if (digits !== undefined) return digits;
  const words: Token[] = [];
  for (let next = reader.peek(); isText(next) && !isOperator(reader.peek(1)); next = reader.peek())
    words.push(reader.take());
  return words.length === 0 ? undefined : bareValue(words);
}
