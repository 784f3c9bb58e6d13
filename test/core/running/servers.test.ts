/** Fetching all is exact, whatever the platform does: either all records are there once, or the user is told. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ApiClient, ApiResponse } from '#core/remote/api';
import { ApiError } from '#core/remote/api-error';
import { fetchPages, type FetchResult } from '#core/running/fetch-pages';
import type { PlatformTraits, WireRequest } from '#language';
import { get } from '../support/fake-api';
import { offsetOf, type PagingServer, pagingServer } from '../support/paging-server';

/** A client of a server in memory, and what is known of it. */
function clientOf(server: PagingServer, traits: PlatformTraits): ApiClient {
  const reply = pagingServer(server);
  const send = ({ query }: WireRequest): Promise<ApiResponse> => {
    const { status, body } = reply(new Map(query.map(({ name, value }) => [name, value])));
    if (status >= 400)
      return Promise.reject(
        new ApiError(status === 404 ? 'not-found' : 'refused', { status, words: ['There is no such page.'] }),
      );
    return Promise.resolve({
      status,
      statusText: 'OK',
      url: 'x',
      milliseconds: 1,
      bytes: 10,
      headers: [],
      text: '',
      json: body,
    });
  };
  return { send, traits, learning: () => undefined, connection: { root: '' } } as unknown as ApiClient;
}

interface Fetched {
  readonly ids: readonly string[];
  readonly result: FetchResult;
}

async function fetchAll(
  server: PagingServer,
  query: Query,
  concurrency: number,
  traits: PlatformTraits = {},
): Promise<Fetched> {
  const ids: string[] = [];
  const calls = new AbortController();
  let pages = 0;
  const result = await fetchPages(
    clientOf(server, traits),
    get('a', query),
    ({ records }) => {
      for (const { ID, Label } of records)
        ids.push([ID, Label].find((each) => typeof each === 'string') ?? 'r');
      // A fetch that does not end by itself is stopped, as a user would stop it.
      if (++pages > 500) calls.abort();
    },
    { pages: 'all', concurrency, signal: calls.signal },
  );
  assert.ok(pages <= 500, 'it does not end');
  return { ids, result };
}

/** The IDs that a fetch has to bring: all from where its first page begins. */
function expected(server: PagingServer, query: Query): string[] {
  const from = offsetOf(server, new Map(Object.entries(query)));
  return Array.from({ length: server.count }, (_, index) => index)
    .slice(from)
    .filter((index) => server.hides?.(index) !== true)
    .map((index) => (server.tells === 'nothing' ? 'r' : `r${index}`));
}

const SIZES: readonly Pick<PagingServer, 'pages' | 'counts'>[] = [
  { pages: 'asked' },
  ...([7, 20, 50] as const).flatMap((size) =>
    (['cap', 'fixed'] as const).flatMap((kind) =>
      (['given', 'asked'] as const).map((counts) => ({ pages: { kind, size }, counts })),
    ),
  ),
  { pages: { kind: 'usual', size: 20 } },
  { pages: { kind: 'usual', size: 100 } },
];
const COUNTS = [0, 1, 6, 7, 8, 19, 20, 21, 39, 40, 41, 49, 50, 51, 100, 101];
const TOTALS = ['none', 'right', 'right with records', 'less', 'more', 'page', 'falling'] as const;
type Query = Readonly<{ $top?: string; $skip?: string }>;

const QUERIES: readonly Query[] = ['0', '1', '2'].flatMap((skip) =>
  [undefined, '10', '20', '30', '100'].map((top) => ({
    ...(top === undefined ? {} : { $top: top }),
    ...(skip === '0' ? {} : { $skip: skip }),
  })),
);

const label = (server: PagingServer, query: object) => `${JSON.stringify(server)} ${JSON.stringify(query)}`;

/** Where the size of a page is not what was asked for or came, it is unknown where the page begins that `$skip` names. */
const isOpen = ({ pages, counts }: Pick<PagingServer, 'pages' | 'counts'>, { $skip, $top }: Query): boolean =>
  $skip !== undefined &&
  pages !== 'asked' &&
  ((pages.kind === 'usual' && $top === undefined) || (pages.kind === 'fixed' && counts === 'given'));

async function check(server: PagingServer, query: Query, honest: boolean, traits: PlatformTraits = {}) {
  for (const concurrency of server.total === 'right' ? [1, 4] : [1]) {
    const { ids, result } = await fetchAll(server, query, concurrency, traits);
    const what = `${label(server, query)} ${concurrency}: ${ids.length} ${JSON.stringify(result.extent)}`;
    if (honest) assert.equal(result.extent.kind, 'whole', what);
    assert.notEqual(result.extent.kind, 'part', what);
    // An empty page after others may count none.
    if (server.total === 'right with records' && ids.length > 0)
      assert.equal(result.total, server.count, what);
    if (result.extent.kind === 'whole')
      assert.deepEqual([...ids].sort(), expected(server, query).sort(), what);
  }
}

