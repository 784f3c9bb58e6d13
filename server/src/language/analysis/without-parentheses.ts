/**
 * Rewrites a filter to what the API can read: without parentheses, `not` and `in`, but for the same records.
 * `and` binds tighter than `or` (contract, A), so a list of alternatives, each a list of conditions, can express any filter.
 */
import type { FilterList, Membership, Term, Value } from '../syntax/nodes';
import { MAX_REQUESTS } from '../text/limits';
import { comparisonOf, type ComparisonOperator, functionOf, synonymOf } from '../vocabulary/filter-words';
import { asWritten, comparisonFor, printTerm } from './print-filter';
import { type Day, dayOf } from './whole-days';

export type Rewriting =
  /** Alternatives (joined by `or`) of conditions (joined by `and`). */
  | { readonly ok: true; readonly alternatives: readonly (readonly string[])[] }
  | {
      readonly ok: false;
      readonly reason: 'incomplete' | 'no-equivalent' | 'too-large';
      readonly message: string;
      readonly alternatives?: readonly (readonly string[])[];
    };

/** More conditions in one filter would be unreadable, and the address too long for some servers. */
export const MAX_CONDITIONS = 60;
const MAX_ALTERNATIVES = 2000;

type Logic =
  | { readonly kind: 'leaf'; readonly text: string; readonly negated: string | undefined }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Logic[] };

class Incomplete extends Error {}
class NoEquivalent extends Error {}

/** The filter as alternatives of conditions, or why that is impossible or would grow too large. */
export function withoutParentheses(filter: FilterList): Rewriting {
  let alternatives: readonly (readonly string[])[] | undefined;
  try {
    alternatives = distribute(logicOf(filter));
  } catch (error) {
    if (error instanceof Incomplete)
      return {
        ok: false,
        reason: 'incomplete',
        message: 'Complete the conditions first; then they can be rewritten.',
      };
    if (error instanceof NoEquivalent) return { ok: false, reason: 'no-equivalent', message: error.message };
    throw error;
  }
  const size =
    alternatives?.reduce((sum, conditions) => sum + conditions.length, 0) ?? Number.POSITIVE_INFINITY;
  if (alternatives === undefined || size > MAX_CONDITIONS) {
    return {
      ok: false,
      reason: 'too-large',
      message: `Written out, the filter would have ${alternatives === undefined ? 'thousands of' : size} conditions. ${
        size > MAX_CONDITIONS * MAX_REQUESTS || alternatives?.some(({ length }) => length > MAX_CONDITIONS)
          ? 'Keep the conditions that find the fewest records, and filter the results instead.'
          : 'Split it into several requests, one for each alternative.'
      }`,
      ...(alternatives === undefined ? {} : { alternatives }),
    };
  }
  return { ok: true, alternatives };
}

export const alternativesText = (alternatives: readonly (readonly string[])[]): string =>
  alternatives.map((conditions) => conditions.join(' and ')).join(' or ');

/** The list as alternatives of terms: `and` before `or`. */
export function alternativesOf(list: FilterList): Term[][] {
  const alternatives: Term[][] = [];
  for (const [index, term] of list.terms.entries()) {
    const current = alternatives.at(-1);
    if (current === undefined || list.joins[index - 1]?.op === 'or') alternatives.push([term]);
    else current.push(term);
  }
  return alternatives;
}

function logicOf(list: FilterList): Logic {
  if (list.terms.length === 0) throw new Incomplete();
  return {
    kind: 'or',
    parts: alternativesOf(list).map((terms): Logic => ({ kind: 'and', parts: terms.map(termLogic) })),
  };
}

const NEGATED: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  eq: 'ne',
  ne: 'eq',
  lt: 'ge',
  le: 'gt',
  gt: 'le',
  ge: 'lt',
};

const leaf = (text: string | undefined, negated?: string): Logic => {
  if (text === undefined) throw new Incomplete();
  return { kind: 'leaf', text, negated };
};

