import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { objects, usePlatform } from './support';

describe('sample platform: failures on demand', () => {
  const client = usePlatform();
  const course = () => client().data('course?$top=1');

  it('a status, with Retry-After', async () => {
    await client().controlWith({ next: [{ status: 429, retryAfter: 1 }, { status: 503 }] });
    const [first, second, third] = [
      await course(),
      await client().ask('/apihelp/v2/modules'),
      await course(),
    ];
    assert.deepEqual([first.status, first.headers.get('retry-after')], [429, '1']);
    assert.deepEqual([second.status, second.headers.get('retry-after')], [503, null]);
    assert.equal(third.status, 200);
  });

  it('an HTML page', async () => {
    await client().controlWith({ next: [{ html: true }, { html: true, status: 200 }] });
    const [error, page] = [await course(), await course()];
    assert.deepEqual([error.status, page.status], [502, 200]);
    assert.match(page.headers.get('content-type') ?? '', /text\/html/);
    assert.match(page.text, /^<!DOCTYPE html>/);
  });

  it('a truncated answer', async () => {
    await client().controlWith({ next: [{ truncate: true }, { truncate: 'clean' }] });
    await assert.rejects(course());
    const reply = await course();
    assert.equal(reply.status, 200);
    assert.throws(() => JSON.parse(reply.text));
  });

  it('a redirect', async () => {
    await client().controlWith({ next: [{ redirect: 'https://login.example/' }] });
    const reply = await course();
    assert.deepEqual([reply.status, reply.headers.get('location')], [302, 'https://login.example/']);
  });

  it('a dropped connection', async () => {
    await client().controlWith({ next: [{ drop: true }] });
    await assert.rejects(course());
  });

  it('no answer', async () => {
    await client().controlWith({ next: [{ hang: true }] });
    const { root } = client().platform;
    await assert.rejects(fetch(`${root}/api/v2/course`, { signal: AbortSignal.timeout(60) }), /timeout/);
  });

  it('token requests use up no fault', async () => {
    await client().controlWith({ next: [{ status: 500 }] });
    assert.equal((await client().ask('/api/v2/token', { bearer: null })).status, 400);
    assert.equal((await course()).status, 500);
  });

  it('latency', async () => {
    await client().controlWith({ latency: 60 });
    const start = performance.now();
    await course();
    assert.ok(performance.now() - start >= 55);
    await client().controlWith({ latency: 0 });
  });

  it('shows the last requests, without secrets', async () => {
    const { username, password, apiKey } = client().platform;
    await client().controlWith({ reset: true });
    await client().ask(`/api/v2/token?grant_type=password&username=${username}&password=${password}`);
    await client().data(`course?$filter=Label eq '${apiKey}'`);
    await client().data('wombat');
    const reply = await client().ask(client().control, { bearer: null });
    assert.deepEqual(reply.json, {
      requests: [
        { method: 'GET', path: '/accessplan/api/v2/token?grant_type=…&username=…&password=…', status: 200 },
        { method: 'GET', path: '/accessplan/api/v2/course?$filter=Label%20eq%20%27…%27', status: 200 },
        { method: 'GET', path: '/accessplan/api/v2/wombat', status: 404 },
      ],
      total: 3,
      queued: 0,
    });
    for (let i = 0; i < 205; i++) await client().data('wombat');
    const { json } = await client().ask(client().control);
    assert.deepEqual([objects(json['requests']).length, json['total']], [200, 208]);
  });

  const REFUSED: readonly unknown[] = [
    '',
    '[]',
    { wombat: 1 },
    { next: {} },
    { next: [1] },
    { next: [{}] },
    { next: [{ status: 42 }] },
    { next: [{ status: 429, retryAfter: {} }] },
    { next: [{ html: 'x' }] },
    { next: [{ drop: true, hang: true }] },
    { next: [{ redirect: 'a\nb' }] },
    { latency: -1 },
    { expireTokens: 'yes' },
  ];
  for (const body of REFUSED) {
    it(`refuses ${JSON.stringify(body)}`, async () => {
      const reply = await client().ask(client().control, { method: 'POST', body });
      assert.equal(reply.status, 400, reply.text);
      assert.equal((await client().ask(client().control)).json['queued'], 0);
    });
  }

  it('is not for web pages, nor for other methods', async () => {
    const headers = { origin: 'https://evil.example' };
    assert.equal((await client().ask(client().control, { headers })).status, 403);
    assert.equal((await client().ask(client().control, { method: 'PUT', body: {} })).status, 405);
  });
});
