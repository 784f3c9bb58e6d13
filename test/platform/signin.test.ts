import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { usePlatform } from './support';

describe('sample platform: signing in', () => {
  let now = Date.parse('2025-06-15T12:34:56Z');
  const client = usePlatform({ clock: () => now });

  const post = (fields: Readonly<Record<string, string>>, root = client().platform.root) =>
    client().ask(`${root}/api/v2/token`, {
      method: 'POST',
      bearer: null,
      body: new URLSearchParams(fields).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
  const password = (root?: string) => {
    const { username, password } = client().platform;
    return post({ grant_type: 'password', username, password }, root);
  };
  const status = async (bearer: unknown, root = client().platform.root) =>
    (await client().ask(`${root}/api/v2/course?$top=1`, { bearer: String(bearer) })).status;

  it('grants a token for a user name and password by POST', async () => {
    const { status: code, json, headers } = await password();
    assert.equal(code, 200);
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.deepEqual(Object.keys(json), [
      'access_token',
      'token_type',
      'expires_in',
      'refresh_token',
      'refresh_token_expires_in',
      'userID',
    ]);
    assert.deepEqual([json['token_type'], json['expires_in']], ['bearer', 3600]);
    assert.equal(await status(json['access_token']), 200);
    assert.equal(await client().total('user', `ID eq '${String(json['userID'])}'`), 1);
  });

  it('grants a token for query parameters by GET, as in the guide', async () => {
    const { username, password } = client().platform;
    const query = new URLSearchParams({ grant_type: 'password', username, password }).toString();
    const reply = await client().ask(`/api/v2/token?${query}`, { bearer: null });
    assert.equal(await status(reply.json['access_token']), 200);
  });

  it('takes a form only, not the same fields in another type', async () => {
    const { username, password } = client().platform;
    const body = new URLSearchParams({ grant_type: 'password', username, password }).toString();
    for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencodedly']) {
      const headers = { 'content-type': type };
      const reply = await client().ask('/api/v2/token', { method: 'POST', bearer: null, body, headers });
      assert.deepEqual([reply.status, reply.json['error']], [400, 'invalid_request']);
    }
  });

  it('reads the names of the fields in any case', async () => {
    const { username, password } = client().platform;
    const granted = await post({ Grant_Type: 'password', UserName: username, Password: password });
    assert.equal(await status(granted.json['access_token']), 200);
    const renewed = await post({
      GRANT_TYPE: 'refresh_token',
      Refresh_Token: String(granted.json['refresh_token']),
    });
    assert.equal(renewed.status, 200, renewed.text);
  });

  it('accepts a token only on its own site', async () => {
    const { json } = await password(client().sandbox);
    assert.equal(await status(json['access_token'], client().sandbox), 200);
    assert.equal(await status(json['access_token']), 401);
    const refresh = { grant_type: 'refresh_token', refresh_token: String(json['refresh_token']) };
    assert.equal((await post(refresh)).status, 400);
  });

  it('expires tokens after 60 minutes and renews them', async () => {
    const { json } = await password();
    now += 3_599_000;
    assert.equal(await status(json['access_token']), 200);
    now += 1000;
    assert.equal(await status(json['access_token']), 401);
    const refresh = { grant_type: 'refresh_token', refresh_token: String(json['refresh_token']) };
    const renewed = await post(refresh);
    assert.equal(renewed.status, 200, renewed.text);
    assert.equal(await status(renewed.json['access_token']), 200);
    assert.equal((await post(refresh)).status, 400, 'a refresh token is valid for one renewal');
  });

  it('expires tokens on demand', async () => {
    const { json } = await password();
    await client().controlWith({ expireTokens: true });
    assert.equal(await status(json['access_token']), 401);
    const refresh = { grant_type: 'refresh_token', refresh_token: String(json['refresh_token']) };
    await client().controlWith({ expireRefreshTokens: true });
    assert.equal((await post(refresh)).status, 400);
  });

  const GRANTS: readonly (readonly [Readonly<Record<string, string>>, string])[] = [
    [{}, 'invalid_request'],
    [{ grant_type: 'password', username: 'x' }, 'invalid_request'],
    [{ grant_type: 'password', username: 'x', password: 'y' }, 'invalid_grant'],
    [{ grant_type: 'password', username: 'api.integration', password: 'y' }, 'invalid_grant'],
    [{ grant_type: 'refresh_token', refresh_token: 'x' }, 'invalid_grant'],
    [{ grant_type: 'refresh_token' }, 'invalid_request'],
    [{ grant_type: 'client_credentials' }, 'unsupported_grant_type'],
  ];
  for (const [fields, error] of GRANTS) {
    it(`answers 400 ${error} to ${JSON.stringify(fields)}`, async () => {
      const reply = await post(fields);
      assert.equal(reply.status, 400);
      assert.equal(reply.json['error'], error);
      assert.equal(reply.json['error_description'], reply.errors);
    });
  }

  it('answers 400 to JSON at the token address, 405 to PUT', async () => {
    assert.equal((await client().ask('/api/v2/token', { method: 'POST', body: {} })).status, 400);
    assert.equal((await client().ask('/api/v2/token', { method: 'PUT', body: {} })).status, 405);
  });

  for (const suffix of ['-disabled', '-expired', '-otheraddress', '-wombat', ' ', 'X']) {
    it(`answers the same 401 for every cause: key${suffix}`, async () => {
      const bearer = client().platform.apiKey + suffix;
      for (const path of ['/api/v2/course', '/apihelp/v2/modules', '/api/v2/wombat']) {
        const reply = await client().ask(path, { bearer: suffix === ' ' ? 'a b' : bearer });
        assert.equal(reply.status, 401);
        assert.equal(reply.errors, 'Authorization has been denied for this request.');
        assert.equal(reply.headers.get('www-authenticate'), 'Bearer');
      }
    });
  }

  it('answers 401 without a bearer, or with another scheme', async () => {
    assert.equal((await client().data('course', { bearer: null })).status, 401);
    const headers = { authorization: `Basic ${client().platform.apiKey}` };
    assert.equal((await client().data('course', { bearer: null, headers })).status, 401);
  });

  it('accepts the API key on both sites', async () => {
    assert.equal(await status(client().platform.apiKey), 200);
    assert.equal(await status(client().platform.apiKey, client().sandbox), 200);
  });

  it('shows and allows less to a user with fewer rights', async () => {
    const bearer = `${client().platform.apiKey}-readonly-trainer`;
    const { results } = await client().ask('/apihelp/v2/modules', { bearer });
    const names = results.map((row) => row['name']);
    assert.ok(names.includes('CourseDate') && names.length < 30 && !names.includes('Invoice'));
    assert.equal((await client().data('coursedate', { bearer })).status, 200);
    assert.equal((await client().data('invoice', { bearer })).status, 404);
    assert.equal((await client().ask('/apihelp/v2/modules/invoice', { bearer })).status, 404);
    const write = (method: string, path: string) =>
      client().data(path, { method, bearer, body: { Label: 'x' } });
    assert.equal((await write('POST', 'coursedate')).status, 403);
    assert.equal((await write('PUT', 'coursedate/2024')).status, 403);
    assert.equal((await write('DELETE', 'coursedate/2024')).status, 403);
    assert.equal((await write('DELETE', 'invoice/10001')).status, 404);
  });
});
