/** What people write with the field in the middle or at the end: `100 < Cost < 200`, `no VenueTown`. */
import { comparisonOf, type ComparisonOperator, synonymOf } from '../vocabulary/filter-words';
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
import { readValue } from './filter-value-reader';
import type { Operand, Term, Word } from './nodes';
import type { Token } from './tokens';

const TURNED: Partial<Record<ComparisonOperator, ComparisonOperator>> = {
  lt: 'gt',
  le: 'ge',
  gt: 'lt',
  ge: 'le',
};

const isEnding = (operator: ComparisonOperator | undefined): boolean =>
  operator !== undefined && TURNED[operator] !== undefined;

const meant = (text: string): ComparisonOperator | undefined =>
  comparisonOf(text) ?? comparisonOf(synonymOf(text) ?? '');

/** `100 < Cost < 200`, of which the first three words have been read; undefined, with nothing read, for anything else. */
export function readBothEnds(
  reader: FilterReader,
  left: Operand,
  operator: Word,
  right: Operand,
): Term | undefined {
  const start = reader.position;
  const first = TURNED[meant(operator.text) ?? 'eq'];
  const sign = reader.peek();
  const second = sign?.kind === 'symbol' || isText(sign) ? meant(sign.text) : undefined;
  if (left.kind !== 'value' || right.kind !== 'value' || right.form !== 'text') return undefined;
  if (first === undefined || second === undefined || TURNED[second] === undefined) return undefined;
  reader.take();
  const value = readValue(reader);
  if (value === undefined || !isEnd(reader) || value.references.length + left.references.length > 0) {
    reader.reset(start);
    return undefined;
  }
  const written = (op: ComparisonOperator, text: string) =>
    `${right.text} ${op} '${text.replaceAll("'", "''")}'`;
  const better = `${written(first, left.text)} and ${written(second, value.text)}`;
  const where = cover(left, value);
  // Beside “or”, it depends on the platform which is read first.
  const before = join(reader.tokens.findLast(({ offset }) => offset < left.offset));
  const isAlone = before !== 'or' && join(reader.peek()) !== 'or';
  reader.report('unexpected-text', where, `A condition compares once. Write ${better}.`, {
    ...write(`Rewrite to ${better}`, where, better),
    preferred: isAlone,
  });
  return { kind: 'bad', tokens: [], ...where };
}

/**
 * `< 1000` behind `Cost > 500`, with or without “and”: a condition that lacks its field, which is that of the one before.
 * Undefined, with nothing read, for anything else.
 */
export function readFieldless(
  reader: FilterReader,
  before: Term | undefined,
  isJoined: boolean,
): Term | undefined {
  const [sign, next] = [reader.peek(), reader.peek(1)];
  if (before?.kind !== 'comparison' || before.operator === undefined) return undefined;
  if (sign === undefined || next === undefined || !(next.kind === 'string' || isText(next))) return undefined;
  const isSign = sign.kind === 'symbol' || (isOperator(sign) && !isOperator(next));
  const own = meant(sign.text);
  // Without “and”, only the other end of a range is clear.
  const isRange = isEnding(own) && isEnding(meant(before.operator.text));
  if (!isSign || own === undefined || !(isJoined || isRange)) return undefined;
  const { field } = before;
  const operator = toWord(reader.take());
  const value = readValue(reader);
  const where = cover(operator, value ?? operator);
  const text = `${isJoined ? '' : 'and '}${field.text} `;
  reader.report(
    'missing-operator',
    where,
    `Each condition has a field of its own: write ${field.text} before “${operator.text}”, too.`,
    write(`Write ${field.text} before “${operator.text}”`, { offset: operator.offset, length: 0 }, text),
  );
  return { kind: 'bad', tokens: [], ...where };
}

/** `no VenueTown`, `without VenueTown`: that it is empty. Undefined, with nothing read, for anything else. */
export function readLacking(reader: FilterReader): Term | undefined {
  const [word, name] = [reader.peek(), reader.peek(1)];
  if (!isText(word) || !isText(name) || !(keyword(word, 'no') || keyword(word, 'without'))) return undefined;
  if (!isEndBehind(reader.peek(2)) || meant(name.text) !== undefined) return undefined;
  const operator: Word = { ...toWord(reader.take()), text: 'is empty' };
  const field = toWord(reader.take());
  return { kind: 'comparison', field, operator, value: undefined, ...cover(word, name) };
}

const isEndBehind = (token: Token | undefined): boolean =>
  token === undefined || token.kind === ')' || token.kind === ',' || join(token) !== undefined;

/** `doesn't contain aid`: the apostrophe opens a text, which may swallow all that follows. */
export function readShortNegation(reader: FilterReader, field: Word): Term | undefined {
  const [word, text] = [reader.peek(), reader.peek(1)];
  if (!isText(word) || !/^do(?:es)?n$/i.test(word.text)) return undefined;
  if (text?.kind !== 'string' || !adjacent(word, text)) return undefined;
  if (!/^t (?:contain|include|start|begin|end|match)/i.test(text.text)) return undefined;
  const tokens = reader.takeMany(reader.tokens.length);
  for (const token of tokens) reader.excuse(token);
  const where = cover(word, tokens.at(-1) ?? word);
  reader.report(
    'unknown-operator',
    where,
    'The API can’t ask for texts without something. Leave this out, and filter the results instead.',
  );
  return { kind: 'bad', tokens: [], ...cover(field, where) };
}
