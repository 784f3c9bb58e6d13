import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { objects, usePlatform } from './support';

describe('sample platform: failures on demand', () => {
  const client = usePlatform();
  const course = () => client().data('course?$top=1');

  it('answers with a status and Retry-After', async () => {
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

  it('keeps a fault for one address', async () => {
    await client().controlWith({ only: '/v2/COURSE', next: [{ status: 503 }] });
    assert.equal((await client().ask('/apihelp/v2/modules')).status, 200);
    assert.deepEqual([(await course()).status, (await course()).status], [503, 200]);
    await client().controlWith({ only: '' });
  });

  it('answers with an HTML page', async () => {
    await client().controlWith({ next: [{ html: true }, { html: true, status: 200 }] });
    const [error, page] = [await course(), await course()];
    assert.deepEqual([error.status, page.status], [502, 200]);
    assert.match(page.headers.get('content-type') ?? '', /text\/html/);
    assert.match(page.text, /^<!DOCTYPE html>/);
  });

  it('truncates an answer', async () => {
    await client().controlWith({ next: [{ truncate: true }, { truncate: 'clean' }] });
    await assert.rejects(course());
    const reply = await course();
    assert.equal(reply.status, 200);
    assert.throws(() => JSON.parse(reply.text));
  });

  it('redirects', async () => {
    await client().controlWith({ next: [{ redirect: 'https://login.example/' }] });
    const reply = await course();
    assert.deepEqual([reply.status, reply.headers.get('location')], [302, 'https://login.example/']);
  });

  it('drops a connection', async () => {
    await client().controlWith({ next: [{ drop: true }] });
    await assert.rejects(course());
  });

  it('does not answer', async () => {
    await client().controlWith({ next: [{ hang: true }] });
    const { root } = client().platform;
    await assert.rejects(fetch(`${root}/api/v2/course`, { signal: AbortSignal.timeout(60) }), /timeout/);
  });

  it('sends an answer slowly', async () => {
    await client().controlWith({ next: [{ trickle: 1 }] });
    const start = performance.now();
    assert.equal((await course()).results.length, 1);
    assert.ok(performance.now() - start >= 900);
  });

  it('sends a huge answer', async () => {
    await client().controlWith({ next: [{ big: 3 }] });
    const reply = await course();
    assert.ok(reply.text.length > 3 * 1024 * 1024 && reply.text.length < 4 * 1024 * 1024);
    assert.equal(new Set(reply.results.map(({ ID }) => ID)).size, reply.results.length);
  });

  it('sends a record of 2,000 members', async () => {
    await client().controlWith({ next: [{ wide: 2000 }] });
    assert.equal(Object.keys((await course()).results[0] ?? {}).length, 2000);
  });

  it('changes the types of members', async () => {
    await client().controlWith({ next: [{ types: true }] });
    const { results } = await client().data('course?$top=12&$select=ID,Label');
    const typeOf = (value: unknown) =>
      value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
    assert.equal(new Set(results.map(({ Label }) => typeOf(Label))).size, 6);
    assert.ok(results.every(({ ID }) => typeof ID === 'string'));
  });

  it('makes random faults, the same ones for the same seed', async () => {
    const statuses = async (seed: number) => {
      await client().controlWith({ random: { rate: 0.5, seed, faults: [{ status: 500 }, { status: 503 }] } });
      const found: number[] = [];
      for (let i = 0; i < 20; i++) found.push((await course()).status);
      return found.join(' ');
    };
    const first = await statuses(7);
    assert.match(first, /200/);
    assert.match(first, /50[03]/);
    assert.equal(await statuses(7), first);
    assert.notEqual(await statuses(8), first);
    await client().controlWith({ random: null });
    assert.equal((await course()).status, 200);
  });

  it('keeps random faults to writes, or to an address', async () => {
    const make = (path = 'course') => client().data(path, { method: 'POST', body: { Label: 'a' } });
    const random = { rate: 1, faults: [{ status: 503 }] };
    await client().controlWith({ random: { ...random, writes: true } });
    assert.deepEqual([(await course()).status, (await make()).status], [200, 503]);
    await client().controlWith({ random: { ...random, only: '/V2/venue' } });
    assert.deepEqual([(await make()).status, (await make('venue?$top=1')).status], [201, 503]);
    await client().controlWith({ random: null });
  });

  it('loses the answer to a request that it carried out, and counts the writes of each record', async () => {
    const write = (method: string, path: string, body?: unknown) =>
      client().data(path, body === undefined ? { method } : { method, body });
    const counts = async () => {
      const { json } = await client().ask(client().control, { bearer: null });
      const entries = Object.entries(json['writes'] ?? {}).filter(([name]) => /Venue/.test(name));
      return entries.map(([name, count]) => `${name} ${count}`);
    };
    await client().controlWith({ next: [{ lose: true }] });
    await assert.rejects(write('POST', 'venue', { Label: 'Lost hall' }));
    const { results } = await client().data("venue?$select=ID,Label&$filter=Label eq 'Lost hall'");
    const id = String(results[0]?.['ID']);
    assert.deepEqual(await counts(), [`accessplan/Venue/${id} 1`]);
    await write('PUT', `venue/${id}`, { Label: 'Found hall' });
    assert.equal((await write('PUT', `venue/${id}`, { Wombat: 1 })).status, 400);
    await client().controlWith({ next: [{ drop: true }], reset: true });
    await assert.rejects(write('DELETE', `venue/${id}`));
    assert.deepEqual(await counts(), [`accessplan/Venue/${id} 2`]);
    await write('DELETE', `venue/${id}`);
    assert.equal((await counts())[0], `accessplan/Venue/${id} 3`);
  });

  it('adds and removes records between pages', async () => {
    const ids = async (page: number) =>
      (await client().data(`venue?$select=ID&$top=5&$skip=${page}`)).results.map(({ ID }) => ID);
    const before = [...(await ids(0)), ...(await ids(1)), ...(await ids(2))];
    await client().controlWith({ churn: { insert: 2, times: 1 } });
    assert.deepEqual(await ids(0), before.slice(0, 5));
    assert.deepEqual(await ids(1), before.slice(3, 8));
    assert.deepEqual(await ids(1), before.slice(3, 8));
    await client().controlWith({ churn: { remove: 3, times: 1 } });
    assert.deepEqual(await ids(1), before.slice(6, 11));
    await client().controlWith({ churn: null });
  });

  it('uses up no fault for token requests', async () => {
    await client().controlWith({ next: [{ status: 500 }] });
    assert.equal((await client().ask('/api/v2/token', { bearer: null })).status, 400);
    assert.equal((await course()).status, 500);
  });

  it('a Retry-After that is a date', async () => {
    const retryAfter = 'Sun, 15 Jun 2025 12:00:00 GMT';
    await client().controlWith({ next: [{ status: 503, retryAfter }] });
    assert.equal((await client().data('course')).headers.get('retry-after'), retryAfter);
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
    const { json } = await client().ask(client().control, { bearer: null });
    assert.deepEqual(json, {
      requests: [
        { method: 'GET', path: '/accessplan/api/v2/token?grant_type=…&username=…&password=…', status: 200 },
        { method: 'GET', path: '/accessplan/api/v2/course?$filter=Label%20eq%20%27…%27', status: 200 },
        { method: 'GET', path: '/accessplan/api/v2/wombat', status: 404 },
      ],
      total: 3,
      queued: 0,
      writes: json['writes'],
    });
    for (let i = 0; i < 205; i++) await client().data('wombat');
    const later = (await client().ask(client().control)).json;
    assert.deepEqual([objects(later['requests']).length, later['total']], [200, 208]);
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
    { next: [{ trickle: 0 }] },
    { next: [{ big: '1' }] },
    { next: [{ types: 1 }] },
    { next: [{ lose: 'x' }] },
    { random: { rate: 0.1, writes: 1 } },
    { random: { rate: 0.1, only: 1 } },
    { random: { rate: 2 } },
    { random: { rate: 0.1, faults: [] } },
    { random: { rate: 0.1, faults: [{ status: 1 }] } },
    { random: true },
    { churn: { insert: -1 } },
    { churn: { wombat: 1 } },
    { latency: -1 },
    { only: 1 },
    { next: [{ truncate: 'x' }] },
    { next: [{ status: 503, retryAfter: 'é' }] },
    { next: [{ status: 503, retryAfter: true }] },
    { expireTokens: 'yes' },
  ];
  for (const body of REFUSED) {
    it(`refuses ${JSON.stringify(body)}`, async () => {
      const reply = await client().ask(client().control, { method: 'POST', body });
      assert.equal(reply.status, 400, reply.text);
      assert.equal((await client().ask(client().control)).json['queued'], 0);
    });
  }

  it('refuses web pages and other methods', async () => {
    const headers = { origin: 'https://evil.example' };
    assert.equal((await client().ask(client().control, { headers })).status, 403);
    assert.equal((await client().ask(client().control, { method: 'PUT', body: {} })).status, 405);
  });
});
