/** The transport: limits, failures of the network, and reads that are sent again. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent } from 'node:https';
import { createServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, it } from 'mocha';
import { ApiError } from '#core/remote/api-error';
import { describeRetry, PATIENT, retrying } from '#core/remote/retry';
import { clientFor, failure, FakeApi, get, KEY, type Reply, useFakeApi } from '../support/fake-api';

const post = { method: 'POST', module: 'course', query: [], body: '{}' } as const;

/** An agent whose connections fail with this code. */
class BrokenAgent extends Agent {
  constructor(private readonly code: string) {
    super();
  }

  override createConnection(): never {
    throw Object.assign(new Error('broken'), { code: this.code });
  }
}

describe('transport: failures', () => {
  const api = useFakeApi();

  it('a closed port → unreachable', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    server.close();
    await once(server, 'close');
    const { client } = clientFor(`http://127.0.0.1:${port}/accessplan`);
    assert.equal((await failure(client.send(get('course')))).kind, 'unreachable');
    const error = await failure(client.send(post));
    assert.deepEqual([error.kind, error.outcomeUnknown], ['unreachable', false]);
  });

  it('an unknown host → dns', async () => {
    const { client } = clientFor('https://no-such-host.invalid/accessplan');
    const error = await failure(client.send(get('course')));
    assert.equal(error.kind, 'dns');
    assert.match(error.sentence, /no-such-host\.invalid/);
  });

  it('a server without TLS → no-tls', async () => {
    const { client } = clientFor(api.root.replace('http:', 'https:'));
    assert.equal((await failure(client.send(get('course')))).kind, 'no-tls');
  });

  for (const [code, kind] of [
    ['EPROTO', 'no-tls'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'no-tls'],
    ['ERR_SSL_PACKET_LENGTH_TOO_LONG', 'no-tls'],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'no-tls'],
    ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'no-tls'],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'no-tls'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'tls'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls'],
    ['CERT_HAS_EXPIRED', 'tls'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
  ] as const)
    it(`${code} → ${kind}`, async () => {
      const { client } = clientFor('https://127.0.0.1:1/accessplan', { agent: () => new BrokenAgent(code) });
      assert.equal((await failure(client.send(get('course')))).kind, kind);
    });

  it('no response in time → timeout, with the seconds it waited', async () => {
    api.replies({ fault: 'hang' });
    const { client } = clientFor(api.root, { timeoutMs: 100 });
    const read = await failure(client.send(get('course')));
    assert.deepEqual([read.kind, api.seen.length], ['timeout', 1]);
    assert.match(read.sentence, /within 0\.1 seconds/);
    const write = await failure(client.send(post));
    assert.deepEqual([write.kind, write.outcomeUnknown], ['timeout', true]);
  });

  it('a cancel while it waits → cancelled', async () => {
    api.replies({ fault: 'hang' });
    const abort = new AbortController();
    const { client } = clientFor(api.root);
    const work = failure(client.send(get('course'), { signal: abort.signal }));
    setTimeout(() => abort.abort(), 50);
    assert.equal((await work).kind, 'cancelled');
  });

  it('a cancel before sending → cancelled, and a write was certainly not carried out', async () => {
    api.replies({});
    const error = await failure(clientFor(api.root).client.send(post, { signal: AbortSignal.abort() }));
    assert.deepEqual([error.kind, error.outcomeUnknown, api.seen.length], ['cancelled', false, 0]);
  });

  for (const [title, reply] of [
    ['a huge body', { body: 'x'.repeat(300_000) }],
    ['a body that grows', { headers: { 'content-encoding': 'gzip' }, body: gzipSync('x'.repeat(300_000)) }],
  ] satisfies [string, Reply][]) {
    it(`${title} → too-large`, async () => {
      api.replies(reply);
      const { client } = clientFor(api.root, { maxBytes: 100_000 });
      assert.equal((await failure(client.send(get('course')))).kind, 'too-large');
    });
  }

  for (const status of [301, 302, 303, 307, 308]) {
    it(`does not follow ${status}, so the key stays with its host`, async () => {
      const other = new FakeApi();
      await other.start();
      try {
        api.replies({ status, headers: { location: `${other.root}/api/v2/course` } });
        const { client } = clientFor(api.root);
        assert.equal((await failure(client.send(get('course')))).kind, 'redirected');
        assert.equal((await failure(client.send(post))).kind, 'redirected');
        assert.deepEqual([api.seen.length, other.seen.length], [2, 0]);
      } finally {
        await other.stop();
      }
    });
  }

  it('does not follow a redirect on the same host either', async () => {
    api.replies({ status: 302, headers: { location: '/login' } });
    assert.equal((await failure(clientFor(api.root).client.send(get('course')))).kind, 'redirected');
    assert.equal(api.seen.length, 1);
  });
});

