/** How many records a request has: one record and the total, instead of a page. */
import type { WireRequest } from '#language';

/** The same criteria, asked for the total only. Undefined for what has no records to count: a change is never sent by it. */
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
