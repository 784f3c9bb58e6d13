/** Fetches the pages of a request, several at a time, and delivers them in order to a sink. */
import { bringsAll, CONCURRENCY, PAGE_SIZE, shortened, type WireRequest } from '#language';
import type { ApiClient, ApiResponse, Learning } from '../remote/api';
import { ApiError, isCancelled } from '../remote/api-error';
import { PATIENT, QUICK, type Retry, type RetryPolicy } from '../remote/retry';
import { type ReadPage, readPage } from '../results/read-page';
import { idOf } from '../results/table';
import { ChangeWatch } from './changes';
import { duplicated, type Extent, missing, repeated, reported, shifted, unresolved } from './extent';
import { type End, endAtEmpty, endAtRefusal } from './page-end';
import { type PageAddress, PagePlan } from './page-plan';
import { asksForAll, parameter, requestOfPage } from './page-request';
import { nextPage } from './page-size';
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
  /** Ends the fetch when so many records came: there can't be more. */
  readonly most?: number;
  /** Ends the fetch after a page: nobody wants another one. */
  readonly enough?: () => boolean;
  /** Suspends the fetch and lets it go on. */
  readonly pause?: Pause;
  /** Where an earlier fetch of the same request ended, and this one goes on. */
  readonly from?: Position;
  /** Holds the IDs of the earlier fetch that this one continues. */
  readonly watch?: ChangeWatch;
  /** Called with what went wrong, the number of the attempt, and how long it waits. */
  readonly onRetry?: (retry: PageRetry) => void;
  /** Called with how many milliseconds all pages wait, where the platform allows no request for now; once for each wait. */
  readonly onWait?: (milliseconds: number) => void;
  /** Called with each response, before the sink takes its page. */
  readonly onResponse?: (response: ApiResponse) => void;
  /** Who learns of the records; by default whoever the client names. */
  readonly learning?: Learning;
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
  /** Whether all came. */
  readonly extent: Extent;
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
 * there are, the last for whether that changed. `PagePlan` has the rule for where it ends. Throws `ApiError` when not
 * even one page arrived; an error after that is in the result's extent.
 */
export async function fetchPages(
  client: ApiClient,
  request: WireRequest,
  sink: PageSink,
  options: FetchOptions = {},
): Promise<FetchResult> {
  return new PageFetch(client, request, sink, options).run();
}

/** A shorter wait is over before it is read. */
const SHORT_WAIT_MS = 1000;

/** How many pages may wait for the sink besides those under way. */
const AHEAD = 4;

interface Arrived {
  readonly response: ApiResponse;
  readonly page: ReadPage;
}

type Outcome = Arrived | { readonly error: unknown };

class PageFetch {
  readonly #most: number;
  /** Whether the platform brings all records as one page, and is asked to. */
  readonly #isEverything: boolean;
  readonly #concurrency: number;
  readonly #plan: PagePlan;
  /** Aborts the calls that are under way when the fetch ends. */
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  readonly #pause: Pause;
  readonly #watch: ChangeWatch;
  readonly #meter = new Meter();
  readonly #notes = new Set<string>();
  readonly #learning: Learning | undefined;
  readonly #arrived = new Map<number, Outcome>();
  readonly #from: number;
  /** Pages are numbered from 0; the next to ask for. The next to deliver is the plan's. */
  #next: number;
  #inFlight = 0;
  #wake: () => void = () => undefined;
  /** When the platform asked for a pause: no new call before this time. */
  #notBefore = 0;
  /** When the wait ends that was told last. */
  #waitsUntil = 0;
  #holding: NodeJS.Timeout | undefined;
  #bytes = 0;
  #retries = 0;
  #first: (ApiResponse & { readonly page: ReadPage }) | undefined;
  /** The last page that had records. */
  #latest: ReadPage | undefined;
  /** Why it ended, unless all pages that were asked for arrived. */
  #ended: End | undefined;

