/**
 * Fetches the records of a request: the pages that it asks for, or, where its filter has a list of values, all records of
 * all of them, batch after batch. A result says the same of both.
 */
import { nameKey, pathOf, requestOfValues, type ValueList, type WireRequest } from '#language';
import type { ApiClient } from '../remote/api';
import { ApiError } from '../remote/api-error';
import { PATIENT } from '../remote/retry';
import type { ReadPage } from '../results/read-page';
import { idOf } from '../results/table';
import { batchesOf, sameValueGroups, type Target } from './batches';
import { duplicated, type Extent, partOf } from './extent';
import { type FetchOptions, fetchPages, type FetchResult, type PageSink } from './fetch-pages';
import { IdSet, printOf } from './id-set';
import type { FetchProgress, Position } from './progress';

type Listed = WireRequest & { readonly list: ValueList };

const isListed = (request: WireRequest): request is Listed => request.list !== undefined;

/** The requests that are sent for one, in order: for each batch of the values in its filter, else itself. */
export const requestsFor = (request: WireRequest, client: Target): readonly WireRequest[] =>
  isListed(request) ? batchesFor(request, client).map(({ wire }) => wire) : [request];

interface ListBatch {
  readonly wire: WireRequest;
  readonly values: readonly string[];
}

/** What the address of a further page has besides. */
const OF_A_PAGE = [
  { name: '$skip', value: '999' },
  { name: '$count', value: 'true' },
];

function batchesFor(request: Listed, client: Target): ListBatch[] {
  const wireFor = (values: readonly string[]) => requestOfValues(request, values, client.traits);
  const longest = (values: readonly string[]) => {
    const wire = wireFor(values);
    return wire && { ...wire, query: [...wire.query, ...OF_A_PAGE] };
  };
  return batchesOf(sameValueGroups(request.list.values), longest, client).flatMap((values) => {
    const wire = wireFor(values);
    return wire === undefined ? [] : [{ wire, values }];
  });
}

/** Sends a request, and delivers page after page; see `fetchPages`. With a list, `pages` has no meaning: all are fetched. */
export async function fetchRecords(
  client: ApiClient,
  request: WireRequest,
  sink: PageSink,
  options: FetchOptions = {},
): Promise<FetchResult> {
  return isListed(request)
    ? new ListFetch(client, request, sink, options).run()
    : fetchPages(client, request, sink, options);
}

/** What came in earlier batches. */
type Before = Pick<Position, 'pages' | 'records' | 'total'>;

class ListFetch {
  readonly #batches: readonly ListBatch[];
  /** Where each record has a value of its own, no more records can come than values were asked for. */
  readonly #isUnique: boolean;
  readonly #isOrdered: boolean;
  readonly #results: FetchResult[] = [];
  readonly #seen = new IdSet();
  #twice = 0;
  /** Where it goes on, of all batches; undefined before the first page. */
  #position: Position | undefined;

  constructor(
    private readonly client: ApiClient,
    private readonly request: Listed,
    private readonly sink: PageSink,
    private readonly options: FetchOptions,
  ) {
    this.#batches = batchesFor(request, client);
    this.#isUnique = nameKey(request.list.start.replace(/ eq $/, '')) === 'id';
    this.#isOrdered = request.query.some(({ name }) => name === '$orderby');
    this.#position = options.from;
  }

  async run(): Promise<FetchResult> {
    const first = this.options.from?.batch?.index ?? 0;
    for (let index = first; index < this.#batches.length; index++) {
      const extent = await this.#batch(index);
      if (extent.kind === 'stopped' || extent.kind === 'part') return this.#result(extent);
      const isLast = index === this.#batches.length - 1;
      if (!isLast && this.options.enough?.() === true) return this.#result({ kind: 'part' });
    }
    const doubtful = this.#results.find(({ extent }) => extent.kind === 'doubtful')?.extent;
    return this.#result(doubtful ?? (this.#twice > 0 ? duplicated(this.#twice) : this.#ofAll()));
  }

