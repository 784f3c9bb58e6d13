/** Parses `field op value`, and what people write like it: `field in (…)`, `field between a and b`, `field is empty`. */
import { endOf } from '../text/span';
import {
  comparisonOf,
  emptinessOf,
  functionOf,
  startsOperatorSynonym,
  synonymOf,
  unsupportedOperatorOf,
} from '../vocabulary/filter-words';
import { readOperand, startsOperand, takePrefixed } from './filter-operands';
import {
  adjacent,
  cover,
  type FilterReader,
  isOperator,
  isText,
  isWord,
  join,
  keyword,
  toWord,
  write,
} from './filter-tokens';
import { bareValue, isLiteral, isNumber, isPrefix, quotedValue } from './filter-values';
import type { Comparison, Operand, Term, Value, Word } from './nodes';
import type { Token } from './tokens';

/** More words than a field's label has. */
const MAX_FIELD_WORDS = 6;
const MAX_OPERATOR_WORDS = 6;

export function readComparison(reader: FilterReader): Term {
  const field = takeField(reader);
  if (isEnd(reader) || startsCondition(reader)) {
    // A variable on its own may stand for a whole condition.
    if (field.references.length > 0)
      return { kind: 'opaque', word: field, offset: field.offset, length: field.length };
    return { kind: 'comparison', field, operator: undefined, value: undefined, ...cover(field, field) };
  }
  const special = readMembership(reader, field) ?? readRange(reader, field);
  if (special !== undefined) return special;
  const operator = takeOperator(reader);
  if (operator === undefined) return withoutOperator(reader, field);
  return readRightSide(reader, field, operator);
}

const isEnd = (reader: FilterReader): boolean => {
  const next = reader.peek();
  return (
    next === undefined ||
    next.kind === ')' ||
    next.kind === ',' ||
    (join(next) !== undefined && next.text !== '|' && next.text !== '&')
  );
};

/** A field, or the words of its label as in `Start Date ge '2025-01-01'`: the metadata know whether it is one. */
function takeField(reader: FilterReader): Word {
  let count = 1;
  while (count < MAX_FIELD_WORDS && isPlainWord(reader.peek(count))) count++;
  const spoken = count > 1 && count < MAX_FIELD_WORDS && isOperator(reader.peek(count));
  const [first, ...rest] = reader.takeMany(spoken ? count : 1);
  return toWord(first ?? reader.take(), ...rest);
}

const isPlainWord = (token: Token | undefined): boolean =>
  isText(token) &&
  comparisonOf(token.text) === undefined &&
  functionOf(token.text) === undefined &&
  unsupportedOperatorOf(token.text) === undefined &&
  !startsOperatorSynonym(token.text);

/** True when a condition of its own comes next, as in `Label contains(Overview,'aid')`. */
function startsCondition(reader: FilterReader): boolean {
  const [word, second, third] = [reader.peek(), reader.peek(1), reader.peek(2)];
  return (
    isText(word) &&
    second?.kind === '(' &&
    functionOf(word.text) !== undefined &&
    isText(third) &&
    reader.peek(3)?.kind === ','
  );
}

function withoutOperator(reader: FilterReader, field: Word): Comparison {
  const isPlain = !startsOperand(reader) && !isLiteral(field.text) && comparisonOf(field.text) === undefined;
  const value = reader.peek()?.kind === 'string' || isText(reader.peek()) ? readValue(reader) : undefined;
  reader.report(
    'missing-operator',
    field,
    `Write an operator between “${field.text}” and its value: eq, ne, lt, le, gt or ge.`,
    ...(value === undefined || !isPlain
      ? []
      : [write('Insert “eq”', { offset: endOf(field), length: 0 }, 'eq')]),
  );
  return { kind: 'comparison', field, operator: undefined, value, ...cover(field, value ?? field) };
}

function readRightSide(reader: FilterReader, field: Word, operator: Word): Term {
  if (emptinessOf(operator.text) !== undefined)
    return { kind: 'comparison', field, operator, value: undefined, ...cover(field, operator) };
  const listed = reader.peek()?.kind === '(' ? readParenthesised(reader, field, operator) : undefined;
  if (listed !== undefined) return listed;
  if (startsOperand(reader)) {
    const right = readOperand(reader);
    return { kind: 'foreign', left: asOperand(field), operator, right, parts: [], ...cover(field, right) };
  }
  const value = readValue(reader);
  if (value === undefined) {
    reader.report(
      'missing-value',
      operator,
      `Write a value after “${operator.text}”, in single quotes: ${comparisonOf(operator.text) ?? 'eq'} 'value'.`,
    );
  }
  return { kind: 'comparison', field, operator, value, ...cover(field, value ?? operator) };
}

const asOperand = (word: Word): Operand => ({
  ...word,
  kind: 'value',
  form: word.references.length > 0 ? 'variable' : 'text',
  closed: true,
  prefix: undefined,
});

