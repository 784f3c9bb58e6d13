/** The logic of a filter: conditions that the API can read, with their opposites, joined by `and` and `or`. */
import type { FieldInfo } from '../catalog/catalog';
import type { Term, Value, Word } from '../syntax/nodes';
import {
  comparisonOf,
  type ComparisonOperator,
  type FilterFunction,
  synonymOf,
} from '../vocabulary/filter-words';
import { negatesFunctions } from './dialect';
import { functionsFor, operatorsFor } from './field-types';
import type { FilterMeaning } from './filter-meaning';
import { readValue } from './filter-values';

export type Logic =
  | {
      readonly kind: 'leaf';
      readonly text: string;
      /** Undefined: the API can't express the opposite. */
      readonly negated: string | undefined;
      /** False where the text is a guess. */
      readonly sure: boolean;
      /** The same in conditions that have opposites. */
      readonly instead?: Logic;
    }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Logic[] };

/** A condition is not whole yet, so that its meaning is not known. */
export class Incomplete extends Error {}

/** The API can't ask this. `by` is the term that gets that message, whatever it stands in. */
export class NoEquivalent extends Error {
  constructor(
    message: string,
    readonly by?: Term | 'value',
  ) {
    super(message);
  }
}

export const and = (parts: readonly Logic[]): Logic => ({ kind: 'and', parts });
export const or = (parts: readonly Logic[]): Logic => ({ kind: 'or', parts });

const NEGATED: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  eq: 'ne',
  ne: 'eq',
  lt: 'ge',
  le: 'gt',
  gt: 'le',
  ge: 'lt',
};

/** A comparison; `text` is the value as the API gets it. */
export const compared = (field: string, operator: ComparisonOperator, text: string, sure = true): Logic => ({
  kind: 'leaf',
  text: `${field} ${operator} ${text}`,
  negated: `${field} ${NEGATED[operator]} ${text}`,
  sure,
});

/** A condition without an opposite; undefined where a part of it is missing. */
export function leaf(text: string | undefined, sure = true): Extract<Logic, { kind: 'leaf' }> {
  if (text === undefined) throw new Incomplete();
  return { kind: 'leaf', text, negated: undefined, sure };
}

/** A function; its opposite where the platform has one. */
export function callLeaf(text: string | undefined, { traits }: FilterMeaning, sure = true): Logic {
  const plain = leaf(text, sure);
  return negatesFunctions(traits) ? { ...plain, negated: `not ${text ?? ''}` } : plain;
}

export function negate(logic: Logic): Logic {
  if (logic.kind !== 'leaf')
    return { kind: logic.kind === 'and' ? 'or' : 'and', parts: logic.parts.map(negate) };
  if (logic.instead !== undefined) return negate(logic.instead);
  if (logic.negated === undefined)
    throw new NoEquivalent(
      `The API can’t express the opposite of ${logic.text}. Leave it out, and filter the results instead.`,
    );
  return { ...logic, text: logic.negated, negated: logic.text };
}

const CORRECT_FIRST = 'Correct the names and values in it first; then it can be rewritten.';

/** Returns the field. Throws where it has an error, which a rewriting would repeat. */
export function knownField(
  field: Word,
  meaning: FilterMeaning,
  operator?: ComparisonOperator | FilterFunction,
): FieldInfo | undefined {
  const info = meaning.field(field.text);
  if (info === undefined) {
    if (meaning.knowsFields && field.references.length === 0) throw new NoEquivalent(CORRECT_FIRST);
    return undefined;
  }
  const fits =
    operator === undefined || [...operatorsFor(info.type), ...functionsFor(info.type)].includes(operator);
  if (!info.filterable || !fits) throw new NoEquivalent(CORRECT_FIRST);
  return info;
}

/** The condition with the value as the API reads it. */
export function withValue(
  field: Word,
  operator: ComparisonOperator,
  value: Value,
  meaning: FilterMeaning,
): Logic {
  const info = knownField(field, meaning, operator);
  const reading = readValue(value, { field: info, operator, meaning });
  if (reading.kind === 'none')
    throw reading.code === 'unsupported-filter'
      ? new NoEquivalent(reading.why, 'value')
      : new NoEquivalent(CORRECT_FIRST);
  return compared(field.text, operator, reading.text, reading.kind !== 'better' || reading.sure);
}

/** `contains(…) eq true`. */
export function comparedWithTruth(logic: Logic, operator: string, value: string | undefined): Logic {
  const truth = value?.toLowerCase();
  const known = comparisonOf(operator) ?? synonymOf(operator);
  if (
    (truth !== 'true' && truth !== 'false' && truth !== '1' && truth !== '0') ||
    (known !== 'eq' && known !== 'ne')
  )
    throw new NoEquivalent('A function is a condition by itself. Remove the comparison.', 'value');
  return (truth === 'true' || truth === '1') === (known === 'eq') ? logic : negate(logic);
}