  /** Where all batches came: they are as whole as their values. */
  #ofAll(): Extent {
    const { part } = this.request.list;
    return part === undefined ? { kind: 'whole' } : partOf(part);
  }

  async #batch(index: number): Promise<Extent> {
    const { wire, values } = this.#batches[index] ?? this.#none();
    const { from: goesOn, watch, policy, onRetry, ...options } = this.options;
    const isFirst = goesOn === undefined ? index === 0 : goesOn.batch?.index === index;
    const before = this.#before(index);
    const from = isFirst && goesOn !== undefined ? within(goesOn) : undefined;
    // Only of the first request a user waits to see whether it works.
    const patience = policy ?? (index === 0 ? undefined : PATIENT);
    try {
      const result = await fetchPages(
        this.client,
        wire,
        async (page, progress) => this.#take(page, this.#progress(index, before, progress)),
        {
          ...options,
          pages: 'all',
          ...(this.#isUnique ? { most: values.length } : {}),
          ...(from === undefined ? {} : { from }),
          ...(isFirst && watch !== undefined ? { watch } : {}),
          ...(patience === undefined ? {} : { policy: patience }),
          ...(onRetry === undefined
            ? {}
            : { onRetry: (retry) => onRetry({ ...retry, page: retry.page + before.pages }) }),
        },
      );
      this.#results.push(result);
      this.#position = this.#positionOf(index, before, result.position);
      return result.extent;
    } catch (error) {
      if (!(error instanceof ApiError) || this.#results.length === 0) throw error;
      return { kind: 'stopped', error };
    }
  }

  #none(): never {
    throw new RangeError('there is no such batch');
  }

  /** What came before a batch. */
  #before(index: number): Before {
    const at = this.#position;
    if (at === undefined) return { pages: 0, records: 0, total: 0 };
    const { pages, records, batch = { index: 0, pages: 0, records: 0 } } = at;
    const same = batch.index === index;
    const total = sumOf(batch.totalBefore, same ? 0 : batch.total);
    return {
      pages: same ? pages - batch.pages : pages,
      records: same ? records - batch.records : records,
      ...(total === undefined ? {} : { total }),
    };
  }

  #positionOf(index: number, before: Before, inner: Position): Position {
    const { pages, records, total, size, skip, offset, unsure } = inner;
    const all = index === this.#batches.length - 1 ? sumOf(before.total, total) : undefined;
    return {
      pages: before.pages + pages,
      records: before.records + records,
      size,
      skip,
      offset,
      ...(unsure === undefined ? {} : { unsure }),
      ...(all === undefined ? {} : { total: all }),
      batch: {
        index,
        pages,
        records,
        ...(total === undefined ? {} : { total }),
        ...(before.total === undefined ? {} : { totalBefore: before.total }),
      },
    };
  }

  #progress(index: number, before: Before, progress: FetchProgress): FetchProgress {
    const position = this.#positionOf(index, before, progress.position);
    const elapsedMs = this.#sum(({ milliseconds }) => milliseconds) + progress.elapsedMs;
    const { total, records, pages } = position;
    const left = this.#batches.length - 1 - index;
    return {
      ...progress,
      position,
      total,
      records,
      pages,
      elapsedMs,
      secondsLeft: left === 0 ? progress.secondsLeft : (elapsedMs / 1000 / (index + 1)) * left,
      batch: { at: index + 1, of: this.#batches.length },
    };
  }

  async #take(page: ReadPage, progress: FetchProgress): Promise<void> {
    this.#position = progress.position;
    // The first page of a batch may be empty; one of the whole says that there are no records.
    for (const record of page.records) {
      const id = idOf(record);
      if (id !== undefined && !this.#seen.add(printOf(id))) this.#twice++;
    }
    await this.sink(page, progress);
  }

  #sum(of: (result: FetchResult) => number): number {
    return this.#results.reduce((sum, result) => sum + of(result), 0);
  }

  /** An address of fifty values would hide all else that is told. */
  get #url(): string {
    const { list } = this.request;
    const [value, ...more] = list.values;
    const wire = value === undefined ? undefined : requestOfValues(this.request, [value], this.client.traits);
    if (wire === undefined) return '';
    const others = `${more.length.toLocaleString('en-GB')} more ${more.length === 1 ? 'value' : 'values'}`;
    return `${this.client.connection.root}${pathOf(wire)}${more.length === 0 ? '' : ` and ${others}`}`;
  }

  #result(extent: Extent): FetchResult {
    const [first] = this.#results;
    const { total, pages, records } = this.#position ?? NOWHERE;
    const filled = this.#results.find(({ count }) => count > 0) ?? first;
    const notes = new Set(this.#results.flatMap((result) => result.notes));
    if (this.#batches.length > 1 && this.#isOrdered) notes.add(ORDER);
    return {
      url: this.#url,
      // Where there are no values, nothing is sent: that is no failure.
      status: first?.status ?? 200,
      milliseconds: this.#sum(({ milliseconds }) => milliseconds),
      bytes: this.#sum(({ bytes }) => bytes),
      pages,
      count: records,
      duplicates: this.#twice,
      extent,
      position: this.#position ?? NOWHERE,
      notes: [...notes],
      json: filled === undefined ? { results: [] } : filled.json,
      ...(this.#batches.length === 0 ? { total: 0 } : {}),
      ...(total === undefined ? {} : { total }),
    };
  }
}

/** What `$orderby` can do over several requests. */
const ORDER =
  '$orderby sorts the records of each batch of values only. Sort the result, or ask for it in a SQL request with “order by”.';

const NOWHERE: Position = { pages: 0, records: 0, size: 1, skip: 0, offset: 0 };

const sumOf = (one: number | undefined, other: number | undefined): number | undefined =>
  one === undefined || other === undefined ? undefined : one + other;

/** Where the batch goes on that was under way; undefined where nothing of it came. */
function within({ batch, ...position }: Position): Position | undefined {
  if (batch === undefined || batch.pages === 0) return undefined;
  const { pages, records, total } = batch;
  const { size, skip, offset, unsure } = position;
  return {
    pages,
    records,
    size,
    skip,
    offset,
    ...(total === undefined ? {} : { total }),
    ...(unsure === undefined ? {} : { unsure }),
  };
}
