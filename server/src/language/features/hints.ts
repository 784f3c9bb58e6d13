/** Inlay hints: the present values of built-in dates, and the names of records behind IDs. Document links: addresses that can be opened. */
import { evaluateReference, type EvaluationContext } from '../analysis/evaluate';
import { type IdReading, recordValues } from '../analysis/record-values';
import { modelOf } from '../analysis/request-model';
import type { FileSymbols } from '../analysis/symbols';
import type { Platforms } from '../catalog/platforms';
import type { BlockTree } from '../syntax/nodes';
import { inEachBlock, type SourceFile } from '../syntax/source-file';
import { endOf, meets, shift, type Span } from '../text/span';
import type { Steps } from '../text/steps';
import { shortOnOneLine } from '../text/unseen';

export interface Hint {
  /** The place of the hint, in the file. */
  readonly offset: number;
  readonly text: string;
  /** Plain text. */
  readonly tooltip: string;
}

export function hints(
  file: SourceFile,
  range: Span,
  symbols: FileSymbols,
  platforms: Platforms,
  evaluation: EvaluationContext,
): Steps<Hint[]> {
  return inEachBlock(file, ({ tree, offset }) =>
    !meets({ offset, length: tree.text.length }, range)
      ? []
      : [
          ...dateHints(tree, offset, symbols, evaluation),
          ...nameHints(
            { model: modelOf(tree, platforms), symbols, evaluation, neighbours: file.around(offset) },
            offset,
            shift(range, -offset),
          ),
        ],
  );
}

const dateHints = (tree: BlockTree, offset: number, symbols: FileSymbols, evaluation: EvaluationContext) =>
  tree.references.flatMap((reference): Hint[] => {
    if (reference.target.kind !== 'date' || !reference.closed) return [];
    const value = evaluateReference(reference, symbols, evaluation);
    // Midnight is left out.
    return value.ok
      ? [
          {
            offset: offset + endOf(reference),
            text: value.text.replace(/T00:00:00$/, ''),
            tooltip: 'The value now',
          },
        ]
      : [];
  });

/** A longer name would push the rest of the line out of sight. */
const LONGEST_NAME = 40;

const nameHints = (reading: IdReading, offset: number, within: Span): Hint[] =>
  recordValues(reading, within).map((value) => ({
    offset: offset + endOf(value),
    text: shortOnOneLine(value.name, LONGEST_NAME),
    tooltip: shortOnOneLine(`${value.module} ${value.id}: ${value.name}`, 300),
  }));

export interface Link extends Span {
  readonly target: string;
}

/** Whole addresses in comments, titles and directives. A request's own address is not a link: a browser would lack the key. */
export const links = (file: SourceFile): Steps<Link[]> =>
  inEachBlock(file, ({ tree, offset }) =>
    !tree.text.includes('http')
      ? []
      : tree.items
          .filter((item) => item.kind === 'comment' || item.kind === 'separator' || item.kind === 'directive')
          .flatMap((item) => {
            const text = tree.text.slice(item.offset, endOf(item));
            return [...text.matchAll(/https?:\/\/[^\s'"<>()]+[^\s'"<>().,;:!?]/g)].map((match): Link => ({
              target: match[0],
              ...shift({ offset: item.offset + match.index, length: match[0].length }, offset),
            }));
          }),
  );
