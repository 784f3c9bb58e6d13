/** Fetching many pages: order, concurrency, back-pressure, pausing, the last page, changes of the records meanwhile. */
import assert from 'node:assert/strict';
import { setImmediate, setTimeout as after } from 'node:timers/promises';
import { describe, it } from 'mocha';
import type { ApiClient, ApiResponse } from '#core/remote/api';
import { ApiError } from '#core/remote/api-error';
import type { RetryOptions } from '#core/remote/retry';
import { ChangeWatch } from '#core/running/changes';
import { type FetchOptions, fetchPages, type FetchResult } from '#core/running/fetch-pages';
import { IdSet, printOf } from '#core/running/id-set';
import { Pause } from '#core/running/pause';
import { describeProgress, type FetchProgress, Meter } from '#core/running/progress';
import type { WireRequest } from '#language';
import { get } from '../support/fake-api';

/** Lets all work go on that waits for nothing but its turn, on a slow machine, too. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 200; turn++) await setImmediate();
}

/** An API in memory: `list` holds its records at the moment, `wait` defines how long a page takes. */
class MemoryApi {
  readonly asked: string[] = [];
  inFlight = 0;
  most = 0;
  counts = true;
  /** Called before each page is looked up. */
  before: (page: number) => void = () => undefined;
  wait: (page: number) => Promise<unknown> = () => setImmediate();

  constructor(public list: readonly unknown[]) {}

  readonly send = async (
    request: WireRequest,
    { signal }: { signal?: AbortSignal } = {},
  ): Promise<ApiResponse> => {
    const parameter = (name: string) => request.query.find((each) => each.name === name)?.value;
    const [size, page] = [Number(parameter('$top') ?? 50), Number(parameter('$skip') ?? 0)];
    const counted = parameter('$count') === 'true';
    this.asked.push(`${page}${counted ? '#' : ''}`);
    this.most = Math.max(this.most, ++this.inFlight);
    try {
      await this.wait(page);
      if (signal?.aborted === true) throw new ApiError('cancelled');
      this.before(page);
      const results = this.list.slice(page * size, page * size + size);
      const json = counted && this.counts ? { results, total: this.list.length } : { results };
      return {
        status: 200,
        statusText: 'OK',
        url: 'x',
        milliseconds: 1,
        bytes: 10,
        headers: [],
        text: '',
        json,
      };
    } finally {
      this.inFlight--;
    }
  };

  readonly traits = {};
  readonly connection = { root: '' };
  readonly learning = () => undefined;

  /** The part of a client that fetching needs. */
  get client(): ApiClient {
    return this as unknown as ApiClient;
  }
}

const records = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => ({ ID: String(from + index) }));

async function all(
  api: MemoryApi,
  query: Readonly<Record<string, string>> = { $top: '10' },
  options: FetchOptions = {},
) {
  const ids: string[] = [];
  const progress: FetchProgress[] = [];
  const result = await fetchPages(
    api.client,
    get('a', query),
    (page, reached) => {
      ids.push(...page.records.map(({ ID }) => String(ID)));
      progress.push(reached);
    },
    { pages: 'all', ...options },
  );
  return { ids, progress, result };
}

const errorOf = ({ extent }: FetchResult) => (extent.kind === 'stopped' ? extent.error : undefined);
const reasonOf = ({ extent }: FetchResult) => (extent.kind === 'doubtful' ? extent.reason : extent.kind);

