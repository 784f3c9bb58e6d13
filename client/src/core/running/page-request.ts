/** The request of one page: the request's own, with the page's `$skip` and `$top`. */
import type { WireRequest } from '#language';
import type { PageAddress } from './page-plan';

/** The whole number that a request has for a parameter. */
export function parameter(request: WireRequest, name: string): number | undefined {
  const value = textOf(request, name);
  return value !== undefined && /^\d{1,9}$/.test(value) ? Number(value) : undefined;
}

/** Whether a request asks for all records at once. */
export const asksForAll = (request: WireRequest): boolean => textOf(request, '$top') === '-1';

const textOf = (request: WireRequest, name: string): string | undefined =>
  request.query.find((each) => each.name.toLowerCase() === name)?.value.trim();

/** `first`: the page is where the request itself begins; `count`: it should bring the total. */
export function requestOfPage(
  request: WireRequest,
  { skip, top }: PageAddress,
  { first, count }: { readonly first: boolean; readonly count: boolean },
): WireRequest {
  const counts = count && textOf(request, '$count') === undefined;
  if (first && top === undefined && !counts) return request;
  const own = new Set([...(first ? [] : ['$skip']), ...(top === undefined ? [] : ['$top'])]);
  return {
    ...request,
    query: [
      ...request.query.filter(({ name }) => !own.has(name.toLowerCase())),
      ...(top === undefined ? [] : [{ name: '$top', value: String(top) }]),
      ...(first ? [] : [{ name: '$skip', value: String(skip) }]),
      ...(counts ? [{ name: '$count', value: 'true' }] : []),
    ],
  };
}