describe('transport: repeated reads', () => {
  const api = useFakeApi();
  const busy = (status: number, after?: string): Reply => ({
    status,
    ...(after === undefined ? {} : { headers: { 'retry-after': after } }),
  });
  const repeats = (title: string, replies: readonly Reply[], expected: string) =>
    it(`${title}: ${expected}`, async () => {
      api.replies(...replies);
      const { client, waits } = clientFor(api.root);
      const end = await client.send(get('course')).then(
        () => 'done',
        (error: unknown) => (error instanceof Error && 'kind' in error ? String(error.kind) : 'other'),
      );
      assert.equal(`${end} after ${api.seen.length}, waited ${waits.join(' ')}`.trim(), expected);
      assert.ok(api.seen.every(({ authorization }) => authorization === `Bearer ${KEY}`));
    });
  repeats('429, then success', [busy(429, '3'), {}], 'done after 2, waited 3500');
  repeats('503 twice, then success', [busy(503), busy(503), {}], 'done after 3, waited 500 1000');
  repeats('429 for ever', [busy(429, '1')], 'too-many after 3, waited 1500 1500');
  repeats('503 for ever', [busy(503, '1')], 'server after 3, waited 1500 1500');
  repeats('a pause of 0', [busy(429, '0'), {}], 'done after 2, waited 500');
  repeats('a pause of 30 seconds', [busy(429, '30'), {}], 'done after 2, waited 30500');
  repeats('a pause longer than we wait', [busy(429, '31'), {}], 'too-many after 1, waited');
  repeats('a date in the past', [busy(429, 'Wed, 01 Jan 2020 00:00:00 GMT'), {}], 'done after 2, waited 500');
  repeats(
    'a date far in the future',
    [busy(429, 'Wed, 01 Jan 2200 00:00:00 GMT'), {}],
    'too-many after 1, waited',
  );
  repeats('an invalid pause', [busy(429, 'soon'), {}], 'done after 2, waited 500');
  repeats('a drop, then success', [{ fault: 'drop' }, {}], 'done after 2, waited 500');
  repeats('a drop for ever', [{ fault: 'drop' }], 'interrupted after 3, waited 500 1000');
  repeats('a drop in the middle', [{ fault: 'cut', body: 'x'.repeat(500) }, {}], 'done after 2, waited 500');
  repeats('half of the JSON', [{ body: '{"results":[{' }, {}], 'done after 2, waited 500');
  repeats('a page, then success', [{ body: '<html></html>' }, {}], 'done after 2, waited 500');
  repeats('a page for ever', [{ body: '<html></html>' }], 'not-json after 2, waited 500');
  repeats('500', [busy(500), {}], 'done after 2, waited 500');
  repeats('what the platform can’t do at all', [busy(501), {}], 'server after 1, waited');
  for (const status of [400, 401, 403, 404])
    repeats(
      String(status),
      [busy(status), {}],
      `${{ 400: 'refused', 401: 'signed-out', 403: 'forbidden' }[status] ?? 'not-found'} after 1, waited`,
    );

  it('reports each failure, and in the end the number of attempts', async () => {
    api.replies(busy(503, '2'), { fault: 'drop' }, busy(500));
    const told: string[] = [];
    const error = await failure(
      clientFor(api.root).client.send(get('course'), { onRetry: (retry) => told.push(describeRetry(retry)) }),
    );
    assert.match(told[0] ?? '', /internal error \(503\)\. Trying again in 2\.5 s \(attempt 2 of 3\)\.$/);
    assert.match(told[1] ?? '', /was lost.* Trying again in 1\.0 s \(attempt 3 of 3\)\.$/);
    assert.equal(told.length, 2);
    assert.match(error.sentence, /\(500\)\. It was tried 3 times\. Try again later/);
  });

  it('waits at random in the upper half of a limit that doubles up to a cap', async () => {
    const waits: number[] = [];
    const policy = { ...PATIENT, attempts: 10 };
    const sleep = (milliseconds: number) => Promise.resolve(void waits.push(milliseconds));
    const work = () => Promise.reject(new ApiError('server'));
    await failure(retrying(work, { policy }, { sleep, random: () => 0 }));
    assert.deepEqual(waits, [250, 500, 1000, 2000, 4000, 8000, 15000, 15000, 15000]);
  });

  for (const method of ['POST', 'PUT', 'DELETE'] as const) {
    for (const [title, reply] of [
      ['429', busy(429, '1')],
      ['503', busy(503)],
      ['a drop', { fault: 'drop' }],
    ] satisfies [string, Reply][]) {
      it(`sends ${method} only once after ${title}`, async () => {
        api.replies(reply);
        const { client, waits } = clientFor(api.root);
        await failure(
          client.send({ method, module: 'course', query: [], ...(method === 'POST' ? {} : { id: '1' }) }),
        );
        assert.deepEqual([api.seen.length, waits], [1, []]);
      });
    }
  }

  it('does not wait when it was cancelled before, nor after a fault of the program', async () => {
    const started = Date.now();
    const signal = AbortSignal.abort();
    const busyWork = async () => Promise.reject(new ApiError('too-many', { retryAfterSeconds: 30 }));
    assert.equal((await failure(retrying(busyWork, { signal }))).kind, 'cancelled');
    let calls = 0;
    const faulty = async () => {
      calls++;
      return Promise.reject(new TypeError('a fault'));
    };
    await assert.rejects(retrying(faulty), /a fault/);
    assert.equal(calls, 1);
    assert.ok(Date.now() - started < 5000);
  });

  it('ends the wait when it is cancelled', async () => {
    const abort = new AbortController();
    const started = Date.now();
    const work = retrying(() => Promise.reject(new ApiError('too-many', { retryAfterSeconds: 30 })), {
      signal: abort.signal,
    });
    setTimeout(() => abort.abort(), 50);
    assert.equal((await failure(work)).kind, 'cancelled');
    assert.ok(Date.now() - started < 5000);
  });
});

