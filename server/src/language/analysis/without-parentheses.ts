/**
 * Rewrites a filter to what the platform can read, but for the same records: without parentheses, `not` and `in` where it
 * has none. Where `and` is read before `or`, a list of alternatives, each a list of conditions, can express any filter.
 */
import type { FilterList } from '../syntax/nodes';
import { MAX_REQUESTS } from '../text/limits';
import { and, Incomplete, leaf, type Logic, NoEquivalent } from './filter-logic';
import { type FilterMeaning, NOTHING_KNOWN } from './filter-meaning';
import {
  type Chain,
  chainOfAlternatives,
  chainOfConditions,
  chainOfFormula,
  type Formula,
  NOT_FROM_LEFT,
  readsFromLeft,
} from './joining';
import { logicOf } from './term-logic';

export type Rewriting =
  | {
      readonly ok: true;
      readonly chain: Chain;
      /** False where a part of it is a guess. */
      readonly sure: boolean;
    }
  | {
      readonly ok: false;
      readonly reason: 'incomplete' | 'no-equivalent' | 'too-large';
      readonly message: string;
      /** True where a condition inside gets that message itself. */
      readonly inside: boolean;
      /** Alternatives (joined by `or`) of conditions (joined by `and`), for several requests. */
      readonly alternatives?: readonly (readonly string[])[];
    };

/** More conditions in one filter would be unreadable, and the address too long for some servers. */
export const MAX_CONDITIONS = 60;
const MAX_ALTERNATIVES = 2000;
/** Characters of a filter; of more, not even the requests into which it could be split would hold the conditions. */
const MAX_REWRITTEN = 32_000;
/** Beyond this, conditions of all alternatives together are no longer written out: twice what could be split. */
const MAX_SIZE = 2 * MAX_CONDITIONS * MAX_REQUESTS;

/** The filter as the platform can read it, or why that is impossible or would grow too large. */
export const withoutParentheses = (filter: FilterList, meaning: FilterMeaning = NOTHING_KNOWN): Rewriting =>
  rewritingOf(filter, meaning, (logic) => logic);

/** The filter with more conditions that have to be met, too. */
export const withConditions = (
  filter: FilterList,
  conditions: readonly string[],
  meaning: FilterMeaning,
): Rewriting =>
  rewritingOf(filter, meaning, (logic) => and([logic, ...conditions.map((text) => leaf(text))]));

function rewritingOf(filter: FilterList, meaning: FilterMeaning, change: (logic: Logic) => Logic): Rewriting {
  if (filter.length > MAX_REWRITTEN) return tooLarge(undefined, true);
  let logic: Logic;
  try {
    logic = change(logicOf(filter, meaning));
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
  return written(logic, meaning);
}

function written(logic: Logic, { traits }: FilterMeaning): Rewriting {
  const fits = (chain: Chain | undefined): chain is Chain =>
    chain !== undefined && chain.length <= MAX_CONDITIONS;
  const sure = isSure(logic);
  const plain = chainOfFormula(formulaOf(logic), traits);
  if (fits(plain)) return { ok: true, chain: plain, sure };
  const alternatives = distribute(logic);
  const chain = alternatives === undefined ? undefined : chainOfAlternatives(alternatives, traits);
  if (fits(chain)) return { ok: true, chain, sure };
  const conditions = readsFromLeft(traits) ? distribute(turned(logic)) : undefined;
  const other = conditions === undefined ? undefined : chainOfConditions(conditions, traits);
  if (fits(other)) return { ok: true, chain: other, sure };
  return tooLarge(alternatives, chain === undefined);
}

/** `isOrder`: the alternatives may be few enough, but can't be asked for at once. */
function tooLarge(alternatives: readonly (readonly string[])[] | undefined, isOrder: boolean): Rewriting {
  const size = alternatives === undefined ? Number.POSITIVE_INFINITY : sizeOf(alternatives);
  const head = `Written out, the filter would have ${alternatives === undefined ? 'thousands of' : size} conditions.`;
  const isHopeless =
    size > MAX_CONDITIONS * MAX_REQUESTS || alternatives?.some(({ length }) => length > MAX_CONDITIONS);
  const advice = isHopeless
    ? 'Keep the conditions that find the fewest records, and filter the results instead.'
    : 'Split it into several requests, one for each alternative.';
  return {
    ok: false,
    reason: 'too-large',
    inside: false,
    message: isOrder && size <= MAX_CONDITIONS ? NOT_FROM_LEFT : `${head} ${advice}`,
    ...(alternatives === undefined ? {} : { alternatives }),
  };
}

const formulaOf = (logic: Logic): Formula =>
  logic.kind === 'leaf' ? logic.text : { kind: logic.kind, parts: logic.parts.map(formulaOf) };

/** With `and` and `or` exchanged, what is multiplied out are conditions of alternatives. */
const turned = (logic: Logic): Logic =>
  logic.kind === 'leaf'
    ? logic
    : { kind: logic.kind === 'and' ? 'or' : 'and', parts: logic.parts.map(turned) };

const isSure = (logic: Logic): boolean => (logic.kind === 'leaf' ? logic.sure : logic.parts.every(isSure));

/** Returns undefined when the result would grow beyond reason. */
function distribute(logic: Logic): string[][] | undefined {
  if (logic.kind === 'leaf') return [[logic.text]];
  let result: string[][] = logic.kind === 'and' ? [[]] : [];
  for (const part of logic.parts) {
    const alternatives = distribute(part);
    if (alternatives === undefined) return undefined;
    if (logic.kind === 'or') for (const each of alternatives) result.push(each);
    else {
      // Checked before they are made: a thousand times a thousand would take seconds.
      if (result.length * alternatives.length > MAX_ALTERNATIVES * 2) return undefined;
      result = absorb(
        result.flatMap((left) => {
          const has = new Set(left);
          return alternatives.map((right) => [...left, ...right.filter((text) => !has.has(text))]);
        }),
      );
    }
    if (result.length > MAX_ALTERNATIVES || sizeOf(result) > MAX_SIZE) return undefined;
  }
  return logic.kind === 'or' && logic.parts.length > 1 ? absorb(result) : result;
}

const sizeOf = (alternatives: readonly (readonly string[])[]): number =>
  alternatives.reduce((sum, conditions) => sum + conditions.length, 0);

/** Drops alternatives that another one covers: `a or a and b` is `a`. */
function absorb(alternatives: string[][]): string[][] {
  if (alternatives.length < 2 || alternatives.length > 400) return alternatives;
  return alternatives.filter((one, index) => {
    const has = new Set(one);
    return !alternatives.some(
      (other, at) =>
        at !== index &&
        other.length <= one.length &&
        (other.length < one.length || at < index) &&
        other.every((text) => has.has(text)),
    );
  });
}
