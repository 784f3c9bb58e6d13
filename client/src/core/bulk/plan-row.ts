/** From what a row asks for, and the records that were found, to what it is going to do. */
import { type PlatformTraits, quotedForSending, type WireRequest } from '#language';
import type { ApiRecord } from '../results/read-page';
import { idOf } from '../results/table';
import { memberNamed } from '../text/names';
import { isNothing, sameValue } from '../values/same-value';
import { writeJson } from '../values/write-json';
import type { FieldChange, PlannedChange } from '../writing/planned-change';
import { recordName } from '../writing/record-name';
import { isWritable, type Mapping } from './mapping';
import type { RowWish, Wish } from './row-wish';

/** What all rows of a plan share. */
export interface PlanFrame {
  readonly module: string;
  readonly mapping: Mapping;
  readonly traits: PlatformTraits;
}

/** `found`: the records with the row's key; none for a creation. */
export function planRow(wish: RowWish, found: readonly ApiRecord[], frame: PlanFrame): PlannedChange {
  const { deed, key } = frame.mapping;
  const [record, another] = found;
  if (another !== undefined) {
    const request = requestOf(wish, undefined, asNew(wish), frame);
    return {
      outcome: 'refused',
      request,
      fields: asNew(wish),
      matches: found.slice(0, MOST_SHOWN),
      reason: several(found, wish, frame),
    };
  }
  if (record === undefined) return newRecord(wish, frame, deed, key);
  const id = idOf(record);
  const fields = fieldsOf(wish, record, key?.field.name);
  if (id === undefined) {
    const request = requestOf(wish, undefined, fields, frame);
    return refused(
      request,
      fields,
      'The record came without an ID, so it can’t be told which one would be changed.',
    );
  }
  const request = requestOf(wish, id, fields, frame);
  const reason = reasonAgainst(wish, fields);
  if (reason !== undefined) return refused(request, fields, reason);
  const outcome = fields.some(({ changes }) => changes) ? 'update' : 'unchanged';
  return { outcome, request, fields, id, record };
}

/** A row that can't be looked up, or is not to be; what is wrong with its cells is said as well. */
export function refusedRow(wish: RowWish, frame: PlanFrame, ...reasons: readonly string[]): PlannedChange {
  const fields = asNew(wish);
  const reason = [...reasons, ...reasonsAgainst(wish, fields)].join(' ');
  return refused(requestOf(wish, undefined, fields, frame), fields, reason);
}

const refused = (request: WireRequest, fields: readonly FieldChange[], reason: string): PlannedChange => ({
  outcome: 'refused',
  request,
  fields,
  reason,
  matches: [],
});

function newRecord(
  wish: RowWish,
  frame: PlanFrame,
  deed: Mapping['deed'],
  key: Mapping['key'],
): PlannedChange {
  const fields = asNew(wish);
  const request = requestOf(wish, undefined, fields, frame);
  const name = key?.field.name ?? '';
  if (deed === 'update')
    return refused(request, fields, `There is no record with the ID “${wish.key ?? ''}”.`);
  if (deed === 'upsert' && key !== undefined && !isWritable(key.field))
    return refused(
      request,
      fields,
      `There is no record with the ${name} “${wish.key ?? ''}”, and a new one could not be given it: the platform sets ${name}.`,
    );
  const reason = reasonAgainst(wish, fields);
  if (reason !== undefined) return refused(request, fields, reason);
  if (fields.length === 0) return refused(request, fields, 'The row has no value to create a record with.');
  return { outcome: 'create', request, fields };
}

const MOST_SHOWN = 5;

function several(found: readonly ApiRecord[], { key = '' }: RowWish, { mapping }: PlanFrame): string {
  const shown = found.slice(0, MOST_SHOWN).map((record) => {
    const name = recordName(record);
    return name === undefined ? (idOf(record) ?? '?') : `${idOf(record) ?? '?'} (${name})`;
  });
  const more = found.length > MOST_SHOWN ? ', …' : '';
  return `${found.length} records have the ${mapping.key?.field.name ?? 'ID'} “${key}”: ${shown.join(', ')}${more}. The platform refuses to choose one.`;
}

/** The fields of a record that is created: what would be emptied is left out. */
const asNew = ({ wishes }: RowWish): FieldChange[] =>
  wishes.filter(({ clears }) => !clears).map((wish) => changeOf(wish, undefined, wish.value, true));

function fieldsOf({ wishes }: RowWish, record: ApiRecord, key: string | undefined): FieldChange[] {
  return wishes.flatMap((wish) => {
    const { field, mode } = wish;
    const before = memberNamed(record, field.name)?.value;
    if (mode === 'fill' && before !== undefined && !isNothing(before)) return [];
    // The API has found the record by it: its spelling stays as it is.
    const after = field.name === key ? before : wish.value;
    const isSame =
      sameValue(field.type, before, after) || (wish.clears && before !== undefined && isNothing(before));
    return [changeOf(wish, before, after, !isSame)];
  });
}

function changeOf({ field, problem }: Wish, before: unknown, after: unknown, changes: boolean): FieldChange {
  const why =
    problem ??
    (changes && !isWritable(field)
      ? `${field.name} can’t be written: the platform sets it. Leave the column out.`
      : undefined);
  return {
    name: field.name,
    type: field.type,
    before,
    after,
    changes,
    ...(why !== undefined && { problem: why }),
  };
}

const reasonsAgainst = ({ problems }: RowWish, fields: readonly FieldChange[]): string[] => [
  ...problems,
  ...fields.flatMap(({ problem }) => (problem === undefined ? [] : [problem])),
];

function reasonAgainst(wish: RowWish, fields: readonly FieldChange[]): string | undefined {
  const reasons = reasonsAgainst(wish, fields);
  return reasons.length === 0 ? undefined : reasons.join(' ');
}

/** A PUT names what changes only; an upsert its key, too, as the record may be gone when it arrives. */
function requestOf(
  { key = '' }: RowWish,
  id: string | undefined,
  fields: readonly FieldChange[],
  { module, mapping, traits }: PlanFrame,
): WireRequest {
  const keyName = mapping.key?.field.name;
  const isSent = ({ name, changes }: FieldChange) =>
    changes || (mapping.deed === 'upsert' && name === keyName);
  const body = writeJson(Object.fromEntries(fields.filter(isSent).map(({ name, after }) => [name, after])));
  if (mapping.deed === 'update') return { method: 'PUT', module, id: id ?? key, query: [], body };
  if (mapping.deed === 'create' || keyName === undefined) return { method: 'POST', module, query: [], body };
  const condition = `${keyName} eq ${quotedForSending(key, traits) ?? "''"}`;
  return { method: 'POST', module, query: [{ name: '$upsert', value: condition }], body };
}
