/** Reads one value of a condition: quoted, bare words, a number with commas. */
import { functionOf } from '../vocabulary/filter-words';
import { takePrefixed } from './filter-operands';
import { adjacent, cover, type FilterReader, isOperator, isText, isWord } from './filter-tokens';
import { bareValue, isPrefix, quotedValue } from './filter-values';
import type { Value } from './nodes';
import type { Token } from './tokens';

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
    if (isStray(rest)) return { ...bareValue([start]), form: 'text', ...cover(start, rest) };
    return {
      ...bareValue([start]),
      form: 'text',
      text: `${start.text}'${rest.text}`,
      written: undefined,
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
      words.push(reader.take());
      for (const token of reader.takeBracketed()) words.push(token);
      continue;
    }
    if (after?.kind === '(' || after?.kind === 'symbol' || isOperator(after)) break;
    if (after?.kind === 'string' && !adjacent(word, after)) break;
    words.push(reader.take());
    if (after !== undefined && isStray(after)) {
      // `First Aid'`
      reader.excuse(reader.take());
      return { ...bareWords(words), ...cover(words[0] ?? after, after) };
    }
  }
  return bareWords(words);
}

/** A quote with nothing behind it: the one before the value is missing. */
const isStray = (token: Token): boolean =>
  token.kind === 'string' && token.closed !== true && token.text.trim() === '';

/** Words as one value; parentheses in it have no spaces inside. */
function bareWords(words: readonly Token[]): Value {
  const value = bareValue(words);
  if (!value.text.includes('(')) return value;
  const tight = (text: string) => text.replace(/\( | (?=\))/g, (s) => s.trim());
  const written = value.written === undefined ? undefined : tight(value.written);
  return { ...value, text: tight(value.text), written };
}

/** `5,50`, `1,000` and `1.000,50`: the comma belongs to the number. */
export function takeDigits(reader: FilterReader): Value | undefined {
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
