/**
 * A file as blocks, kept in chunks. Blocks whose text did not change keep their trees, and chunks in which nothing changed
 * are reused: a keystroke costs its own request and its own chunk, not the file.
 */
import { MAX_BLOCKS, MAX_FILE } from '../text/limits';
import { applyEdits, changeBetween, endOf, type Span, type TextEdit } from '../text/span';
import type { Steps } from '../text/steps';
import { stepsOn, treeOf, unreadTree } from './lazy-tree';
import type { BlockTree } from './nodes';

export interface Block {
  /** Where the block starts: in the file, or in its chunk. */
  readonly offset: number;
  /** The line on which it starts, from 0. */
  readonly line: number;
  readonly tree: BlockTree;
}

/** Neighbouring blocks, at least one. Their places are relative to the chunk, so that a chunk can move without changing. */
export interface Chunk {
  readonly blocks: readonly Block[];
  readonly trees: readonly BlockTree[];
  readonly length: number;
  readonly lineBreaks: number;
}

/** Blocks in a new chunk; a chunk may grow to twice as many before it is divided. */
export const CHUNK_SIZE = 32;

export class SourceFile {
  readonly #offsets: number[] = [];
  readonly #lines: number[] = [];
  #blocks: readonly Block[] | undefined;
  #text: string | undefined;
  readonly length: number;
  /** How many blocks it has. */
  readonly count: number;

  constructor(
    readonly chunks: readonly Chunk[],
    text?: string,
    /** False for a file that is too long: its blocks are pieces of the text, of which nothing is known. */
    readonly isRead = true,
  ) {
    this.#text = text;
    let [offset, line, count] = [0, 0, 0];
    for (const chunk of chunks) {
      count += chunk.blocks.length;
      this.#offsets.push(offset);
      this.#lines.push(line);
      offset += chunk.length;
      line += chunk.lineBreaks;
    }
    this.length = offset;
    this.count = count;
  }

  /** Joined only when read, which a keystroke does not need. */
  get text(): string {
    this.#text ??= this.chunks.map(textOf).join('');
    return this.#text;
  }