/** An operator of the API, an unsupported one, or what people write instead. */
export function takeOperator(reader: FilterReader): Word | undefined {
  const token = reader.peek();
  if (token?.kind === 'symbol') return toWord(reader.take());
  if (!isText(token)) return undefined;
  if (comparisonOf(token.text) !== undefined || unsupportedOperatorOf(token.text) !== undefined)
    return toWord(reader.take());
  // `Status in` and `Status not in`, without a list.
  if (keyword(token, 'in')) return toWord(reader.take());
  if (keyword(token, 'not') && keyword(reader.peek(1), 'in')) return takeWords(reader, 2);
  // The longest known phrase, as in `is greater than 'x'`; else the words before a quoted value.
  const words: Token[] = [];
  for (
    let next = reader.peek();
    isText(next) && words.length < MAX_OPERATOR_WORDS;
    next = reader.peek(words.length)
  )
    words.push(next);
  if (startsOperatorSynonym(token.text)) {
    for (let count = words.length; count > 0; count--) {
      const phrase = words
        .slice(0, count)
        .map((word) => word.text)
        .join(' ');
      // `not` in `not like` is not the operator `ne`.
      if (count === 1 && keyword(token, 'not') && words.length > 1) break;
      if (synonymOf(phrase) !== undefined || emptinessOf(phrase) !== undefined)
        return takeWords(reader, count);
    }
  }
  const follower = reader.peek(words.length);
  const second = words[1];
  if (
    follower?.kind === 'string' &&
    words.length <= 2 &&
    !adjacent(words.at(-1) ?? token, follower) &&
    (second === undefined || comparisonOf(second.text) === undefined)
  )
    return takeWords(reader, words.length);
  // In `Cost foo 5`, one odd word before a number can only be meant as an operator.
  if (words.length === 2 && second !== undefined && isNumber(second.text) && !isNumber(token.text))
    return toWord(reader.take());
  return undefined;
}

function takeWords(reader: FilterReader, count: number): Word {
  const [first, ...rest] = reader.takeMany(count);
  return toWord(first ?? reader.take(), ...rest);
}

/** `in ('a','b')`, `not in ('a','b')`, and with brackets or without parentheses. */
function readMembership(reader: FilterReader, field: Word): Term | undefined {
  const start = reader.position;
  const not =
    keyword(reader.peek(), 'not') && keyword(reader.peek(1), 'in') ? toWord(reader.take()) : undefined;
  if (!keyword(reader.peek(), 'in')) return undefined;
  const operator = toWord(reader.take());
  const values = isListStart(reader.peek()) ? readList(reader) : readBareList(reader);
  if (values === undefined || values.length === 0) {
    reader.reset(start);
    return undefined;
  }
  const operand: Term = { kind: 'in', field, operator, values, ...cover(field, reader.last()) };
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
    if (comma?.kind !== ',' || !(next?.kind === 'string' || (isText(next) && !isOperator(beyond)))) break;
    reader.take();
  }
  return values;
}

/** Parses `eq ('a')` and `eq ('a','b')`; undefined for anything else. */
function readParenthesised(reader: FilterReader, field: Word, operator: Word): Term | undefined {
  const open = reader.peek();
  const start = reader.position;
  const values = readList(reader);
  const [value] = values ?? [];
  if (open === undefined || value === undefined || values === undefined) {
    reader.reset(start);
    return undefined;
  }
  const close = reader.last();
  if (values.length > 1) return { kind: 'in', field, operator, values, ...cover(field, close) };
  reader.report(
    'no-parentheses',
    cover(open, close),
    'The API has no parentheses here. Write the value without them.',
    {
      title: 'Remove the parentheses',
      preferred: true,
      edits: [
        { offset: open.offset, length: value.offset - open.offset, text: '' },
        { offset: endOf(value), length: endOf(close) - endOf(value), text: '' },
      ],
    },
  );
  return { kind: 'comparison', field, operator, value, ...cover(field, close) };
}

function readRange(reader: FilterReader, field: Word): Term | undefined {
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

/** The value after an operator: quoted text, or the bare words up to the next join or condition. */
export function readValue(reader: FilterReader): Value | undefined {
  const [token, next] = [reader.peek(), reader.peek(1)];
  if (token?.kind === 'string') return quotedValue(reader.take());
  if (!isText(token)) return undefined;
  if (next?.kind === 'string' && adjacent(token, next)) {
    if (isPrefix(token.text)) return takePrefixed(reader);
    // `O'Neill` without quotes around it.
    const [start, rest] = [reader.take(), reader.take()];
    reader.excuse(rest);
    return {
      ...bareValue([start]),
      form: 'text',
      text: `${start.text}'${rest.text}`,
      references: [...start.references, ...rest.references],
      ...cover(start, rest),
    };
  }
  const digits = takeDigits(reader);
  if (digits !== undefined) return digits;
  const words = [reader.take()];
  for (let word = reader.peek(); isText(word); word = reader.peek()) {
    const after = reader.peek(1);
    if (after?.kind === '(' && !adjacent(word, after) && functionOf(word.text) === undefined) {
      // `First Aid (Level 2)`
      words.push(reader.take(), ...reader.takeBracketed());
      continue;
    }
    if (after?.kind === '(' || after?.kind === 'symbol' || isOperator(after)) break;
    if (after?.kind === 'string' && !adjacent(word, after)) break;
    words.push(reader.take());
  }
  return bareWords(words);
}

/** Words as one value; parentheses in it have no spaces inside. */
function bareWords(words: readonly Token[]): Value {
  const value = bareValue(words);
  return value.text.includes('(')
    ? { ...value, text: value.text.replace(/\( | (?=\))/g, (s) => s.trim()) }
    : value;
}

/** `5,50`, `1,000` and `1.000,50`: the comma belongs to the number. */
function takeDigits(reader: FilterReader): Value | undefined {
  let count = 1;
  const isGroup = (at: number) => {
    const [comma, digits, before] = [reader.peek(at), reader.peek(at + 1), reader.peek(at - 1)];
    return (
      before !== undefined &&
      comma?.kind === ',' &&
      isWord(digits) &&
      /^\d+(?:\.\d+)?$/.test(digits.text) &&
      adjacent(before, comma) &&
      adjacent(comma, digits)
    );
  };
  if (!/^[£$€+-]*(?:\d+|\d{1,3}(?:\.\d{3})+)$/.test(reader.peek()?.text ?? '')) return undefined;
  while (isGroup(count)) count += 2;
  return count === 1 ? undefined : { ...bareValue(reader.takeMany(count), ''), form: 'text' };
}
