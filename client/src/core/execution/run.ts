/** Running a request: one page or many, kept whatever happens on the way. */
import type { WireRequest } from '../../../../server/src/language/service';
import type { ApiClient } from '../remote/api';
import { ApiError } from '../remote/errors';
import { readAnswer, type ApiRecord, type ReadAnswer } from '../results/read-answer';

/** D: the size of a page without `$top`. */
export const PAGE_SIZE = 50;

/** What to fetch, and who wants to know. */
export interface RunOptions {
  /** How many pages to fetch; 1 when absent. */
  readonly pages?: number | 'all';
  readonly signal?: AbortSignal;
  /** Called with each page as it arrives. */
  readonly onPage?: (page: ReadAnswer, sofar: RunProgress) => void;
}

export interface RunProgress {
  readonly pages: number;
  readonly records: number;
  readonly total: number | undefined;
}

/** What a request answered. Times are milliseconds, sizes bytes, all calls together. */
export interface RunResult {
  readonly records: readonly ApiRecord[];
  readonly url: string;
  readonly status: number;
  /** Time of all calls together. */
  readonly milliseconds: number;
  readonly bytes: number;
  readonly pages: number;
  readonly total?: number;
  /** Of a POST: the ID in the answer; with `$upsert` and status 200 it is the changed record's. */
  readonly createdId?: string;
  /** How many records came more than once, by their ID; none was left out. */
  readonly duplicates: number;
  /** False when it ended before all asked-for pages were there. */
  readonly complete: boolean;
  /** Why it ended early, with what was fetched kept. */
  readonly stoppedBy?: ApiError;
  readonly notes: readonly string[];
  /** The first answer's JSON, for values that other requests take from it. */
  readonly json: unknown;
}

/**
 * Sends a request; of a GET as many pages as asked for. D: `$skip` counts pages, so the next page is `$skip` + 1. Ends
 * at a page that is not full (unless `$count` says that there is more), at the total, at an empty page, and at one that
 * repeats the last. Throws `ApiError` when not even the first page came; what fails later is in `stoppedBy`. */
export async function runRequest(
  client: ApiClient,
  request: WireRequest,
  { pages = 1, signal, onPage }: RunOptions = {},
): Promise<RunResult> {
  const paged = request.method === 'GET' && (request.endpoint ?? 'data') === 'data';
  const most = !paged ? 1 : pages === 'all' ? Number.POSITIVE_INFINITY : pages;
  let size = parameter(request, '$top') ?? PAGE_SIZE;
  const start = parameter(request, '$skip') ?? 0;
  const records: ApiRecord[] = [];
  const notes = new Set<string>();
  let [milliseconds, bytes, fetched] = [0, 0, 0];
  let first: { url: string; status: number; json: unknown; answer: ReadAnswer } | undefined;
  let previous: string | undefined;
  let stoppedBy: ApiError | undefined;
  let repeated = false;
  while (fetched < most) {
    try {
      const sent =
        fetched === 0
          ? request
          : {
              ...request,
              query: [
                ...request.query.filter(({ name }) => name.toLowerCase() !== '$skip'),
                { name: '$skip', value: String(start + fetched) },
              ],
            };
      const answer = await client.send(sent, signal === undefined ? {} : { signal });
      milliseconds += answer.milliseconds;
      bytes += answer.bytes;
      const page = readAnswer(answer.json);
      const print = JSON.stringify(page.records);
      if (previous === print && page.records.length > 0) {
        notes.add(
          'The platform sent the same page twice, so fetching stopped there; records may be missing.',
        );
        repeated = true;
        break;
      }
      previous = print;
      first ??= { url: answer.url, status: answer.status, json: answer.json, answer: page };
      fetched++;
      // Not push(...): a page may have more records than a call has arguments.
      for (const record of page.records) records.push(record);
      for (const problem of page.problems) notes.add(problem);
      onPage?.(page, { pages: fetched, records: records.length, total: first.answer.total });
      const { total } = first.answer;
      const count = page.records.length;
      if (count === 0) break;
      // A: a platform may give less than $top on a page; with a total we know, without one it looks like the end.
      if (count < size && fetched === 1 && start === 0 && total !== undefined && total > count) {
        notes.add(`The platform gives ${count} records on a page, though $top asks for ${size}.`);
        size = count;
      }
      const reached = total !== undefined && start * size + records.length >= total;
      if (reached || (total === undefined && count < size)) break;
    } catch (error) {
      if (first === undefined || !(error instanceof ApiError)) throw error;
      stoppedBy = error;
      break;
    }
  }
  if (first === undefined) throw new RangeError('no page was asked for');
  const { total } = first.answer;
  const createdId = first.answer.createdId ?? (records.length === 1 ? idOf(records[0]) : undefined);
  const duplicates = fetched > 1 ? repetitions(records) : 0;
  if (duplicates > 0)
    notes.add(
      `${duplicates} ${duplicates === 1 ? 'record' : 'records'} came more than once: records changed while the pages were fetched, or the order is not fixed. $orderby = ID helps.`,
    );
  return {
    records,
    url: first.url,
    status: first.status,
    milliseconds,
    bytes,
    pages: fetched,
    duplicates,
    complete: stoppedBy === undefined && !repeated,
    notes: [...notes],
    json: first.json,
    ...(total === undefined ? {} : { total }),
    ...(createdId === undefined || request.method !== 'POST' ? {} : { createdId }),
    ...(stoppedBy === undefined ? {} : { stoppedBy }),
  };
}

function parameter(request: WireRequest, name: string): number | undefined {
  const value = request.query.find((each) => each.name.toLowerCase() === name)?.value.trim();
  return value !== undefined && /^\d{1,9}$/.test(value) ? Number(value) : undefined;
}

/** O: the member is `ID`; any case is read. */
function idOf(record: ApiRecord | undefined): string | undefined {
  const value = Object.entries(record ?? {}).find(([name]) => name.toLowerCase() === 'id')?.[1];
  return (typeof value === 'string' && value !== '') || typeof value === 'number' ? String(value) : undefined;
}

function repetitions(records: readonly ApiRecord[]): number {
  const ids = records.map(idOf).filter((id) => id !== undefined);
  return ids.length - new Set(ids).size;
}

/** `50 of 5,000 records · 123 ms`, in the user's words. */
export function summaryOf(result: RunResult, method: string): string {
  const time =
    result.milliseconds < 1000 ? `${result.milliseconds} ms` : `${(result.milliseconds / 1000).toFixed(1)} s`;
  if (method !== 'GET') {
    const what =
      method === 'DELETE'
        ? 'Deleted'
        : result.status === 201
          ? `Created${result.createdId === undefined ? '' : `, ID ${result.createdId}`}`
          : 'Changed';
    return `${what} · ${result.status} · ${time}`;
  }
  const number = (value: number) => value.toLocaleString('en-GB');
  const count = result.records.length;
  const of = result.total === undefined || result.total === count ? '' : ` of ${number(result.total)}`;
  const pages = result.pages > 1 ? ` · ${result.pages} pages` : '';
  return `${number(count)}${of} ${count === 1 && of === '' ? 'record' : 'records'}${pages} · ${time}`;
}

/** The fields that `$select` names, in its order; none when all usual ones are asked for. */
export const selectedFields = (request: WireRequest): string[] =>
  (request.query.find(({ name }) => name === '$select')?.value ?? '')
    .split(',')
    .filter((field) => field !== '');
