/** Reads a stretch of time where a value is due, with or without an operator: `StartDate this month`, `in the last 30 days`. */
import { periodOf } from '../vocabulary/periods';
import { cover, type FilterReader, isEnd, isText, toWord } from './filter-tokens';
import { bareValue } from './filter-values';
import type { Comparison, Word } from './nodes';
import type { Token } from './tokens';

/** More words than any of them has. */
const MAX_WORDS = 6;

/** Undefined, with nothing read, for anything else. */
export function readPeriod(reader: FilterReader, field: Word): Comparison | undefined {
  const start = reader.position;
  const lead: Token[] = [];
  while (lead.length < 2 && isLead(reader.peek())) lead.push(reader.take());
  const words: Token[] = [];
  while (words.length < MAX_WORDS && isText(reader.peek())) words.push(reader.take());
  const [first, ...rest] = lead;
  const text = words.map((word) => word.text).join(' ');
  // A number alone behind a field is a slip of another kind.
  if (isEnd(reader) && periodOf(text) !== undefined && (first !== undefined || /[a-z]/i.test(text)))
    return {
      kind: 'comparison',
      field,
      operator: first === undefined ? undefined : toWord(first, ...rest),
      value: bareValue(words),
      ...cover(field, words.at(-1) ?? field),
    };
  reader.reset(start);
  return undefined;
}

const isLead = (token: Token | undefined): boolean =>
  isText(token) && /^(?:is|in|during|on)$/i.test(token.text);
