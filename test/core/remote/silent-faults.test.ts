/** Responses that look like an empty success and are none. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { fetchPages } from '#core/running/fetch-pages';
import type { WireRequest } from '#language';
import { clientFor, failure, get, useFakeApi } from '../support/fake-api';

describe('a response with a status of success', () => {
  const api = useFakeApi();
  const put: WireRequest = { method: 'PUT', module: 'a', id: '1', query: [], body: '{}' };

  for (const [body, kind] of [
    [{ results: [], errors: ['The field Wombat is unknown.'] }, 'reported'],
    [{ Errors: { Status: ['is unknown'] } }, 'reported'],
    [{ errors: 'Not allowed.', message: 'x', results: null }, 'reported'],
    ['{"results":[{"a":NaN}]}', 'malformed'],
    ['{"results":[]}\nand more', 'malformed'],
    ['{"results":[{"a":1', 'truncated'],
    ['Good morning', 'not-json'],
    ['<title>Log in</title>', 'not-json'],
  ] as const)
    it(`is ${kind}: ${JSON.stringify(body)}`, async () => {
      api.replies({ body });
      assert.equal((await failure(clientFor(api.root).client.send(get('a')))).kind, kind);
    });

  for (const body of [
    { results: [{ ID: '1' }], errors: ['The field Wombat is unknown.'] },
    { results: [], errors: [] },
    { results: [], errors: null },
    { ID: '7', errors: ['A warning.'] },
    { ID: 7, errors: ['A warning.'] },
  ])
    it(`is a success: ${JSON.stringify(body)}`, async () => {
      api.replies({ body });
      assert.equal((await clientFor(api.root).client.send(get('a'))).status, 200);
    });

  for (const [request, body, reason] of [
    [
      get('a'),
      { results: [{ ID: '1' }], errors: ['No Wombat.'] },
      /^“No Wombat\.” The API .* others may be missing/,
    ],
    [get('a'), { results: [{ ID: '1' }], errors: [true] }, /^The API reported errors beside these records/],
    [
      put,
      { ID: '7', errors: ['No Wombat.'] },
      /^“No Wombat\.” The API .* the change may not be made as asked/,
    ],
  ] as const)
    it(`is in doubt where errors stand beside it: ${request.method} ${JSON.stringify(body)}`, async () => {
      api.replies({ body });
      const { extent } = await fetchPages(clientFor(api.root).client, request, () => undefined, {
        pages: 'all',
      });
      assert.ok(extent.kind === 'doubtful');
      assert.match(extent.reason, reason);
    });

  for (const page of ['<title>Log in</title>', '<script>x</script>', '\n<div>Log in', '<!-- x --><html>'])
    it(`is no answer to a change where it is a web page: ${page.trim()}`, async () => {
      api.replies({ body: page });
      const error = await failure(clientFor(api.root).client.send(put));
      assert.equal(error.kind, 'not-json');
      assert.equal(error.outcomeUnknown, true);
    });

  it('is told in the API’s words, and a change may have been made', async () => {
    api.replies({ body: { errors: ['The field Wombat is unknown.'] } });
    const error = await failure(clientFor(api.root).client.send(put));
    assert.match(
      error.message,
      /^“The field Wombat is unknown\.” The API reported an error, though with status 200/,
    );
    assert.equal(error.outcomeUnknown, true);
  });

  it('says where it is not JSON, and shows no secret', async () => {
    api.replies({ body: '{"results":[\n{"a":NaN}]}' });
    const { message } = await failure(clientFor(api.root).client.send(get('a')));
    assert.match(
      message,
      /is not valid JSON: line 2, character 6 has “NaN”\. It was tried 2 times|line 2, character 6 has “NaN”/,
    );
    assert.doesNotMatch(message, /incomplete|fewer records/);
  });
});
