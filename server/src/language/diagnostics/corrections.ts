/** One fix for a part of a request that is wrong in several ways: all that a user would choose, one after the other. */
import type { FileSymbols } from '../analysis/symbols';
import type { DiagnosticCode } from '../syntax/codes';
import { editsInFile } from '../syntax/edits-in-file';
import type { BlockTree, Item } from '../syntax/nodes';
import type { Block, SourceFile } from '../syntax/source-file';
import { applyEdits, between, changeBetween, editsAt, endOf, type Span, type TextEdit } from '../text/span';
import type { Steps } from '../text/steps';
import type { Corrected, Diagnostic } from './check';
import { itemAt } from './items';
import { shorten } from './rewriting';
import { bringsNone, isGone, type Reading } from './trial';

/** More than the mistakes that anyone makes by hand in one request, and more than such a request is long. */
const MAX_STEPS = 24;
const MAX_LENGTH = 4000;

/** Codes of broken grammar, where a fix is a guess. */
export const BROKEN: ReadonlySet<DiagnosticCode> = new Set([
  'missing-and-or',
  'missing-operator',
  'missing-value',
  'unexpected-text',
  'unterminated-value',
  'bad-arguments',
  'missing-module',
]);

/** How a changed text of the block reads; undefined where it is no longer one request. */
export type ReadBlock = (text: string) => Reading | undefined;

/** Reads texts of a block, as they stand in its file. */
export const blockReader =
  (
    { offset, tree }: Block,
    edited: (edits: readonly TextEdit[]) => { readonly file: SourceFile; readonly symbols: FileSymbols },
    diagnose: (tree: BlockTree, symbols: FileSymbols) => readonly Diagnostic[],
  ): ReadBlock =>
  (text) => {
    const { file, symbols } = edited(editsAt([changeBetween(tree.text, text)], offset));
    const next = file.blockAt(offset).tree;
    return next.text === text ? { tree: next, diagnostics: diagnose(next, symbols) } : undefined;
  };

/** What corrects a whole item of a request. */
export interface Correction {
  readonly title: string;
  /** The text of the block after it. */
  readonly text: string;
  /** The item that it corrects, in the block. */
  readonly where: Span;
  /** No error is left in the item. */
  readonly isWhole: boolean;
}

/** Not a body: what a change writes, nobody guesses in one go. */
const CORRECTED: ReadonlySet<Item['kind']> = new Set(['request-line', 'clause', 'stray']);

/** The items of the block in which the errors are; none where it was not written by hand. */
export function itemsWith({ tree, diagnostics }: Reading): Span[] {
  const found = new Set<Span>();
  if (tree.text.length > MAX_LENGTH || diagnostics.length > MAX_STEPS) return [];
  for (const error of diagnostics) {
    if (error.severity !== 'error') continue;
    const item = itemAt(tree, error.offset);
    if (item !== undefined && CORRECTED.has(item.kind)) found.add(item);
  }
  return [...found];
}

/**
 * Takes the preferred fixes of the errors in an item, and those of the errors that come to light behind them. Undefined
 * where there is nothing to take.
 */
export function* correctionOf(before: Reading, where: Span, read: ReadBlock): Steps<Correction | undefined> {
  const tail = before.tree.text.length - endOf(where);
  const now = yield* sureReading(before, where, read);
  const item = between(where.offset, now.tree.text.length - tail);
  if (now === before) return undefined;
  const isWhole = errorsIn(now, item).length === 0;
  const written = now.tree.text.slice(item.offset, endOf(item)).trim().replace(/\s+/g, ' ');
  const title = `${isWhole ? 'Correct to' : 'Correct what is sure:'} ${shorten(written, 100)}`;
  return { title, text: now.tree.text, where, isWhole };
}

/** The reading after the preferred fixes of the errors in a part, one after the other. */
function* sureReading(before: Reading, where: Span, read: ReadBlock): Steps<Reading> {
  const tail = before.tree.text.length - endOf(where);
  let now = before;
  for (let step = 0; step < MAX_STEPS; step++) {
    const next = mended(now, between(where.offset, now.tree.text.length - tail), read);
    if (next === undefined) break;
    now = next;
    yield;
  }
  return now;
}

/** A request that a fix would write, with its sure fixes made. One that is too long for it stays as it is. */
export function* correctedRequest(text: string, read: ReadBlock): Steps<Corrected> {
  const written = text.length > MAX_LENGTH ? undefined : read(text);
  if (written === undefined) return { text, left: [] };
  const { tree, diagnostics } = yield* sureReading(written, { offset: 0, length: text.length }, read);
  return { text: tree.text, left: diagnostics.filter(({ severity }) => severity === 'error') };
}

export const errorsIn = ({ diagnostics }: Reading, item: Span): Diagnostic[] =>
  diagnostics.filter(
    ({ severity, offset }) => severity === 'error' && item.offset <= offset && offset < endOf(item),
  );

/** The reading after the first fix that is right. Broken grammar comes first: what the words mean depends on it. */
function mended(now: Reading, item: Span, read: ReadBlock): Reading | undefined {
  const errors = errorsIn(now, item);
  const isBroken = ({ code }: Diagnostic) => BROKEN.has(code);
  for (const error of [...errors.filter(isBroken), ...errors.filter((each) => !isBroken(each))])
    for (const { preferred, elsewhere, edits } of error.fixes) {
      // What is written at the top of the file is not in the request.
      if (preferred !== true || elsewhere !== undefined || edits.some(({ offset }) => offset < 0)) continue;
      const next = read(applyEdits(now.tree.text, editsInFile({ tree: now.tree, offset: 0 }, edits)));
      if (next === undefined || next.tree.text === now.tree.text) continue;
      const place = { tree: next.tree, offset: error.offset };
      if (isGone(error, place, [now], [next]) && bringsNone(error, [now], [next])) return next;
    }
  return undefined;
}
