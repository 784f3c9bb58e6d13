/** What can be folded: requests, long clauses, bodies, runs of comments. */
import type { Sql } from '../syntax/nodes';
import { inEachBlock, type SourceFile } from '../syntax/source-file';
import { sqlTreeOf } from '../syntax/sql/parser';
import { endOf, shift, type Span } from '../text/span';
import type { Steps } from '../text/steps';

export interface Fold extends Span {
  readonly kind: 'region' | 'comment' | 'part';
}

/** Spans of the file, each without the end of its last line. */
export const folds = (file: SourceFile, most?: number): Steps<Fold[]> =>
  inEachBlock(
    file,
    ({ tree, offset }) => {
      const found: Fold[] = [];
      const add = (kind: Fold['kind'], start: number, end: number) => {
        const text = tree.text.slice(start, end).trimEnd();
        if (/[\r\n]/.test(text))
          found.push({ kind, ...shift({ offset: start, length: text.length }, offset) });
      };
      if (tree.separator !== undefined) add('region', 0, tree.text.length);
      for (const item of tree.items)
        if (item.kind === 'clause' || item.kind === 'body' || item.kind === 'request-line')
          add('part', item.offset, item.offset + item.length);
      if (tree.sql !== undefined) addSql(tree.sql, add);
      let start: number | undefined;
      for (const item of tree.items) {
        if (item.kind === 'comment') start ??= item.offset;
        else if (start !== undefined) {
          add('comment', start, item.offset);
          start = undefined;
        }
      }
      if (start !== undefined) add('comment', start, tree.text.length);
      return found;
    },
    most,
  );

/** The statement with its `SQL` line, CTEs from their names on, queries in parentheses, comments over lines. */
function addSql(sql: Sql, add: (kind: Fold['kind'], start: number, end: number) => void): void {
  add('part', sql.keyword.offset, endOf(sql));
  for (const { offset, length, around, cte } of sqlTreeOf(sql).queries)
    if (around !== undefined) add('part', cte?.name.offset ?? offset, offset + length);
  for (const token of sql.tokens) if (token.kind === 'comment') add('comment', token.offset, endOf(token));
}
