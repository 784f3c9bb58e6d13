/** Fetches the pages of a request, several at a time, and delivers them in order to a sink. */
import { CONCURRENCY, PAGE_SIZE, type WireRequest } from '#language';
import type { ApiClient, ApiResponse } from '../remote/api';
import { ApiError } from '../remote/api-error';
import { PATIENT, QUICK, type Retry, type RetryPolicy } from '../remote/retry';
import { type ReadPage, readPage } from '../results/read-page';
import { ChangeWatch, idOf } from './changes';
import { LastPage, REPEATED_PAGE } from './last-page';
import { Pause } from './pause';
import { type FetchProgress, Meter, type Position } from './progress';

/** A page that failed and is asked for again; `page` is its number among those asked for, from 1. */
interface PageRetry extends Retry {
  readonly page: number;
}

export interface FetchOptions {
  /** How many pages to fetch; 1 when absent. */
  readonly pages?: number | 'all';
  /** How many pages are under way at a time. */
  readonly concurrency?: number;
  /** Ends the fetch; pages that were delivered are kept. */
  readonly signal?: AbortSignal;
  /** When a page is asked for again; by default `QUICK` for the first, as a user waits to see whether it works. */
  readonly policy?: RetryPolicy;
  /** Suspends the fetch and lets it go on. */
  readonly pause?: Pause;
  /** Where an earlier fetch of the same request ended, and this one goes on. */
  readonly from?: Position;
  /** Holds the IDs of the earlier fetch that this one continues. */
  readonly watch?: ChangeWatch;
  /** Called with what went wrong, the number of the attempt, and how long it waits. */
  readonly onRetry?: (retry: PageRetry) => void;
  /** Called with each response, before the sink takes its page. */
  readonly onResponse?: (response: ApiResponse) => void;
}

/** Takes a page. The next one is delivered when it is done. */
export type PageSink = (page: ReadPage, progress: FetchProgress) => void | Promise<void>;

/** The result of a fetch. Sizes are bytes, all calls together. */
export interface FetchResult {
  readonly url: string;
  readonly status: number;
  /** From the first call to the last response, without pauses. */
  readonly milliseconds: number;
  readonly bytes: number;
  readonly pages: number;
  /** How many records arrived, including repeated ones. */
  readonly count: number;
  readonly total?: number;
  /** The ID in the response to a POST; with `$upsert` and status 200 it is the changed record's. */
  readonly createdId?: string;
  /** How many records arrived more than once, by their ID; none was left out. */
  readonly duplicates: number;
  /** How many records are missing at most; absent when that is unknown. */
  readonly missing?: number;
  /** False when it ended before all pages that were asked for had arrived. */
  readonly complete: boolean;
  /** Why it ended early, with what was fetched kept. */
  readonly stoppedBy?: ApiError;
  /** Where another fetch can go on. */
  readonly position: Position;
  readonly notes: readonly string[];
  /** The JSON of the first response, for values that other requests take from it. */
  readonly json: unknown;
}

/**
 * Sends a request; for a GET, fetches as many pages as asked for, and delivers each when the sink has taken the one
 * before. D: `$skip` counts pages, so the next page is `$skip` + 1. Holds `concurrency` and a few more pages at most.
 *
 * Where more than one page is asked for, the first and the last also ask for `$count`: the first for how many records
 * there are, the last for whether that changed. `LastPage` decides where it ends. Throws `ApiError` when not even one
 * page arrived; an error after that is in `stoppedBy`.
 */
export async function fetchPages(
  client: ApiClient,
  request: WireRequest,
  sink: PageSink,
  options: FetchOptions = {},
): Promise<FetchResult> {
  return new PageFetch(client, request, sink, options).run();
}

/** How many pages may wait for the sink besides those under way. */
const AHEAD = 4;

type Outcome = { readonly response: ApiResponse; readonly page: ReadPage } | { readonly error: unknown };

class PageFetch {
  readonly #most: number;
  readonly #concurrency: number;
  /** `$skip` of the first page. */
  readonly #start: number;
  readonly #last: LastPage;
  /** Aborts the calls that are under way when the fetch ends. */
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  readonly #pause: Pause;
  readonly #watch: ChangeWatch;
  readonly #meter = new Meter();
  readonly #notes = new Set<string>();
  readonly #arrived = new Map<number, Outcome>();
  readonly #from: number;
  /** Pages are numbered from 0; the next to deliver, and the next to ask for. */
  #current: number;
  #next: number;
  #inFlight = 0;
  #wake: () => void = () => undefined;
  /** When the platform asked for a pause: no new call before this time. */
  #notBefore = 0;
  #holding: NodeJS.Timeout | undefined;
  #records: number;
  #delivered: number;
  #bytes = 0;
  #retries = 0;
  #first: (ApiResponse & { readonly page: ReadPage }) | undefined;
  #repeated = false;
  #stoppedBy: ApiError | undefined;

