/** What a session must never do: use a token of another password, or send a password unprotected. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Credentials } from '#core/connections/credentials';
import { type HttpRequest, HttpTransport } from '#core/remote/http';
import { Session } from '#core/remote/session';
import { connectionTo, failure } from '../support/fake-api';

const PASSWORD = 'pass word 1';

/** Answers in turn with these statuses and bodies, and keeps what was sent. */
class Scripted extends HttpTransport {
  readonly sent: HttpRequest[] = [];

  constructor(private readonly answers: readonly (readonly [status: number, body: string])[]) {
    super();
  }

  override async send(request: HttpRequest) {
    this.sent.push(request);
    const [status, text] = this.answers[this.sent.length - 1] ?? [500, ''];
    const none = {
      statusText: `of the test ${PASSWORD}`,
      header: () => undefined,
      headers: [],
      bytes: text.length,
    };
    return Promise.resolve({ status, text, ...none });
  }
}

const HTTPS = 'https://acme.accessplanit.com/accessplan';
const granted = (token: string) => [200, JSON.stringify({ access_token: token })] as const;
const jo = (password = PASSWORD): Credentials => ({ kind: 'password', username: 'jo', password });

describe('a session', () => {
  it('uses no token of an earlier password or user, nor an old one where a new one is asked for', async () => {
    const transport = new Scripted(['a', 'b', 'c', 'd'].map(granted));
    let current = jo();
    const session = new Session(connectionTo(HTTPS), async () => Promise.resolve(current), transport);
    const tokens = [await session.authorization()];
    current = jo('another');
    tokens.push(await session.authorization());
    current = { ...current, kind: 'password', username: 'mo', password: 'another' };
    tokens.push(await session.authorization(), await session.authorization(undefined, true));
    assert.deepEqual(tokens, ['Bearer a', 'Bearer b', 'Bearer c', 'Bearer d']);
  });

  for (const [root, methods] of [
    [HTTPS, ['POST', 'GET']],
    ['http://127.0.0.1:8080/accessplan', ['POST', 'GET']],
    ['http://acme.accessplanit.com/accessplan', ['POST']],
  ] as const)
    it(`puts a password into an address only where the way is protected: ${root}`, async () => {
      const transport = new Scripted([[404, ''], granted('a')]);
      const session = new Session(connectionTo(root), async () => Promise.resolve(jo()), transport);
      await session.authorization().catch(() => undefined);
      assert.deepEqual(
        transport.sent.map(({ method }) => method),
        methods,
      );
    });

  it('sends no key that can’t be one', async () => {
    const key = { kind: 'apiKey', apiKey: 'two words' } as const;
    const session = new Session(connectionTo(HTTPS), async () => Promise.resolve(key), new Scripted([]));
    assert.equal((await failure(session.authorization())).kind, 'bad-key');
  });

  it('shows no password and no word of a grant that it can’t read', async () => {
    for (const [status, body] of [
      [400, `No ${PASSWORD}`],
      [200, `It is ${PASSWORD}`],
      [200, JSON.stringify({ message: 'token-0123456789' })],
    ] as const) {
      const session = new Session(
        connectionTo(HTTPS),
        async () => Promise.resolve(jo()),
        new Scripted([[status, body]]),
      );
      const { facts } = await failure(session.authorization());
      assert.doesNotMatch(JSON.stringify(facts), /pass word 1|token-0123456789/);
      assert.match(facts.details ?? '', /of the test/);
      if (status === 200) assert.deepEqual(facts.words, []);
    }
  });
});
