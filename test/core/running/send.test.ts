/** Sending a request: which pages are asked for, which is the last, and what is kept. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { isExact } from '#core/running/extent';
import type { FetchResult } from '#core/running/fetch-pages';
import { type SendOptions, sendRequest, summaryOf } from '#core/running/send';
import type { WireRequest } from '#language';
import { clientFor, failure, get, type Reply, useFakeApi } from '../support/fake-api';

const records = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ ID: String(from + index) }));

const errorOf = ({ extent }: FetchResult) => (extent.kind === 'stopped' ? extent.error : undefined);

describe('sendRequest', () => {
  const api = useFakeApi();

  /** A platform with `total` records, at most `cap` per page; `broken` holds replies for some pages, by number. */
  const platform = ({
    total,
    cap = 1000,
    broken = {},
  }: {
    total: number;
    cap?: number;
    broken?: Readonly<Record<number, Reply>>;
  }) => {
    api.seen.length = 0;
    api.answer = ({ url }) => {
      const query = new URL(url, 'http://x').searchParams;
      const size = Math.min(Number(query.get('$top') ?? 50), cap);
      const page = Number(query.get('$skip') ?? 0);
      const results = records(page * size, Math.max(0, Math.min(size, total - page * size)));
      const counts =
        query.get('$count') === 'true' ? { pageIndex: page, pageTotal: results.length, total } : {};
      return broken[page] ?? { body: { results, ...counts } };
    };
  };
  const asked = () =>
    api.seen.map(({ url }) => new URL(url, 'http://x').searchParams.get('$skip') ?? '-').join(' ');

  interface Case {
    readonly total: number;
    readonly cap?: number;
    readonly query?: Readonly<Record<string, string>>;
    readonly pages?: number | 'all';
  }
  const fetches = ({ total, cap, query = {}, pages }: Case, expected: string) =>
    it(`${JSON.stringify({ total, cap, query, pages })}: ${expected}`, async () => {
      platform({ total, ...(cap === undefined ? {} : { cap }) });
      const result = await sendRequest(
        clientFor(api.root).client,
        get('a', query),
        pages === undefined ? {} : { pages },
      );
      assert.equal(`${result.records.length} by ${asked()}${isExact(result) ? '' : ' inexact'}`, expected);
      assert.equal(result.duplicates, 0);
      assert.ok(result.bytes > 0 && result.url.startsWith(api.root));
    });
  fetches({ total: 120 }, '50 by -');
  fetches({ total: 120, pages: 2 }, '100 by - 1');
  fetches({ total: 120, pages: 9 }, '120 by - 1 2 3');
  fetches({ total: 120, pages: 'all' }, '120 by - 1 2 3');
  fetches({ total: 100, pages: 'all' }, '100 by - 1 2');
  fetches({ total: 100, pages: 'all', query: { $count: 'true' } }, '100 by - 1 2');
  fetches({ total: 0, pages: 'all' }, '0 by -');
  fetches({ total: 25, pages: 'all', query: { $top: '10' } }, '25 by - 1 2 3');
  fetches({ total: 25, pages: 'all', query: { $top: '10', $skip: '1' } }, '15 by 1 2 3');
  fetches({ total: 30, pages: 'all', query: { $top: '10', $skip: '1', $count: 'true' } }, '20 by 1 2 3');
  fetches({ total: 30, pages: 'all', query: { $top: '10', $skip: '9', $count: 'true' } }, '0 by 9');
  fetches({ total: 250, cap: 100, pages: 'all', query: { $top: '500', $count: 'true' } }, '250 by - 1 2 3');
  fetches({ total: 5, pages: 'all', query: { $top: '0' } }, '0 by -');

  it('takes more records per page than a call can have arguments', async () => {
    platform({ total: 300_000, cap: 300_000 });
    const { records: all } = await sendRequest(clientFor(api.root).client, get('a', { $top: '300000' }));
    assert.equal(all.length, 300_000);
  });

  it('notices a platform that ignores $skip', async () => {
    api.replies({ body: { results: records(0, 50) } });
    const result = await sendRequest(clientFor(api.root).client, get('a'), { pages: 'all' });
    assert.deepEqual([result.records.length, api.seen.length, isExact(result)], [50, 2, false]);
  });

  it('keeps and counts records that arrive twice', async () => {
    api.replies(
      { body: { results: records(0, 50) } },
      { body: { results: records(48, 10) } },
      { body: { results: [] } },
    );
    const result = await sendRequest(clientFor(api.root).client, get('a'), { pages: 'all' });
    assert.deepEqual([result.records.length, result.duplicates], [60, 2]);
    assert.ok(result.extent.kind === 'doubtful');
    assert.match(result.extent.reason, /^2 records arrived more than once, so others may be missing/);
  });

  const stops = (title: string, broken: Reply, kind: string, options: SendOptions = {}) =>
    it(`keeps what was fetched before ${title}`, async () => {
      platform({ total: 200, broken: { 2: broken } });
      const result = await sendRequest(clientFor(api.root, { timeoutMs: 200 }).client, get('a'), {
        pages: 'all',
        ...options,
      });
      assert.deepEqual([result.records.length, result.pages, errorOf(result)?.kind], [100, 2, kind]);
    });
  stops('an error 500', { status: 500 }, 'server');
  stops('a 401', { status: 401 }, 'signed-out');
  stops('a time limit', { fault: 'hang' }, 'timeout');

  it('keeps what was fetched before it was cancelled', async () => {
    platform({ total: 500 });
    const abort = new AbortController();
    const result = await sendRequest(clientFor(api.root).client, get('a'), {
      pages: 'all',
      signal: abort.signal,
      onPage: (_, { pages }) => pages === 3 && abort.abort(),
    });
    assert.deepEqual([result.records.length, errorOf(result)?.kind], [150, 'cancelled']);
  });

  it('throws the failure of the first page', async () => {
    api.replies({ status: 404 });
    assert.equal(
      (await failure(sendRequest(clientFor(api.root).client, get('a'), { pages: 'all' }))).kind,
      'not-found',
    );
  });

  it('reports how far it is', async () => {
    platform({ total: 70 });
    const progress: string[] = [];
    await sendRequest(clientFor(api.root).client, get('a', { $count: 'true' }), {
      pages: 'all',
      onPage: (page, { pages, records: count, total }) =>
        progress.push(`${page.records.length} ${pages} ${count}/${total ?? '?'}`),
    });
    assert.deepEqual(progress, ['50 1 50/70', '20 2 70/70']);
  });

  it('goes on where an earlier result ended', async () => {
    platform({ total: 230, broken: { 2: { status: 401 } } });
    const { client } = clientFor(api.root);
    const first = await sendRequest(client, get('a'), { pages: 'all' });
    const again = await sendRequest(client, get('a'), { pages: 'all', resume: first });
    assert.deepEqual([again.records.length, errorOf(again)?.kind], [100, 'signed-out']);
    platform({ total: 230 });
    const rest = await sendRequest(client, get('a'), { pages: 'all', resume: again });
    assert.deepEqual(
      [rest.records.length, isExact(rest), rest.duplicates, asked()],
      [230, true, 0, '2 3 4 5'],
    );
    assert.deepEqual(rest.records, records(0, 230));
    assert.equal(await sendRequest(client, get('a'), { pages: 'all', resume: rest }), rest);
  });

  const writes = (method: 'POST' | 'PUT' | 'DELETE', reply: Reply, id: string | undefined, summary: RegExp) =>
    it(`sends ${method} once, answered with ${JSON.stringify(reply)}: ${summary.source}`, async () => {
      api.replies(reply);
      const request: WireRequest = {
        method,
        module: 'a',
        query: [],
        ...(method === 'POST' ? {} : { id: '7' }),
        ...(method === 'DELETE' ? {} : { body: '{}' }),
      };
      const result = await sendRequest(clientFor(api.root).client, request, { pages: 'all' });
      assert.equal(result.createdId, id);
      assert.equal(api.seen.length, 1);
      assert.match(summaryOf(result, method), summary);
    });
  writes('POST', { status: 201, body: { ID: '7' } }, '7', /^Created, ID 7 · 201/);
  writes('POST', { status: 201, body: '"7"' }, '7', /^Created, ID 7/);
  writes('POST', { status: 201, body: { results: [{ Id: 7 }] } }, '7', /^Created, ID 7/);
  writes('POST', { status: 201, body: { results: { ID: '7' } } }, '7', /^Created, ID 7/);
  writes('POST', { status: 201, body: '' }, undefined, /^Created · 201/);
  writes('POST', { body: { ID: '7' } }, '7', /^Changed, ID 7 · 200/);
  writes('PUT', { body: { ID: '7' } }, undefined, /^Changed · 200/);
  writes('DELETE', { body: '' }, undefined, /^Deleted · 200/);
});
