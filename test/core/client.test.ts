/** What core tells is said for the program that it is part of. */
import assert from 'node:assert/strict';
import { setClient } from '#core/client';
import { ApiError } from '#core/remote/api-error';
import { describe as describeError } from '#core/remote/describe-error';
import { ERROR_KINDS, type ErrorKind } from '#core/remote/error-kinds';
import { FOREIGN_WORDS } from '../support/client-words';

describe('core', () => {
  afterEach(() => setClient({ kind: 'terminal' }));

  for (const kind of ['vscode', 'terminal'] as const)
    it(`says what went wrong without a word of another client: ${kind}`, () => {
      setClient({ kind });
      const errors = [
        new Error('x'),
        ...(Object.keys(ERROR_KINDS) as ErrorKind[]).flatMap((each) =>
          ['GET', 'PUT'].map((method) => new ApiError(each, { method })),
        ),
      ];
      for (const error of errors) assert.doesNotMatch(describeError(error).sentence, FOREIGN_WORDS[kind]);
    });

  it('says where a key came from that is not accepted', () => {
    for (const [signInFrom, kind, expected] of [
      ['APQ_API_KEY', 'signed-out', 'The key came from APQ_API_KEY. Check that it is the whole key'],
      ['standard input', 'bad-key', 'It came from standard input. Copy it there again.'],
      ['APQ_USERNAME and APQ_PASSWORD', 'wrong-password', 'They came from APQ_USERNAME and APQ_PASSWORD.'],
    ] as const) {
      setClient({ kind: 'terminal', signInFrom });
      const { message } = new ApiError(kind, { host: 'acme.accessplanit.com' });
      assert.ok(message.includes(expected), message);
      assert.doesNotMatch(message, /Set APQ/);
    }
  });
});
