/** A file as blocks. Blocks whose text did not change keep their trees: a keystroke costs its own request. */
import type { TextEdit } from '../text/span';
import { parseBlock } from './block-parser';
import type { BlockTree } from './nodes';

export interface Block {
  /** Where the block starts in the file. */
  readonly offset: number;
  /** The line on which it starts, from 0. */
  readonly line: number;
  readonly tree: BlockTree;
}

export class SourceFile {
  #text: string | undefined;

  constructor(
    readonly blocks: readonly Block[],
    text?: string,
  ) {
    this.#text = text;
  }

  /** Put together when somebody asks: a keystroke does not. */
  get text(): string {
    this.#text ??= this.blocks.map((block) => block.tree.text).join('');
    return this.#text;
  }

  get length(): number {
    const last = this.blocks.at(-1);
    return last === undefined ? 0 : last.offset + last.tree.text.length;
  }
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
  return new SourceFile(blocks, text);
}

/** An edited file: the blocks around the edit are read again, the others are taken over and moved. */
export function editFile(file: SourceFile, edit: TextEdit): SourceFile {
  const { blocks } = file;
  const end = edit.offset + edit.length;
  // An edit within a block's first three characters, or at its border, may join it to its neighbour.
  const first = indexAt(blocks, Math.max(0, edit.offset - 4));
  const last = indexAt(blocks, end);
  const affected = blocks.slice(first, last + 1);
  const [base, line] = [affected[0]?.offset ?? 0, affected[0]?.line ?? 0];
  const before = affected.map((block) => block.tree.text).join('');
  const after = before.slice(0, edit.offset - base) + edit.text + before.slice(end - base);
  const inner = parseFile(
    after,
    new SourceFile(
      affected.map((block) => ({ ...block, offset: block.offset - base, line: block.line - line })),
    ),
  ).blocks;
  const moved = after.length - before.length;
  const lines = count(inner) - count(affected);
  const rest = blocks.slice(last + 1);
  const moves = moved !== 0 || lines !== 0;
  return new SourceFile(
    blocks.slice(0, first).concat(
      inner.map((block) => ({ offset: block.offset + base, line: block.line + line, tree: block.tree })),
      moves
        ? rest.map((block) => ({ offset: block.offset + moved, line: block.line + lines, tree: block.tree }))
        : rest,
    ),
  );
}

/** How many blocks at the start and at the end have the same trees. */
export function unchanged(
  before: readonly Block[],
  after: readonly Block[],
): { readonly head: number; readonly tail: number } {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head]?.tree === after[head]?.tree) head++;
  let tail = 0;
  while (
    tail < most - head &&
    before[before.length - 1 - tail]?.tree === after[after.length - 1 - tail]?.tree
  )
    tail++;
  return { head, tail };
}

const count = (blocks: readonly Block[]) => blocks.reduce((sum, block) => sum + block.tree.lineBreaks, 0);

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
  const block = file.blocks[indexAt(file.blocks, offset)];
  if (block === undefined) throw new RangeError('a file has at least one block');
  return block;
}

/** The block in which a line starts. */
export function blockAtLine(file: SourceFile, line: number): Block {
  const block = file.blocks[search(file.blocks, (each) => each.line <= line)];
  if (block === undefined) throw new RangeError('a file has at least one block');
  return block;
}

const indexAt = (blocks: readonly Block[], offset: number) =>
  search(blocks, (block) => block.offset <= offset);

/** The last one that fulfils a condition which holds up to a point; 0 when none does. */
function search(blocks: readonly Block[], holds: (block: Block) => boolean): number {
  let low = 0;
  let high = blocks.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const block = blocks[middle];
    if (block !== undefined && holds(block)) low = middle;
    else high = middle - 1;
  }
  return low;
}