  constructor(
    private readonly client: ApiClient,
    private readonly request: WireRequest,
    private readonly sink: PageSink,
    private readonly options: FetchOptions,
  ) {
    const { pages = 1, concurrency = CONCURRENCY, signal, pause, from, watch } = options;
    const paged = request.method === 'GET' && (request.endpoint ?? 'data') === 'data';
    this.#most = !paged ? 1 : pages === 'all' ? Number.POSITIVE_INFINITY : pages;
    this.#concurrency = Math.max(1, concurrency);
    this.#start = parameter(request, '$skip') ?? 0;
    const size = parameter(request, '$top') ?? PAGE_SIZE;
    this.#last = new LastPage({ start: this.#start, size, most: this.#most, from });
    this.#from = this.#current = this.#next = this.#delivered = from?.pages ?? 0;
    this.#records = from?.records ?? 0;
    this.#signal = signal === undefined ? this.#stop.signal : AbortSignal.any([signal, this.#stop.signal]);
    this.#pause = pause ?? new Pause();
    this.#watch = watch ?? new ChangeWatch();
    // The total of an earlier run counts as the first one.
    this.#watch.take([], this.#last.total);
  }

  async run(): Promise<FetchResult> {
    const wake = () => this.#wake();
    this.#signal.addEventListener('abort', wake);
    try {
      for (; this.#current < this.#last.end; this.#current++) {
        const outcome = await this.#arrival();
        if ('error' in outcome) {
          if (!(outcome.error instanceof ApiError) || this.#first === undefined) throw outcome.error;
          this.#stoppedBy = outcome.error;
          break;
        }
        if (!(await this.#deliver(outcome))) break;
      }
    } finally {
      this.#signal.removeEventListener('abort', wake);
      clearTimeout(this.#holding);
      this.#stop.abort();
    }
    return this.#result();
  }

  /** Returns the current page as soon as it has arrived. */
  async #arrival(): Promise<Outcome> {
    for (;;) {
      const outcome = this.#arrived.get(this.#current);
      const begun = this.#next > this.#current;
      // A call under way throws its own error when it is cancelled: it knows whether a write may have been carried out.
      const done = outcome !== undefined && this.request.method === 'GET';
      if (this.#signal.aborted && (done || !begun)) return { error: new ApiError('cancelled') };
      if (outcome !== undefined) {
        this.#arrived.delete(this.#current);
        return outcome;
      }
      if (this.#pause.on && !begun) {
        this.#meter.stop();
        await this.#pause.over(this.#signal);
        this.#meter.go();
        continue;
      }
      this.#askForMore();
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  #askForMore(): void {
    if (this.#signal.aborted || this.#pause.on) return;
    const now = performance.now();
    if (now < this.#notBefore) {
      this.#holding ??= setTimeout(() => {
        this.#holding = undefined;
        this.#askForMore();
      }, this.#notBefore - now);
      return;
    }
    while (this.#next < this.#last.end && this.#mayAsk()) void this.#ask(this.#next++);
  }

  /**
   * The first page is fetched alone, for the total. Where it has none, the second is fetched alone as well, to see
   * whether the pages differ at all.
   */
  #mayAsk(): boolean {
    const arrived = this.#delivered - this.#from;
    const waiting = this.#next - this.#delivered;
    if (arrived === 0 || (this.#last.total === undefined && arrived === 1)) return waiting === 0;
    // While the end is unknown, fewer pages are asked for, as they may lie beyond it.
    const ahead = this.#last.total === undefined ? 0 : AHEAD;
    return this.#inFlight < this.#concurrency && waiting < this.#concurrency + ahead;
  }

  async #ask(number: number): Promise<void> {
    this.#inFlight++;
    let outcome: Outcome;
    try {
      const response = await this.client.send(this.#requestOf(number), {
        signal: this.#signal,
        policy: this.options.policy ?? (number === 0 ? QUICK : PATIENT),
        onRetry: (retry) => this.#again(number, retry),
      });
      outcome = { response, page: readPage(response.json) };
    } catch (error) {
      outcome = { error };
    }
    this.#inFlight--;
    this.#arrived.set(number, outcome);
    this.#askForMore();
    this.#wake();
  }

  #again(number: number, retry: Retry): void {
    this.#retries++;
    if (retry.error.kind === 'too-many')
      this.#notBefore = Math.max(this.#notBefore, performance.now() + retry.waitMs);
    this.options.onRetry?.({ ...retry, page: number + 1 });
  }

  #requestOf(number: number): WireRequest {
    const { query } = this.request;
    const counts = query.some(({ name }) => name.toLowerCase() === '$count');
    const known = this.#last.total !== undefined && number === this.#last.end - 1;
    const count = this.#most > 1 && !counts && (number === this.#from || known);
    if (number === 0 && !count) return this.request;
    return {
      ...this.request,
      query: [
        ...query.filter(({ name }) => number === 0 || name.toLowerCase() !== '$skip'),
        ...(number === 0 ? [] : [{ name: '$skip', value: String(this.#start + number) }]),
        ...(count ? [{ name: '$count', value: 'true' }] : []),
      ],
    };
  }

  /** Returns true when more pages follow. */
  async #deliver({ response, page }: Exclude<Outcome, { error: unknown }>): Promise<boolean> {
    this.#bytes += response.bytes;
    if (this.#watch.repeats(page.records)) {
      this.#notes.add(REPEATED_PAGE);
      this.#repeated = true;
      return false;
    }
    this.#first ??= { ...response, page };
    this.#delivered++;
    this.#records += page.records.length;
    this.#watch.take(page.records, page.total);
    for (const problem of page.problems) this.#notes.add(problem);
    const more = this.#last.take(this.#current, page.records.length, page.total);
    this.#noteCap();
    this.#meter.mark(this.#records);
    // The next pages are fetched while the sink is busy.
    if (more) this.#askForMore();
    this.options.onResponse?.(response);
    await this.sink(page, this.#progress());
    return more;
  }

  /** A: a platform may return fewer records per page than `$top` asks for. */
  #noteCap(): void {
    const cap = this.#last.cap;
    if (cap === undefined) return;
    const asked =
      parameter(this.request, '$top') === undefined ? `${cap.asked} are usual` : `$top asks for ${cap.asked}`;
    this.#notes.add(`The platform returns ${cap.given} records per page, though ${asked}.`);
  }

  #position(): Position {
    return {
      pages: this.#delivered,
      records: this.#records,
      size: this.#last.size,
      ...this.#total(),
    };
  }

  #total(): { readonly total?: number } {
    const { total } = this.#last;
    return total === undefined ? {} : { total };
  }

  #progress(): FetchProgress {
    const rate = this.#meter.recordsPerSecond;
    const { wanted, total } = this.#last;
    return {
      pages: this.#delivered,
      records: this.#records,
      total,
      position: this.#position(),
      elapsedMs: this.#meter.elapsedMs,
      recordsPerSecond: rate,
      secondsLeft:
        wanted === undefined || rate === 0 ? undefined : Math.max(0, wanted - this.#records) / rate,
      retries: this.#retries,
    };
  }

  #result(): FetchResult {
    if (this.#first === undefined) throw new RangeError('no page was asked for');
    const { url, status, json, page } = this.#first;
    const pages = this.#delivered;
    const complete = this.#stoppedBy === undefined && !this.#repeated;
    const many = pages > 1;
    const all = complete && many && this.#most === Number.POSITIVE_INFINITY;
    const { skipped } = this.#last;
    const missing = all ? this.#watch.missing(skipped) : undefined;
    const duplicates = many ? this.#watch.duplicates : 0;
    if (duplicates > 0)
      this.#notes.add(
        `${duplicates.toLocaleString('en-GB')} ${duplicates === 1 ? 'record' : 'records'} arrived more than once: records changed while the pages were fetched, or the order is not fixed. $orderby = ID helps.`,
      );
    if (all) for (const note of this.#watch.notes(skipped)) this.#notes.add(note);
    const createdId = page.createdId ?? (page.records.length === 1 ? idOf(page.records[0]) : undefined);
    return {
      url,
      status,
      milliseconds: Math.round(this.#meter.elapsedMs),
      bytes: this.#bytes,
      pages,
      count: this.#records,
      duplicates,
      complete,
      position: this.#position(),
      notes: [...this.#notes],
      json,
      ...this.#total(),
      ...(missing === undefined ? {} : { missing }),
      ...(createdId === undefined || this.request.method !== 'POST' ? {} : { createdId }),
      ...(this.#stoppedBy === undefined ? {} : { stoppedBy: this.#stoppedBy }),
    };
  }
}

function parameter(request: WireRequest, name: string): number | undefined {
  const value = request.query.find((each) => each.name.toLowerCase() === name)?.value.trim();
  return value !== undefined && /^\d{1,9}$/.test(value) ? Number(value) : undefined;
}
