/** No secret survives `mask`, or is in a failure's details. */
import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { ApiError } from '#core/remote/api-error';
import { describe as describeError } from '#core/remote/describe-error';
import { harmlessSentence } from '#core/text/foreign-text';
import { mask } from '#core/text/mask';

const masks = (text: string, expected: string) => it(text, () => assert.equal(mask(text), expected));

describe('mask', () => {
  masks('Authorization: Bearer abc.def-ghi', 'Authorization: Bearer ***');
  masks('bearer abc, next', 'bearer ***, next');
  masks(
    'grant_type=password&username=u&password=p%26x&x=1',
    'grant_type=password&username=u&password=***&x=1',
  );
  masks('?refresh_token=abc', '?refresh_token=***');
  masks('{"access_token":"a\\"b","expires_in":1}', '{"access_token":***,"expires_in":1}');
  masks('{"Password" : "x"}', '{"Password" : ***}');
  masks('{\\"password\\":\\"x y\\",\\"a\\":1}', '{\\"password\\":***,\\"a\\":1}');
  masks('Basic Life Support is full', 'Basic Life Support is full');
  masks("$filter=contains(Password,'x')", "$filter=contains(Password,'x')");

  for (const [title, text, secret] of [
    ['as it is', 'a b!c(d)~e', 'a b!c(d)~e'],
    ['in a form', 'a+b%21c%28d%29%7Ee', 'a b!c(d)~e'],
    ['in an address', 'a%20b!c(d)~e', 'a b!c(d)~e'],
    ['in JSON', 'a\\"b\\\\c\\n', 'a"b\\c\n'],
    ['with half a character, as it is', 'abc\ud800d', 'abc\ud800d'],
    ['with half a character, in a form', 'abc%EF%BF%BDd', 'abc\ud800d'],
  ] as const)
    it(`hides a known secret ${title}`, () => assert.equal(mask(`<${text}>`, [secret]), '<***>'));

  masks('@apikey = ?apikey', '@apikey = ?apikey');
  masks('https://me@a/?password=?x', 'https://me@a/?password=***');
  masks('Your password: hunter2', 'Your password: ***');
  masks('password=…, password=***', 'password=…, password=***');

  it('hides the longest first, and none that is too short to tell', () => {
    assert.equal(mask('abcdefgh', ['abcd', 'abcdefgh']), '***');
    assert.equal(mask("a b, a eq 'a'", ['a', '']), "a b, a eq 'a'");
  });

  it('hides a short secret where it is a word', () => {
    assert.equal(
      mask("abcd xabc abc, 'abc' eq%20%27abc%27&", ['abc']),
      "abcd xabc ***, '***' eq%20%27***%27&",
    );
  });

  it('hides known secrets in any form', () => {
    // Without "*", of which the mask consists.
    const secret = fc
      .string({ minLength: 4, maxLength: 40, unit: 'binary' })
      .filter((text) => !text.includes('*'));
    fc.assert(
      fc.property(
        fc.array(secret, { minLength: 1, maxLength: 3 }),
        fc.array(fc.string()),
        (secrets, words) => {
          for (const one of secrets) {
            const form = new URLSearchParams({ x: one }).toString();
            const text = [...words, one, form, JSON.stringify({ x: one }), ...words].join(' | ');
            const masked = mask(text, secrets);
            for (const each of secrets) assert.ok(!masked.includes(each), masked);
            assert.ok(!masked.includes(form.slice(2)), masked);
            assert.ok(!masked.includes(JSON.stringify(one).slice(1, -1)), masked);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('a sentence of APQ’s own', () => {
  for (const name of ['password', 'apikey', 'my_api_key', 'client_secret'])
    for (const sentence of [
      `Write @${name} = ?${name} to be asked for it.`,
      `Add a line @${name} = value.`,
      `Give it a value: @${name} = …`,
      `Correct the file first, or give --var ${name}=VALUE.`,
      `“***” stands in place of the value of ${name}: let it get the secret where it runs.`,
      `Change ${name}: 1 record · http://a/b`,
      `${name}: the platform lists no such module for this user.`,
    ])
      it(`keeps its words: ${sentence}`, () => assert.equal(harmlessSentence(sentence), sentence));

  for (const [text, expected] of [
    ['GET http://a/?password=hunter2', 'GET http://a/?password=***'],
    ['{"password": "x y"}', '{"password": ***}'],
    ['@password = hunter2', '@password = ***'],
    ['password:hunter2', 'password:***'],
    ['Bearer abc', 'Bearer ***'],
  ] as const)
    it(`holds no secret: ${text}`, () => assert.equal(harmlessSentence(text), expected));
});

describe('describe', () => {
  it('masks the cause, which may contain the token address', () => {
    const cause = new Error('request to http://127.0.0.1/x?username=u&password=hunter22 failed');
    const { details, sentence } = describeError(new ApiError('unreachable', { host: 'h', cause }));
    assert.match(details, /unreachable[^]*password=\*\*\*/);
    assert.ok(!`${details}${sentence}`.includes('hunter22'));
  });

  for (const thrown of [
    new Error('Bearer abcdefgh'),
    'Bearer abcdefgh',
    undefined,
    null,
    5,
    {},
    Symbol('x'),
  ]) {
    it(`of ${inspect(thrown, { compact: true }).split('\n', 1)[0] ?? ''} returns a sentence`, () => {
      const { sentence, actions, details } = describeError(thrown);
      assert.match(sentence, /^Something went wrong in APQ/);
      assert.deepEqual(actions, ['output']);
      assert.ok(!`${sentence}${details}`.includes('abcdefgh'));
    });
  }

  const write = (kind: ApiError['kind'], status?: number) =>
    new ApiError(kind, { method: 'PUT', ...(status === undefined ? {} : { status }) });
  const unknown = (kind: ApiError['kind'], expected: boolean, status?: number) =>
    it(`a write that ends with ${kind} ${status ?? ''} ${expected ? 'may have been' : 'was not'} carried out`, () => {
      const error = write(kind, status);
      assert.equal(error.outcomeUnknown, expected);
      assert.equal(error.sentence.includes('may or may not have been made'), expected);
      assert.ok(!expected || !error.actions.includes('retry'));
    });
  unknown('timeout', true);
  unknown('interrupted', true);
  unknown('cancelled', true);
  unknown('server', true, 502);
  unknown('not-json', true, 200);
  unknown('not-json', false, 404);
  unknown('unexpected-status', false, 405);
  unknown('unexpected-status', true, 408);
  unknown('refused', false, 400);
  unknown('unreachable', false);
  unknown('redirected', false, 302);

  it('offers a retry for a read', () =>
    assert.ok(new ApiError('timeout', { method: 'GET' }).actions.includes('retry')));
});
