/** Counts the records of a request: asks for one record and the total, instead of a page. */
import type { WireRequest } from '#language';
import type { ApiClient } from '../remote/api';
import type { FetchOptions } from './fetch-pages';
import { requestsFor } from './fetch-records';
import { sendRequest } from './send';

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

/** Whether there is something to count. */
export const isCountable = (request: WireRequest): boolean => countRequest(request) !== undefined;

/** Counts the records, of a list of values those of all its batches. Returns undefined where the platform does not say. */
export async function countRecords(
  client: ApiClient,
  request: WireRequest,
  options: Pick<FetchOptions, 'onWait' | 'signal'> = {},
): Promise<number | undefined> {
  let sum = 0;
  for (const each of requestsFor(request, client)) {
    const counting = countRequest(each);
    const total = counting && (await sendRequest(client, counting, options)).total;
    if (total === undefined) return undefined;
    sum += total;
  }
  return sum;
}
