/** How many values are asked for at a time, where a filter can't hold all of them: both limits, in one place. */
import { addressLength, PAGE_SIZE, type PlatformTraits, type WireRequest } from '#language';
import { decimalOf } from '../values/decimal';

/** What a batch is made for: where it is sent, and what is known of the platform. */
export type Target = {
  readonly connection: { readonly root: string };
  readonly traits: PlatformTraits;
};

/** A: IIS takes so many characters behind the question mark unless it is told otherwise, and proxies hardly fewer. */
const USUAL_LENGTH = 2000;

/** The most characters of an address: what was found out about the platform, else what any is likely to take. */
export const mostCharacters = ({ longestAddress: most = 'none' }: PlatformTraits): number =>
  most === 'none' ? USUAL_LENGTH : most;

/** The same for texts that some platform may take for the same: in case, accents, width and outer spaces. */
export const looseKey = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();

/**
 * Divides values so that each batch has one page at most, and its address is not too long. Values of one group stay
 * together, as far as that goes. One value always fits. `requestFor` returns undefined where there is no such request.
 */
export function batchesOf(
  groups: Iterable<readonly string[]>,
  requestFor: (values: readonly string[]) => WireRequest | undefined,
  { connection, traits }: Target,
): string[][] {
  const most = mostCharacters(traits);
  const fits = (batch: readonly string[]) => {
    if (batch.length > PAGE_SIZE) return false;
    const request = requestFor(batch);
    return request !== undefined && addressLength(connection.root, request) <= most;
  };
  const batches: string[][] = [];
  const take = (values: readonly string[]) => {
    const joined = [...(batches.at(-1) ?? []), ...values];
    if (batches.length > 0 && fits(joined)) batches.splice(-1, 1, joined);
    else if (values.length < 2 || fits(values)) batches.push([...values]);
    else for (const value of values) take([value]);
  };
  for (const group of groups) take(group);
  return batches;
}

/** More values are asked for in more requests than fetching the whole module takes, as a rule. */
export const MAX_VALUES = 10_000;

/** Values that a platform may take for the same, together: in one batch, no record comes twice. */
export function sameValueGroups(values: readonly string[]): readonly (readonly string[])[] {
  const groups = new Map<string, string[]>();
  for (const value of values) {
    const key = comparedKey(value);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return [...groups.values()];
}

/** The same for texts, numbers and days that may be compared as such: `1.50` and `1.5`, a day and its midnight. */
function comparedKey(value: string): string {
  const number = decimalOf(value);
  if (number !== undefined) return `${number.negative ? '-' : ''}${number.digits} ${number.scale}`;
  return looseKey(value.replace(/^(\d{4}-\d\d-\d\d)[T ]00:00(?::00(?:\.0{1,7})?)?Z?$/, '$1'));
}
