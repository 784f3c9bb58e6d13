/** Parses `field op value`, and what people write like it: `field in (…)`, `field between a and b`, `field is empty`. */
import { endOf } from '../text/span';
import {
  comparisonOf,
  emptinessOf,
  functionOf,
  isNegatedSearch,
  startsOperatorSynonym,
  synonymOf,
  turnsMeaning,
  unsupportedOperatorOf,
} from '../vocabulary/filter-words';
import { readShortNegation } from './filter-ends';
import { readBareValues, readMembership, readParenthesised, readQuotedList, readRange } from './filter-lists';
import { readOperand, startsOperand } from './filter-operands';
import { readPeriod } from './filter-periods';
import { readEnds } from './filter-ranges';
import {
  adjacent,
  cover,
  type FilterReader,
  isEnd,
  isOperator,
  isText,
  keyword,
  toWord,
  write,
} from './filter-tokens';
import { readValue } from './filter-value-reader';
import { isLiteral, isNumber } from './filter-values';
import type { Comparison, Operand, Term, Word } from './nodes';
import type { Fix } from './problems';
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
  const special =
    readPeriod(reader, field) ??
    readEnds(reader, field) ??
    readMembership(reader, field) ??
    readRange(reader, field);
  if (special !== undefined) return special;
  const shortened = readShortNegation(reader, field);
  if (shortened !== undefined) return shortened;
  const operator = takeOperator(reader);
  if (operator === undefined) return withoutOperator(reader, field);
  return readRightSide(reader, field, operator);
}

/** A field, or the words of its label as in `Start Date ge '2025-01-01'`: the metadata know whether it is one. */
function takeField(reader: FilterReader): Word {
  let count = 1;
  while (count < MAX_FIELD_WORDS && isPlainWord(reader.peek(count)) && phraseAt(reader, count) === 0) count++;
  const spoken = count > 1 && count < MAX_FIELD_WORDS && isOperatorAt(reader, count);
  const [first, ...rest] = reader.takeMany(spoken ? count : 1);
  return toWord(first ?? reader.take(), ...rest);
}

const isPlainWord = (token: Token | undefined): boolean =>
  isText(token) &&
  comparisonOf(token.text) === undefined &&
  functionOf(token.text) === undefined &&
  unsupportedOperatorOf(token.text) === undefined;

const isPhrase = (phrase: string): boolean =>
  synonymOf(phrase) !== undefined || emptinessOf(phrase) !== undefined || isNegatedSearch(phrase);

/** How many words from there on are what people write for an operator, such as `is greater than`; the longest such phrase. */
function phraseAt(reader: FilterReader, ahead: number): number {
  const first = reader.peek(ahead);
  if (!isText(first) || !startsOperatorSynonym(first.text)) return 0;
  let [count, phrase] = [0, ''];
  for (let at = 0; at < MAX_OPERATOR_WORDS; at++) {
    const token = reader.peek(ahead + at);
    if (!isText(token)) break;
    phrase = phrase === '' ? token.text : `${phrase} ${token.text}`;
    if (isPhrase(phrase)) count = at + 1;
  }
  return count;
}

/** `eq`, `>` or `is`, with something behind it, or what asks for nothing, such as `is empty`. */
function isOperatorAt(reader: FilterReader, ahead: number): boolean {
  const token = reader.peek(ahead);
  if (isOperator(token)) return true;
  if (token?.kind === 'symbol') return comparisonOf(synonymOf(token.text) ?? '') !== undefined;
  return phraseAt(reader, ahead) > 0;
}

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
  const isPlain =
    !keyword(reader.peek(), 'not') &&
    !startsOperand(reader) &&
    !isLiteral(field.text) &&
    comparisonOf(field.text) === undefined &&
    synonymOf(field.text) === undefined;
  const shortened = shortenedNot(reader);
  const value = reader.peek()?.kind === 'string' || isText(reader.peek()) ? readValue(reader) : undefined;
  // What goes on with a comma is a list, which “eq” can't be followed by.
  const isSure = isPlain && value !== undefined && reader.peek()?.kind !== ',' && !turnsMeaning(value.text);
  const insertion = isSure ? [write('Insert “eq”', { offset: endOf(field), length: 0 }, 'eq')] : [];
  reader.report(
    'missing-operator',
    field,
    `Write an operator between “${field.text}” and its value: eq, ne, lt, le, gt or ge.`,
    ...(shortened === undefined ? insertion : [shortened]),
  );
  return { kind: 'comparison', field, operator: undefined, value, ...cover(field, value ?? field) };
}

