/** Counting, read-only connections, and what a reader sees of a change before it is sent. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ApiClient } from '#core/remote/api';
import { countRequest } from '#core/running/count';
import { pretty, previewOf } from '#core/running/preview';
import { clientFor, connectionTo, failure, useFakeApi } from '../support/fake-api';

describe('counting', () => {
  it('asks for one record and the total', () => {
    const query = [
      { name: '$select', value: 'ID' },
      { name: '$filter', value: "ID eq '1'" },
    ];
    assert.deepEqual(countRequest({ method: 'GET', module: 'course', query })?.query, [
      { name: '$filter', value: "ID eq '1'" },
      { name: '$top', value: '1' },
      { name: '$count', value: 'true' },
    ]);
  });
  it('never sends a change', () => {
    for (const method of ['POST', 'PUT', 'DELETE'] as const)
      assert.equal(countRequest({ method, module: 'course', id: '1', query: [], body: '{}' }), undefined);
  });
});

describe('a read-only connection', () => {
  const api = useFakeApi();
  it('sends no change', async () => {
    api.replies({ body: { results: [] } });
    const { session, transport } = clientFor(api.root);
    const client = new ApiClient({ ...connectionTo(api.root), changes: 'readOnly' }, session, transport);
    for (const method of ['POST', 'PUT', 'DELETE'] as const) {
      const error = await failure(client.send({ method, module: 'course', id: '1', query: [], body: '{}' }));
      assert.equal(error.kind, 'read-only');
      assert.equal(error.outcomeUnknown, false);
    }
    assert.equal(api.seen.length, 0);
    await client.send({ method: 'GET', module: 'course', query: [] });
    assert.equal(api.seen.length, 1);
  });
});

describe('a body that is shown', () => {
  const body = '{"Big":12345678901234567890,"Same":1,"Same":2,"Sum":1.10}';
  it('has the digits and members that are sent', () => {
    assert.equal(pretty(body).replace(/\s/g, ''), body);
    assert.ok(previewOf({ method: 'POST', module: 'x', query: [], body }, ['a'], 'k').includes('"Same": 2'));
  });
});
