/**
 * How conditions are joined on a platform: how a filter is read there, and how it can be asked. The one place that knows
 * whether `and` is read before `or`, or all from left to right.
 */
import type { Traits } from '../catalog/traits';
import type { FilterList, Term } from '../syntax/nodes';
import { takesGroups } from './dialect';
import { isOpaque } from './print-filter';

export type JoinWord = 'and' | 'or';

/** A filter as it is read. */
export type Reading =
  | { readonly kind: 'term'; readonly term: Term }
  | { readonly kind: JoinWord; readonly parts: readonly Reading[] };

/** A condition in a row of them; `join` stands before it, and is of no account for the first. */
interface Link {
  readonly join: JoinWord;
  readonly text: string;
}
/** Conditions in a row, as they are written. */
export type Chain = readonly Link[];

/** True where conditions are joined in the order in which they stand. */
export const readsFromLeft = ({ precedence }: Traits): boolean => precedence === 'left-to-right';

/** How the platform reads the list. */
export function readingOf(list: FilterList, traits: Traits): Reading {
  const terms = list.terms.map((term): Reading => ({ kind: 'term', term }));
  const opOf = (index: number): JoinWord => list.joins[index - 1]?.op ?? 'and';
  if (!readsFromLeft(traits)) {
    const alternatives: Reading[][] = [];
    for (const [index, term] of terms.entries()) {
      const current = alternatives.at(-1);
      if (current === undefined || opOf(index) === 'or') alternatives.push([term]);
      else current.push(term);
    }
    return joined(
      'or',
      alternatives.map((parts) => joined('and', parts)),
    );
  }
  let whole: Reading | undefined;
  for (const [index, term] of terms.entries()) {
    const op = opOf(index);
    if (whole === undefined) whole = term;
    else whole = whole.kind === op ? { kind: op, parts: [...whole.parts, term] } : joined(op, [whole, term]);
  }
  return whole ?? joined('or', []);
}

/**
 * The terms (by index) behind which a condition is written that is joined with the whole list: behind the last one, or behind
 * each alternative where `and` is read before `or`.
 */
export function placesToJoin({ terms, joins }: FilterList, join: JoinWord, traits: Traits): number[] {
  const last = terms.length - 1;
  if (join === 'or' || readsFromLeft(traits)) return [last];
  return terms.flatMap((_, index) => (index === last || joins[index]?.op === 'or' ? [index] : []));
}

/** What joins the conditions around one that is removed, so that each of the others is asked as before. */
export const joinWithout = (before: JoinWord, after: JoinWord, traits: Traits): JoinWord =>
  readsFromLeft(traits) || before === after ? after : 'or';

/** True where a condition, with all that a variable stands for, is one part of what `and` joins. */
export const keepsTogether = (join: JoinWord, term: Term, traits: Traits): boolean =>
  join === 'or' || readsFromLeft(traits) || !isOpaque(term);

const joined = (kind: JoinWord, parts: readonly Reading[]): Reading =>
  parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind, parts };

export const chainText = (chain: Chain): string =>
  chain.map(({ join, text }, index) => (index === 0 ? text : `${join} ${text}`)).join(' ');

/** Conditions that are all joined by one word. */
export const chainOf = (join: JoinWord, texts: readonly string[]): Chain =>
  texts.map((text) => ({ join, text }));

/**
 * The text that means the chain where one condition stands, between the joins `before` and `after`; undefined where that
 * would change what is asked.
 */
export function inPlace(
  chain: Chain,
  before: JoinWord | undefined,
  after: JoinWord | undefined,
  traits: Traits,
): string | undefined {
  const text = chainText(chain);
  const joins = chain.slice(1).map(({ join }) => join);
  const fits = readsFromLeft(traits)
    ? before === undefined || joins.every((join) => join === before)
    : !joins.includes('or') || (before !== 'and' && after !== 'and');
  if (fits) return text;
  return takesGroups(traits) ? `(${text})` : undefined;
}

/** Conditions and what joins them, before they are written in a row. */
export type Formula = string | { readonly kind: JoinWord; readonly parts: readonly Formula[] };

/**
 * Alternatives of conditions in a row; undefined where the platform can't be asked for them at once: from left to right,
 * `a and b or c and d` would be read as `((a and b) or c) and d`.
 */