  constructor(
    private readonly client: ApiClient,
    private readonly request: WireRequest,
    private readonly sink: PageSink,
    private readonly options: FetchOptions,
  ) {
    const { pages = 1, concurrency = CONCURRENCY, signal, pause, from, watch } = options;
    const paged = request.method === 'GET' && (request.endpoint ?? 'data') === 'data';
    const wanted = pages === 'all' ? Number.POSITIVE_INFINITY : pages;
    const { traits } = client;
    this.#isEverything = paged && wanted > 1 && bringsAll(traits) && asksForAll(request);
    this.#most = !paged || this.#isEverything ? 1 : wanted;
    this.#concurrency = Math.max(1, concurrency);
    const start = parameter(request, '$skip') ?? 0;
    const size = parameter(request, '$top') ?? PAGE_SIZE;
    this.#plan = new PagePlan({ start, size, most: this.#most, from, traits });
    const { asked } = this.#plan;
    if (asked < size)
      this.#notes.add(
        `This platform brings at most ${asked} records at a time, so $top is ${asked} and not ${size}.`,
      );
    this.#from = this.#next = from?.pages ?? 0;
    this.#signal = signal === undefined ? this.#stop.signal : AbortSignal.any([signal, this.#stop.signal]);
    this.#pause = pause ?? new Pause();
    this.#watch = watch ?? new ChangeWatch();
    // The total of an earlier run counts as the first one.
    this.#watch.learn(this.#plan.total);
    this.#learning = options.learning ?? client.learning(request);
  }

  async run(): Promise<FetchResult> {
    const wake = () => this.#wake();
    this.#signal.addEventListener('abort', wake);
    try {
      while (this.#ended === undefined && !this.#plan.done) await this.#step();
      this.#learning?.end();
    } catch (error) {
      if (!isCancelled(error)) this.#learning?.end();
      if (!(error instanceof ApiError) || this.#first === undefined) throw error;
      this.#ended = { kind: 'stopped', error };
    } finally {
      this.#signal.removeEventListener('abort', wake);
      clearTimeout(this.#holding);
      this.#stop.abort();
    }
    return this.#result();
  }

  async #step(): Promise<void> {
    const outcome = this.#plan.settled ? await this.#arrival() : await this.#settle();
    if (outcome === undefined) return;
    if (!('error' in outcome)) await this.#deliver(outcome);
    else if (isRefusal(outcome.error)) this.#ended = await this.#refused(outcome.error);
    else throw outcome.error;
  }

  /** After a refusal: the end, unless the total promises more, or nothing has come yet. */
  async #refused(error: ApiError): Promise<End> {
    const { position, reached, promisesMore } = this.#plan;
    if (promisesMore || position.records === 0) throw error;
    const fetch = async (page: number) => (await this.#other(page))?.page.records;
    // A fetch that goes on from an earlier one has no response yet.
    const last = this.#first === undefined ? await this.#other(position.pages - 1) : undefined;
    if (last !== undefined) this.#first = { ...last.response, page: last.page };
    if (this.#first === undefined) throw error;
    return reached ? 'empty' : endAtRefusal(error, position, this.#watch, fetch);
  }

  /** Fetches a page beside the current one. Undefined where the platform refuses it. */
  async #other(number: number): Promise<Arrived | undefined> {
    if (this.#pause.on) await this.#paused();
    if (this.#signal.aborted) throw new ApiError('cancelled');
    const isUnderWay = number > this.#plan.position.pages && number < this.#next;
    while (isUnderWay && !this.#arrived.has(number)) await this.#woken();
    const outcome = this.#arrived.get(number) ?? (await this.#outcome(number));
    if (!('error' in outcome)) return outcome;
    if (isRefusal(outcome.error)) return undefined;
    throw outcome.error;
  }

  async #woken(): Promise<void> {
    await new Promise<void>((resolve) => (this.#wake = resolve));
  }

  /** Returns the current page as soon as it has arrived. */
  async #arrival(): Promise<Outcome> {
    for (;;) {
      const current = this.#plan.position.pages;
      const outcome = this.#arrived.get(current);
      const begun = this.#next > current;
      // A call under way throws its own error when it is cancelled: it knows whether a write may have been carried out.
      const done = outcome !== undefined && this.request.method === 'GET';
      if (this.#signal.aborted && (done || !begun)) return { error: new ApiError('cancelled') };
      if (outcome !== undefined) {
        this.#arrived.delete(current);
        return outcome;
      }
      if (this.#pause.on && !begun) {
        await this.#paused();
        continue;
      }
      this.#askForMore();
      await this.#woken();
    }
  }

  async #paused(): Promise<void> {
    this.#meter.stop();
    await this.#pause.over(this.#signal);
    this.#meter.go();
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
    while (this.#next < this.#plan.end && this.#mayAsk()) void this.#ask(this.#next++);
  }

  /**
   * The first page is fetched alone, for the total. Where it has none, the second is fetched alone as well, to see
   * whether the pages differ at all.
   */
  #mayAsk(): boolean {
    if (!this.#plan.settled) return false;
    const { pages } = this.#plan.position;
    const arrived = pages - this.#from;
    const waiting = this.#next - pages;
    if (arrived === 0 || (this.#plan.total === undefined && arrived === 1)) return waiting === 0;
    // While the end is unknown, fewer pages are asked for, as they may lie beyond it.
    const ahead = this.#plan.total === undefined ? 0 : AHEAD;
    return this.#inFlight < this.#concurrency && waiting < this.#concurrency + ahead;
  }

  async #ask(number: number): Promise<void> {
    this.#inFlight++;
    const outcome = await this.#outcome(number);
    this.#inFlight--;
    this.#arrived.set(number, outcome);
    this.#askForMore();
    this.#wake();
  }

  async #outcome(number: number): Promise<Outcome> {
    return this.#call(number, this.#plan.addressOf(number)).catch((error: unknown) => ({ error }));
  }

  async #call(number: number, address: PageAddress): Promise<Arrived> {
    const response = await this.client.send(this.#requestOf(number, address), {
      signal: this.#signal,
      policy: this.options.policy ?? (number === 0 ? QUICK : PATIENT),
      onRetry: (retry) => this.#again(number, retry),
      onWait: (milliseconds) => this.#waits(milliseconds),
    });
    return { response, page: readPage(response.json, this.client.traits.countNames) };
  }

  #again(number: number, retry: Retry): void {
    this.#retries++;
    if (retry.error.kind === 'too-many')
      this.#notBefore = Math.max(this.#notBefore, performance.now() + retry.waitMs);
    this.options.onRetry?.({ ...retry, page: number + 1 });
  }

  /** Several pages under way wait for the same moment. */
  #waits(milliseconds: number): void {
    const until = performance.now() + milliseconds;
    if (milliseconds < SHORT_WAIT_MS || until - this.#waitsUntil < SHORT_WAIT_MS) return;
    this.#waitsUntil = until;
    this.options.onWait?.(milliseconds);
  }

  #requestOf(number: number, address: PageAddress): WireRequest {
    const request = requestOfPage(this.request, address, {
      first: number === 0 && address.skip === this.#plan.start,
      count: this.#plan.counts(number, this.#from) || this.#isEverything,
    });
    const { connection, traits } = this.client;
    return shortened(request, connection.root, traits);
  }

  /** A first page that is longer or shorter than asked for: finds out how the platform counts its pages. */
  async #settle(): Promise<Outcome | undefined> {
    const plan = this.#plan;
    const { asked, start, reached } = plan;
    const { records: given, pages } = plan.position;
    let probe: Arrived | undefined;
    const fetch = async (skip: number, size: number) => {
      if (this.#pause.on) await this.#paused();
      if (this.#signal.aborted) throw new ApiError('cancelled');
      probe = await this.#call(pages, plan.address(skip, size)).catch((error: unknown) => {
        // What it means is decided where the page itself is asked for.
        if (error instanceof ApiError && error.kind === 'not-found') return undefined;
        throw error;
      });
      return probe?.page.records ?? [];
    };
    try {
      const next = await nextPage({ start, asked, given, reached }, this.#watch, fetch);
      if (next === undefined) {
        this.#ended = unresolved(given, asked);
        return undefined;
      }
      plan.settle(next);
      if (next.records === undefined || probe === undefined) return undefined;
      this.#next = Math.max(this.#next, pages + 1);
      return { ...probe, page: { ...probe.page, records: next.records } };
    } catch (error) {
      return { error };
    }
  }

  async #deliver({ response, page }: Arrived): Promise<void> {
    const plan = this.#plan;
    const { records } = page;
    const empty = records.length === 0;
    this.#bytes += response.bytes;
    plan.learn(page.total, empty && plan.position.records > 0);
    this.#watch.learn(plan.total);
    for (const problem of page.problems) this.#notes.add(problem);
    this.#ended = await this.#endAt(records);
    // An empty first page is a result.
    if (this.#ended !== undefined && (!empty || this.#first !== undefined || this.#from > 0)) {
      this.#first ??= { ...response, page };
      return;
    }
    if (response.reported !== undefined)
      this.#ended = reported(response.reported, this.request.method !== 'GET');
    await this.#pass({ response, page });
  }

  /** Why the fetch ends at a page with these records, if it does. */
  async #endAt(records: ReadPage['records']): Promise<End | undefined> {
    const { reached, position } = this.#plan;
    if (records.length === 0) return this.#emptied();
    const first = position.pages === 1 ? this.#latest : undefined;
    if (first !== undefined && !reached && this.#watch.isShifted(first.records, records)) return shifted();
    if (!this.#isRepeated(records)) return undefined;
    return reached && this.#watch.identifies ? 'empty' : repeated();
  }

  /** After an empty page: the end, unless no total says so and another page has records. */
  async #emptied(): Promise<End> {
    const { position, reached, promisesMore } = this.#plan;
    if (this.#most === 1 || reached || promisesMore) return 'empty';
    return endAtEmpty(position.pages, this.#watch, async (page) => (await this.#other(page))?.page.records);
  }

  /** Without IDs, a page may look like another one: then it is one more as long as the total promises more. */
  #isRepeated(records: ReadPage['records']): boolean {
    return this.#watch.repeats(records) && (this.#watch.identifies || !this.#plan.promisesMore);
  }

  /** Passes a page to the sink: one with records, or the first. */
  async #pass({ response, page }: Arrived): Promise<void> {
    const plan = this.#plan;
    this.#first ??= { ...response, page };
    this.#latest = page;
    plan.take(page.records.length);
    this.#learning?.take(page.records);
    this.#watch.take(page.records);
    this.#noteSize();
    this.#meter.mark(plan.position.records);
    if (plan.position.records >= (this.options.most ?? Infinity) && !plan.promisesMore)
      this.#ended ??= 'empty';
    // The next pages are fetched while the sink is busy.
    if (this.#ended === undefined) this.#askForMore();
    this.options.onResponse?.(response);
    await this.sink(page, this.#progress());
    if (this.options.enough?.() === true) this.#ended ??= { kind: 'part' };
  }

  /** A: a platform may return fewer records per page than `$top` asks for. */
  #noteSize(): void {
    const { asked, position } = this.#plan;
    const { size, pages } = position;
    if (pages < 2 || size >= asked) return;
    const usual =
      parameter(this.request, '$top') === undefined ? `${asked} are usual` : `$top asks for ${asked}`;
    this.#notes.add(`The platform returns ${size} records per page, though ${usual}.`);
  }

  #progress(): FetchProgress {
    const rate = this.#meter.recordsPerSecond;
    const { wanted, total, position } = this.#plan;
    return {
      pages: position.pages,
      records: position.records,
      total,
      position,
      elapsedMs: this.#meter.elapsedMs,
      recordsPerSecond: rate,
      secondsLeft:
        wanted === undefined || rate === 0 ? undefined : Math.max(0, wanted - position.records) / rate,
      retries: this.#retries,
    };
  }

  get #extent(): Extent {
    const plan = this.#plan;
    const { pages, offset, records } = plan.position;
    if (typeof this.#ended === 'object') return this.#ended;
    const lost = this.#ended === 'empty' && plan.asked > 0 ? (this.#watch.missing(offset) ?? 0) : 0;
    if (lost > 0) return missing(lost);
    if (pages > 1 && this.#watch.duplicates > 0) return duplicated(this.#watch.duplicates);
    if (plan.position.unsure === true && !plan.reached)
      return unresolved(this.#first?.page.records.length ?? 0, plan.asked);
    if (this.#ended === 'empty' || this.request.method !== 'GET') return { kind: 'whole' };
    if (this.#isEverything)
      return plan.promisesMore ? missing((plan.total ?? 0) - records) : { kind: 'whole' };
    if (plan.total !== undefined) return { kind: plan.reached ? 'whole' : 'part' };
    const latest = this.#latest?.records.length ?? 0;
    // 50 may be the platform's limit, whatever `$top` asks for.
    const full = records > 0 && (latest >= plan.position.size || latest === PAGE_SIZE);
    return { kind: full ? 'part' : 'whole' };
  }

  #result(): FetchResult {
    if (this.#first === undefined) throw new RangeError('no page was asked for');
    const { url, status, json, page } = this.#first;
    const { position, total } = this.#plan;
    const many = position.pages > 1;
    if (many && this.#ended === 'empty')
      for (const note of this.#watch.notes(position.offset)) this.#notes.add(note);
    const createdId = page.createdId ?? (page.records.length === 1 ? idOf(page.records[0]) : undefined);
    return {
      url,
      status,
      milliseconds: Math.round(this.#meter.elapsedMs),
      bytes: this.#bytes,
      pages: position.pages,
      count: position.records,
      duplicates: many ? this.#watch.duplicates : 0,
      extent: this.#extent,
      position,
      notes: [...this.#notes],
      json,
      ...(total === undefined ? {} : { total }),
      ...(createdId === undefined || this.request.method !== 'POST' ? {} : { createdId }),
    };
  }
}

/** A: a platform may refuse a page after the last one. */
const isRefusal = (error: unknown): error is ApiError =>
  error instanceof ApiError && (error.kind === 'refused' || error.kind === 'not-found');
