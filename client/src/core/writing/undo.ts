/** The request that takes a change back, as far as the API can. */
import { type FieldInfo, nameKey, type WireRequest } from '#language';
import type { ApiRecord } from '../results/read-page';
import { memberNamed } from '../text/names';
import { sameValue } from '../values/same-value';
import { writeJson } from '../values/write-json';
import type { ChangeEntry, KeptRecord } from './change-entry';
import { bodyOf } from './describe-change';
import { isSetByPlatform } from './set-by-platform';
import { shortValue } from './short-value';

/** `notes`: sentences for the user, such as what can't come back. */
export type Undo =
  | { readonly ok: true; readonly request: WireRequest; readonly notes: readonly string[] }
  | { readonly ok: false; readonly reason: string };

/** `fields`: those of the module as the metadata have them; none where they are not known. */
export function undoOf(entry: ChangeEntry, kept: KeptRecord | undefined, fields: readonly FieldInfo[]): Undo {
  const { outcome, planned, request } = entry;
  if (outcome.kind === 'refused')
    return no('The platform refused this change, so there is nothing to take back.');
  if (planned === 'unchanged')
    return no('This change gave the record the values that it had, so there is nothing to take back.');
  const isNew = request.method === 'POST' && (outcome.kind !== 'done' || outcome.status === 201);
  if (kept === undefined || (isNew && outcome.kind === 'done'))
    return isNew ? undoOfCreation(entry) : no(notKept(entry));
  const undo = undoOfRecord(entry, kept, fields);
  return !undo.ok || outcome.kind === 'done'
    ? undo
    : {
        ...undo,
        notes: ['It is not known whether the change was made: see what this would do first.', ...undo.notes],
      };
}

const no = (reason: string): Undo => ({ ok: false, reason });

const notKept = ({ kept }: ChangeEntry): string =>
  kept === undefined
    ? 'The old record was not kept: it could not be read, or keeping is switched off. So APQ does not know what to restore.'
    : 'The old record is no longer kept: it was cleared, or too many came after it. So APQ does not know what to restore.';

function undoOfCreation({ request: { module }, outcome }: ChangeEntry): Undo {
  if (outcome.kind === 'unknown')
    return no(
      'It is not known whether the record was created, nor its ID. Look for it, and delete it where you don’t want it.',
    );
  if (outcome.kind !== 'done' || outcome.id === undefined)
    return no('The answer had no ID of the new record. Look for it, and delete it where you don’t want it.');
  return {
    ok: true,
    request: { method: 'DELETE', module, id: outcome.id, query: [] },
    notes: [
      'The change created this record: to take it back is to delete it, with all that was entered since.',
      ...(nameKey(module) === 'user'
        ? ['The first DELETE of a user marks it as deleted; a second one removes it.']
        : []),
    ],
  };
}

function undoOfRecord(entry: ChangeEntry, kept: KeptRecord, fields: readonly FieldInfo[]): Undo {
  const { module } = entry.request;
  if (kept.step === 'remove') return recreation(module, kept, fields);
  const names = kept.step === 'mark' ? ['Status'] : kept.fields;
  const { values, notes } = oldValues(kept, names);
  if (Object.keys(values).length === 0) return no(['None of the old values is known.', ...notes].join(' '));
  return {
    ok: true,
    request: { method: 'PUT', module, id: kept.of, query: [], body: writeJson(values, 2) },
    notes,
  };
}

/** The values as the API had them. */
function oldValues(
  { record, masked }: KeptRecord,
  names: readonly string[],
): { readonly values: ApiRecord; readonly notes: readonly string[] } {
  const values = new Map<string, unknown>();
  const [hidden, unseen]: [string[], string[]] = [[], []];
  for (const name of names) {
    const found = memberNamed(record, name);
    if (found === undefined) unseen.push(name);
    else if (masked.some((each) => nameKey(each) === nameKey(name))) hidden.push(name);
    else values.set(name, found.value);
  }
  const notes = [
    ...(hidden.length === 0 ? [] : [`Not restored, as secrets are not kept: ${hidden.join(', ')}.`]),
    ...(unseen.length === 0
      ? []
      : [`Not restored, as the platform did not show the old value: ${unseen.join(', ')}.`]),
  ];
  return { values: Object.fromEntries(values), notes };
}

/** D: a deletion can't be undone. A new record with the same values is what comes closest. */
function recreation(module: string, kept: KeptRecord, fields: readonly FieldInfo[]): Undo {
  const known = new Map(fields.map((field) => [nameKey(field.name), field]));
  const all = Object.keys(kept.record).filter((name) => nameKey(name) !== 'id');
  const isSet = (name: string) => isSetByPlatform(name, known.get(nameKey(name)));
  const left = all.filter(isSet);
  const { values, notes } = oldValues(
    kept,
    all.filter((name) => !isSet(name)),
  );
  return {
    ok: true,
    request: { method: 'POST', module, query: [], body: writeJson(values, 2) },
    notes: [
      `The record gets a new ID instead of ${kept.of}: what linked to it does not link to the new one, and what was attached to it does not come back.`,
      ...(left.length === 0 ? [] : [`The platform sets these by itself: ${left.join(', ')}.`]),
      'If it refuses another field that it sets by itself, remove the line of that field.',
      ...notes,
    ],
  };
}

/** What stands in the log in place of a secret. */
const MASKED = '***';

/**
 * Says where the record is no longer as the change left it, so that taking back overwrites newer work. `now`: the record
 * as it is; undefined where there is none. Returns no sentence where nothing speaks against it.
 */
export function changedSince(
  entry: ChangeEntry,
  kept: KeptRecord,
  now: ApiRecord | undefined,
  fields: readonly FieldInfo[],
): readonly string[] {
  if (kept.step === 'remove')
    return now === undefined
      ? []
      : [`There is a record with the ID ${kept.of} again: this would make a second one.`];
  if (now === undefined)
    return [`There is no record with the ID ${kept.of} any more, so this would be refused.`];
  const left = kept.step === 'mark' ? { Status: 'Deleted' } : bodyOf(entry);
  const names = kept.step === 'mark' ? ['Status'] : kept.fields;
  return names.flatMap((name) => {
    const [after, is] = [memberNamed(left, name)?.value, memberNamed(now, name)?.value];
    const type = fields.find((field) => nameKey(field.name) === nameKey(name))?.type ?? 'unknown';
    if (is === undefined || after === undefined || after === MASKED || sameValue(type, is, after)) return [];
    return [`Changed since: ${name} is ${shortValue(name, is)} now, no longer ${shortValue(name, after)}.`];
  });
}
