/** Counts the records of a request: asks for one record and the total, instead of a page. */
import type { WireRequest } from '#language';

/** Returns a request for the total of the same criteria; undefined for a change and for what has no records to count. */
export function countRequest(request: WireRequest): WireRequest | undefined {
  if (request.method !== 'GET' || (request.endpoint ?? 'data') !== 'data') return undefined;
  return {
    ...request,
    query: [
      ...request.query.filter(({ name }) => name === '$filter'),
      { name: '$top', value: '1' },
      { name: '$count', value: 'true' },
    ],
  };
}
