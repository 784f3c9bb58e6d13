/** `name-for-id`: a field that holds IDs is compared with the name of a record: `MainCompanyID eq 'University of Leeds'`. */
import { idOwner, nameFieldsOf } from '../analysis/meant-field';
import { recordsNamedBy } from '../analysis/record-names';
import type { FieldInfo } from '../catalog/catalog';
import type { Comparison } from '../syntax/nodes';
import { comparisonOf, synonymOf } from '../vocabulary/filter-words';
import { type CheckContext, replace } from './check';

/** Two words with a blank between them: no ID has one. */
const NAME = /\p{L} +[\p{L}(&]/u;

export function checkNameForId(
  { model, report }: CheckContext,
  { field: written, operator, value }: Comparison,
  field: FieldInfo | undefined,
): void {
  const { catalog, module } = model;
  const compared = comparisonOf(operator?.text ?? '') ?? synonymOf(operator?.text ?? '');
  if ((compared !== 'eq' && compared !== 'ne') || value === undefined || field === undefined) return;
  if (catalog === undefined || module === undefined || value.references.length > 0) return;
  if (!NAME.test(value.text)) return;
  const records = recordsNamedBy(field.name, module, catalog);
  if (records === undefined) return;
  const named = nameFieldsOf(idOwner(field.name))
    .flatMap((name) => module.field(name) ?? [])
    .find(({ filterable, type }) => filterable && type === 'string');
  const what = `${field.name} holds the ID of a record of ${records.module}, and “${value.text}” looks like a name.`;
  if (named === undefined) report('name-for-id', value, what, { next: 'find-record', about: records.module });
  else
    report('name-for-id', value, `${what} Compare ${named.name}, which holds the name.`, {
      fixes: [replace(written, named.name, `Compare ${named.name}`, false)],
    });
}
