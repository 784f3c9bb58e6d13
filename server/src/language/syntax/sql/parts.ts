/** Divides what follows a line `SQL` into the lines of the statement and those of the file between them. */
import { endOf, type Span } from '../../text/span';
import { type Line, trimEnd } from '../lines';
import type { Sql, Word } from '../nodes';
import { eachSqlToken, type SqlToken } from './tokens';

/** Lines that belong together, in the order of the text. */
export interface SqlPart {
  readonly kind: 'statement' | 'comment' | 'blank';
  readonly lines: readonly Line[];
}

const startsComment = (text: string, { first }: Line): boolean =>
  text.startsWith('#', first) || text.startsWith('//', first);

/**
 * Comment lines of a file (`#`, `//`) may stand in a statement: the text that is prepared has spaces in their place.
 * Inside a string or a comment of SQL they are its text. Blank lines behind the statement are none of it.
 */
export function divideSql(
  text: string,
  keyword: Word,
  lines: readonly Line[],
): { parts: SqlPart[]; sql: Sql } {
  const parts: { kind: SqlPart['kind']; lines: Line[] }[] = [];
  const add = (kind: SqlPart['kind'], line: Line) => {
    const last = parts.at(-1);
    if (last?.kind === kind && kind !== 'comment') last.lines.push(line);
    else parts.push({ kind, lines: [line] });
  };
  const tokens: SqlToken[] = [];
  const gaps: Span[] = [];
  /** Where the last token ends that was read: it may go on over lines. */
  let read = lines[0]?.start ?? endOf(keyword);
  for (const line of lines) {
    if (read <= line.first && line.first < line.end && startsComment(text, line)) {
      add('comment', line);
      gaps.push({ offset: line.start, length: line.end - line.start });
      read = line.next;
      continue;
    }
    add(line.first === line.end && read <= line.start ? 'blank' : 'statement', line);
    for (const token of eachSqlToken(text, Math.max(read, line.start), text.length)) {
      if (token.offset >= line.end) break;
      tokens.push(token);
      read = endOf(token);
    }
    read = Math.max(read, line.next);
  }
  const meant = tokens.filter(({ kind }) => kind !== 'comment');
  const start = meant[0]?.offset ?? endOf(keyword);
  const end = Math.max(
    start,
    trimEnd(text, start, tokens.length === 0 ? start : endOf(tokens.at(-1) ?? keyword)),
  );
  let statement = text.slice(start, end);
  for (const gap of gaps)
    if (gap.offset > start && gap.offset < end)
      statement =
        statement.slice(0, gap.offset - start) + ' '.repeat(gap.length) + statement.slice(endOf(gap) - start);
  const references = meant.flatMap((token) => token.references);
  return {
    parts: joined(parts),
    sql: { keyword, offset: start, length: end - start, text: statement, tokens, references },
  };
}

/** Blank lines between lines of the statement belong to it. */
function joined(parts: readonly SqlPart[]): SqlPart[] {
  const last = parts.findLastIndex(({ kind }) => kind === 'statement');
  return parts.map((part, index) =>
    part.kind === 'blank' && index < last ? { ...part, kind: 'statement' } : part,
  );
}
