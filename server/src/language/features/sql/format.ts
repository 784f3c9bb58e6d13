/** The lines of a SQL statement without white space at their ends and without the indentation that all of them share. */
import { endWithout, type Line, linesOf } from '../../syntax/lines';
import type { BlockTree, SqlText } from '../../syntax/nodes';
import { endOf, textOf } from '../../text/span';

interface SqlLine {
  readonly text: string;
  /** Its line end as written. */
  readonly end: string;
  /** In a string, a name or a comment that goes on over lines, where every character counts. */
  readonly startsInside: boolean;
  readonly endsInside: boolean;
}

function sqlLines({ text, sql }: BlockTree, item: SqlText): SqlLine[] {
  const long = (sql?.tokens ?? []).filter((token) => !token.closed || /[\r\n]/.test(textOf(text, token)));
  let next = 0;
  /** Asked with offsets that grow. */
  const isInside = (offset: number): boolean => {
    let token = long[next];
    while (token?.closed === true && endOf(token) <= offset) token = long[++next];
    return token !== undefined && token.offset < offset;
  };
  const written = textOf(text, item);
  return linesOf(written).map(({ start, end, next: after }: Line) => ({
    text: written.slice(start, end),
    end: written.slice(end, after),
    startsInside: isInside(item.offset + start),
    endsInside: isInside(item.offset + end),
  }));
}

const indentationOf = (text: string): string => /^[ \t]*/.exec(text)?.[0] ?? '';

function shared(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return a.slice(0, length);
}

/** The tidied text of the lines of each part of the statement, with `eol` at their ends. */
export function formatSql(tree: BlockTree, eol: string): ReadonlyMap<SqlText, string> {
  const parts = tree.items
    .filter((item) => item.kind === 'sql-text')
    .map((item) => ({ item, lines: sqlLines(tree, item) }));
  const [first = '', ...others] = parts
    .flatMap(({ lines }) => lines)
    .filter(({ startsInside, text }) => !startsInside && text.trim() !== '')
    .map(({ text }) => indentationOf(text));
  const common = others.reduce(shared, first);
  const tidied = ({ text, end, startsInside, endsInside }: SqlLine): string => {
    const from = startsInside ? 0 : shared(common, text).length;
    if (endsInside) return text.slice(from) + end;
    return text.slice(0, Math.max(from, endWithout(text, ' \t'))).slice(from) + (end === '' ? '' : eol);
  };
  return new Map(parts.map(({ item, lines }) => [item, lines.map(tidied).join('')]));
}
