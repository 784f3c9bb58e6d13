/** The last defence against a wrong fix: what the requests that it changes look like before and after it. */
import type { BlockTree, Item } from '../syntax/nodes';
import { type Span, textOf } from '../text/span';
import type { Diagnostic } from './check';
import { itemAt } from './items';

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
  const [now, old] = [errorsOf(after), errorsOf(before)];
  const index = mended === undefined ? -1 : old.findIndex(({ error }) => isSame(error, mended));
  const left = index < 0 ? old : old.toSpliced(index, 1);
  if (minus(now, left, byMessage).length === 0) return true;
  const known = new Set(before.flatMap(({ tree }) => wordsIn(tree.text)));
  const parts = new Set(before.flatMap(({ tree }) => tree.items.map((item) => partText(tree, item))));
  const kept = new Set(
    after.flatMap(({ tree }) => tree.items.filter((item) => parts.has(partText(tree, item)))),
  );
  const isKept = ({ tree, error }: Found) => {
    const item = itemAt(tree, error.offset);
    return item !== undefined && kept.has(item);
  };
  const opens = after.length > before.length || before.some(isUnreadable);
  return freshErrors(now, left, isKept).every(
    (found) =>
      wordsAt(found.tree.text, found.error).every((word) => known.has(word)) && (opens || !isKept(found)),
  );
}

/** Without a module that is known, the fields of a request are not checked; nor is a statement without its word. */
const isUnreadable = ({ tree, diagnostics }: Reading) =>
  tree.request?.statement !== undefined || diagnostics.some(({ code }) => code === 'unknown-module');

const isSame = (a: Diagnostic, b: Diagnostic) => a.code === b.code && a.message === b.message;

interface Found {
  readonly tree: BlockTree;
  readonly error: Diagnostic;
}

const errorsOf = (readings: readonly Reading[]): Found[] =>
  readings.flatMap(({ tree, diagnostics }) =>
    diagnostics.filter(({ severity }) => severity === 'error').map((error) => ({ tree, error })),
  );

const byMessage = ({ error: { code, message } }: Found): string => `${code} ${message}`;
const byCode = ({ error }: Found): string => error.code;

/**
 * The errors of which there are more than before. Of those that say the same, the one in a kept part of the request was
 * there before; one that says something else in other surroundings, such as another near name, is the same, too.
 */
function freshErrors(
  now: readonly Found[],
  before: readonly Found[],
  isKept: (found: Found) => boolean,
): readonly Found[] {
  const ordered = now.toSorted((a, b) => Number(isKept(b)) - Number(isKept(a)));
  return minus(minus(ordered, before, byMessage), minus(before, now, byMessage), byCode);
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

/** The text of a clause or another item of a request. */
const partText = ({ text }: BlockTree, item: Item): string => textOf(text, item).trim();
