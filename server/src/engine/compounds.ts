/** The parts of `union`, `intersect` and `except`: SQLite tells the types of the first part only. */
import { eachSqlToken, type SqlToken } from '#language/syntax/sql/tokens';
import { endOf } from '#language/text/span';

const OPERATORS: ReadonlySet<string> = new Set(['union', 'intersect', 'except']);
const MOST = 50;

/** A statement in parentheses, or the whole. */
interface Level {
  /** Where its parts begin, as far as they are read; before the first operator the last `select` counts. */
  readonly starts: number[];
  readonly ends: number[];
  /** Whether a `select` is expected: behind an operator. */
  afterOperator: boolean;
  /** Where the last part ends: before `order by` or `limit`. */
  tail: number | undefined;
}

const newLevel = (): Level => ({ starts: [], ends: [], afterOperator: false, tail: undefined });

function read(level: Level, word: string, offset: number): void {
  if (OPERATORS.has(word) && level.starts.length > 0) {
    level.ends.push(offset);
    level.afterOperator = true;
  } else if (word === 'select' || word === 'values') {
    if (level.afterOperator) level.starts.push(offset);
    else if (level.ends.length === 0) level.starts.splice(0, 1, offset);
    level.afterOperator = false;
  } else if ((word === 'order' || word === 'limit') && level.ends.length > 0) level.tail ??= offset;
}

/**
 * The statement with each later part of a compound once more in front of its first part, so that SQLite tells the types of
 * that part; undefined where there are too many. They are only described, never run.
 */
export function withOtherPartsFirst(statement: string): string[] | undefined {
  if (!/\b(?:union|intersect|except)\b/i.test(statement)) return [];
  const found: string[] = [];
  const finish = ({ starts, ends, tail }: Level, end: number) => {
    const [first, ...others] = starts;
    if (first === undefined) return;
    for (const [index, start] of others.entries()) {
      const part = statement.slice(start, ends[index + 1] ?? tail ?? end);
      // The line break ends a comment.
      found.push(`${statement.slice(0, first)}${part}\nunion all ${statement.slice(first)}`);
    }
  };
  const levels = [newLevel()];
  let end = 0;
  const take = ({ kind, text, offset }: SqlToken) => {
    const level = levels.at(-1);
    if (level === undefined) return;
    if (kind === 'word') read(level, text.toLowerCase(), offset);
    else if (kind === 'operator' && text === '(') levels.push(newLevel());
    else if (kind === 'operator' && text === ')') {
      finish(level, offset);
      levels.pop();
    }
  };
  for (const token of eachSqlToken(statement, 0, statement.length)) {
    if (token.kind === 'comment' || token.text === ';') continue;
    take(token);
    end = endOf(token);
    if (found.length > MOST) return undefined;
  }
  const [top] = levels;
  if (top !== undefined) finish(top, end);
  return found.length > MOST ? undefined : found;
}
