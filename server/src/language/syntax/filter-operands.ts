/**
 * What OData allows on either side of an operator: functions, arithmetic, parentheses, lists. The API has none of it, but
 * what is read whole gets one message, and often an equivalent.
 */
import { arithmeticOf, isODataFunction } from '../vocabulary/filter-words';
import { adjacent, cover, type FilterReader, isText, isWord, join, MAX_DEPTH, toWord } from './filter-tokens';
import { bareValue, isPrefix, quotedValue } from './filter-values';
import type { Call, Operand, Value, Word } from './nodes';
import type { Token } from './tokens';

/** True where more than a plain value comes next. */
export function startsOperand(reader: FilterReader): boolean {
  const [token, next] = [reader.peek(), reader.peek(1)];
  if (token === undefined) return false;
  if (token.kind === 'bracket') return true;
  if (token.kind === '(') return true;
  if (isText(token) && next?.kind === '(') return adjacent(token, next) || isODataFunction(token.text);
  return (isText(token) || token.kind === 'string') && isArithmetic(reader, 1);
}

/** True where the token `ahead` is an operator of arithmetic with something after it. */
export function isArithmetic(reader: FilterReader, ahead: number): boolean {
  const [operator, after] = [reader.peek(ahead), reader.peek(ahead + 1)];
  return (
    isWord(operator) &&
    arithmeticOf(operator.text) !== undefined &&
    after !== undefined &&
    join(after) === undefined &&
    (isWord(after) || after.kind === '(' || after.kind === 'string')
  );
}

/** Reads an operand: `now() sub duration'P1D'`, `year(StartDate)`, `(Cost)`. */
export function readOperand(reader: FilterReader): Operand {
  let left = readPrimary(reader);
  while (true) {
    const token = reader.peek();
    if (isArithmetic(reader, 0)) {
      const operator = toWord(reader.take());
      const right = withUnit(reader, readPrimary(reader));
      left = { kind: 'arithmetic', left, operator, right, ...cover(left, right) };
    } else if (left.kind === 'call' && isWord(token) && /^[+-]\d/.test(token.text)) {
      // `TODAY()+30`
      const [operator, right] = signed(reader.take());
      left = { kind: 'arithmetic', left, operator, right, ...cover(left, right) };
    } else return left;
  }
}

/** `30 days` */
function withUnit(reader: FilterReader, amount: Operand): Operand {
  const unit = reader.peek();
  if (amount.kind !== 'value' || amount.form !== 'number' || !isText(unit)) return amount;
  if (!/^(?:hour|day|week|month|year)s?$/i.test(unit.text)) return amount;
  reader.take();
  return { ...amount, form: 'text', text: `${amount.text} ${unit.text}`, ...cover(amount, unit) };
}

function signed(token: Token): [Word, Value] {
  const rest: Token = {
    ...token,
    text: token.text.slice(1),
    offset: token.offset + 1,
    length: token.length - 1,
  };
  return [toWord({ ...token, text: token.text.slice(0, 1), length: 1 }), bareValue([rest])];
}

function readPrimary(reader: FilterReader): Operand {
  const [token, next] = [reader.peek(), reader.peek(1)];
  if (token === undefined) return { kind: 'odd', text: '', ...reader.last(), length: 0 };
  if (token.kind === 'string') return quotedValue(reader.take());
  if (token.kind === 'bracket') return odd(reader.takeBracketed());
  if (token.kind === '(') return readParenthesised(reader);
  if (!isText(token)) return odd([reader.take()]);
  if (next?.kind === 'string' && adjacent(token, next) && isPrefix(token.text)) return takePrefixed(reader);
  if (next?.kind === '(') return readCall(reader);
  return bareValue([reader.take()]);
}

/** `datetime'2025-01-01'` */
export function takePrefixed(reader: FilterReader): Value {
  const [prefix, string] = [reader.take(), reader.take()];
  return { ...quotedValue(string), prefix: prefix.text, ...cover(prefix, string) };
}

const odd = (tokens: readonly Token[]): Operand => {
  const [first, last] = [tokens[0], tokens.at(-1)];
  const where = first === undefined || last === undefined ? { offset: 0, length: 0 } : cover(first, last);
  return { kind: 'odd', text: tokens.map(({ text }) => text).join(' '), ...where };
};

function readParenthesised(reader: FilterReader): Operand {
  const start = reader.position;
  if (reader.depth >= MAX_DEPTH) return odd(reader.takeBracketed());
  const open = reader.take();
  reader.depth++;
  const inner = readOperand(reader);
  reader.depth--;
  if (reader.peek()?.kind === ')') return { kind: 'parenthesised', inner, ...cover(open, reader.take()) };
  reader.reset(start);
  return odd(reader.takeBracketed());
}

/** `name(…)`; what follows with a slash belongs to it, as in `$root/People('x')/Name`. */
function readCall(reader: FilterReader): Call {
  const name = toWord(reader.take());
  if (reader.depth >= MAX_DEPTH) {
    const skipped = reader.takeBracketed();
    return { kind: 'call', closed: false, name, arguments: [], ...cover(name, skipped.at(-1) ?? name) };
  }
  const end = reader.closerOf();
  const stop = end === undefined ? reader.tokens.length : reader.position + end;
  reader.take();
  reader.depth++;
  const args: Operand[] = [];
  while (reader.position < stop) {
    if (reader.peek()?.kind === ',') {
      reader.take();
      continue;
    }
    args.push(readArgument(reader, stop));
  }
  reader.depth--;
  if (reader.peek() !== undefined) reader.take();
  const tail = reader.peek();
  const after =
    isText(tail) && adjacent(reader.last(), tail) && tail.text.startsWith('/') ? reader.take() : undefined;
  return {
    kind: 'call',
    closed: end !== undefined,
    name,
    arguments: args,
    ...cover(name, after ?? reader.last()),
  };
}

/** One argument; what is no operand, such as the condition of `any(t: t eq 'x')`, is kept as text. */
function readArgument(reader: FilterReader, stop: number): Operand {
  const start = reader.position;
  const operand = readOperand(reader);
  if (reader.position === stop || (reader.position < stop && reader.peek()?.kind === ',')) return operand;
  reader.reset(start);
  const tokens: Token[] = [];
  while (reader.position < stop && reader.peek()?.kind !== ',') {
    const opens = reader.closerOf();
    for (const token of reader.takeMany(opens === undefined ? 1 : opens + 1)) tokens.push(token);
  }
  return odd(tokens);
}
