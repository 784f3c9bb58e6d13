/** A change of the log, in words. */
import type { WireRequest } from '#language';
import type { ApiRecord } from '../results/read-page';
import { memberNamed } from '../text/names';
import { isRecord } from '../values/kind-of';
import { readJson } from '../values/read-json';
import type { ChangeEntry, KeptRecord } from './change-entry';
import { recordName } from './record-name';
import { fieldInWords } from './short-value';

/** What a list shows of a change. None of it is harmless yet. */
export interface DescribedChange {
  /** `Changed User 1027 (Ann Ng)`. */
  readonly title: string;
  /** `Town: “York” → “Leeds”`; '' where nothing is known of the values. */
  readonly values: string;
}

/** So many fields are named. */
const NAMED = 3;

export function describeChange(entry: ChangeEntry, kept: KeptRecord | undefined): DescribedChange {
  const { module } = entry.request;
  const id = recordId(entry, kept);
  const name = recordName(kept?.record ?? bodyOf(entry));
  const record = [
    module,
    ...(id === undefined ? [] : [id]),
    ...(name === undefined || name === id ? [] : [id === undefined ? name : `(${name})`]),
  ];
  return { title: `${deedOf(entry, kept)} ${record.join(' ')}`, values: valuesOf(entry, kept) };
}

/** The ID of the record, where it is known. */
export const recordId = (
  { request, outcome }: ChangeEntry,
  kept: KeptRecord | undefined,
): string | undefined => (outcome.kind === 'done' ? outcome.id : undefined) ?? kept?.of ?? request.id;

function deedOf(
  { request: { method }, outcome, planned }: ChangeEntry,
  kept: KeptRecord | undefined,
): string {
  if (outcome.kind === 'refused') return `Refused: ${method}`;
  if (outcome.kind === 'unknown') return `Unknown: ${method}`;
  if (method === 'DELETE') return kept?.step === 'mark' ? 'Marked as deleted:' : 'Deleted';
  if (method === 'POST' && outcome.status === 201) return 'Created';
  return planned === 'unchanged' ? 'Left as it was:' : 'Changed';
}

function valuesOf(entry: ChangeEntry, kept: KeptRecord | undefined): string {
  const { method } = entry.request;
  if (method === 'DELETE') return '';
  const body = bodyOf(entry);
  const names = kept === undefined || kept.fields.length === 0 ? Object.keys(body) : kept.fields;
  const shown = names.slice(0, NAMED).map((name) => {
    const before = kept === undefined ? undefined : memberNamed(kept.record, name);
    return fieldInWords(name, memberNamed(body, name)?.value, before);
  });
  const more = names.length - NAMED;
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

/** The members of a body that was sent; none where it is no object. */
export function bodyOf({ request: { body } }: { readonly request: Pick<WireRequest, 'body'> }): ApiRecord {
  try {
    const value = readJson(body ?? '');
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}
