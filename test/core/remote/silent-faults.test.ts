/** Responses that look like an empty success and are none. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readPage } from '#core/results/read-page';
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

  it('has a note where it has records and errors', () => {
    const { problems } = readPage({ results: [{ ID: '1' }], errors: ['The field Wombat is unknown.'] });
    assert.match(problems.join(), /reported errors along with these records/);
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
