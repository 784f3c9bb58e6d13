/** Looks again at what was learnt of a field: by today’s rules, and by the people who are known by now. */
import { type LearntField, refusedField } from './learnt-field';
import { limitsOf } from './limits';
import type { People } from './people';
import { isUnlearnt, sortOfField, sortOfLearnt } from './personal';

/** To be raised whenever less may be learnt than before: then what is on the disk is looked at again. */
export const RULES = 4;

/** Returns what today’s rules leave of a field that was learnt by others; undefined where that is nothing. */
export function byTodaysRules(field: LearntField): LearntField | undefined {
  const sort = sortOfField(field.module, field.field);
  if (isUnlearnt(sort)) return undefined;
  if (field.refused !== undefined) return field;
  const sorts = field.values.map(({ value }) => sortOfLearnt(field.field, value, sort));
  const refused = sorts.find((each) => each !== 'learn' && each !== 'skip');
  if (refused !== undefined) return refusedField(field, refused);
  const { different, repeated, least, mostly } = limitsOf(sort);
  const passing = field.values.filter((_, index) => sorts[index] === 'learn');
  if ((sorts.length - passing.length) * mostly > sorts.length) return refusedField(field, 'personal');
  // How often those came that another answer had (0), nobody knows: where once is enough, they did.
  const values = passing.filter(({ count }) => count >= least || least === 1);
  const counted = values.filter(({ count }) => count > 0);
  const records = counted.reduce((sum, { count }) => sum + count, 0);
  const isList = values.length <= different && counted.length * repeated <= records;
  return isList && values.length > 0 ? { ...field, values } : undefined;
}

/**
 * Returns a field without the values that name one of `people`. All of it is refused where its name says nothing, as it
 * may be about people then, and where most of it names them.
 */
export function withoutPeople(field: LearntField, people: People): LearntField {
  const sort = sortOfField(field.module, field.field);
  if (people.isEmpty || field.refused !== undefined || isUnlearnt(sort)) return field;
  const values = field.values.filter(({ value }) => !people.areIn(value, sort));
  const found = field.values.length - values.length;
  if (found === 0) return field;
  return sort === 'unknown' || values.length === 0 || found * limitsOf(sort).mostly > field.values.length
    ? refusedField(field, 'personal')
    : { ...field, values };
}
