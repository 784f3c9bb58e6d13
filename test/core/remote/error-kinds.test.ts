/** The table of kinds of errors: what holds for every row. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ApiError } from '#core/remote/api-error';
import { ERROR_KINDS, type ErrorKind, rowOf } from '#core/remote/error-kinds';

const kinds = Object.keys(ERROR_KINDS) as ErrorKind[];

describe('kinds of errors', () => {
  it('each have sentences', () => {
    for (const kind of kinds)
      for (const method of ['GET', 'PUT']) {
        const { sentence } = new ApiError(kind, { method, attempts: 2, words: [] });
        assert.match(sentence, /^[A-Z\p{L}].*[.]$/u, kind);
        assert.doesNotMatch(sentence, /undefined|NaN| {2}|\.\./, kind);
      }
  });

  it('warn of a write whose outcome is unknown, and offer no retry', () => {
    for (const kind of kinds) {
      const error = new ApiError(kind, { method: 'PUT' });
      assert.equal(error.outcomeUnknown, rowOf(kind).outcomeUnknown, kind);
      assert.equal(/may or may not/.test(error.sentence), error.outcomeUnknown, kind);
      if (error.outcomeUnknown) assert.ok(!error.actions.includes('retry'), kind);
    }
  });

  it('don’t count the platform as reached when nothing was sent', () => {
    for (const kind of [
      ...(['no-credentials', 'rebound', 'bad-key', 'other-host'] as const),
      ...(['read-only', 'connection-changed'] as const),
    ])
      assert.equal(rowOf(kind).reached, false, kind);
  });

  for (const [atFault, expected] of [
    ['address', 'unreachable dns tls no-tls not-found not-json redirected other-host'],
    ['sign-in', 'signed-out wrong-password bad-key no-credentials rebound'],
  ] as const)
    it(`put the ${atFault} of a connection at fault: ${expected}`, () =>
      assert.equal(kinds.filter((kind) => rowOf(kind).atFault === atFault).join(' '), expected));
});
