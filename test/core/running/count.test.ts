/** Counting, and what of a change a reader is shown before it is sent. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { countRequest } from '#core/running/count';
import { bodyInQuestion, previewOf, pretty } from '#core/running/preview';
import { ApiClient } from '#core/remote/api';
import { sameRequest } from '#editor/running/same-request';
import { LanguageService } from '#language';
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
  it('sends no change, whoever asks', async () => {
    api.replies({ body: { results: [] } });
    const { session, transport } = clientFor(api.root);
    const client = new ApiClient({ ...connectionTo(api.root), readOnly: true }, session, transport);
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

describe('what a reader sees of a body', () => {
  const body = '{"Big":12345678901234567890,"Same":1,"Same":2,"Sum":1.10}';
  it('is what is sent, digit by digit, member by member', () => {
    assert.equal(pretty(body).replace(/\s/g, ''), body);
    assert.ok(previewOf({ method: 'POST', module: 'x', query: [], body }, 'a', 'k').includes('"Same": 2'));
  });
  it('is cut only with a word about it', () => {
    const long = JSON.stringify({ Notes: 'x'.repeat(3000) });
    assert.equal(bodyInQuestion(body, 1500), pretty(body));
    assert.match(bodyInQuestion(long, 1500), /… and 1,51\d more characters/);
  });
});

describe('finding a request again', () => {
  const language = new LanguageService();
  const find = (before: string, index: number, now: string) => {
    const parsed = language.parse(before);
    const request = language.requests(parsed)[index];
    assert.ok(request);
    const after = language.parse(now);
    return sameRequest(after, language.requests(after), { language, parsed, request })?.index;
  };
  const two = 'GET course\n$top = 1\n###\nGET course\n$top = 2\n';
  it('follows it when others are put in above', () => {
    assert.equal(find(two, 1, `DELETE course/1\n###\n${two}`), 2);
    assert.equal(find(two, 0, `GET course\n$top = 3\n###\n${two}`), 1);
  });
  it('keeps its place when it is edited', () => {
    assert.equal(find(two, 1, two.replace('= 2', '= 5')), 1);
  });
  it('takes no other method or module, and guesses nothing', () => {
    assert.equal(find(two, 1, 'GET course\n$top = 1\n###\nDELETE course/1\n###\nGET user'), undefined);
    assert.equal(find(two, 1, 'GET course\n$top = 1\n###\nDELETE course/1\n'), undefined);
    assert.equal(find('GET course\n', 0, 'GET user\n###\nGET course\n$top = 9\n'), 1);
    assert.equal(find('GET course\n', 0, 'DELETE course/1\n'), undefined);
    assert.equal(
      find(two, 1, 'GET course\n$top = 7\n###\nGET course\n$top = 8\n###\nGET course\n'),
      undefined,
    );
  });
});
