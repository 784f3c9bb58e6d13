/** A change of the log, in words. */
import { nameKey } from '#language';
import type { ApiRecord } from '../results/read-page';
import { cellText } from '../results/table';
import { singleSpaced } from '../text/foreign-text';
import { memberNamed } from '../text/names';
import { isRecord } from '../values/kind-of';
import { readJson } from '../values/read-json';
import type { ChangeEntry, KeptRecord } from './change-entry';
import { recordName } from './record-name';

/** What a list shows of a change. None of it is harmless yet. */
export interface DescribedChange {
  /** `Changed User Ann Ng (ID 1027)`. */
  readonly title: string;
  /** `Town: York → Leeds`; '' where nothing is known of the values. */
  readonly values: string;
}

/** So many fields are named. */
const NAMED = 3;
/** So long is a value. */
const MAX_CHARACTERS = 40;

export function describeChange(entry: ChangeEntry, kept: KeptRecord | undefined): DescribedChange {
  const { module } = entry.request;
  const id = recordId(entry, kept);
  const name = recordName(kept?.record ?? bodyOf(entry));
  const record = [module, ...(name === undefined ? [] : [name]), ...(id === undefined ? [] : [`(ID ${id})`])];
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
    const after = shownValue(memberNamed(body, name)?.value);
    const before = kept === undefined ? undefined : memberNamed(kept.record, name);
    return `${name}: ${before === undefined ? '' : `${shownValue(before.value)} → `}${after}`;
  });
  const more = names.length - NAMED;
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

/** On one line, and not long. */
export function shownValue(value: unknown): string {
  const text = singleSpaced(cellText(value));
  if (text === '') return 'empty';
  return text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}…` : text;
}

/** `12 changes of User`, of several entries of one run. */
export function describeRun(entries: readonly ChangeEntry[]): string {
  const modules = new Map(entries.map(({ request: { module } }) => [nameKey(module), module]));
  const count = entries.length.toLocaleString('en-GB');
  return `${count} changes of ${[...modules.values()].join(', ')}`;
}

/** The members of a body that was sent; none where it is no object. */
export function bodyOf({ request: { body } }: Pick<ChangeEntry, 'request'>): ApiRecord {
  try {
    const value = readJson(body ?? '');
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}
