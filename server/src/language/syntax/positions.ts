/** Positions in a file, computed from its blocks: no index of the whole file is kept. */
import { LineIndex, type Position } from '../text/lines';
import type { BlockTree } from './nodes';
import type { SourceFile } from './source-file';

export interface Positions {
  positionAt(offset: number): Position;
  /** The nearest valid offset. */
  offsetAt(position: Position): number;
}

const indexes = new WeakMap<BlockTree, LineIndex>();

export function linesIn(tree: BlockTree): LineIndex {
  let index = indexes.get(tree);
  if (index === undefined) {
    index = new LineIndex(tree.text);
    indexes.set(tree, index);
  }
  return index;
}

export function positionsOf(file: SourceFile): Positions {
  return {
    positionAt(offset) {
      const block = file.blockAt(Math.max(0, offset));
      const { line, character } = linesIn(block.tree).positionAt(offset - block.offset);
      return { line: line + block.line, character };
    },
    offsetAt({ line, character }) {
      const block = file.blockAtLine(line);
      return block.offset + linesIn(block.tree).offsetAt({ line: line - block.line, character });
    },
  };
}
