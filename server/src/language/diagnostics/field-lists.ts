/** `$select` and `$orderby`: `unknown-field`, `field-not-sortable`, `duplicate-field`. */
import { fieldKey } from '../catalog/catalog';
import type { Word } from '../syntax/nodes';
import { endOf, type Span } from '../text/span';
import type { Check, CheckContext } from './check';
import { checkField } from './check';

export const checkSelect: Check = (context) => {
  const value = context.model.clause('$select')?.value;
  if (value?.kind !== 'fields') return;
  const fields = value.items.flatMap((item) => item.field ?? []);
  for (const field of fields) {
    if (field.text !== '*') checkField(context, field);
    else
      context.report(
        'unknown-field',
        field,
        'The API has no “*”. Name the fields, or leave $select out for the usual ones.',
      );
  }
  checkDuplicates(context, fields, value.items);
};

export const checkOrder: Check = (context) => {
  const value = context.model.clause('$orderby')?.value;
  if (value?.kind !== 'order') return;
  const fields = value.items.flatMap((item) => item.field ?? []);
  for (const word of fields) {
    const field = checkField(context, word, undefined, ({ sortable }) => sortable !== false);
    if (field?.sortable === false) {
      context.report(
        'field-not-sortable',
        word,
        `The platform can’t sort by ${field.name}. Sort the results instead, or choose another field.`,
      );
    }
  }
  checkDuplicates(context, fields, value.items);
};

function checkDuplicates(
  { model, report }: CheckContext,
  fields: readonly Word[],
  items: readonly Span[],
): void {
  const seen = new Set<string>();
  for (const [index, field] of fields.entries()) {
    const key = fieldKey(model.module, field.text);
    if (field.references.length > 0) continue;
    const previous = items[index - 1];
    const item = items[index];
    if (seen.has(key) && previous !== undefined && item !== undefined) {
      const from = endOf(previous);
      report('duplicate-field', field, `“${field.text}” appears twice. Remove one.`, {
        fixes: [
          {
            title: 'Remove it',
            preferred: true,
            edits: [{ offset: from, length: endOf(item) - from, text: '' }],
          },
        ],
      });
    }
    seen.add(key);
  }
}
