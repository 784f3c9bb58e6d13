/** The column that names the records: it stays in view, so that a reader knows whose values those at the right are. */
import { nameKey } from '#core/text/names';
import { NAMING_FIELDS } from '#core/writing/record-name';

/** Its place among these columns: the field that names a record best, else the first; -1 where there are no columns. */
export function namingColumn(names: readonly string[]): number {
  const keys = names.map(nameKey);
  const found = NAMING_FIELDS.map((field) => keys.indexOf(nameKey(field))).find((at) => at >= 0);
  return found ?? (names.length === 0 ? -1 : 0);
}
