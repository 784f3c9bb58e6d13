/** Signing in: which token requests are sent, and when; and refusals. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { describe as describeError } from '#core/remote/describe-error';
import type { ErrorKind } from '#core/remote/error-kinds';
import { Session } from '#core/remote/session';
import {
  clientFor,
  connectionTo,
  failure,
  get,
  PASSWORD,
  type Reply,
  type Seen,
  useFakeApi,
} from '../support/fake-api';

const credentials = { kind: 'password', username: 'jo', password: PASSWORD } as const;

/** `GET token`, `POST token refresh_token`, `GET course t1`. */
function shown({ method, url, body, authorization }: Seen): string {
  const { pathname, search } = new URL(url, 'http://x');
  const last = pathname.split('/').at(-1) ?? '';
  const grant = new URLSearchParams(method === 'POST' ? body : search).get('grant_type');
  return [method, last, last === 'token' ? grant : authorization?.replace('Bearer ', '')].join(' ');
}

describe('session with a user name and password', () => {
  const api = useFakeApi();
  let issued = 0;
  const refused = new Set<string>();
  let refresh = true;

  /** A token address that returns t1, t2, …, and data for every token that is not in `refused`. */
  const platform = (token: (grant: string | null, seen: Seen) => Reply | undefined = () => undefined) => {
    issued = 0;
    refused.clear();
    refresh = true;
    api.seen.length = 0;
    api.answer = (seen) => {
      if (!seen.url.includes('/token')) {
        return refused.has(seen.authorization ?? '') ? { status: 401 } : { body: { results: [] } };
      }
      const grant = new URLSearchParams(seen.method === 'POST' ? seen.body : seen.url.split('?')[1]).get(
        'grant_type',
      );
      const reply = token(grant, seen);
      if (reply !== undefined) return reply;
      if (grant === 'refresh_token' && !refresh) return { status: 400, body: { error: 'invalid_grant' } };
      issued++;
      return { body: { access_token: `t${issued}`, expires_in: 3600, refresh_token: `r${issued}` } };
    };
  };
  const seen = () => api.seen.map(shown).join(', ');

  it('signs in once, with a form', async () => {
    platform();
    const { client } = clientFor(api.root, { credentials });
    await client.send(get('a'));
    await client.send(get('b'));
    assert.equal(seen(), 'POST token password, GET a t1, GET b t1');
    const form = new URLSearchParams(api.seen[0]?.body);
    assert.deepEqual([form.get('username'), form.get('password')], ['jo', PASSWORD]);
  });

  it('signs in once for many callers', async () => {
    platform();
    const { client } = clientFor(api.root, { credentials });
    await Promise.all(['a', 'b', 'c', 'd'].map((module) => client.send(get(module))));
    assert.equal(api.seen.filter((each) => shown(each).includes('token')).length, 1);
  });

  it('goes on signing in when one of several callers cancels', async () => {
    platform();
    const { client } = clientFor(api.root, { credentials });
    const abort = new AbortController();
    const first = failure(client.send(get('a'), { signal: abort.signal }));
    const second = client.send(get('b'));
    abort.abort();
    assert.equal((await first).kind, 'cancelled');
    assert.equal((await second).status, 200);
  });

  it('renews when less than a minute remains', async () => {
    platform();
    let now = 0;
    const { client } = clientFor(api.root, { credentials, now: () => now });
    await client.send(get('a'));
    now = 3_539_000;
    await client.send(get('b'));
    now = 3_541_000;
    await client.send(get('c'));
    assert.equal(seen(), 'POST token password, GET a t1, GET b t1, POST token refresh_token, GET c t2');
    assert.equal(new URLSearchParams(api.seen[3]?.body).get('refresh_token'), 'r1');
  });

  it('renews after a 401, even for a write', async () => {
    for (const request of [get('b'), { ...get('b'), method: 'DELETE', id: '5' } as const]) {
      platform();
      const { client } = clientFor(api.root, { credentials });
      await client.send(get('a'));
      refused.add('Bearer t1');
      assert.equal((await client.send(request)).status, 200);
      assert.match(seen(), /t1, POST token refresh_token, (GET b|DELETE 5) t2$/);
    }
  });

  it('renews once after a 401 for many callers', async () => {
    platform();
    const { client } = clientFor(api.root, { credentials });
    await client.send(get('a'));
    refused.add('Bearer t1');
    await Promise.all(['b', 'c', 'd'].map((module) => client.send(get(module))));
    assert.equal(api.seen.filter((each) => shown(each).includes('refresh_token')).length, 1);
  });

  it('signs in with the password when the refresh token is not accepted', async () => {
    platform();
    const { client } = clientFor(api.root, { credentials });
    await client.send(get('a'));
    refused.add('Bearer t1');
    refresh = false;
    await client.send(get('b'));
    assert.equal(
      seen(),
      'POST token password, GET a t1, GET b t1, POST token refresh_token, POST token password, GET b t2',
    );
  });

  it('gives up after a second 401', async () => {
    platform();
    for (const token of ['t1', 't2', 't3']) refused.add(`Bearer ${token}`);
    const { client } = clientFor(api.root, { credentials });
    assert.equal((await failure(client.send(get('a')))).kind, 'signed-out');
    assert.equal(api.seen.filter((each) => !shown(each).includes('token')).length, 2);
  });

  it('does not renew an API key', async () => {
    platform();
    refused.add('Bearer key-1');
    const { client } = clientFor(api.root, { credentials: { kind: 'apiKey', apiKey: 'key-1' } });
    assert.equal((await failure(client.send(get('a')))).kind, 'signed-out');
    assert.equal(seen(), 'GET a key-1');
  });

  for (const status of [404, 405, 501]) {
    it(`uses the documented GET when POST is answered with ${status}`, async () => {
      platform((_, { method }) => (method === 'POST' ? { status } : undefined));
      await clientFor(api.root, { credentials }).client.send(get('a'));
      assert.equal(seen(), 'POST token password, GET token password, GET a t1');
    });
  }

  for (const body of [
    { access_token: 'x' },
    { access_token: 'x', expires_in: '3600' },
    { access_token: 'x', expires_in: null, refresh_token: null },
    { access_token: 'x', expires_in: 'soon', refresh_token: 5 },
  ]) {
    it(`takes ${JSON.stringify(body)} for a token of an hour`, async () => {
      platform(() => ({ body }));
      let now = 0;
      const { client } = clientFor(api.root, { credentials, now: () => now });
      await client.send(get('a'));
      now = 3_500_000;
      await client.send(get('b'));
      assert.equal(seen(), 'POST token password, GET a x, GET b x');
    });
  }

  const ends = (title: string, reply: Reply, kind: ErrorKind, word: RegExp) =>
    it(`${title} → ${kind}`, async () => {
      platform(() => reply);
      const error = await failure(clientFor(api.root, { credentials }).client.send(get('a')));
      assert.equal(error.kind, kind, error.message);
      assert.match(error.message, word);
      const { sentence, details } = describeError(error);
      assert.ok(!`${sentence}${details}`.includes(PASSWORD));
    });
  ends(
    'wrong password',
    { status: 400, body: { error: 'invalid_grant', error_description: 'Locked out' } },
    'wrong-password',
    /Locked out/,
  );
  ends('401', { status: 401 }, 'wrong-password', /API role/);
  ends(
    'a refusal that repeats the password',
    { status: 400, body: { errors: [`'${PASSWORD}' is wrong`] } },
    'wrong-password',
    /\*\*\*/,
  );
  ends('403', { status: 403 }, 'forbidden', /403/);
  ends('404', { status: 404 }, 'not-found', /404/);
  ends('429', { status: 429, headers: { 'retry-after': '9' } }, 'too-many', /9 seconds/);
  ends('500', { status: 500 }, 'server', /500/);
  ends('a redirect', { status: 302, headers: { location: '/login' } }, 'redirected', /another address/);
  ends('a page', { body: '<html></html>' }, 'not-json', /web page/);
  ends('a page with 400', { status: 400, body: '<html></html>' }, 'not-json', /web page.*status 400/);
  ends('JSON without a token', { body: {} }, 'not-understood', /does not understand/);
  ends('a token under another name', { body: { token: 'abcdef' } }, 'not-understood', /does not understand/);
  ends('text', { body: 'maintenance' }, 'not-json', /not JSON/);
  ends('a drop', { fault: 'drop' }, 'interrupted', /was lost/);

  it('logs no token that has another name than expected', async () => {
    platform(() => ({ body: { token: 'abcdef' } }));
    const error = await failure(clientFor(api.root, { credentials }).client.send(get('a')));
    assert.ok(!describeError(error).details.includes('abcdef'));
  });

  it('does not warn of a change when signing in fails', async () => {
    platform((_, { method }) => (method === 'POST' ? { fault: 'drop' } : undefined));
    const error = await failure(
      clientFor(api.root, { credentials }).client.send({ ...get('a'), method: 'DELETE', id: '5' }),
    );
    assert.deepEqual([error.kind, error.outcomeUnknown], ['interrupted', false]);
  });

  it('signs in again after a failed sign-in', async () => {
    let down = true;
    platform(() => (down ? { status: 500 } : undefined));
    const { client } = clientFor(api.root, { credentials });
    assert.equal((await failure(client.send(get('a')))).kind, 'server');
    down = false;
    assert.equal((await client.send(get('a'))).status, 200);
  });

  it('no credentials → no-credentials, and nothing is sent', async () => {
    platform();
    const { transport } = clientFor(api.root);
    const session = new Session(connectionTo(api.root), () => Promise.resolve(undefined), transport);
    assert.equal((await failure(session.authorization())).kind, 'no-credentials');
    assert.deepEqual(await session.secrets(), []);
    assert.equal(api.seen.length, 0);
  });
});