/** Writes `ne` for `isn't`, whose apostrophe begins a text. */
function shortenedNot(reader: FilterReader): Fix | undefined {
  const [word, quoted] = [reader.peek(), reader.peek(1)];
  const isShort = isText(word) && /^(?:is|are)n$/i.test(word.text) && quoted?.kind === 'string';
  if (!isShort || !adjacent(word, quoted) || !/^t\s/i.test(quoted.text)) return undefined;
  return write(`Replace “${word.text}'t” with “ne”`, { offset: word.offset, length: word.length + 2 }, 'ne');
}

function readRightSide(reader: FilterReader, field: Word, first: Word): Term {
  const operator = withSymbolsBehind(reader, first);
  if (emptinessOf(operator.text) !== undefined)
    return { kind: 'comparison', field, operator, value: undefined, ...cover(field, operator) };
  skipSecondOperator(reader, operator);
  const listed =
    reader.peek()?.kind === '('
      ? readParenthesised(reader, field, operator)
      : readQuotedList(reader, field, operator);
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
  const several = value === undefined ? undefined : readBareValues(reader, field, operator, value);
  if (several !== undefined) return several;
  return { kind: 'comparison', field, operator, value, ...cover(field, value ?? operator) };
}

/** `=~=`, which nobody knows, with all its signs. */
function withSymbolsBehind(reader: FilterReader, operator: Word): Word {
  const signs: Token[] = [];
  for (
    let next = reader.peek();
    /^\W+$/.test(operator.text) && next?.kind === 'symbol' && adjacent(reader.last(), next);
    next = reader.peek()
  )
    signs.push(reader.take());
  return signs.length === 0
    ? operator
    : {
        ...cover(operator, signs.at(-1) ?? operator),
        text: operator.text + signs.map(({ text }) => text).join(''),
        references: [],
      };
}

/** `eq eq 'Full'`, `= eq 5`: the second operator is reported, and left out. */
function skipSecondOperator(reader: FilterReader, operator: Word): void {
  const [second, value] = [reader.peek(), reader.peek(1)];
  if (second === undefined || !isPlainValue(value)) return;
  if (comparisonOf(operator.text) === 'eq' && keyword(second, 'not')) {
    reader.take();
    const both = cover(operator, second);
    reader.report('unexpected-text', both, 'Write ne instead of “eq not”.', write('Write ne', both, 'ne'));
    return;
  }
  const meant = operatorIn(second);
  if (meant === undefined) return;
  reader.take();
  const same = meant === (comparisonOf(operator.text) ?? synonymOf(operator.text));
  reader.report(
    'unexpected-text',
    second,
    same
      ? `The operator is there twice. Remove “${second.text}”.`
      : `A condition has one operator, but here are “${operator.text}” and “${second.text}”. Remove one of them.`,
    ...(same ? [write(`Remove “${second.text}”`, second, '')] : []),
  );
}

const operatorIn = (token: Token | undefined) =>
  isText(token) || token?.kind === 'symbol'
    ? (comparisonOf(token.text) ?? (token.kind === 'symbol' ? synonymOf(token.text) : undefined))
    : undefined;

/** True for what can be nothing but a value: quoted, a number, a truth value, a variable. */
const isPlainValue = (token: Token | undefined): boolean =>
  token?.kind === 'string' || (isText(token) && (isLiteral(token.text) || token.references.length > 0));

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
  const isSpoken = phraseAt(reader, 0) > 1;
  if (
    comparisonOf(token.text) !== undefined ||
    (unsupportedOperatorOf(token.text) !== undefined && !isSpoken)
  )
    return toWord(reader.take());
  // `Status not = 'Full'`
  const sign = reader.peek(1);
  if (keyword(token, 'not') && sign?.kind === 'symbol' && synonymOf(`not ${sign.text}`) !== undefined)
    return takeWords(reader, 2);
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
      if (count === 1 && keyword(token, 'not') && startsOperator(words[1])) break;
      if (isPhrase(phrase)) return takeWords(reader, count);
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

const startsOperator = (token: Token | undefined): boolean =>
  token !== undefined &&
  (startsOperatorSynonym(token.text) ||
    comparisonOf(token.text) !== undefined ||
    unsupportedOperatorOf(token.text) !== undefined);

function takeWords(reader: FilterReader, count: number): Word {
  const [first, ...rest] = reader.takeMany(count);
  return toWord(first ?? reader.take(), ...rest);
}
