/** What a check of a platform asked and how that was answered: kept beside what was found, so that people can judge it. */
import { isJsonObject } from '../text/json-object';
import { TRAIT_NAMES, type TraitName } from './traits';

/** One request of a check, and the answer in short. Nothing in it is secret. */
export interface Asked {
  /** Below the root, as sent, perhaps cut: `/api/v2/course?$top=1`. */
  readonly address: string;
  /** The HTTP status; undefined where no answer came. */
  readonly status?: number;
  /** The platform's words of refusal, or what happened instead of an answer. */
  readonly words?: string;
  /** How many records came. */
  readonly records?: number;
  /** The IDs of the first of them. */
  readonly ids?: readonly string[];
}

/** What one answer of a check rests on. */
export interface Evidence {
  readonly trait: TraitName;
  /** Why the answer is not known. */
  readonly unknown?: string;
  readonly asked: readonly Asked[];
}

/** Reads evidence from outside data; what can't be read is left out. */
export function parseEvidence(value: unknown): readonly Evidence[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly unknown[]).flatMap((each) => {
    if (!isJsonObject(each)) return [];
    const trait = TRAIT_NAMES.find((name) => name === each['trait']);
    if (trait === undefined) return [];
    const asked = Array.isArray(each['asked']) ? (each['asked'] as readonly unknown[]) : [];
    return [
      {
        trait,
        ...(typeof each['unknown'] === 'string' ? { unknown: each['unknown'] } : {}),
        asked: asked.flatMap((one) => parseAsked(one) ?? []),
      },
    ];
  });
}

function parseAsked(value: unknown): Asked | undefined {
  if (!isJsonObject(value) || typeof value['address'] !== 'string') return undefined;
  const { address, status, words, records, ids } = value;
  const texts = Array.isArray(ids) ? ids.filter((id): id is string => typeof id === 'string') : undefined;
  return {
    address,
    ...(typeof status === 'number' ? { status } : {}),
    ...(typeof words === 'string' ? { words } : {}),
    ...(typeof records === 'number' ? { records } : {}),
    ...(texts === undefined ? {} : { ids: texts }),
  };
}
