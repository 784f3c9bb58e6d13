/** The metadata of a module's fields, for the results view. */
import { ByName, type Metadata } from '#language';
import type { ViewField } from '#webview/messages';

export function viewFields(metadata: Metadata | undefined, module: string): ViewField[] {
  const fields = new ByName(metadata?.modules ?? []).get(module)?.fields ?? [];
  return fields.map(({ name, type, label, filterable, sortable, writable, values }) => ({
    name,
    type,
    filterable,
    sortable,
    writable: writable !== false,
    ...(label === undefined ? {} : { label }),
    ...(values === undefined ? {} : { values }),
  }));
}
