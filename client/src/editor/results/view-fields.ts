/** The metadata of a module's fields, for the results view. */
import { readNaming } from '#core/known/known-names';
import type { Column } from '#core/results/typed';
import { nameKey } from '#core/text/names';
import { ByName, type Metadata } from '#language';
import type { ViewField } from '#webview/messages';
import { setting } from '../workbench/settings';

export function viewFields(metadata: Metadata | undefined, module: string): ViewField[] {
  const fields = new ByName(metadata?.modules ?? []).get(module)?.fields ?? [];
  const naming = new Set(Object.keys(readNaming(setting('completion.recordNames'))).map(nameKey));
  return fields.map(({ name, type, label, filterable, sortable, writable, values }) => ({
    name,
    type,
    filterable,
    sortable,
    writable: writable !== false,
    ...(label === undefined ? {} : { label }),
    ...(values === undefined ? {} : { values }),
    ...(naming.has(nameKey(name)) ? { names: true } : {}),
  }));
}

/** The same of a column of a SQL request's result, which no field of a module is. */
export const computedField = (column: Column): ViewField => ({
  ...column,
  filterable: false,
  sortable: false,
  writable: false,
});
