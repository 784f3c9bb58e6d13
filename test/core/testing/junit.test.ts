/** The JUnit report holds only what XML can hold, and nothing that steers a terminal. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { toJunit } from '#core/testing/junit';

describe('JUnit report', () => {
  const report = (text: string) =>
    toJunit(text, [{ request: text, name: text, milliseconds: 1, failure: text }]);

  it('shows an escape sequence and masks what looks like a key', () =>
    assert.match(
      report('<title>\u001b[31m\u202e api_key=abc</title>\nx'),
      /failure message="&lt;title&gt;␛\[31m\[U\+202E\] api_key=\*\*\* x"/,
    ));

  it('is XML for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary-ascii' }), (a, b) => {
        const xml = report(`${a}\ud800${b}`);
        assert.doesNotMatch(xml.replaceAll('\n', ''), /[\p{Cc}\p{Cs}\ufffe\uffff\u202a-\u202e]/u);
        assert.doesNotMatch(xml.replace(/&(?:amp|lt|gt|quot);/g, ''), /&/);
      }),
    );
  });
});