function termLogic(term: Term): Logic {
  switch (term.kind) {
    case 'group':
      if (term.filter.terms.some((each) => each.kind === 'opaque'))
        throw new NoEquivalent(
          'A variable in parentheses may hold several conditions. Write its conditions out, here or in the variable, without parentheses.',
        );
      return logicOf(term.filter);
    case 'not':
      if (term.operand === undefined) throw new Incomplete();
      return negate(termLogic(term.operand));
    case 'in':
      if (term.values.length === 0) throw new Incomplete();
      return membership(term);
    case 'between':
      return {
        kind: 'and',
        parts: [from(term.field.text, term.low), upTo(term.field.text, term.high)],
      };
    case 'comparison': {
      const { field, operator, value } = term;
      if (operator === undefined || value === undefined) throw new Incomplete();
      const known = comparisonOf(operator.text);
      if (known !== undefined) return comparison(field.text, known, value);
      return leaf(comparisonFor(field.text, operator.text, asWritten.value(value)));
    }
    case 'function': {
      if (functionOf(term.name.text) === undefined)
        throw new NoEquivalent(`The API has no “${term.name.text}”, so this can’t be rewritten.`);
      const truth = term.value?.text.toLowerCase();
      const call = leaf(printTerm({ ...term, operator: undefined, value: undefined }, asWritten));
      if (term.operator === undefined) return call;
      if (truth !== 'true' && truth !== 'false') throw new Incomplete();
      return (truth === 'true') === (comparisonOf(term.operator.text) === 'eq') ? call : negate(call);
    }
    case 'opaque':
      return leaf(term.word.text);
    case 'bad':
      throw new Incomplete();
  }
}

/** `in ('a','b')`, and what people write like it: `ne ('a','b')`, `contains ('a','b')`. */
function membership({ field, operator, values }: Membership): Logic {
  const word =
    operator.text.toLowerCase() === 'in' ? 'eq' : (comparisonOf(operator.text) ?? synonymOf(operator.text));
  if (word === 'eq' || word === 'ne')
    return {
      kind: word === 'eq' ? 'or' : 'and',
      parts: values.map((value) => comparison(field.text, word, value)),
    };
  if (word === undefined || functionOf(word) === undefined)
    throw new NoEquivalent(`Compare ${field.text} with one value: “${operator.text}” takes no list.`);
  return {
    kind: 'or',
    parts: values.map((value) => leaf(`${word}(${field.text},'${value.text.replaceAll("'", "''")}')`)),
  };
}

function comparison(field: string, operator: ComparisonOperator, value: Value): Logic {
  const text =
    value.form === 'quoted' ||
    value.form === 'number' ||
    value.form === 'boolean' ||
    value.form === 'variable'
      ? asWritten.value(value)
      : `'${value.text.replaceAll("'", "''")}'`;
  return leaf(`${field} ${operator} ${text}`, `${field} ${NEGATED[operator]} ${text}`);
}

/** A day without a time; undefined for anything else. */
const bareDay = (value: Value): Day | undefined =>
  value.form === 'number' || /\d:\d/.test(value.text) ? undefined : dayOf(value, undefined);

const from = (field: string, low: Value): Logic =>
  comparison(field, 'ge', { ...low, ...asText(bareDay(low)?.text) });

/** With the whole of a day, for which `le` would end at midnight. A field without times has the same records. */
function upTo(field: string, high: Value): Logic {
  const next = bareDay(high)?.next;
  return comparison(field, next === undefined ? 'le' : 'lt', { ...high, ...asText(next) });
}

const asText = (text: string | undefined): Partial<Value> =>
  text === undefined ? {} : { form: 'quoted', text };

function negate(logic: Logic): Logic {
  if (logic.kind !== 'leaf')
    return { kind: logic.kind === 'and' ? 'or' : 'and', parts: logic.parts.map(negate) };
  if (logic.negated === undefined)
    throw new NoEquivalent(
      `The API can’t express the opposite of ${logic.text}. Leave it out, and filter the results instead.`,
    );
  return { kind: 'leaf', text: logic.negated, negated: logic.text };
}

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
