/** What a reader sees of a response that repeats our secrets. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { maskedStart } from '#core/text/mask';
import { clientFor, failure, get, KEY, useFakeApi } from '../support/fake-api';

describe('a response that repeats the key', () => {
  const api = useFakeApi();
  it('is shown without it, in headers and body, even across the cut', async () => {
    const filler = 'x'.repeat(200_000 - 20 - '{"a":"'.length);
    api.replies({
      headers: { 'x-echo': `key ${KEY}`, 'set-cookie': 'session=abc' },
      body: `{"a":"${filler}${KEY}${KEY}","results":[]}`,
    });
    const { client } = clientFor(api.root);
    const shown = await client.shown(await client.send(get('course')));
    const text = JSON.stringify(shown);
    assert.ok(!text.includes(KEY.slice(0, 8)), 'no part of it');
    assert.ok(!text.includes('session=abc'));
    assert.equal(shown.cut, true);
  });
  it('is logged without it, even across the cut', async () => {
    api.replies({ status: 400, body: `${' '.repeat(1995)}${KEY}` });
    const error = await failure(clientFor(api.root).client.send(get('course')));
    assert.ok(!(error.details ?? '').includes(KEY.slice(0, 4)));
  });
  it('is masked before it is cut', () => {
    assert.equal(maskedStart('abc secretsecret', 8, ['secretsecret']), 'abc ***');
  });
});