  /** All blocks, at their places in the file. Only for features of the whole file, not for a keystroke. */
  get blocks(): readonly Block[] {
    this.#blocks ??= this.chunks.flatMap(({ blocks }, chunk) =>
      blocks.map((block) => this.moved(chunk, block)),
    );
    return this.#blocks;
  }

  /** A block of a chunk, at its place in the file. */
  moved(chunk: number, { offset, line, tree }: Block): Block {
    return { offset: offset + this.offsetOf(chunk), line: line + (this.#lines[chunk] ?? 0), tree };
  }

  offsetOf(chunk: number): number {
    return this.#offsets[chunk] ?? this.length;
  }

  /** Where the block that holds the offset is (at a border the later one), and its offset. */
  place(offset: number): { readonly chunk: number; readonly block: number; readonly offset: number } {
    const chunk = lastUpTo(this.#offsets, offset, Number);
    const start = this.offsetOf(chunk);
    const blocks = this.chunks[chunk]?.blocks ?? [];
    const block = lastUpTo(blocks, offset - start, offsetIn);
    return { chunk, block, offset: start + (blocks[block]?.offset ?? 0) };
  }

  /** The block that holds the offset; at a border the later one. */
  blockAt(offset: number): Block {
    const { chunk, block } = this.place(offset);
    return this.#blockOf(chunk, block);
  }

  /** The block that holds the offset, and a few dozen around it. */
  around(offset: number): readonly BlockTree[] {
    return this.chunks[this.place(offset).chunk]?.trees ?? [];
  }

  /** The block in which a line starts. */
  blockAtLine(line: number): Block {
    const chunk = lastUpTo(this.#lines, line, Number);
    const within = line - (this.#lines[chunk] ?? 0);
    return this.#blockOf(chunk, lastUpTo(this.chunks[chunk]?.blocks ?? [], within, lineIn));
  }

  #blockOf(chunk: number, index: number): Block {
    const block = this.chunks[chunk]?.blocks[index];
    if (block === undefined) throw new RangeError('a file has at least one block');
    return this.moved(chunk, block);
  }
}

/** The blocks that the span touches. */
export function blocksIn(file: SourceFile, where: Span): Block[] {
  const found: Block[] = [];
  for (let at = Math.max(0, where.offset - 1); ;) {
    const block = file.blockAt(at);
    const end = block.offset + block.tree.text.length;
    found.push(block);
    if (end > endOf(where) || end >= file.length) return found;
    at = end;
  }
}

/** What `visit` finds in each block, in the order of the file, a block in each step. No more blocks are visited once `most` are found. */
export function* inEachBlock<T>(
  file: SourceFile,
  visit: (block: Block) => readonly T[],
  most = Number.POSITIVE_INFINITY,
): Steps<T[]> {
  const found: T[] = [];
  for (const [index, { blocks }] of file.chunks.entries())
    for (const block of blocks) {
      const moved = file.moved(index, block);
      for (const each of yield* visitInSteps(moved, visit)) found.push(each);
      if (found.length >= most) return found;
      yield;
    }
  return found;
}

/** A long block is read in steps first. */
function* visitInSteps<T>(block: Block, visit: (block: Block) => readonly T[]): Steps<readonly T[]> {
  return block.tree.text.length < LONG
    ? visit(block)
    : yield* stepsOn(block.tree, function* () {
        yield;
        return visit(block);
      });
}

/** Characters of a block that takes a moment to be read. */
const LONG = 10_000;

/** Every character is in exactly one block; an empty text has one empty block. */
export function parseFile(text: string): SourceFile {
  const trees = text.length > MAX_FILE ? undefined : parseBlocks(text, [], true);
  return trees === undefined || trees.length > MAX_BLOCKS
    ? new SourceFile(chunksOf(parseBlocks(text, [], false)), text, false)
    : new SourceFile(chunksOf(trees), text);
}

/** The file with another text: what the texts have in common is reused. */
export const replaceText = (file: SourceFile, text: string): SourceFile =>
  editFile(file, changeBetween(file.text, text));

/** The edited file: the blocks around the edit are read again and their chunks made anew, the others are reused. */
export function editFile(file: SourceFile, edit: TextEdit): SourceFile {
  const isLonger = file.length - edit.length + edit.text.length > MAX_FILE;
  const { isRead } = file;
  if (isRead ? isLonger : !isLonger && edit.length > 3) return parseFile(applyEdits(file.text, [edit]));
  const end = edit.offset + edit.length;
  // An edit within a block's first three characters, or at its border, may join it to its neighbour.
  const start = file.place(Math.max(0, edit.offset - 4));
  const stop = file.place(end);
  const first = start.chunk;
  const last = widened(file.chunks, first, stop.chunk);
  const trees = treesOf(file.chunks.slice(first, last + 1));
  const skipped = file.chunks.slice(first, stop.chunk).reduce((sum, { blocks }) => sum + blocks.length, 0);
  const [from, to] = [start.block, skipped + stop.block + 1];
  const affected = trees.slice(from, to);
  const before = affected.map(({ text }) => text).join('');
  const at = edit.offset - start.offset;
  const after = before.slice(0, at) + edit.text + before.slice(at + edit.length);
  const edited = trees.slice(0, from).concat(parseBlocks(after, affected, isRead), trees.slice(to));
  const chunks = file.chunks.slice(0, first).concat(chunksOf(edited), file.chunks.slice(last + 1));
  const next = new SourceFile(chunks, undefined, isRead);
  return isRead && next.count > MAX_BLOCKS ? parseFile(next.text) : next;
}

/** The last chunk to make anew. If few blocks are left from `first` to `last`, the next chunk joins them, so that chunks don't crumble. */
function widened(chunks: readonly Chunk[], first: number, last: number): number {
  const few =
    chunks.slice(first, last + 1).reduce((sum, { blocks }) => sum + blocks.length, 0) < CHUNK_SIZE / 2;
  return few ? Math.min(last + 1, chunks.length - 1) : last;
}

/** The blocks that only one of two versions of a file has. */
export interface Difference {
  readonly removed: readonly BlockTree[];
  readonly added: readonly BlockTree[];
}

export function difference(before: SourceFile, after: SourceFile): Difference {
  const chunks = between(before.chunks, after.chunks);
  return between(treesOf(chunks.removed), treesOf(chunks.added));
}

/** The elements between the common start and the common end of two lists. */
function between<T>(
  before: readonly T[],
  after: readonly T[],
): { readonly removed: T[]; readonly added: T[] } {
  const { head, tail } = common(before.length, after.length, (a, b) => before[a] === after[b]);
  return { removed: before.slice(head, before.length - tail), added: after.slice(head, after.length - tail) };
}

/** How many elements two lists share at their starts and at their ends. */
function common(
  before: number,
  after: number,
  same: (before: number, after: number) => boolean,
): { readonly head: number; readonly tail: number } {
  const most = Math.min(before, after);
  let head = 0;
  while (head < most && same(head, head)) head++;
  let tail = 0;
  while (tail < most - head && same(before - 1 - tail, after - 1 - tail)) tail++;
  return { head, tail };
}

/** The blocks of a text. `old` are those of an earlier version: unchanged ones at its start and its end are reused. */
function parseBlocks(text: string, old: readonly BlockTree[], isRead: boolean): BlockTree[] {
  const starts = isRead ? blockStarts(text) : pieceStarts(text);
  const treeFor = isRead ? treeOf : unreadTree;
  const texts = starts.map((start, index) => text.slice(start, starts[index + 1] ?? text.length));
  const { head, tail } = common(old.length, texts.length, (a, b) => old[a]?.text === texts[b]);
  const reuse = reuser(old.slice(head, old.length - tail));
  return old.slice(0, head).concat(
    texts.slice(head, texts.length - tail).map((each) => reuse(each) ?? treeFor(each)),
    old.slice(old.length - tail),
  );
}

/** Returns a tree of the given text, each at most once: of an edit that changes many places, most blocks in between are the same. */
function reuser(trees: readonly BlockTree[]): (text: string) => BlockTree | undefined {
  if (trees.length < 3) return () => undefined;
  const byText = new Map<string, BlockTree[]>();
  for (const tree of trees.toReversed()) {
    const same = byText.get(tree.text);
    if (same === undefined) byText.set(tree.text, [tree]);
    else same.push(tree);
  }
  return (text) => byText.get(text)?.pop();
}

function chunksOf(trees: readonly BlockTree[]): Chunk[] {
  const count = trees.length <= 2 * CHUNK_SIZE ? 1 : Math.ceil(trees.length / CHUNK_SIZE);
  const size = Math.ceil(trees.length / count);
  const chunks: Chunk[] = [];
  for (let from = 0; from < trees.length; from += size) {
    let [length, lineBreaks] = [0, 0];
    const own = trees.slice(from, from + size);
    const blocks = own.map((tree): Block => {
      const block = { offset: length, line: lineBreaks, tree };
      length += tree.text.length;
      lineBreaks += tree.lineBreaks;
      return block;
    });
    chunks.push({ blocks, trees: own, length, lineBreaks });
  }
  return chunks;
}

/** 0, and the start of each line that begins with `###`. */
function blockStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('###'); at >= 0; at = text.indexOf('###', at + 3)) {
    const before = text.charCodeAt(at - 1);
    if (at > 0 && (before === 10 || before === 13)) starts.push(at);
  }
  return starts;
}

/** The least length of a piece of a file that is not read. */
const PIECE = 50_000;

/** 0, and starts of lines that are far enough apart. */
function pieceStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n', PIECE); at >= 0; at = text.indexOf('\n', at + PIECE))
    if (at + 1 < text.length) starts.push(at + 1);
  return starts;
}

const textOf = ({ trees }: Chunk) => trees.map(({ text }) => text).join('');
function treesOf(chunks: readonly Chunk[]): BlockTree[] {
  const all: BlockTree[] = [];
  for (const { trees } of chunks) for (const tree of trees) all.push(tree);
  return all;
}

const offsetIn = ({ offset }: Block) => offset;
const lineIn = ({ line }: Block) => line;

/** The index of the last element, in an ascending list, whose value is at most `limit`; 0 when there is none. */
function lastUpTo<T>(list: readonly T[], limit: number, valueOf: (element: T) => number): number {
  let low = 0;
  let high = list.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const element = list[middle];
    if (element !== undefined && valueOf(element) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}
