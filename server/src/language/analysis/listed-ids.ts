/** Several IDs in one value, as they come from a spreadsheet’s column: `ID = 1001 1002 1003`. */
import type { FieldInfo } from '../catalog/catalog';
import type { Value } from '../syntax/nodes';
import { isIdField } from './meant-field';

/** Each of them as a value; undefined where it is one, or the field holds no IDs. No ID has a blank or a comma in it. */
export function listedIds(value: Value, field: FieldInfo | undefined): readonly Value[] | undefined {
  if (field === undefined || !isIdField(field.name)) return undefined;
  if (value.form !== 'text' || value.references.length > 0) return undefined;
  const ids = value.text.split(/[\s,;]+/).filter((id) => id !== '');
  const isList = ids.length > 1 && ids.every((id) => /^[\w-]*\d[\w-]*$/.test(id));
  // One number, with commas for its thousands.
  if (!isList || /^\d{1,3}(?:,\d{3})+$/.test(value.text)) return undefined;
  return ids.map((text): Value => ({ ...value, text, written: undefined }));
}
