/** What a check found, a row for each trait: for the page of the editor, and for the table and the JSON of `apq`. */
import {
  type Asked,
  meaningOf,
  type PlatformFindings,
  TRAIT_NAMES,
  type TraitName,
  TRAITS,
  type Traits,
} from '#language';
import { readPage } from '../results/read-page';
import { PROBES } from './probes';

export interface Finding {
  readonly trait: TraitName;
  /** `Parentheses in a filter`. */
  readonly subject: string;
  /** Undefined: not known. */
  readonly found: Traits[TraitName] | undefined;
  readonly assumed: Traits[TraitName];
  /** Whether it was found to be other than is assumed. */
  readonly differs: boolean;
  /** What holds from now on, as a sentence. */
  readonly means: string;
  /** What is assumed without a check, as a sentence. */
  readonly assumedMeans: string;
  readonly why: string;
  readonly used: string;
  /** Why it is not known. */
  readonly unknown?: string;
  readonly asked: readonly Asked[];
}

/** All findings of a check, in the order of the questions. */
export const findingsOf = (platform: PlatformFindings): readonly Finding[] =>
  TRAIT_NAMES.map((trait) => findingOf(platform, trait));

function findingOf<K extends TraitName>(platform: PlatformFindings, trait: K): Finding {
  const { subject, assumed } = TRAITS[trait];
  const found: Traits[K] | undefined = platform.traits[trait];
  const evidence = platform.evidence?.find((each) => each.trait === trait);
  const assumedMeans = meaningOf(trait, assumed);
  const means = found === undefined ? assumedMeans : meaningOf(trait, found);
  return {
    trait,
    subject,
    found,
    assumed,
    differs: means !== assumedMeans && !(trait === 'countNames' && areUsual(platform.traits.countNames)),
    means,
    assumedMeans,
    why: PROBES[trait].why,
    used: PROBES[trait].used(found ?? assumed),
    ...(evidence?.unknown === undefined ? {} : { unknown: evidence.unknown }),
    asked: evidence?.asked ?? [],
  };
}

/** Whether the counts have names by which they are read without a check. */
function areUsual({ pageIndex = '', pageTotal = '', total = '' }: Traits['countNames'] = {}): boolean {
  const page = readPage({ results: [], [pageIndex]: 1, [pageTotal]: 2, [total]: 3 });
  const isRead = (name: string, value: number | undefined, read: number) => name === '' || value === read;
  return (
    isRead(pageIndex, page.pageIndex, 1) &&
    isRead(pageTotal, page.pageTotal, 2) &&
    isRead(total, page.total, 3)
  );
}

/** An answer in a word or two: `yes`, `and-first`, `1,000`, `total: Found`. */
export function inShort(value: Traits[TraitName] | undefined): string {
  switch (typeof value) {
    case 'undefined':
      return 'not known';
    case 'boolean':
      return value ? 'yes' : 'no';
    case 'number':
      return value.toLocaleString('en-GB');
    case 'string':
      return value;
    default: {
      const names = Object.values(value).filter((name) => name !== undefined);
      return names.length === 0 ? 'none' : names.join(', ');
    }
  }
}

/**
 * What is kept after a check: all of it; where it ended early, its answers, and for what it did not answer what was
 * known before.
 */
export function keptAfter(
  { platform, endedBy }: { readonly platform: PlatformFindings; readonly endedBy?: unknown },
  before: PlatformFindings | undefined,
): PlatformFindings {
  if (endedBy === undefined || before === undefined) return platform;
  const evidence = platform.evidence?.map((now) =>
    platform.traits[now.trait] === undefined
      ? (before.evidence?.find(({ trait }) => trait === now.trait) ?? now)
      : now,
  );
  return {
    checkedAt: platform.checkedAt,
    traits: { ...before.traits, ...platform.traits },
    ...(evidence === undefined ? {} : { evidence }),
  };
}
