/** Sends a request and keeps its records in memory. */
import type { Method, WireRequest } from '#language';
import type { ApiClient } from '../remote/api';
import { ApiError } from '../remote/api-error';
import type { ApiRecord, ReadPage } from '../results/read-page';
import type { Column } from '../results/typed';
import { ChangeWatch } from './changes';
import { countIn } from './extent';
import type { FetchOptions, FetchResult } from './fetch-pages';
import { fetchRecords } from './fetch-records';
import { type FetchProgress, recordsBefore } from './progress';

/** What to fetch, and callbacks. */
export interface SendOptions extends Omit<FetchOptions, 'from' | 'watch'> {
  /** Called with each page as it arrives. */
  readonly onPage?: (page: ReadPage, progress: FetchProgress) => void;
  /** A result of the same request, after which this one goes on; its records come first in the new result. */
  readonly resume?: RunResult;
}

/** The result of a run, with its records. */
export interface RunResult extends FetchResult {
  readonly records: readonly ApiRecord[];
  /** Of a SQL request: its columns, in order. */
  readonly columns?: readonly Column[];
}

/**
 * Sends a request, and keeps the records of all its pages in memory; see `fetchRecords`. Throws `ApiError` when not even
 * one page arrived; an error after that is in the extent.
 */
export async function sendRequest(
  client: ApiClient,
  request: WireRequest,
  { onPage, resume, ...options }: SendOptions = {},
): Promise<RunResult> {
  if (resume !== undefined && (resume.extent.kind !== 'stopped' || resume.pages === options.pages))
    return resume;
  const records: ApiRecord[] = [...(resume?.records ?? [])];
  const watch = new ChangeWatch();
  if (resume !== undefined) watch.recall(records.slice(recordsBefore(resume.position)));
  const take = (page: ReadPage, progress: FetchProgress) => {
    // Not push(...): a page may have more records than a call has arguments.
    for (const record of page.records) records.push(record);
    onPage?.(page, progress);
  };
  try {
    const from = resume === undefined ? {} : { from: resume.position };
    const result = await fetchRecords(client, request, take, { ...options, ...from, watch });
    return { ...result, ...(resume === undefined ? {} : { json: resume.json, url: resume.url }), records };
  } catch (error) {
    if (resume === undefined || !(error instanceof ApiError)) throw error;
    return { ...resume, extent: { kind: 'stopped', error } };
  }
}

export type Outcome = 'created' | 'changed' | 'deleted';

/** What a change did. A POST with `$upsert` may change a record instead of creating one: the status tells. */
export function outcomeOf({ status }: Pick<FetchResult, 'status'>, method: string): Outcome {
  if (method === 'DELETE') return 'deleted';
  return status === 201 ? 'created' : 'changed';
}

const DONE = { created: 'Created', changed: 'Changed', deleted: 'Deleted' } as const satisfies Record<
  Outcome,
  string
>;

/** `50 of 5,000 records · 123 ms`. */
export function summaryOf(result: FetchResult, method: Method | 'SQL'): string {
  const time =
    result.milliseconds < 1000 ? `${result.milliseconds} ms` : `${(result.milliseconds / 1000).toFixed(1)} s`;
  if (method !== 'GET' && method !== 'SQL') {
    const outcome = outcomeOf(result, method);
    // Of an $upsert, too, the ID says which record it was.
    const id = result.createdId === undefined ? '' : `, ID ${result.createdId}`;
    return `${DONE[outcome]}${id} · ${result.status} · ${time}`;
  }
  const pages = result.pages > 1 ? ` · ${result.pages} pages` : '';
  return `${countIn(result)}${pages} · ${time}`;
}

/** Returns the fields that `$select` names, in its order; none when there is no `$select`. */
export const selectedFields = (request: WireRequest): string[] =>
  (request.query.find(({ name }) => name === '$select')?.value ?? '')
    .split(',')
    .filter((field) => field !== '');
