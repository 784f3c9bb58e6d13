/** What the API client sends, and what it makes of every kind of response, or of none. */
import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { describe, it } from 'mocha';
import { ApiClient } from '#core/remote/api';
import { describe as describeError } from '#core/remote/describe-error';
import type { ErrorKind } from '#core/remote/error-kinds';
import type { WireRequest } from '#language';
import {
  clientFor,
  connectionTo,
  failure,
  get,
  KEY,
  MemoryLog,
  type Reply,
  useFakeApi,
} from '../support/fake-api';

const put: WireRequest = { method: 'PUT', module: 'course', id: '1', query: [], body: '{"Label":"x"}' };
const post: WireRequest = { method: 'POST', module: 'course', query: [], body: '{"Label":"x"}' };
const remove: WireRequest = { method: 'DELETE', module: 'course', id: 'a~b/c', query: [] };
const HTML = '<!DOCTYPE html><html><head><title> Log in </title></head><body>…</body></html>';

describe('ApiClient: requests', () => {
  const api = useFakeApi();
  const sends = (title: string, request: WireRequest, expected: string) =>
    it(title, async () => {
      api.replies({ body: { ID: '1' } });
      const { client } = clientFor(api.root);
      await client.send(request);
      const [seen] = api.seen;
      assert.ok(seen !== undefined);
      assert.equal(`${seen.method} ${seen.url} ${seen.body}`.trim(), expected);
      assert.equal(seen.authorization, `Bearer ${KEY}`);
    });
  sends(
    'a read',
    get('course', { $top: '5', $filter: "ID eq 'a&b'" }),
    'GET /accessplan/api/v2/course?$top=5&$filter=ID%20eq%20%27a%26b%27',
  );
  sends('a change', put, 'PUT /accessplan/api/v2/course/1 {"Label":"x"}');
  sends('a new record', post, 'POST /accessplan/api/v2/course {"Label":"x"}');
  sends('a removal', remove, 'DELETE /accessplan/api/v2/course/a~b%2Fc');
  sends(
    'the help feed',
    { method: 'GET', endpoint: 'modules', module: '', query: [] },
    'GET /accessplan/apihelp/v2/modules',
  );
  sends(
    'the fields',
    { method: 'GET', endpoint: 'fields', module: 'course', query: [] },
    'GET /accessplan/apihelp/v2/modules/course',
  );

  it('keeps the key out of the log, also where an address holds it', async () => {
    for (const reply of [{ body: { results: [] } }, { status: 404, body: { errors: [] } }]) {
      api.replies(reply);
      const log = new MemoryLog();
      const { client } = clientFor(api.root, { log });
      await client.send(get('course', { $filter: `Label eq '${KEY}'` })).catch(() => undefined);
      assert.match(log.lines.join(), /GET .*\*\*\*/);
      assert.doesNotMatch(log.lines.join(), new RegExp(KEY));
    }
  });

  it('sends no change on a read-only connection, whoever asks', async () => {
    api.replies({});
    const { session, transport } = clientFor(api.root);
    const client = new ApiClient({ ...connectionTo(api.root), changes: 'readOnly' }, session, transport);
    for (const request of [put, post, remove])
      assert.equal((await failure(client.send(request))).kind, 'read-only');
    assert.equal(api.seen.length, 0);
    await client.send(get('course'));
    assert.equal(api.seen.length, 1);
  });

  for (const id of ['..', '.']) {
    it(`does not send the record ID ${id}, which would change the address`, async () => {
      api.replies({});
      const { client } = clientFor(api.root);
      assert.equal((await failure(client.send({ ...remove, id }))).kind, 'other-host');
      assert.equal(api.seen.length, 0);
    });
  }

  for (const [key, sent] of [
    [` ${KEY}\n`, true],
    ['two words', false],
    ['kéy', false],
    ['a\nb', false],
    ['', false],
  ] as const) {
    it(`the key ${JSON.stringify(key)} is ${sent ? 'sent without its white space' : 'not sent'}`, async () => {
      api.replies({});
      const { client } = clientFor(api.root, { credentials: { kind: 'apiKey', apiKey: key } });
      if (sent) await client.send(get('course'));
      else assert.equal((await failure(client.send(get('course')))).kind, 'bad-key');
      assert.equal(api.seen.length, sent ? 1 : 0);
    });
  }
});

