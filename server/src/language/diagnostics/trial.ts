/** The last defence against a wrong fix: what the requests that it changes look like before and after it. */
import type { BlockTree } from '../syntax/nodes';
import { type Span, textOf } from '../text/span';
import type { Diagnostic } from './check';

/** A request with its diagnostics. */
export interface Reading {
  readonly tree: BlockTree;
  readonly diagnostics: readonly Diagnostic[];
}

/** A place in a request. */
export interface Place {
  readonly tree: BlockTree;
  readonly offset: number;
}

/** True when the problem that a fix mends is reported at its place no more, or less often. */
export function isGone(
  problem: Diagnostic,
  place: Place,
  before: readonly Reading[],
  after: readonly Reading[],
): boolean {
  const same = (readings: readonly Reading[]) =>
    readings.flatMap(({ tree, diagnostics }) =>
      diagnostics.filter((each) => isSame(each, problem)).map(({ offset }) => ({ tree, offset })),
    );
  const left = same(after);
  return (
    left.length < same(before).length ||
    !left.some(({ tree, offset }) => tree === place.tree && offset === place.offset)
  );
}

/**
 * True when edits bring no error: each error after them was there before, or is a mistake of the user's own that nobody
 * could see, in a part of the request that has changed. `mended` is what they mend, undefined where that is all.
 */
export function bringsNone(
  mended: Diagnostic | undefined,
  before: readonly Reading[],
  after: readonly Reading[],
): boolean {
  const fresh = freshErrors(mended, before, after);
  if (fresh.length === 0) return true;
  const known = new Set(before.flatMap(({ tree }) => wordsIn(tree.text)));
  const parts = new Set(before.flatMap(({ tree }) => partsOf(tree)));
  const opens = after.length > before.length || before.some(isUnreadable);
  return fresh.every(
    ({ tree, error }) =>
      wordsAt(tree.text, error).every((word) => known.has(word)) &&
      (opens || !parts.has(partAt(tree, error.offset))),
  );
}

/** Without a module that is known, the fields of a request are not checked. */
const isUnreadable = ({ diagnostics }: Reading) => diagnostics.some(({ code }) => code === 'unknown-module');

const isSame = (a: Diagnostic, b: Diagnostic) => a.code === b.code && a.message === b.message;

interface Found {
  readonly tree: BlockTree;
  readonly error: Diagnostic;
}

const errorsOf = (readings: readonly Reading[]): Found[] =>
  readings.flatMap(({ tree, diagnostics }) =>
    diagnostics.filter(({ severity }) => severity === 'error').map((error) => ({ tree, error })),
  );

/** The errors of which there are more than before. One that says something else in other surroundings, such as another near name, is the same. */
function freshErrors(
  mended: Diagnostic | undefined,
  before: readonly Reading[],
  after: readonly Reading[],
): readonly Found[] {
  const old = errorsOf(before);
  const index = mended === undefined ? -1 : old.findIndex(({ error }) => isSame(error, mended));
  const known = index < 0 ? old : old.toSpliced(index, 1);
  const byMessage = ({ error: { code, message } }: Found) => `${code} ${message}`;
  const byCode = ({ error }: Found) => error.code;
  const [fresh, left] = [minus(errorsOf(after), known, byMessage), minus(known, errorsOf(after), byMessage)];
  return minus(fresh, left, byCode);
}

/** The elements of a list without as many of each key as another list has. */
function minus<T>(list: readonly T[], others: readonly T[], keyOf: (element: T) => string): T[] {
  const counts = new Map<string, number>();
  for (const each of others) counts.set(keyOf(each), (counts.get(keyOf(each)) ?? 0) + 1);
  return list.filter((each) => {
    const count = counts.get(keyOf(each)) ?? 0;
    counts.set(keyOf(each), count - 1);
    return count <= 0;
  });
}

const WORD = /[\p{L}\p{N}_]+/gu;
const wordsIn = (text: string): string[] => (text.match(WORD) ?? []).map((word) => word.toLowerCase());

/** The words of the text of which the span has a part. */
const wordsAt = (text: string, { offset, length }: Span): string[] =>
  wordsIn(text.slice(edgeOfWord(text, offset, -1), edgeOfWord(text, offset + length, 1)));

/** Where the word ends that goes on from within to beyond an edge of a span, in the direction. */
function edgeOfWord(text: string, edge: number, step: 1 | -1): number {
  const isWord = (at: number) => /[\p{L}\p{N}_]/u.test(text.charAt(at));
  // The character behind an offset is at it.
  const inside = step === 1 ? edge - 1 : edge;
  let at = inside;
  while (isWord(at) && isWord(at + step)) at += step;
  return at === inside ? edge : edge + at - inside;
}

/** The texts of the clauses and other items of a request. */
const partsOf = ({ text, items }: BlockTree): string[] => items.map((item) => textOf(text, item).trim());

/** The text of the item at the offset. */
function partAt({ text, items }: BlockTree, offset: number): string {
  const item = items.findLast((each) => each.offset <= offset);
  return item === undefined ? '' : textOf(text, item).trim();
}