describe('fetching all from any server', () => {
  for (const size of SIZES)
    for (const total of TOTALS)
      it(`${JSON.stringify(size)}, total ${total}`, async () => {
        // All that a server does here can be resolved but totals that promise more than there is.
        const honest = total !== 'more' && total !== 'falling';
        for (const count of COUNTS)
          for (const query of QUERIES)
            await check({ ...size, total, count }, query, honest && !isOpen(size, query));
      });

  for (const size of [
    { pages: 'asked' },
    ...([7, 20, 50] as const).map((each) => ({ pages: { kind: 'cap', size: each } }) as const),
    ...([7, 20] as const).map((each) => ({ pages: { kind: 'fixed', size: each } }) as const),
  ] as const satisfies typeof SIZES)
    it(`${JSON.stringify(size)}, where $skip is known to count records`, async () => {
      const isCapped = size.pages !== 'asked' && size.pages.kind === 'cap';
      const limits = isCapped ? [undefined, size.pages.size] : [undefined];
      for (const total of TOTALS)
        for (const largestTop of limits)
          for (const count of COUNTS)
            for (const query of QUERIES)
              await check(
                { ...size, counts: 'records', total, count },
                query,
                total !== 'more' && total !== 'falling',
                { skip: 'records', ...(largestTop === undefined ? {} : { largestTop }) },
              );
    });

  for (const counts of ['given', 'asked'] as const)
    for (const largestTop of [7, 20, 50])
      it(`a largest $top of ${largestTop} that is known, counted as ${counts}`, async () => {
        const size = { pages: { kind: 'cap', size: largestTop }, counts } as const;
        for (const total of TOTALS)
          for (const count of COUNTS)
            for (const query of QUERIES)
              await check({ ...size, total, count }, query, total !== 'more' && total !== 'falling', {
                largestTop,
              });
      });

  for (const beyond of ['first', 'last', 'refused', 'not found'] as const)
    it(`after the end: ${beyond}`, async () => {
      for (const size of SIZES)
        for (const total of ['none', 'right', 'less'] as const)
          for (const count of [1, 20, 41, 100])
            for (const query of QUERIES) {
              const server: PagingServer = { ...size, total, count, beyond };
              // Where the first page itself lies behind the end, the user asked for what comes.
              if (expected(server, query).length > 0) await check(server, query, false);
            }
    });

  it('is whole where the total says so, though the platform has no page after the last', async () => {
    for (const beyond of ['first', 'last', 'refused', 'not found'] as const)
      for (const count of [20, 100, 101])
        await check({ pages: 'asked', total: 'right', count, beyond }, { $top: '20' }, true);
  });

  /** Fetches all without a total, by 20, 60 records; returns how many came, and what is said of them. */
  const without = async (server: Partial<PagingServer>, concurrency = 1) => {
    const all = { pages: 'asked', total: 'none', count: 60, ...server } as const;
    const { ids, result } = await fetchAll(all, { $top: '20' }, concurrency);
    return `${ids.length} ${result.extent.kind === 'doubtful' ? result.extent.reason : result.extent.kind}`;
  };

  it('is whole where the page after the last is not found, and those around it confirm it', async () => {
    for (const concurrency of [1, 4])
      for (const count of [1, 20, 60, 61])
        assert.equal(await without({ count, beyond: 'not found' }, concurrency), `${count} whole`);
  });

  it('says what came, and why it may not be all, where a page after others is refused', async () => {
    for (const server of [{ beyond: 'refused' }, { count: 100, gap: { page: 3, kind: 'refused' } }] as const)
      assert.match(
        await without(server),
        /^60 60 records came in 3 pages, but page 4 did not: “There is no such page\.” The API refused .* \(400\)\. No total came that says/,
      );
    const gap = { page: 3, kind: 'not found' } as const;
    for (const concurrency of [1, 4])
      assert.match(
        await without({ count: 100, gap }, concurrency),
        /^60 60 records came in 3 pages, but page 4 did not: .* could not be found .* \(404\)\. No total came/,
      );
  });

  it('looks once behind an empty page, and tells if there are records', async () => {
    for (const concurrency of [1, 4])
      for (const page of [0, 1, 3])
        assert.match(
          await without({ count: 100, gap: { page, kind: 'empty' } }, concurrency),
          new RegExp(`^${page * 20} Page ${page + 1} was empty although page ${page + 2} has records`),
        );
  });

  it('notices at the second page that $skip is read as a number of records', async () => {
    for (const total of ['none', 'right'] as const)
      for (const tells of [undefined, 'label'] as const)
        for (const count of [41, 1000]) {
          const server = {
            pages: 'asked',
            counts: 'records',
            total,
            count,
            ...(tells && { tells }),
          } as const;
          const { ids, result } = await fetchAll(server, { $top: '20' }, 4);
          assert.equal(ids.length, 20);
          assert.match(
            result.extent.kind === 'doubtful' ? result.extent.reason : '',
            /seems to read \$skip as/,
          );
        }
    for (const count of COUNTS)
      for (const total of TOTALS)
        for (const query of [{}, { $top: '10' }, { $top: '2' }, { $top: '1' }])
          await check({ pages: 'asked', counts: 'records', total, count }, query, false);
  });

  it('tells when the order changes from page to page', async () => {
    for (const size of SIZES)
      for (const total of ['none', 'right'] as const)
        for (const count of [1, 20, 41, 100])
          for (const query of QUERIES)
            if (query.$skip === undefined)
              await check({ ...size, total, count, order: 'turning' }, query, false);
  });

  for (const tells of ['label', 'nothing'] as const)
    it(`without IDs, where ${tells} tells records apart`, async () => {
      for (const size of SIZES)
        for (const total of ['none', 'right', 'page'] as const)
          for (const count of [0, 1, 7, 20, 41, 100])
            for (const query of QUERIES) await check({ ...size, total, count, tells }, query, false);
    });

  it('brings all that a user may see, where the platform leaves out records of a page', async () => {
    const some = (index: number) => index % 5 === 0;
    const wholePages = (index: number) => index < 30 && index !== 3;
    for (const count of COUNTS)
      for (const query of [{}, { $top: '10' }, { $top: '20' }]) {
        await check({ pages: 'asked', total: 'right', count, hides: some }, query, true);
        await check({ pages: 'asked', total: 'right', count, hides: wholePages }, query, false);
        await check({ pages: 'asked', total: 'none', count, hides: some }, query, false);
      }
  });
});
