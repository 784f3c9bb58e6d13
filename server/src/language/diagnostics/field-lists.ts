/** `$select` and `$orderby`: `unknown-field`, `field-not-sortable`, `duplicate-field`. */
import { ignoresUnknownFields } from '../analysis/paging';
import { fieldKey } from '../catalog/catalog';
import type { FieldItem } from '../syntax/nodes';
import { endOf } from '../text/span';
import { endsStep } from '../text/steps';
import type { CheckContext, LongCheck } from './check';
import { checkField } from './check';

export const checkSelect: LongCheck = function* (context) {
  const value = context.model.clause('$select')?.value;
  if (value?.kind !== 'fields') return;
  const fields = value.items.flatMap((item) => item.field ?? []);
  const checked = ignoresUnknownFields(context.model.traits) ? lenient(context) : context;
  for (const [index, field] of fields.entries()) {
    if (endsStep(index)) yield;
    if (field.text !== '*') checkField(checked, field);
    else
      context.report(
        'unknown-field',
        field,
        'The API has no “*”. Name the fields, or leave $select out for the usual ones.',
      );
  }
  checkDuplicates(context, value.items);
};

/** Where the platform ignores an unknown name, the records come, but without that column. */
const lenient = (context: CheckContext): CheckContext => ({
  ...context,
  report: (code, where, message, options) =>
    context.report(code, where, `${message} This platform leaves the column out, without a word.`, {
      ...options,
      severity: 'warning',
    }),
});

export const checkOrder: LongCheck = function* (context) {
  const value = context.model.clause('$orderby')?.value;
  if (value?.kind !== 'order') return;
  const fields = value.items.flatMap((item) => item.field ?? []);
  for (const [index, word] of fields.entries()) {
    if (endsStep(index)) yield;
    const field = checkField(context, word, undefined, ({ sortable }) => sortable !== false);
    if (field?.sortable === false) {
      context.report(
        'field-not-sortable',
        word,
        `The platform can’t sort by ${field.name}. Sort the results instead, or choose another field.`,
      );
    }
  }
  checkDuplicates(context, value.items);
};

function checkDuplicates({ model, report }: CheckContext, items: readonly FieldItem[]): void {
  const seen = new Set<string>();
  for (const [index, item] of items.entries()) {
    const { field } = item;
    if (field === undefined || field.references.length > 0) continue;
    const key = fieldKey(model.module, field.text);
    const previous = items[index - 1];
    if (seen.has(key) && previous !== undefined) {
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
