/** The API's own words in a refusal, whatever its form: few, short, on one line, and without a secret. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { failureOf } from '#core/remote/failed-response';
import { errorWords } from '#core/remote/response-errors';
import { clientFor, failure, get, KEY, useFakeApi } from '../support/fake-api';

const nested = (depth: number): unknown => (depth === 0 ? 'deep' : [nested(depth - 1)]);

describe('the words of a refusal', () => {
  for (const [title, body, words] of [
    ['a text in the list', { errors: ['No Wombat'] }, ['No Wombat.']],
    ['more than five sentences', { errors: [...'abcdefg'] }, ['a.', 'b.', 'c.', 'd.', 'e.']],
    ['the same sentence twice', { errors: ['No.', 'No.'] }, ['No.']],
    ['a long sentence', { errors: ['x'.repeat(400)] }, [`${'x'.repeat(299)}…`]],
    ['lists in lists, to a limit', { errors: [nested(4), nested(40)] }, ['deep.']],
    ['a field with a control in its name', { errors: { 'a\u202eb': ['No.'] } }, ['a[U+202E]b: No.']],
    ['a field with a secret as its name', { errors: { [KEY]: ['No.'] } }, ['***: No.']],
    ['a secret', { errors: [`Not ${KEY}`] }, ['Not ***.']],
    ['short plain text', 'Not  today\n', ['Not today']],
    ['long plain text', 'x'.repeat(301), []],
    ['plain text far too long', ' '.repeat(30_000) + 'x', []],
    ['markup', '<b>No</b>', []],
    ['half of a JSON text', '{"errors":["No', []],
  ] as const)
    it(`are taken from ${title}`, () =>
      assert.deepEqual(errorWords(typeof body === 'string' ? body : JSON.stringify(body), [KEY]), words));
});

describe('a failed response', () => {
  const api = useFakeApi();

  it('shows no secret in its details', async () => {
    api.replies({ status: 400, body: { errors: ['No.'], echo: KEY } });
    const { facts } = await failure(clientFor(api.root).client.send(get(`x/${KEY}`)));
    assert.match(facts.details ?? '', /^GET .*echo/s);
    assert.doesNotMatch(facts.details ?? '', new RegExp(KEY));
  });

  it('shows the title of a web page without a secret, cut, and only where one stands near its start', () => {
    // One that no client of these tests has: what a client uses is masked everywhere from then on.
    const secret = 'wombat-0123456789';
    const titleOf = (text: string) => {
      const response = { status: 403, statusText: '', header: () => undefined, headers: [], text, bytes: 0 };
      return failureOf(response, 'call', { status: 403 }, [secret]).facts.pageTitle;
    };
    assert.equal(titleOf(`<html><title>Hello ${secret}\n there</title>`), 'Hello *** there');
    assert.equal(titleOf(`<html><title>${'x'.repeat(110)}${secret}</title>`), `${'x'.repeat(110)}***`);
    assert.equal(titleOf(`<html><title>${'x'.repeat(121)}</title>`), 'x'.repeat(120));
    assert.equal(titleOf(`<html>${' '.repeat(70_000)}<title>late</title>`), undefined);
  });
});