describe('fetching pages', () => {
  it('delivers pages in order, whatever the order of their arrival', async () => {
    const api = new MemoryApi(records(200));
    api.wait = (page) => after((page * 7) % 5);
    const { ids, result } = await all(api, { $top: '10' }, { concurrency: 5 });
    assert.deepEqual(
      ids,
      records(200).map(({ ID }) => ID),
    );
    assert.deepEqual([result.pages, result.count, result.extent.kind], [20, 200, 'whole']);
    assert.equal(new Set(api.asked.map((each) => Number.parseInt(each))).size, api.asked.length);
  });

  it('tells each page to who learns of it, and the end unless the user stopped it', async () => {
    const seen: string[] = [];
    const learning = {
      take: (page: readonly object[]) => void seen.push(String(page.length)),
      end: () => void seen.push('end'),
    };
    await all(new MemoryApi(records(25)), { $top: '10' }, { learning });
    const abort = new AbortController();
    const stop = (_: unknown, { pages }: FetchProgress) => pages === 2 && abort.abort();
    const options = { pages: 'all', signal: abort.signal, learning } as const;
    await fetchPages(
      new MemoryApi(records(25)).client,
      get('a', { $top: '10' }),
      (...page) => void stop(...page),
      options,
    );
    assert.deepEqual(seen, ['10', '10', '5', 'end', '10', '10']);
  });

  for (const concurrency of [1, 3, 8])
    it(`keeps ${concurrency} pages under way`, async () => {
      const api = new MemoryApi(records(300));
      await all(api, { $top: '10' }, { concurrency });
      assert.equal(api.most, concurrency);
    });

  it('asks for the count with the first and the last page', async () => {
    const api = new MemoryApi(records(35));
    await all(api);
    assert.deepEqual(api.asked, ['0#', '1', '2', '3#', '4#']);
  });

  it('leaves $count alone where the request has it, or asks for one page', async () => {
    const counting = new MemoryApi(records(25));
    await all(counting, { $top: '10', $count: 'true' });
    assert.deepEqual(counting.asked, ['0#', '1#', '2#', '3#']);
    const not = new MemoryApi(records(25));
    await all(not, { $top: '10', $count: 'false' }, { concurrency: 1 });
    assert.deepEqual(not.asked, ['0', '1', '2', '3', '4']);
    const one = new MemoryApi(records(25));
    await all(one, { $top: '10' }, { pages: 1 });
    assert.deepEqual(one.asked, ['0']);
  });

  it('begins no other page while the platform asks for a pause', async () => {
    const api = new MemoryApi(records(300));
    const send = api.send;
    let during = -1;
    const told: string[] = [];
    const busy = Object.assign(api, {
      send: async (request: WireRequest, options: RetryOptions) => {
        if (request.query.some(({ name, value }) => name === '$skip' && value === '5')) {
          options.onRetry?.({ error: new ApiError('too-many'), attempt: 1, attempts: 6, waitMs: 500 });
          // Pages under way arrive.
          await turns();
          const before = api.asked.length;
          await turns();
          during = api.asked.length - before;
        }
        return send(request, options);
      },
    });
    const { result, progress } = await all(
      busy,
      { $top: '10' },
      {
        concurrency: 3,
        onRetry: ({ page, error, attempt, waitMs }) =>
          told.push(`${page} ${error.kind} ${attempt} ${waitMs}`),
      },
    );
    assert.deepEqual([result.count, during, progress.at(-1)?.retries], [300, 0, 1]);
    assert.deepEqual(told, ['6 too-many 1 500']);
  });

  it('tells each wait for the allowance once, and none that is over at once', async () => {
    const told: number[] = [];
    const waits = (each: number) => {
      const api = new MemoryApi(records(100));
      const { send } = api;
      return Object.assign(api, {
        send: async (request: WireRequest, options: { onWait?: (milliseconds: number) => void }) => {
          options.onWait?.(each);
          return send(request);
        },
      });
    };
    for (const each of [12_000, 900])
      await all(waits(each), {}, { concurrency: 4, onWait: (milliseconds) => told.push(milliseconds) });
    assert.deepEqual(told, [12_000]);
  });

  it('waits for a slow sink', async () => {
    const api = new MemoryApi(records(1000));
    let [delivered, most] = [0, 0];
    await fetchPages(
      api.client,
      get('a', { $top: '10' }),
      async () => {
        await after(2);
        delivered++;
        most = Math.max(most, api.asked.length - delivered);
      },
      { pages: 'all', concurrency: 4 },
    );
    assert.equal(delivered, 100);
    assert.ok(most <= 4 + 4, `${most} pages were held`);
  });

  it('ends when the sink fails', async () => {
    const api = new MemoryApi(records(1000));
    const work = fetchPages(
      api.client,
      get('a', { $top: '10' }),
      (_, { pages }) => (pages === 3 ? Promise.reject(new Error('disk full')) : undefined),
      { pages: 'all' },
    );
    await assert.rejects(work, /disk full/);
    assert.ok(api.asked.length < 15);
  });

  for (const [total, asked] of [
    // One page after the empty one.
    [100, 12],
    [95, 12],
    [10, 3],
    // That the first page is short proves nothing: a page of the same length, and one as asked for.
    [5, 4],
    [0, 2],
  ] as const)
    it(`ends without totals: ${total} records`, async () => {
      const api = new MemoryApi(records(total));
      api.counts = false;
      const { ids, result } = await all(api, { $top: '10' }, { concurrency: 1 });
      assert.deepEqual([ids.length, api.asked.length, result.extent.kind], [total, asked, 'whole']);
      const many = new MemoryApi(records(total));
      many.counts = false;
      assert.equal((await all(many, { $top: '10' }, { concurrency: 6 })).ids.length, total);
      // A first page that is short is asked about in other lengths.
      if (total >= 10)
        assert.equal(new Set(many.asked).size, many.asked.length, 'no page is asked for twice');
    });

  it('pauses, and goes on', async () => {
    const api = new MemoryApi(records(300));
    const pause = new Pause();
    const work = fetchPages(
      api.client,
      get('a', { $top: '10' }),
      (_, { pages }) => (pages === 5 ? pause.begin() : undefined),
      { pages: 'all', concurrency: 3, pause },
    );
    await turns();
    const asked = api.asked.length;
    assert.ok(asked <= 5 + 3 + 4, String(asked));
    await turns();
    assert.equal(api.asked.length, asked);
    pause.end();
    const { count, extent } = await work;
    assert.deepEqual([count, extent.kind], [300, 'whole']);
  });

  it('is cancelled while it pauses', async () => {
    const api = new MemoryApi(records(300));
    const [pause, abort] = [new Pause(), new AbortController()];
    const work = fetchPages(
      api.client,
      get('a', { $top: '10' }),
      (_, { pages }) => (pages === 2 ? pause.begin() : undefined),
      {
        pages: 'all',
        pause,
        signal: abort.signal,
      },
    );
    await turns();
    abort.abort();
    const result = await work;
    assert.deepEqual(errorOf(result)?.kind, 'cancelled');
    assert.equal(result.count, result.position.records);
  });

  it('goes on from a position', async () => {
    const api = new MemoryApi(records(95));
    const abort = new AbortController();
    const first: unknown[] = [];
    const stopped = await fetchPages(
      api.client,
      get('a', { $top: '10' }),
      (page, { pages }) => {
        first.push(...page.records);
        if (pages === 4) abort.abort();
      },
      { pages: 'all', signal: abort.signal },
    );
    assert.deepEqual(stopped.position, { pages: 4, records: 40, size: 10, skip: 4, offset: 0, total: 95 });
    api.asked.length = 0;
    const { ids, result } = await all(api, { $top: '10' }, { from: stopped.position, concurrency: 2 });
    assert.deepEqual([ids[0], ids.length, result.count, result.pages], ['40', 55, 95, 10]);
    assert.deepEqual(api.asked, ['4#', '5', '6', '7', '8', '9#', '10#']);
  });

  it('does not take a 404 for the end where the page before is not found any more either', async () => {
    const api = new MemoryApi(records(40));
    api.counts = false;
    const send = api.send;
    const lost = Object.assign(api, {
      send: async (request: WireRequest) =>
        api.asked.length < 3 ? send(request) : Promise.reject(new ApiError('not-found', { status: 404 })),
    });
    const { result } = await all(lost, { $top: '10' }, { concurrency: 1 });
    assert.match(reasonOf(result), /^30 records came in 3 pages, but page 4 did not/);
  });

  for (const [title, kind, counts, expected] of [
    ['a refusal, where the total promises more', 'refused', true, 'stopped refused'],
    ['a page that is not found, where the total promises more', 'not-found', true, 'stopped not-found'],
    ['a fault of the server, without a total', 'server', false, 'stopped server'],
    ['being signed out, without a total', 'signed-out', false, 'stopped signed-out'],
    ['a refusal, without a total', 'refused', false, 'doubtful'],
  ] as const)
    it(`keeps what came before ${title}: ${expected}`, async () => {
      const api = new MemoryApi(records(40));
      api.counts = counts;
      api.before = (page) => {
        if (page === 2) throw new ApiError(kind, { status: 400 });
      };
      const { ids, result } = await all(api, { $top: '10' }, { concurrency: 1 });
      const error = errorOf(result);
      assert.equal(`${result.extent.kind}${error === undefined ? '' : ` ${error.kind}`}`, expected);
      assert.equal(ids.length, 20);
    });

  it('is stopped, and not whole, where the look behind an empty page fails', async () => {
    const api = new MemoryApi(records(20));
    api.counts = false;
    api.before = (page) => {
      if (page === 3) throw new ApiError('server', { status: 500 });
    };
    const { ids, result } = await all(api, { $top: '10' }, { concurrency: 1 });
    assert.deepEqual([ids.length, errorOf(result)?.kind], [20, 'server']);
  });

  for (const [title, kind, expected] of [
    ['is not there, which is no answer', 'not-found', 'whole'],
    ['fails', 'server', 'stopped'],
    ['is refused', 'refused', 'doubtful'],
  ] as const)
    it(`is ${expected} where the page of another length that would tell how pages are counted ${title}`, async () => {
      const api = new MemoryApi(records(5));
      api.counts = false;
      api.before = (page) => {
        if (page > 0) throw new ApiError(kind, { status: 400 });
      };
      const { ids, result } = await all(api, { $top: '10' }, { concurrency: 1 });
      assert.deepEqual([ids.length, result.extent.kind], [5, expected]);
    });

  it('is doubtful where a first page that is not as long as asked for has no IDs and could begin in two places', async () => {
    const api = new MemoryApi(Array.from({ length: 40 }, (_, Label) => ({ Label })));
    api.counts = false;
    const send = api.send;
    const capped = Object.assign(api, {
      send: async (request: WireRequest) => {
        const query = request.query.filter(({ name }) => name !== '$top');
        return send({ ...request, query: [...query, { name: '$top', value: '5' }] });
      },
    });
    const { result } = await all(capped, { $top: '10', $skip: '1' }, { concurrency: 1 });
    assert.match(
      reasonOf(result),
      /^The platform returned 5 records where 10 were asked for, and it can’t be known/,
    );
  });

  it('is whole with $top = 0, whatever the total', async () => {
    const { result } = await all(new MemoryApi(records(40)), { $top: '0' }, { concurrency: 1 });
    assert.deepEqual([result.count, result.extent.kind], [0, 'whole']);
  });

  it('is doubtful where the API reports errors beside the records', async () => {
    const api = new MemoryApi(records(40));
    const send = api.send;
    const reporting = Object.assign(api, {
      send: async (request: WireRequest) => ({ ...(await send(request)), reported: ['No Wombat.'] }),
    });
    const { ids, result } = await all(reporting, { $top: '10' }, { concurrency: 1 });
    assert.equal(ids.length, 10);
    assert.match(reasonOf(result), /^“No Wombat\.” The API reported errors beside these records/);
  });

  it('goes on from a position where all had come, though the next page is refused', async () => {
    const api = new MemoryApi(records(40));
    const send = api.send;
    const strict = Object.assign(api, {
      send: async (request: WireRequest) =>
        request.query.some(({ name, value }) => name === '$skip' && value === '4')
          ? Promise.reject(new ApiError('refused', { status: 400 }))
          : send(request),
    });
    const from = { pages: 4, records: 40, size: 10, skip: 4, offset: 0, total: 40 };
    const watch = new ChangeWatch();
    watch.recall(records(40));
    const { ids, result } = await all(strict, { $top: '10' }, { from, watch });
    assert.deepEqual([ids.length, result.count, result.pages, result.extent.kind], [0, 40, 4, 'whole']);
  });

  describe('a platform that returns fewer records per page than asked for', () => {
    const capped = (count: number, cap: number, counts: boolean) => {
      const api = new MemoryApi(records(count));
      api.counts = counts;
      const send = api.send;
      return Object.assign(api, {
        send: (request: WireRequest) =>
          send({
            ...request,
            query: [
              ...request.query.filter(({ name }) => name !== '$top'),
              { name: '$top', value: String(cap) },
            ],
          }),
      });
    };
    const fetches = (
      [count, cap, counts]: Parameters<typeof capped>,
      query: Readonly<Record<string, string>>,
      [fetched, requests]: readonly [number, number],
    ) =>
      it(`${count} in pages of ${cap}${counts ? '' : ', no total'}, ${JSON.stringify(query)}: ${fetched}`, async () => {
        for (const concurrency of [1, 4]) {
          const api = capped(count, cap, counts);
          const { ids, result } = await all(api, query, { concurrency });
          assert.deepEqual([ids.length, result.extent.kind, result.duplicates], [fetched, 'whole', 0]);
          if (concurrency === 1) assert.equal(api.asked.length, requests, api.asked.join(' '));
          if (result.pages > 1)
            assert.match(
              result.notes.join(),
              new RegExp(`returns ${cap} records per page, though (?:\\$top asks for|50 are usual)`),
            );
        }
      });
    fetches([100, 20, true], { $top: '30' }, [100, 6]);
    fetches([100, 20, false], { $top: '30' }, [100, 7]);
    fetches([120, 20, false], {}, [120, 8]);
    fetches([115, 20, false], {}, [115, 8]);
    fetches([120, 50, true], { $top: '100', $skip: '1' }, [70, 4]);
    fetches([120, 50, false], { $top: '100', $skip: '1' }, [70, 5]);
    // The first page is as long as if it were the last one of pages of 100.
    fetches([150, 50, true], { $top: '100', $skip: '1' }, [100, 4]);
    fetches([350, 50, true], { $top: '300', $skip: '1' }, [300, 8]);
    fetches([300, 50, true], { $top: '60', $skip: '5' }, [50, 4]);
    fetches([200, 50, true], { $top: '100', $skip: '1' }, [150, 5]);
    fetches([5, 20, true], {}, [5, 2]);

    it('is known when the fetch goes on later', async () => {
      const api = capped(100, 20, false);
      const abort = new AbortController();
      const stop = (_: unknown, { pages }: FetchProgress) => pages === 1 && abort.abort();
      const options = { pages: 'all', signal: abort.signal } as const;
      const stopped = await fetchPages(api.client, get('a'), (...page) => void stop(...page), options);
      assert.equal(stopped.count, 20);
      const { result } = await all(api, {}, { from: stopped.position });
      assert.deepEqual([result.count, result.extent.kind, result.position.size], [100, 'whole', 20]);
    });
  });

  describe('while the records change', () => {
    it('fetches records that are added at the end', async () => {
      const api = new MemoryApi(records(30));
      api.before = (page) => {
        if (page === 1) api.list = records(47);
      };
      const { ids, result } = await all(api);
      assert.deepEqual([ids.length, result.duplicates, result.extent.kind], [47, 0, 'whole']);
      assert.match(result.notes.join(), /there were 30, now there are 47/);
    });

    it('reports duplicates, and as many missing records, when some are added at the front', async () => {
      const api = new MemoryApi(records(30));
      api.before = (page) => {
        if (page === 1) api.list = [...records(3, 900), ...api.list];
      };
      const { ids, result } = await all(api, { $top: '10' }, { concurrency: 1 });
      assert.equal(new Set(ids).size, 30);
      assert.deepEqual([result.count, result.duplicates], [33, 3]);
      assert.match(reasonOf(result), /^Up to 3 records did not come, .*Fetch again; /);
    });

    it('reports as many missing records as were removed from the front', async () => {
      const api = new MemoryApi(records(30));
      api.before = (page) => {
        if (page === 1) api.list = api.list.slice(4);
      };
      const { ids, result } = await all(api, { $top: '10' }, { concurrency: 1 });
      assert.deepEqual([ids.length, result.duplicates, result.total], [26, 0, 26]);
      assert.match(reasonOf(result), /^Up to 4 records did not come, /);
    });

    it('ends at an empty page when most records are removed', async () => {
      const api = new MemoryApi(records(300));
      api.before = (page) => {
        if (page === 3) api.list = records(35);
      };
      const { result } = await all(api, { $top: '10' }, { concurrency: 2 });
      assert.equal(result.count, 35);
      assert.match(reasonOf(result), /^Up to 265 records did not come, /);
    });

    it('warns that it finds no duplicates without IDs', async () => {
      const api = new MemoryApi(Array.from({ length: 25 }, (_, Label) => ({ Label })));
      const { result } = await all(api);
      assert.deepEqual([result.duplicates, result.extent.kind], [0, 'whole']);
      assert.match(result.notes.join(), /Without ID in \$select/);
    });

    it('ends at a page that repeats the one before', async () => {
      const api = new MemoryApi(records(300));
      const send = api.send;
      const stuck = Object.assign(api, {
        send: (request: WireRequest) =>
          send({ ...request, query: request.query.filter(({ name }) => name !== '$skip') }),
      });
      const { result } = await all(stuck);
      assert.equal(result.count, 10);
      assert.match(reasonOf(result), /^The platform sent the same page again/);
    });
  });

  describe('progress', () => {
    it('has the total from the first page on, and 0 seconds left in the end', async () => {
      const { progress } = await all(new MemoryApi(records(95)));
      assert.deepEqual(
        progress.map(({ pages, records: count, total }) => `${pages} ${count}/${total ?? '?'}`).slice(0, 2),
        ['1 10/95', '2 20/95'],
      );
      assert.equal(progress.at(-1)?.secondsLeft, 0);
    });

    it('has the time left for the pages that were asked for', async () => {
      const { progress } = await all(new MemoryApi(records(950)), { $top: '10' }, { pages: 3 });
      assert.deepEqual([progress.length, progress.at(-1)?.secondsLeft], [3, 0]);
    });

    it('is measured over the last pages, without pauses', () => {
      let now = 0;
      const meter = new Meter(() => now);
      for (let page = 1; page <= 100; page++) {
        now += page <= 50 ? 1000 : 100;
        meter.mark(page * 10);
      }
      assert.equal(Math.round(meter.recordsPerSecond), 100);
      meter.stop();
      now += 60_000;
      meter.go();
      assert.equal(meter.elapsedMs, 55_000);
    });

    it('is described in words', () => {
      const position = { pages: 1, records: 1, size: 50, skip: 1, offset: 0 };
      const shown = (part: Partial<FetchProgress>) =>
        describeProgress({
          pages: 1,
          records: 12_000,
          total: 200_000,
          position,
          elapsedMs: 1,
          recordsPerSecond: 3400.4,
          secondsLeft: 55.3,
          retries: 0,
          ...part,
        });
      assert.equal(shown({}), '12,000 of 200,000 records (6%) · 3,400 a second · 56 s left');
      assert.equal(
        shown({ secondsLeft: 600 }),
        '12,000 of 200,000 records (6%) · 3,400 a second · 10 min left',
      );
      assert.equal(
        shown({ total: undefined, secondsLeft: undefined, recordsPerSecond: 0, records: 1 }),
        '1 record',
      );
    });
  });

  it('has a set of IDs that grows, and can be full', () => {
    const ids = new IdSet();
    for (let id = 0; id < 100_000; id++) assert.ok(ids.add(printOf(`user-${id}~${id * 7}`)));
    for (let id = 0; id < 100_000; id++) assert.ok(!ids.add(printOf(`user-${id}~${id * 7}`)));
    assert.equal(ids.size, 100_000);
    const small = new IdSet(2);
    assert.deepEqual(
      [...['a', 'b', 'a'].map((id) => small.add(printOf(id))), small.full],
      [true, true, true, true],
    );
  });
});
