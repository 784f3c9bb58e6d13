/** How much the values of a field must repeat to be a list to choose from, by how freely they may be learnt. */
import type { Listed } from './names-of-people';
import { isUnlearnt, sortOfField } from './personal';

export interface Limits {
  /** More different values are a search, not a list. */
  readonly different: number;
  /** The records with a value are at least so many times more than the different values. */
  readonly repeated: number;
  /** In so many records a value came at least. */
  readonly least: number;
  /**
   * If more than one in so many different values may be a name, all may be, whatever the field is called. 0: names are
   * common there.
   */
  readonly mostly: number;
}

const OF_THINGS: Limits = { different: 100, repeated: 2, least: 1, mostly: 2.5 };

const LIMITS = {
  things: OF_THINGS,
  places: OF_THINGS,
  groups: OF_THINGS,
  companies: { different: 100, repeated: 2, least: 2, mostly: 0 },
  unknown: { different: 20, repeated: 5, least: 2, mostly: 4 },
} as const satisfies Record<Listed, Limits>;

/** No field has more values than these. */
export const MOST_VALUES = OF_THINGS.different;

export const limitsOf = (sort: Listed): Limits => LIMITS[sort];

/** The limits of a field, whose values were learnt. */
export function limitsOfField({
  module,
  field,
}: {
  readonly module: string;
  readonly field: string;
}): Limits {
  const sort = sortOfField(module, field);
  return LIMITS[isUnlearnt(sort) ? 'unknown' : sort];
}
