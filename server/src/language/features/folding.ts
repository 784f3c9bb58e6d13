/** What can be folded: requests, long clauses, bodies, runs of comments. */
import { inEachBlock, type SourceFile } from '../syntax/source-file';
import { shift, type Span } from '../text/span';
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
