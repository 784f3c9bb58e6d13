/** The first records of a request and the total of its criteria, in one small answer. */
import type { WireRequest } from '#language';
import type { ApiClient } from '../remote/api';
import type { FetchOptions } from './fetch-pages';
import { type RunResult, sendRequest } from './send';

/** Returns a request for the first `most` records and their total. No log holds it, as it is sent with each change of what somebody looks for. */
function firstRecordsRequest(request: WireRequest, most: number): WireRequest {
  const asked = Number(request.query.find(({ name }) => name === '$top')?.value ?? most);
  return {
    ...request,
    unlogged: true,
    query: [
      ...request.query.filter(({ name }) => name !== '$top' && name !== '$count'),
      { name: '$top', value: String(Math.min(Number.isInteger(asked) && asked > 0 ? asked : most, most)) },
      { name: '$count', value: 'true' },
    ],
  };
}

/** Fetches them. Throws `ApiError`. */
export const firstRecords = async (
  client: ApiClient,
  request: WireRequest,
  most: number,
  options: Pick<FetchOptions, 'signal'>,
): Promise<RunResult> => sendRequest(client, firstRecordsRequest(request, most), options);
