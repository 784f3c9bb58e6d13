/** Running a request: one page or many, kept whatever happens on the way. */
import type { WireRequest } from '../../../../server/src/language/service';
import type { ApiClient } from '../remote/api';
import { ApiError } from '../remote/errors';
import { readAnswer, type ApiRecord, type ReadAnswer } from '../results/read-answer';

/** D: the size of a page without `$top`. */
export const PAGE_SIZE = 50;

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

export interface RunResult {
  readonly records: readonly ApiRecord[];
  readonly url: string;
  readonly status: number;
  /** Time of all calls together. */
  readonly milliseconds: number;
  readonly bytes: number;
  readonly pages: number;
  readonly total?: number;
  readonly createdId?: string;
  /** False when it ended before all asked-for pages were there. */
  readonly complete: boolean;
  /** Why it ended early, with what was fetched kept. */
  readonly stoppedBy?: ApiError;
  readonly notes: readonly string[];
  /** The first answer's JSON, for values that other requests take from it. */
  readonly json: unknown;
}

/** Throws `ApiError` when not even the first page came; what fails later is in `stoppedBy`. */
export async function runRequest(
  client: ApiClient,
  request: WireRequest,
  { pages = 1, signal, onPage }: RunOptions = {},
): Promise<RunResult> {
  const paged = request.method === 'GET' && (request.endpoint ?? 'data') === 'data';
  const most = !paged ? 1 : pages === 'all' ? Number.POSITIVE_INFINITY : pages;
  const size = parameter(request, '$top') ?? PAGE_SIZE;
  const start = parameter(request, '$skip') ?? 0;
  const records: ApiRecord[] = [];
  const notes = new Set<string>();
  let [milliseconds, bytes, fetched] = [0, 0, 0];
  let first: { url: string; status: number; json: unknown; answer: ReadAnswer } | undefined;
  let previous: string | undefined;
  let stoppedBy: ApiError | undefined;
  while (fetched < most) {
    try {
      const sent =
        fetched === 0
          ? request
          : {
              ...request,
              query: [
                ...request.query.filter(({ name }) => name !== '$skip'),
                { name: '$skip', value: String(start + fetched) },
              ],
            };
      const answer = await client.send(sent, signal === undefined ? {} : { signal });
      milliseconds += answer.milliseconds;
      bytes += answer.bytes;
      const page = readAnswer(answer.json);
      const print = JSON.stringify(page.records);
      if (previous === print && page.records.length > 0) {
        notes.add('The platform sent the same page twice, so fetching stopped there.');
        break;
      }
      previous = print;
      first ??= { url: answer.url, status: answer.status, json: answer.json, answer: page };
      fetched++;
      records.push(...page.records);
      for (const problem of page.problems) notes.add(problem);
      onPage?.(page, { pages: fetched, records: records.length, total: first.answer.total });
      const { total } = first.answer;
      if (page.records.length < size || (total !== undefined && start * size + records.length >= total))
        break;
    } catch (error) {
      if (first === undefined || !(error instanceof ApiError)) throw error;
      stoppedBy = error;
      break;
    }
  }
  if (first === undefined) throw new RangeError('no page was asked for');
  const { total, createdId } = first.answer;
  return {
    records,
    url: first.url,
    status: first.status,
    milliseconds,
    bytes,
    pages: fetched,
    complete: stoppedBy === undefined,
    notes: [...notes],
    json: first.json,
    ...(total === undefined ? {} : { total }),
    ...(createdId === undefined || request.method !== 'POST' ? {} : { createdId }),
    ...(stoppedBy === undefined ? {} : { stoppedBy }),
  };
}

function parameter(request: WireRequest, name: string): number | undefined {
  const value = request.query.find((each) => each.name === name)?.value;
  return value !== undefined && /^\d{1,9}$/.test(value) ? Number(value) : undefined;
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