export function chainOfAlternatives(
  alternatives: readonly (readonly string[])[],
  traits: Traits,
): Chain | undefined {
  if (readsFromLeft(traits)) return rowOf('or', alternatives);
  return alternatives.flatMap((conditions) =>
    conditions.map((text, index): Link => ({ join: index === 0 ? 'or' : 'and', text })),
  );
}

/** From left to right, one part at most has several conditions, and that stands first. */
function rowOf(outer: JoinWord, parts: readonly (readonly string[])[]): Chain | undefined {
  const several = parts.filter(({ length }) => length > 1);
  if (several.length > 1) return undefined;
  const ordered = [...several, ...parts.filter(({ length }) => length <= 1)];
  const inner = outer === 'or' ? 'and' : 'or';
  return ordered.flatMap((conditions) =>
    conditions.map((text, index): Link => ({ join: index === 0 ? outer : inner, text })),
  );
}

/** Ways to write a formula in a row without multiplying it out; undefined where there is none on this platform. */
export function chainOfFormula(formula: Formula, traits: Traits): Chain | undefined {
  const simple = simplified(formula);
  if (takesGroups(traits)) return withGroups(simple, traits);
  return readsFromLeft(traits) ? ladder(simple) : undefined;
}

/** For platforms that read from left to right: conditions of alternatives, the other way to multiply out. */
export const chainOfConditions = (
  conditions: readonly (readonly string[])[],
  traits: Traits,
): Chain | undefined => (readsFromLeft(traits) ? rowOf('and', conditions) : undefined);

function withGroups(formula: Formula, traits: Traits): Chain {
  if (typeof formula === 'string') return [{ join: 'and', text: formula }];
  const { kind, parts } = formula;
  return parts.flatMap((part): Chain => {
    if (typeof part === 'string') return [{ join: kind, text: part }];
    const inner = withGroups(part, traits);
    // `a and b` is an alternative without parentheses, too.
    return kind === 'or' && !readsFromLeft(traits)
      ? inner.map((link, index) => (index === 0 ? { ...link, join: kind } : link))
      : [{ join: kind, text: `(${chainText(inner)})` }];
  });
}

/** `(a or b) and c` is `a or b and c` from left to right: each step adds conditions to what stands before. */
function ladder(formula: Formula): Chain | undefined {
  if (typeof formula === 'string') return [{ join: 'and', text: formula }];
  const { kind, parts } = formula;
  const nested = parts.filter((part) => typeof part !== 'string');
  const [first] = nested;
  if (nested.length > 1) return undefined;
  const start = first === undefined ? [] : ladder(first);
  return start === undefined
    ? undefined
    : [...start, ...parts.filter((part) => typeof part === 'string').map((text) => ({ join: kind, text }))];
}

/** Without parts of one part, and with the parts of a part that is joined by the same word. */
function simplified(formula: Formula): Formula {
  if (typeof formula === 'string') return formula;
  const { kind } = formula;
  const parts = formula.parts
    .map(simplified)
    .flatMap((part) => (typeof part !== 'string' && part.kind === kind ? part.parts : [part]));
  const different = [...new Set(parts)];
  const [only] = different;
  return different.length === 1 && only !== undefined ? only : { kind, parts: different };
}

/** How `and` and `or` are read, for people; Markdown. */
export function joiningDocs(traits: Traits): string {
  const order = readsFromLeft(traits)
    ? 'Conditions are read from left to right: `a or b and c` means `(a or b) and c`'
    : '`and` binds tighter than `or`';
  return takesGroups(traits)
    ? `${order}. Parentheses group conditions.`
    : `${order}, and there are no parentheses.`;
}

/** The same in a few words, behind `or`. */
export const joiningHint = (traits: Traits): string =>
  readsFromLeft(traits) ? 'conditions are read from left to right' : '“and” binds tighter';

/** How a filter that mixes `and` with `or` is read; `shape` shows it with parentheses. */
export const joiningMessage = (shape: string, traits: Traits): string =>
  readsFromLeft(traits)
    ? `This platform reads conditions from left to right. This is read as ${shape}.`
    : `“and” binds tighter than “or”. This is read as ${shape}.`;

/** Why a filter has to be split. */
export const NOT_FROM_LEFT =
  'This platform reads conditions from left to right, so it can’t be asked for this at once. Split it into several requests, one for each alternative.';
