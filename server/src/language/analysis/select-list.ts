/** The names in a `$select`, and the fields that it leaves in the answer. */
import type { FieldInfo } from '../catalog/catalog';
import type { Word } from '../syntax/nodes';
import { nameKey } from '../text/names';
import { endOf, type TextEdit } from '../text/span';
import type { RequestModel } from './request-model';

/** Undefined where there is no `$select`, or where it may ask for all: a variable may be anything, and `*`, which is reported, means that. */
export function selectedNames({ clause }: Pick<RequestModel, 'clause'>): readonly Word[] | undefined {
  const select = clause('$select')?.value;
  const asked = select?.kind === 'fields' ? select.items.flatMap((item) => item.field ?? []) : [];
  const isAnything = asked.some(({ text, references }) => text === '*' || references.length > 0);
  return asked.length === 0 || isAnything ? undefined : asked;
}

/** The edit that adds a field to the `$select` of a request, which leaves it out; undefined where it does not. */
export function unselected(model: Pick<RequestModel, 'clause'>, field: string): TextEdit | undefined {
  const asked = selectedNames(model);
  const last = asked?.at(-1);
  const wanted = nameKey(field);
  return last === undefined || asked?.some(({ text }) => nameKey(text) === wanted) === true
    ? undefined
    : { offset: endOf(last), length: 0, text: `, ${field}` };
}

/** The fields that a request's records have; undefined where the module's are not known. */
export function answeredFields(model: RequestModel): readonly FieldInfo[] | undefined {
  const asked = selectedNames(model);
  const fields = model.module?.fields;
  if (asked === undefined) return fields;
  const names = new Set(asked.map(({ text }) => nameKey(text)));
  return fields?.filter(({ name }) => names.has(nameKey(name)));
}
