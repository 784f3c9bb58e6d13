/** The record after a write: what it has now, and where that is not what was sent. */
import type { FieldInfo } from '#language';
import type { ApiClient } from '../remote/api';
import { isCancelled } from '../remote/api-error';
import type { ApiRecord } from '../results/read-page';
import { memberOf } from '../results/table';
import { memberNamed } from '../text/names';
import { sameValue } from '../values/same-value';
import { readRecord } from './foresee';
import type { PlannedChange } from './planned-change';
import { shortValue } from './short-value';

/**
 * Reads the record that a write created or changed; undefined where there is none, or it can't be read. `createdId`: from
 * the answer.
 */
export async function recordAfter(
  client: ApiClient,
  change: PlannedChange,
  createdId: string | undefined,
  fields: readonly FieldInfo[],
  signal?: AbortSignal,
): Promise<ApiRecord | undefined> {
  const id = 'id' in change ? change.id : (createdId ?? change.request.id);
  if (id === undefined || (change.outcome === 'delete' && change.step === 'remove')) return undefined;
  try {
    return await readRecord(client, { ...change, id }, fields, signal === undefined ? {} : { signal });
  } catch (error) {
    // The write was done, whoever stops looking at it.
    if (isCancelled(error)) return undefined;
    throw error;
  }
}

/** A record with what it has now, null included, in the members that are shown or were `written`. */
export function mergedRecord(record: ApiRecord, now: ApiRecord, written: readonly string[]): ApiRecord {
  const names = new Set([...Object.keys(record), ...written]);
  return Object.fromEntries(
    Array.from(names, (name) => {
      const found = memberNamed(now, name);
      return [name, found === undefined ? memberOf(record, name) : found.value] as const;
    }),
  );
}

/** What is not as it was sent, in a sentence each. */
export function unlikeSent({ fields }: PlannedChange, record: ApiRecord): string[] {
  return fields.flatMap(({ name, type, after }) => {
    const member = memberNamed(record, name);
    return member === undefined || sameValue(type, member.value, after)
      ? []
      : [`${name} is ${shortValue(name, member.value)} now, though ${shortValue(name, after)} was sent.`];
  });
}