describe('transport: the encoding of a body', () => {
  const api = useFakeApi();
  const [latin, utf8] = [Buffer.from('{"Town":"K\u00f6ln"}', 'latin1'), Buffer.from('{"Town":"K\u00f6ln"}')];
  const euro = Buffer.concat([Buffer.from('{"Town":"'), Buffer.of(0x80), Buffer.from('"}')]);
  for (const [title, type, body, town] of [
    ['of the header', 'application/json; charset=iso-8859-1', latin, 'K\u00f6ln'],
    ['of the header, in any case and quoted', 'application/json;Charset="ISO-8859-1"', latin, 'K\u00f6ln'],
    ['of Windows', 'application/json; charset=windows-1252', euro, '\u20ac'],
    [
      'UTF-16',
      'application/json; charset=utf-16',
      Buffer.from('{"Town":"K\u00f6ln"}', 'utf16le'),
      'K\u00f6ln',
    ],
    ['UTF-8 without a charset', 'application/json', utf8, 'K\u00f6ln'],
    ['UTF-8 where nobody knows the charset', 'application/json; charset=x-none', utf8, 'K\u00f6ln'],
    [
      'of the byte order mark, whatever the header says',
      'application/json; charset=iso-8859-1',
      Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), utf8]),
      'K\u00f6ln',
    ],
  ] as const)
    it(title, async () => {
      api.replies({ headers: { 'content-type': type }, body });
      assert.deepEqual((await clientFor(api.root).client.send(get('course'))).json, { Town: town });
    });

  it('is heeded in errors as well', async () => {
    const body = Buffer.from('{"errors":["Das M\u00e4dchen fehlt"]}', 'latin1');
    api.replies({ status: 400, headers: { 'content-type': 'application/json; charset=iso-8859-1' }, body });
    assert.match((await failure(clientFor(api.root).client.send(get('course')))).sentence, /M\u00e4dchen/);
  });
});
