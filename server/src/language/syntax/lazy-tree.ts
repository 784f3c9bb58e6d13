/**
 * Trees that are parsed when somebody looks into them. Of a long file, only the trees that were parsed last are kept: a tree
 * takes a hundred times the memory of its text. Until then a block has its text, and what can be known without parsing.
 */
import type { Steps } from '../text/steps';
import { parseBlock, parseBlockInSteps, type ParsedBlock, unread } from './block-parser';
import { lineBreaksIn } from './lines';
import type { BlockTree } from './nodes';

/** How much text may have its trees kept, in all files together. */
const KEPT_TEXT = 300_000;

/** Of how many trees they are kept at most: short blocks take more than their text. */
const KEPT_TREES = 10_000;

/** The tree of a piece of a file that is not read. */
export const unreadTree = (text: string): BlockTree => ({ lineBreaks: lineBreaksIn(text), ...unread(text) });

/** The tree of a block. What it holds is parsed now or later, which makes no difference to the reader. */
export const treeOf = (text: string): BlockTree => new LazyTree(text);

/** To be called for a tree into which nobody looks again soon. */
export function release(tree: BlockTree): void {
  if (tree instanceof LazyTree) tree.release();
}

/** False where no name can be defined or used: known without parsing. */
export const mayName = (tree: BlockTree): boolean => !(tree instanceof LazyTree) || tree.mayName;

/** Takes steps on a tree, which is parsed in steps first, and stays the same whatever else is parsed in between. */
export function* stepsOn<T>(tree: BlockTree, work: () => Steps<T>): Steps<T> {
  if (!(tree instanceof LazyTree)) return yield* work();
  const parsed = yield* tree.read();
  const steps = work();
  for (;;) {
    tree.hold(parsed);
    const step = steps.next();
    if (step.done === true) return step.value;
    yield;
  }
}

class LazyTree implements BlockTree {
  /** The trees that are parsed, the earliest first. */
  static readonly #kept: LazyTree[] = [];
  static #first = 0;
  static #keptText = 0;

  #parsed: ParsedBlock | undefined;
  readonly lineBreaks: number;
  /** False where no name can be defined or used. */
  readonly mayName: boolean;

  constructor(readonly text: string) {
    this.lineBreaks = lineBreaksIn(text);
    this.mayName = text.includes('@') || text.includes('{{') || /^[ \t]*SQL\b/im.test(text);
  }

  get items() {
    return this.#tree().items;
  }
  get separator() {
    return this.#tree().separator;
  }
  get request() {
    return this.#tree().request;
  }
  get sql() {
    return this.mayName ? this.#tree().sql : undefined;
  }
  get clauses() {
    return this.#tree().clauses;
  }
  get body() {
    return this.#tree().body;
  }
  get problems() {
    return this.#tree().problems;
  }
  get variables() {
    return this.mayName ? this.#tree().variables : NONE;
  }
  get directives() {
    return this.mayName ? this.#tree().directives : NONE;
  }
  get references() {
    return this.mayName ? this.#tree().references : NONE;
  }

  *read(): Steps<ParsedBlock> {
    return this.#parsed ?? (yield* parseBlockInSteps(this.text));
  }

  /** Has what was parsed of it by `read`. */
  hold(parsed: ParsedBlock): void {
    if (this.#parsed === parsed) return;
    const isKept = this.#parsed !== undefined;
    this.#parsed = parsed;
    if (!isKept) LazyTree.#keep(this);
  }

  /** Drops what was parsed, if that was parsed last: it dies young, which costs no memory. */
  release(): void {
    if (LazyTree.#kept.at(-1) !== this || LazyTree.#kept.length <= LazyTree.#first) return;
    LazyTree.#kept.pop();
    LazyTree.#keptText -= this.text.length;
    this.#parsed = undefined;
  }

  #tree(): ParsedBlock {
    if (this.#parsed === undefined) {
      this.#parsed = parseBlock(this.text);
      LazyTree.#keep(this);
    }
    return this.#parsed;
  }

  /** The tree that was just parsed is never the one that goes. */
  static #keep(tree: LazyTree): void {
    this.#kept.push(tree);
    this.#keptText += tree.text.length;
    while (
      this.#kept.length - this.#first > 1 &&
      (this.#keptText > KEPT_TEXT || this.#kept.length - this.#first > KEPT_TREES)
    ) {
      const oldest = this.#kept[this.#first++];
      if (oldest === undefined) continue;
      oldest.#parsed = undefined;
      this.#keptText -= oldest.text.length;
    }
    // What is gone is cut off now and then, since a cut takes as long as the list.
    if (this.#first <= KEPT_TREES) return;
    this.#kept.splice(0, this.#first);
    this.#first = 0;
  }
}

const NONE: readonly never[] = [];
