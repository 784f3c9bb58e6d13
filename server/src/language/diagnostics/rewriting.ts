/** The fixes that rewrite a condition, or the whole filter where a condition alone would change what is asked. */
import type { FilterMeaning } from '../analysis/filter-meaning';
import { chainText, inPlace } from '../analysis/joining';
import { type Rewriting, withoutParentheses } from '../analysis/without-parentheses';
import type { BlockTree, Clause, FilterList, Term } from '../syntax/nodes';
import type { Fix } from '../syntax/problems';
import { endOf } from '../text/span';
import { type CheckContext, replace } from './check';
import { layOut, splitFix } from './split';

/** Where a term stands in its filter. */
export interface TermPlace {
  readonly clause: Clause;
  /** The whole filter of the clause. */
  readonly filter: FilterList;
  readonly list: FilterList;
  /** Its index in the list; -1 for what a `not` negates. */
  readonly index: number;
  readonly meaning: FilterMeaning;
  /** The whole filter, rewritten: once, however many terms ask for it. */
  readonly whole: () => Rewriting;
  /** Terms of which the message of one before them tells. */
  readonly told: Set<Term>;
}

/** The term alone, rewritten. */
export const rewritten = (term: Term, meaning: FilterMeaning): Rewriting =>
  withoutParentheses(
    { kind: 'filter-list', offset: term.offset, length: term.length, terms: [term], joins: [] },
    meaning,
  );

/** A part of a sentence that proposes the rewriting; empty where there is none. */
export const proposal = (rewriting: Rewriting, most = 80): string =>
  rewriting.ok ? ` Write ${shorten(chainText(rewriting.chain), most)}.` : '';

export const shorten = (text: string, most: number) =>
  text.length > most ? `${text.slice(0, most - 3)}…` : text;

/** The fix for the term; for a term that can't be replaced alone, the fix for the whole filter. None where nothing is right. */
export function rewritingFixes(
  { model }: CheckContext,
  term: Term,
  place: TermPlace,
  rewriting: Rewriting,
): Fix[] {
  if (!rewriting.ok) return [];
  const { list, index, filter, clause } = place;
  const [before, after] = [list.joins[index - 1]?.op, list.joins[index]?.op];
  const better = index < 0 ? undefined : inPlace(rewriting.chain, before, after, model.traits);
  if (better !== undefined)
    return [replace(term, better, `Rewrite to ${shorten(better, 80)}`, rewriting.sure)];
  const whole = place.whole();
  return whole.ok
    ? once(whole, () => [wholeFix(model.tree, clause, filter, whole, 'Rewrite the filter')])
    : [];
}

const made = new WeakMap<Rewriting, Fix[]>();

/** The fixes that write a whole filter are as long as it is: made once, and not for each of its conditions. */
function once(whole: Rewriting, make: () => Fix[]): Fix[] {
  const fixes = made.get(whole) ?? make();
  made.set(whole, fixes);
  return fixes;
}

/** Replaces the filter. The user's comments in it stay, after it. */
export function wholeFix(
  tree: BlockTree,
  clause: Clause,
  filter: FilterList,
  { chain, sure }: Extract<Rewriting, { ok: true }>,
  title: string,
): Fix {
  const comments = commentsIn(tree, filter).map((comment) => `\n${comment}`);
  return replace(filter, layOut(tree.text, clause, chain) + comments.join(''), title, sure);
}

/** The user's comment lines inside the filter. */
const commentsIn = (tree: BlockTree, filter: FilterList): string[] =>
  [...tree.text.slice(filter.offset, endOf(filter)).matchAll(/[\r\n]([ \t]*(?:#|\/\/)[^\r\n]*)/g)].map(
    ([, line]) => line ?? '',
  );

/** Several requests for a filter that is too large for one. */
export function splitFixes({ model }: CheckContext, { clause, filter, whole: rewrite }: TermPlace): Fix[] {
  const whole = rewrite();
  return whole.ok
    ? []
    : once(whole, () => splitFix(model.tree, clause, filter, whole.alternatives, model.traits));
}
