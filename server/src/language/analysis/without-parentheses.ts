/**
 * Rewrites a filter to what the API can read: without parentheses, `not` and `in`, but for the same records.
 * `and` binds tighter than `or` (contract, A), so a list of alternatives, each a list of conditions, can express any filter.
 */
import type { FilterList } from '../syntax/nodes';
import { MAX_REQUESTS } from '../text/limits';
import { Incomplete, type Logic, NoEquivalent } from './filter-logic';
import { type FilterMeaning, NOTHING_KNOWN } from './filter-meaning';
import { logicOf } from './term-logic';

export { alternativesOf } from './term-logic';

export type Rewriting =
  /** Alternatives (joined by `or`) of conditions (joined by `and`). */
  | {
      readonly ok: true;
      readonly alternatives: readonly (readonly string[])[];
      /** False where a part of it is a guess. */
      readonly sure: boolean;
    }
  | {
      readonly ok: false;
      readonly reason: 'incomplete' | 'no-equivalent' | 'too-large';
      readonly message: string;
      /** True where a condition inside gets that message itself. */
      readonly inside: boolean;
      readonly alternatives?: readonly (readonly string[])[];
    };

/** More conditions in one filter would be unreadable, and the address too long for some servers. */
export const MAX_CONDITIONS = 60;
const MAX_ALTERNATIVES = 2000;

/** The filter as alternatives of conditions, or why that is impossible or would grow too large. */
export function withoutParentheses(filter: FilterList, meaning: FilterMeaning = NOTHING_KNOWN): Rewriting {
  let alternatives: readonly (readonly string[])[] | undefined;
  let sure: boolean;
  try {
    const logic = logicOf(filter, meaning);
    sure = isSure(logic);
    alternatives = distribute(logic);
  } catch (error) {
    if (error instanceof Incomplete)
      return {
        ok: false,
        reason: 'incomplete',
        message: 'Complete the conditions first; then they can be rewritten.',
        inside: false,
      };
    if (error instanceof NoEquivalent)
      return {
        ok: false,
        reason: 'no-equivalent',
        message: error.message,
        inside: error.by !== undefined && error.by !== filter.terms[0],
      };
    throw error;
  }
  const size =
    alternatives?.reduce((sum, conditions) => sum + conditions.length, 0) ?? Number.POSITIVE_INFINITY;
  if (alternatives === undefined || size > MAX_CONDITIONS) {
    return {
      ok: false,
      reason: 'too-large',
      inside: false,
      message: `Written out, the filter would have ${alternatives === undefined ? 'thousands of' : size} conditions. ${
        size > MAX_CONDITIONS * MAX_REQUESTS || alternatives?.some(({ length }) => length > MAX_CONDITIONS)
          ? 'Keep the conditions that find the fewest records, and filter the results instead.'
          : 'Split it into several requests, one for each alternative.'
      }`,
      ...(alternatives === undefined ? {} : { alternatives }),
    };
  }
  return { ok: true, alternatives, sure };
}

export const alternativesText = (alternatives: readonly (readonly string[])[]): string =>
  alternatives.map((conditions) => conditions.join(' and ')).join(' or ');

const isSure = (logic: Logic): boolean => (logic.kind === 'leaf' ? logic.sure : logic.parts.every(isSure));

/** Returns undefined when the result would grow beyond reason. */
function distribute(logic: Logic): string[][] | undefined {
  if (logic.kind === 'leaf') return [[logic.text]];
  let result: string[][] = logic.kind === 'and' ? [[]] : [];
  for (const part of logic.parts) {
    const alternatives = distribute(part);
    if (alternatives === undefined) return undefined;
    if (logic.kind === 'or') result.push(...alternatives);
    else {
      // Checked before they are made: a thousand times a thousand would take seconds.
      if (result.length * alternatives.length > MAX_ALTERNATIVES * 2) return undefined;
      result = absorb(
        result.flatMap((left) =>
          alternatives.map((right) => [...left, ...right.filter((text) => !left.includes(text))]),
        ),
      );
    }
    if (result.length > MAX_ALTERNATIVES) return undefined;
  }
  return logic.kind === 'or' && logic.parts.length > 1 ? absorb(result) : result;
}

/** Drops alternatives that another one covers: `a or a and b` is `a`. */
function absorb(alternatives: string[][]): string[][] {
  if (alternatives.length < 2 || alternatives.length > 400) return alternatives;
  return alternatives.filter(
    (one, index) =>
      !alternatives.some(
        (other, at) =>
          at !== index &&
          other.length <= one.length &&
          (other.length < one.length || at < index) &&
          other.every((text) => one.includes(text)),
      ),
  );
}
