/** Several values before their field: `'Full','Open' eq Status`, `('Full','Open') eq Status`. */
import { cover, type FilterReader, isEnd, isOperator, isText, toWord } from './filter-tokens';
import { bareValue, isLiteral, quotedValue } from './filter-values';
import type { Term, Value } from './nodes';

/** The condition that it stands for; undefined for anything else. */
export function readReversedList(reader: FilterReader): Term | undefined {
  const start = reader.position;
  // Behind a comma, the list was looked at from its start.
  if (reader.tokens[start - 1]?.kind === ',') return undefined;
  const values = takeValues(reader);
  const [operator, field] = [reader.peek(), reader.peek(1)];
  if (values.length > 1 && operator !== undefined && isOperator(operator) && isText(field)) {
    const written = toWord(reader.take());
    const name = toWord(reader.take());
    const [first = name] = values;
    if (isEnd(reader) && !isLiteral(name.text))
      return {
        kind: 'in',
        field: name,
        operator: written,
        values,
        inParentheses: false,
        ...cover(reader.tokens[start] ?? first, name),
      };
  }
  reader.reset(start);
  return undefined;
}

function takeValues(reader: FilterReader): Value[] {
  const opens = reader.peek()?.kind === '(';
  if (opens) reader.take();
  const values: Value[] = [];
  for (;;) {
    const token = reader.peek();
    if (token?.kind === 'string') values.push(quotedValue(reader.take()));
    else if (isText(token) && isLiteral(token.text)) values.push(bareValue([reader.take()]));
    else return [];
    if (reader.peek()?.kind !== ',') break;
    reader.take();
  }
  if (!opens) return values;
  if (reader.peek()?.kind !== ')') return [];
  reader.take();
  return values;
}
