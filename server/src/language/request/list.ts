/** Requests that ask for the values of a list: for some of them, a batch, or for all at once. */
import { quotedForSending } from '../analysis/dialect';
import { filterOfValues } from '../analysis/value-list';
import { type PlatformTraits, traitsWith } from '../catalog/traits';
import type { ValueList, WireRequest } from './wire';

/**
 * The request for some values of its list, as any other is sent; undefined where the platform has no way to write one of
 * them.
 */
export function requestOfValues(
  { list, ...request }: WireRequest & { readonly list: ValueList },
  values: readonly string[],
  traits: PlatformTraits,
): WireRequest | undefined {
  const filter = filterOf({ ...list, values }, traits);
  return filter === undefined
    ? undefined
    : {
        ...request,
        query: request.query.map((each) => (each.name === '$filter' ? { ...each, value: filter } : each)),
      };
}

/** The filter for the values; undefined where the platform has no way to write one of them. */
export function filterOf({ start, values, rest }: ValueList, traits: PlatformTraits): string | undefined {
  const quoted: string[] = [];
  for (const value of values) {
    const sent = quotedForSending(value, traits);
    if (sent === undefined) return undefined;
    quoted.push(sent);
  }
  return filterOfValues(start, quoted, rest, traitsWith(traits));
}
