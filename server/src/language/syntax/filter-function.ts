/** Parses `contains(field,'text')` and its like. */
import { between, endOf } from '../text/span';
import { isArithmetic } from './filter-operands';
import { cover, type FilterReader, isOperator, isWord, join, toWord, write } from './filter-tokens';
import { readValue } from './filter-value-reader';
import { bareValue, quotedValue } from './filter-values';
import type { Argument, Term, Value, Word } from './nodes';
import type { Token } from './tokens';

/** Returns undefined, and takes nothing, where an argument is more than a field or a value. */
export function readFunction(reader: FilterReader): Term | undefined {
  const close = reader.closerOf(1);
  if (close !== undefined && isNested(reader, close)) return undefined;
  const name = reader.take();
  const open = reader.take();
  const parts = takeArguments(reader, close === undefined ? undefined : reader.position + close - 2);
  const end = close === undefined ? undefined : reader.take();
  if (end === undefined) reportOpen(reader, name, open, parts);
  let where = cover(name, end ?? reader.last());
  let operator: Word | undefined;
  let value: Value | undefined;
  if (isOperator(reader.peek())) {
    operator = toWord(reader.take());
    value = readValue(reader);
    where = cover(where, value ?? operator);
  }
  return {
    kind: 'function',
    name: toWord(name),
    open: open.offset,
    close: end?.offset,
    arguments: parts,
    operator,
    value,
    ...where,
  };
}

function isNested(reader: FilterReader, close: number): boolean {
  for (let ahead = 2; ahead < close; ahead++) {
    const token = reader.peek(ahead);
    if (token?.kind === '(' || token?.kind === 'bracket' || isArithmetic(reader, ahead)) return true;
  }
  return false;
}

/** The arguments up to the closing parenthesis, or, where it is missing, up to the next join. */
function takeArguments(reader: FilterReader, stop: number | undefined): Argument[] {
  const parts: Argument[] = [];
  let current: Token[] = [];
  let comma: Token | undefined;
  while (reader.peek() !== undefined && reader.position !== stop) {
    const token = reader.peek();
    // `contains(Label,'aid' and …` lacks its parenthesis: the rest is another condition.
    if (stop === undefined && join(token) !== undefined && (current.length > 0 || parts.length > 0)) break;
    const taken = reader.take();
    if (taken.kind !== ',') current.push(taken);
    else {
      parts.push(argument(current, taken.offset));
      comma = taken;
      current = [];
    }
  }
  if (current.length > 0 || comma !== undefined)
    parts.push(argument(current, comma === undefined ? endOf(reader.last()) : endOf(comma)));
  return parts;
}

function argument(tokens: readonly Token[], end: number): Argument {
  const first = tokens[0];
  if (first === undefined) return { offset: end, length: 0, word: undefined, value: undefined };
  const where = cover(first, tokens.at(-1) ?? first);
  if (first.kind === 'string' && tokens.length === 1)
    return { ...where, word: undefined, value: quotedValue(first) };
  if (tokens.every((token) => token.kind === 'word'))
    return { ...where, word: toWord(first, ...tokens.slice(1)), value: bareValue(tokens) };
  return { ...where, word: isWord(first) ? toWord(first) : undefined, value: undefined };
}

/** A text that was cut off is one mistake: its quote and the parenthesis are written together. */
function reportOpen(reader: FilterReader, name: Token, open: Token, parts: readonly Argument[]): void {
  const last = reader.tokens[reader.position - 1];
  if (last?.kind === 'string' && last.closed !== true) {
    reader.alsoMissing(last, ')');
    return;
  }
  reader.report(
    'bad-arguments',
    cover(name, open),
    `Close the parenthesis: ${name.text}(field,'text').`,
    // Where an argument is missing, too, the parenthesis alone is no help.
    ...(parts.length === 2 && parts.every(({ value }) => value !== undefined)
      ? [
          write(
            'Insert “)”',
            between(endOf(reader.last()), endOf(reader.last())),
            ')'.repeat(openCount(reader, open)),
          ),
        ]
      : []),
  );
}

/** How many parentheses are open from `open` on. */
function openCount(reader: FilterReader, open: Token): number {
  let count = 0;
  for (let at = reader.position - 1; at >= 0; at--) {
    const { kind, offset } = reader.tokens[at] ?? open;
    if (offset < open.offset) break;
    if (kind === '(') count++;
    else if (kind === ')') count--;
  }
  return Math.max(1, count);
}
