/** Whether a cell can be edited in place, and why not. */
import type { ApiRecord } from '#core/results/read-page';
import { idOf, memberOf } from '#core/results/table';
import { nameKey } from '#core/text/names';
import { hasMembers } from '#core/values/kind-of';
import type { ViewHead } from '../messages';
import type { Column } from './columns';

/** Why no cell of a column can be edited, whatever the record: a sentence; undefined where they can be. */
export function columnLock({ name, field }: Column, head: ViewHead | undefined): string | undefined {
  if (head === undefined) return 'The result has not arrived yet.';
  if (head.readOnly !== undefined) return head.readOnly;
  if (head.fields.length === 0)
    return `The fields of ${head.module} are not known, so no value can be checked. Fetch the metadata of ${head.connection}, and run the request again.`;
  if (nameKey(name) === 'id') return 'The ID says which record this is, so it can’t be edited.';
  if (field === undefined)
    return `The metadata of ${head.module} name no field ${name}, so its values can’t be checked.`;
  return field.writable ? undefined : `${name} can’t be written: the platform sets it.`;
}

/** Why a cell can't be edited: a sentence; undefined where it can be. */
export function cellLock(column: Column, record: ApiRecord, head: ViewHead | undefined): string | undefined {
  const lock = columnLock(column, head);
  if (lock !== undefined) return lock;
  if (idOf(record) === undefined)
    return 'This record came without an ID, so it can’t be said which one to change. Add ID to $select.';
  const value = memberOf(record, column.name);
  if (Array.isArray(value))
    return value.every((each) => typeof each === 'string' && !each.includes(';') && each.trim() === each)
      ? undefined
      : `${column.name} has a value that can’t be typed as a list with semicolons. Press E to write the change as a request.`;
  return hasMembers(value)
    ? `${column.name} holds more than one value. Press E to write the change as a request.`
    : undefined;
}
