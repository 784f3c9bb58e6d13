/** A file as blocks. Blocks whose text did not change keep their trees: a keystroke costs its own request. */
import { parseBlock } from './block-parser';
import type { BlockTree } from './nodes';

export interface Block {
  /** Where the block starts in the file. */
  readonly offset: number;
  /** The line on which it starts, from 0. */
  readonly line: number;
  readonly tree: BlockTree;
}

export interface SourceFile {
  readonly text: string;
  readonly blocks: readonly Block[];
}

/**
 * Parses a text. `previous` is an earlier version of the same file: its unchanged blocks are taken over.
 * Every character is in exactly one block; an empty text has one empty block.
 */
export function parseFile(text: string, previous?: SourceFile): SourceFile {
  const starts = blockStarts(text);
  const old = previous?.blocks ?? [];
  const blockText = (index: number) => text.slice(starts[index], starts[index + 1] ?? text.length);
  let head = 0;
  while (head < old.length && head < starts.length && old[head]?.tree.text === blockText(head)) head++;
  let tail = 0;
  while (
    tail < old.length - head &&
    tail < starts.length - head &&
    old[old.length - 1 - tail]?.tree.text === blockText(starts.length - 1 - tail)
  )
    tail++;
  const blocks: Block[] = [];
  let line = 0;
  for (const [index, offset] of starts.entries()) {
    const fromEnd = starts.length - index;
    const kept = index < head ? old[index] : fromEnd <= tail ? old[old.length - fromEnd] : undefined;
    const block =
      kept !== undefined && kept.offset === offset && kept.line === line
        ? kept
        : { offset, line, tree: kept?.tree ?? parseBlock(blockText(index)) };
    blocks.push(block);
    line += block.tree.lineBreaks;
  }
  return { text, blocks };
}

/** 0, and where each line starts that starts with `###`. */
function blockStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('###'); at >= 0; at = text.indexOf('###', at + 3)) {
    const before = text.charCodeAt(at - 1);
    if (at > 0 && (before === 10 || before === 13)) starts.push(at);
  }
  return starts;
}

/** The block that holds the offset; at a border the later one. */
export function blockAt(file: SourceFile, offset: number): Block {
  let low = 0;
  let high = file.blocks.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((file.blocks[middle]?.offset ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  const block = file.blocks[low];
  if (block === undefined) throw new RangeError('a file has at least one block');
  return block;
}
