/** What the sample platform refuses at its edges, so that a fault of a client shows with it. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { usePlatform } from './support';

describe('sample platform: refusals', () => {
  let now = Date.parse('2025-06-15T12:34:56Z');
  const client = usePlatform({ clock: () => now });

  for (const [path, method] of [
    ['/api/v2/venue/1/2', 'DELETE'],
    ['/api/v2/venue/', 'POST'],
    ['/api/v2/', 'GET'],
  ] as const)
    it(`has nothing at ${method} ${path}`, async () => {
      const { status, errors } = await client().ask(path, {
        method,
        body: method === 'GET' ? undefined : {},
      });
      assert.deepEqual([status, errors], [404, 'There is nothing at this address.']);
    });

  for (const date of [
    '0000-01-01T00:00:00',
    '2025-01-01T00:00:00+15:00',
    '2025-01-01T00:00:00+01:60',
    '2025-02-30',
  ])
    it(`takes ${date} for no date`, async () => {
      const filter = encodeURIComponent(`StartDate ge '${date}'`);
      assert.equal((await client().data(`coursedate?$filter=${filter}`)).status, 400);
    });

  it('takes no empty field for signing in, and no refresh token that has expired', async () => {
    const { username, password } = client().platform;
    const token = (fields: Readonly<Record<string, string>>) =>
      client().ask('/api/v2/token', {
        method: 'POST',
        bearer: null,
        body: new URLSearchParams(fields).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
    const empty = await token({ grant_type: 'password', username, password: '' });
    assert.deepEqual([empty.status, empty.json['error']], [400, 'invalid_request']);
    const { json } = await token({ grant_type: 'password', username, password });
    now += Number(json['refresh_token_expires_in']) * 1000 + 1000;
    const late = await token({ grant_type: 'refresh_token', refresh_token: String(json['refresh_token']) });
    assert.deepEqual([late.status, late.json['error']], [400, 'invalid_grant']);
  });

  for (const order of [{ latency: 60_001 }, { next: [{ status: 199 }] }, { next: [{ status: 600 }] }])
    it(`refuses the order ${JSON.stringify(order)}`, async () => {
      const { status } = await client().ask(client().control, { method: 'POST', body: order });
      assert.equal(status, 400);
    });
});
