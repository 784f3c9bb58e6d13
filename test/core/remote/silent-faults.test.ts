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
    [{ error: { code: 'x', message: 'No Wombat.' } }, 'reported'],
    [{ error: 'No Wombat.', results: [] }, 'reported'],
    [{ Message: 'An error has occurred.' }, 'reported'],
    [{ Message: 'Wrong.', ExceptionMessage: 'x', ExceptionType: 'y', StackTrace: 'z' }, 'reported'],
    [{ type: 'about:blank', title: 'Bad Request', status: 400, traceId: '1' }, 'reported'],
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
    { ID: '7', Message: 'Hello', error: 'none' },
    { Label: 'x', Message: 'Hello' },
    { Title: 'Mr' },
    { results: [{ Message: 'Hello', error: 'x' }] },
    { results: [{ ID: '1' }], Message: 'Done.' },
    { error: null },
    { error: false, Message: '' },
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

  for (const [body, words] of [
    [{ error: { message: 'No Wombat.' } }, /^“No Wombat\.” /],
    [{ error: { code: '', message: { lang: 'en', value: 'No Wombat.' } } }, /^“No Wombat\.” /],
    [{ Message: 'An error has occurred.' }, /^“An error has occurred\.” /],
  ] as const)
    it(`is told in its words: ${JSON.stringify(body)}`, async () => {
      api.replies({ body });
      assert.match((await failure(clientFor(api.root).client.send(get('a')))).message, words);
    });

  it('takes a message alone for the confirmation of a change, and an error for none', async () => {
    api.replies({ body: { Message: 'The record was updated.' } }, { body: { error: 'No Wombat.' } });
    const { client } = clientFor(api.root);
    assert.equal((await client.send(put)).status, 200);
    assert.equal((await failure(client.send(put))).kind, 'reported');
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
