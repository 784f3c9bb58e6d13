/** Compares a planned row with what the platform has now: right before it is sent, and after its answer was lost. */
import { ApiError } from '../remote/api-error';
import type { ApiRecord } from '../results/read-page';
import { cellText, idOf } from '../results/table';
import type { Found } from '../running/id-batches';
import { memberNamed } from '../text/names';
import { isNothing, sameValue } from '../values/same-value';
import type { FieldChange } from '../writing/planned-change';
import type { PlannedRow, RowOutcome } from './planned-row';

/** Returns the records with a row's key. */
export type RecordOfRow = (planned: PlannedRow) => Found;

interface Settled {
  readonly kind: 'settled';
  readonly outcome: RowOutcome;
}

const settled = (outcome: RowOutcome): Settled => ({ kind: 'settled', outcome });
const failed = (message: string): Settled => settled({ kind: 'failed', message });
const unknown = (message: string): Settled => settled({ kind: 'unknown', message });

/** Whether a row can be sent as it was planned. Its record is then the one that was just read, so that it can be kept. */
export function nowWith(
  planned: PlannedRow,
  found: Found,
): { readonly kind: 'as planned'; readonly planned: PlannedRow } | Settled {
  if (planned.key === undefined) return { kind: 'as planned', planned };
  if (found instanceof ApiError) return failed(`It could not be read again before sending. ${found.reading}`);
  const { change } = planned;
  const [record, another] = found;
  const name = `${planned.key.field} “${planned.key.value}”`;
  if (change.outcome === 'create')
    return record === undefined
      ? { kind: 'as planned', planned }
      : failed(
          `A record with the ${name} exists by now (ID ${idOf(record) ?? '?'}), so it was not sent. Plan again.`,
        );
  if (record === undefined)
    return failed(`There is no record with the ${name} any more, so it was not sent.`);
  if (another !== undefined) return failed(`Several records have the ${name} by now, so it was not sent.`);
  if (!('id' in change) || idOf(record) !== change.id)
    return failed(`Another record has the ${name} by now, so it was not sent. Plan again.`);
  const changed = change.fields.filter((field) => field.changes);
  const moved = changed.find((field) => !isBefore(field, record));
  if (moved === undefined)
    return { kind: 'as planned', planned: { ...planned, change: { ...change, record } } };
  if (changed.every((field) => isAfter(field, record)))
    return settled({ kind: 'done', deed: 'unchanged', id: change.id });
  return failed(
    `${moved.name} was changed meanwhile by someone else: it was ${shown(moved.before)}, and is ${shown(valueIn(record, moved))}. It was not sent. Plan again.`,
  );
}

/** What became of a row whose answer was lost. */
export function sentWith(
  planned: PlannedRow,
  found: Found,
): { readonly kind: 'not done'; readonly planned: PlannedRow } | Settled {
  const { change, key } = planned;
  if (key === undefined) return unknown('Its answer was lost, and nothing tells its record apart.');
  if (found instanceof ApiError)
    return unknown(`Its answer was lost, and its record can’t be read. ${found.reading}`);
  const name = `${key.field} “${key.value}”`;
  const [record, another] = found;
  if (another !== undefined)
    return unknown(`Its answer was lost, and several records have the ${name}: compare them.`);
  if (record === undefined)
    return change.outcome === 'create'
      ? { kind: 'not done', planned }
      : failed(`There is no record with the ${name} any more.`);
  const id = idOf(record);
  const fields = change.fields.filter((field) => field.changes || change.outcome === 'create');
  if (fields.every((field) => isAfter(field, record) || isKey(field, key.field)))
    return settled({
      kind: 'done',
      deed: change.outcome === 'create' ? 'created' : 'changed',
      ...(id !== undefined && { id }),
    });
  if (change.outcome === 'update' && id === change.id && fields.every((field) => isBefore(field, record)))
    return { kind: 'not done', planned: { ...planned, change: { ...change, record } } };
  return unknown(
    `Its answer was lost, and the record with the ${name} (ID ${id ?? '?'}) is neither as before nor as the file has it: compare it.`,
  );
}

const valueIn = (record: ApiRecord, { name }: FieldChange): unknown => memberNamed(record, name)?.value;

const isBefore = (field: FieldChange, record: ApiRecord): boolean =>
  sameValue(field.type, field.before, valueIn(record, field));

/** The platform writes no value in several ways, whatever was sent for it. */
function isAfter(field: FieldChange, record: ApiRecord): boolean {
  const now = valueIn(record, field);
  return sameValue(field.type, now, field.after) || (isNothing(field.after) && isNothing(now));
}

/** The record was found by it, so it has it, whatever its spelling. */
const isKey = ({ name }: FieldChange, key: string): boolean => name === key;

const shown = (value: unknown): string =>
  value === undefined || isNothing(value) ? 'empty' : `“${cellText(value)}”`;
