/** The read that finds records by a part of their name, and what it brought. */
import { type PlatformTraits, quotedForSending, type WireRequest } from '#language';
import type { ApiRecord } from '../results/read-page';
import { cellText, idOf } from '../results/table';
import { memberNamed } from '../text/names';

/** A search for records by a part of their name. */
export interface RecordSearch {
  /** The name of the connection. */
  readonly connection: string;
  readonly module: string;
  /** The fields whose values, with a space between them, are a record's name. */
  readonly labels: readonly string[];
  readonly text: string;
}

/** More are not offered: another letter brings fewer. */
export const MOST_FOUND = 20;

/** `sortable`: the fields by which the platform sorts. Undefined where the platform has no way to write the text. */
export function searchRequest(
  { module, labels, text }: RecordSearch,
  traits: PlatformTraits,
  sortable: (field: string) => boolean,
): WireRequest | undefined {
  // A name of several fields can't be searched as a whole: its longest word is.
  const sought = labels.length > 1 ? longest(text.split(/\s+/)) : text;
  // Where no quote can be written, the longest piece without one finds more, and the list shows what fits.
  const quoted = quotedForSending(sought, traits) ?? quotedForSending(longest(sought.split("'")), traits);
  const [first] = labels;
  if (quoted === undefined || quoted.length <= 2 || first === undefined) return undefined;
  const query = [
    { name: '$select', value: ['ID', ...labels].join(',') },
    { name: '$filter', value: labels.map((label) => `contains(${label},${quoted})`).join(' or ') },
    ...(sortable(first) ? [{ name: '$orderby', value: first }] : []),
    { name: '$top', value: String(MOST_FOUND) },
  ] as const;
  return { method: 'GET', module, query, unlogged: true };
}

const longest = (parts: readonly string[]): string =>
  parts.reduce((most, part) => (part.length > most.length ? part : most), '');

/** Names of records by ID, of those records that have both. */
export function namesIn(
  records: readonly ApiRecord[],
  labels: readonly string[],
): [id: string, name: string][] {
  return records.flatMap((record) => {
    const id = idOf(record);
    const name = labels
      .map((label) => cellText(memberNamed(record, label)?.value).trim())
      .filter((part) => part !== '')
      .join(' ');
    return id === undefined || name === '' ? [] : [[id, name] as [string, string]];
  });
}