describe('ApiClient: responses', () => {
  const api = useFakeApi();
  const answers = (title: string, request: WireRequest, reply: Reply, expected: unknown) =>
    it(title, async () => {
      api.replies(reply);
      const response = await clientFor(api.root).client.send(request);
      assert.deepEqual(response.json, expected);
      assert.equal(response.status, reply.status ?? 200);
      assert.ok(response.milliseconds >= 0 && response.url.startsWith(api.root));
    });
  answers('JSON', get('course'), { body: { results: [] } }, { results: [] });
  answers(
    'JSON with a byte order mark',
    get('course'),
    { body: '\uFEFF{"results":["é"]}' },
    { results: ['é'] },
  );
  answers(
    'compressed JSON',
    get('course'),
    { headers: { 'content-encoding': 'gzip' }, body: gzipSync('{"a":1}') },
    { a: 1 },
  );
  answers('201 with an ID', post, { status: 201, body: { ID: '7' } }, { ID: '7' });
  answers('an empty body after a change', put, { body: '' }, undefined);
  answers('204', remove, { status: 204, body: '' }, undefined);
  answers('204 to a read', get('course'), { status: 204, body: '' }, undefined);
  answers('plain text after a change', put, { body: 'Updated' }, 'Updated');
  answers(
    'a bare GUID after a POST',
    post,
    { status: 201, body: '0f8fad5b-d9cb-469f' },
    '0f8fad5b-d9cb-469f',
  );

  const fails = (
    title: string,
    request: WireRequest,
    reply: Reply,
    kind: ErrorKind,
    ...words: readonly RegExp[]
  ) =>
    it(`${title} → ${kind}`, async () => {
      api.replies(reply);
      const error = await failure(clientFor(api.root).client.send(request));
      assert.equal(error.kind, kind, error.message);
      assert.equal(error.status, reply.fault === undefined ? (reply.status ?? 200) : error.status);
      for (const word of words) assert.match(error.sentence, word);
      const { sentence, details } = describeError(error);
      assert.ok(!`${sentence}${details}`.includes(KEY));
    });
  const causes = [/not have been copied whole, .*other site.*expired.*disabled.*API role.*IP whitelist/];
  fails('401', get('course'), { status: 401 }, 'signed-out', ...causes);
  fails('401 as a page', get('course'), { status: 401, body: HTML }, 'signed-out', ...causes);
  fails(
    '403',
    get('course'),
    { status: 403, body: { errors: ['No rights'] } },
    'forbidden',
    /^“No rights\.” Permission denied/,
  );
  fails('404', get('wombat'), { status: 404, body: { errors: ['No module'] } }, 'not-found', /No module\./);
  fails('429', put, { status: 429, headers: { 'retry-after': '7' } }, 'too-many', /7 seconds/);
  fails('500', get('course'), { status: 500 }, 'server', /500/);
  fails('502 as a page', get('course'), { status: 502, body: HTML }, 'server', /502/);
  fails('405', put, { status: 405 }, 'unexpected-status', /405/);
  fails('a log-in page', get('course'), { body: HTML }, 'not-json', /web page/, /“Log in”/, /log-in page/);
  fails('a page with 404', get('course'), { status: 404, body: HTML }, 'not-json', /status 404/);
  fails('plain text', get('course'), { body: 'hello' }, 'not-json', /Text that is not JSON/);
  fails('an empty body', get('course'), { body: '' }, 'truncated', /incomplete/);
  fails('half of the JSON', get('course'), { body: '{"results":[{"ID":' }, 'truncated', /incomplete/);
  const nested = (open: string, close: string) =>
    `{"results":[{"ID":"1","A":${open.repeat(200_000)}${close.repeat(200_000)}}]}`;
  for (const body of [nested('[', ']'), nested('{"a":', '}'), '['.repeat(200_000)])
    fails(
      `JSON that is 200,000 levels deep: ${body.slice(20, 40)}`,
      get('course'),
      { body },
      'nested',
      /levels deep/,
    );
  fails(
    'the same as a refusal',
    get('course'),
    { status: 400, body: nested('[', ']') },
    'nested',
    /levels deep/,
  );
  fails('the same after a change', put, { body: nested('[', ']') }, 'nested', /may or may not/);
  fails(
    'half of the body',
    get('course'),
    { body: { results: ['x'.repeat(1000)] }, fault: 'cut' },
    'interrupted',
    /was lost/,
  );
  fails(
    'half of the body after a change',
    put,
    { body: { ID: 'x'.repeat(1000) }, fault: 'cut' },
    'interrupted',
    /may or may not/,
  );
  fails('a log-in page for a change', put, { body: HTML }, 'not-json', /may or may not/);
  fails('no response to a change', put, { fault: 'drop' }, 'interrupted', /may or may not/);
  fails(
    'a response that repeats the key',
    get('course'),
    { status: 400, body: { errors: `bad key ${KEY}` } },
    'refused',
    /bad key \*\*\*/,
  );

  it('hides controls and the key in the title of a page', async () => {
    const title = `\u001b[31m${'x'.repeat(100)} ${KEY}\n\u202e`;
    api.replies({ body: `<html><head><title>${title}</title></head></html>` });
    const error = await failure(clientFor(api.root).client.send(get('course')));
    assert.match(error.message, /\(“␛\[31mx{100} \*\*\* \[U\+202E\]”\)/);
    api.replies({ status: 400, body: { errors: [`${'x'.repeat(280)} ${KEY}`] } });
    const refused = await failure(clientFor(api.root).client.send(get('course')));
    assert.ok(!refused.message.includes(KEY.slice(0, 8)), 'a key at the cut');
  });

  const refuses = (title: string, body: unknown, words?: string) =>
    it(`400 with ${title}`, async () => {
      api.replies({ status: 400, body });
      const error = await failure(clientFor(api.root).client.send(get('course')));
      assert.ok(
        error.message.startsWith(
          words === undefined
            ? 'The API refused the request (400) without giving a reason. '
            : `“${words}” The API refused the request (400). `,
        ),
        error.message,
      );
    });
  refuses('a sentence', { errors: 'No field x' }, 'No field x.');
  refuses('a sentence that steers the terminal', { errors: 'No\u001b[31m\nfield' }, 'No␛[31m field.');
  refuses('an array of sentences', { errors: ['One.', 'Two'] }, 'One. Two.');
  refuses('an array of objects', { errors: [{ message: 'One', code: 5 }, { Message: 'Two!' }] }, 'One. Two!');
  refuses('an object', { errors: { description: 'One' } }, 'One.');
  refuses(
    'sentences by field',
    { errors: { StartDate: ['is no date'], Label: 'is missing' } },
    'StartDate: is no date. Label: is missing.',
  );
  refuses('objects by field', { errors: { StartDate: { message: 'is no date' } } }, 'StartDate: is no date.');
  refuses('a member in another case', { Errors: ['One'] }, 'One.');
  refuses(
    'ModelState',
    { Message: 'Invalid.', ModelState: { 'model.Label': ['Too long'] } },
    'model.Label: Too long.',
  );
  refuses('error_description', { error: 'invalid', error_description: 'Wrong grant' }, 'Wrong grant.');
  refuses('OData’s error', { error: { code: '', message: 'Odd' } }, 'Odd.');
  refuses('an empty errors member', { errors: [], message: 'Odd' }, 'Odd.');
  refuses('plain text', 'Odd request', 'Odd request');
  refuses('an empty body', '');
  refuses('a bare array', ['One'], 'One.');

  for (const [reply, told] of [
    [{ body: { results: [] } }, [true]],
    [{ status: 401 }, [false]],
    [{ status: 403 }, []],
    [{ status: 500 }, []],
    [{ fault: 'drop' }, []],
  ] as const satisfies readonly (readonly [Reply, readonly boolean[]])[])
    it(`tells ${JSON.stringify(told)} about the sign-in after ${JSON.stringify(reply)}`, async () => {
      api.replies(reply);
      const heard: boolean[] = [];
      const { client } = clientFor(api.root, { onSignIn: (accepted) => heard.push(accepted) });
      await client.send(get('course')).catch(() => undefined);
      assert.deepEqual(heard, told);
    });

  it('puts the causes of a refused key before the API’s own words', async () => {
    api.replies({ status: 401, body: { errors: ['Denied'] } });
    const { message } = await failure(clientFor(api.root).client.send(get('course')));
    assert.match(message, /^127\S+ did not accept the sign-in\. The key may .* new one\. “Denied\.”$/);
  });

  it('logs a line for each call, without secrets', async () => {
    api.replies({ status: 401, body: { errors: [KEY] } });
    const log = new MemoryLog();
    await failure(clientFor(api.root, { log }).client.send(get('course', { access_token: 'abcdefgh' })));
    assert.equal(log.lines.length, 2);
    assert.ok(!/abcdefgh|key-0123/.test(log.lines.join()));
  });
});
