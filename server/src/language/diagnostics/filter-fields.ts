/** The field of a condition: `unknown-field`, `field-not-filterable`, and what is more than a field. */
import type { FilterMeaning } from '../analysis/filter-meaning';
import type { FieldInfo } from '../catalog/catalog';
import type { Comparison, Word } from '../syntax/nodes';
import { type CheckContext, checkField, replace } from './check';

/** Checks the field of a condition. Returns it if it is known, even where it can't be filtered by. Fields that don't suit it are not offered. */
export function checkFilterField(
  context: CheckContext,
  word: Word,
  suits: (field: FieldInfo) => boolean = () => true,
): FieldInfo | undefined {
  const field = checkField(context, word, undefined, (near) => near.filterable && suits(near));
  if (field?.filterable === false) {
    context.report(
      'field-not-filterable',
      word,
      `The platform can’t filter by ${field.name}. Filter the results instead, or choose another field.`,
    );
  }
  return field;
}

/** Returns the first of two fields that were read as one, `Label Status`; undefined where it is one. */
export function firstOfTwo(text: string, { field: known }: FilterMeaning): string | undefined {
  const [first = '', ...rest] = text.split(' ');
  return rest.length > 0 && known(first) !== undefined && known(rest.join('')) !== undefined
    ? first
    : undefined;
}

/** `Label Status eq 'Full'`. */
export function runsOn(context: CheckContext, { field }: Comparison, meaning: FilterMeaning): boolean {
  const first = firstOfTwo(field.text, meaning);
  if (first === undefined) return false;
  const where = { offset: field.offset, length: first.length };
  context.report(
    'missing-operator',
    where,
    `Write an operator and a value after “${first}”, for example ${first} eq 'value', and “and” or “or” before the next condition.`,
  );
  return true;
}

/** `$it/Label` and `-Cost`: more than a field, although the field is known. */
export function checkPrefix(
  { report }: CheckContext,
  word: Word,
  meaning: FilterMeaning,
): FieldInfo | undefined {
  const [, prefix = '', name = ''] = /^(\$it\/|-)(.+)$/i.exec(word.text) ?? [];
  const field = name === '' ? undefined : meaning.field(name);
  if (field === undefined) return undefined;
  if (prefix === '-')
    report(
      'unsupported-filter',
      word,
      'The API has no arithmetic (“-”). Compare the field itself with a value.',
    );
  else
    report('unsupported-filter', word, `The API has no “$it”. Write ${field.name}.`, {
      fixes: [replace(word, field.name)],
    });
  return field;
}
