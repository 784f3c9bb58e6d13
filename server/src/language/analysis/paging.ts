/** What `$top`, `$skip` and `$filter` do on a platform, and what is told of them: one function for each trait. */
import type { PlatformTraits, Traits } from '../catalog/traits';
import type { BlockTree } from '../syntax/nodes';
import { isListReference } from '../syntax/references';
import { PAGE_SIZE } from '../text/limits';
import { pagesOf } from '../vocabulary/directives';
import type { OfferedValue } from '../vocabulary/offered-value';
import { type ParameterName, parameterOf, PARAMETERS } from '../vocabulary/parameters';
import { joiningDocs } from './joining';

/** True where `$skip` is known to count records; else it counts pages. */
export const skipsRecords = ({ skip }: PlatformTraits): boolean => skip === 'records';

/** The most records that come at a time; infinite where no limit is known. */
export const mostRecords = ({ largestTop = 'none' }: PlatformTraits): number =>
  largestTop === 'none' ? Number.POSITIVE_INFINITY : largestTop;

/**
 * How many records to ask for at a time where several pages are fetched: as many as the request asks for, or fewer where
 * the platform is known to bring fewer. Where `$skip` counts pages, which one the request begins with is known for its
 * own `$top` only.
 */
export const sizeOfPages = (asked: number, skip: number, traits: PlatformTraits): number =>
  skip === 0 || skipsRecords(traits) ? Math.min(asked, mostRecords(traits)) : asked;

/**
 * How many pages a request asks for with `# @pages`; undefined where it does not. A list of values asks for all records of
 * all its values.
 */
export const pagesIn = ({ directives, references }: BlockTree): number | 'all' | undefined =>
  references.some(isListReference)
    ? 'all'
    : pagesOf(
        directives.find(({ name, value }) => name.text === 'pages' && value.length > 0)?.value.text ?? '',
      );

/** True for a request that brings one page of its records although nothing in it says so. */
export const fetchesPart = (tree: BlockTree): boolean =>
  tree.request !== undefined &&
  tree.request.target.id === undefined &&
  pagesIn(tree) === undefined &&
  !tree.clauses.some(({ name }) => parameterOf(name.text) === '$top');

/** True where `$top = -1` is known to bring all records. */
export const bringsAll = ({ everyRecord = false }: PlatformTraits): boolean => everyRecord;

/** How many records to ask for at a time. */
export const advisedPageSize = (traits: Traits): number => Math.min(PAGE_SIZE, mostRecords(traits));

/** The most characters of an address; infinite where no limit is known. */
export const longestAddress = ({ longestAddress: most }: Traits): number =>
  most === 'none' ? Number.POSITIVE_INFINITY : most;

/** True where the records come although a name in `$select` is unknown. */
export const ignoresUnknownFields = ({ unknownSelect }: Traits): boolean => unknownSelect === 'ignored';

/** What to write instead of a parameter whose number counts pages or records. */
export function skipAdvice(counts: 'pages' | 'records', traits: Traits): string {
  if (skipsRecords(traits))
    return counts === 'records'
      ? 'Write $skip = the number of records to leave out.'
      : 'Write $skip = the number of records before the page: on this platform, it counts records, not pages.';
  return `Write $skip = the number of the page, from 0${counts === 'records' ? ': it counts pages, not records' : ''}.`;
}

export interface ParameterText {
  /** A few words. */
  readonly meaning: string;
  /** Markdown, with an example. */
  readonly docs: string;
  /** Values that completion offers. */
  readonly offers: readonly OfferedValue[];
}

/** What is told of a parameter where it is used. */
export function parameterText(name: ParameterName, traits: Traits): ParameterText {
  const { meaning, docs, example, longExample = example, offers } = PARAMETERS[name];
  const withExample = (text: string, code = longExample) => `${text}\n\n\`${code}\``;
  switch (name) {
    case '$filter':
      return {
        meaning,
        offers,
        docs: withExample(
          `Which records to return. Conditions are joined by \`and\` and \`or\`. ${joiningDocs(traits)}`,
        ),
      };
    case '$skip':
      return skipsRecords(traits) ? SKIPPED_RECORDS : { meaning, offers, docs: withExample(docs) };
    case '$top':
      return topText(traits, withExample(docs));
    case '$upsert':
    case '$select':
    case '$orderby':
    case '$count':
      return { meaning, offers, docs: withExample(docs) };
  }
}

const SKIPPED_RECORDS: ParameterText = {
  meaning: 'records to leave out',
  docs: `The number of records to leave out: on this platform, \`$skip\` counts records, **not** pages.\n\n\`$skip = ${PAGE_SIZE}\``,
  offers: [
    { text: String(PAGE_SIZE), detail: `after the first ${PAGE_SIZE} records` },
    { text: String(2 * PAGE_SIZE), detail: `after the first ${2 * PAGE_SIZE} records` },
    { text: '0', detail: 'from the first record' },
  ],
};

function topText(traits: Traits, docs: string): ParameterText {
  const { meaning, offers } = PARAMETERS.$top;
  const most = mostRecords(traits);
  const all = bringsAll(traits);
  return {
    meaning,
    docs: [
      docs,
      ...(Number.isFinite(most) ? [`This platform brings at most ${most} records at a time.`] : []),
      ...(all ? ['`$top = -1` brings all records at once, which may take long.'] : []),
    ].join('\n\n'),
    offers: [
      ...(most < PAGE_SIZE ? [{ text: String(most), detail: 'the most that this platform brings' }] : []),
      ...offers.filter(({ text }) => Number(text) <= most && text !== String(most < PAGE_SIZE ? most : '')),
      ...(all ? [{ text: '-1', detail: 'all records at once' }] : []),
    ],
  };
}
