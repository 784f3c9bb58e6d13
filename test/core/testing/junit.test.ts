/** The JUnit report holds only what XML can hold, and nothing that steers a terminal. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { toJunit } from '#core/testing/junit';

describe('JUnit report', () => {
  const report = (text: string) =>
    toJunit([
      { name: text, file: text, cases: [{ className: text, name: text, failure: text, output: text }] },
    ]);

  it('shows an escape sequence and masks what looks like a key', () =>
    assert.match(
      report('<title>\u001b[31m\u202e api_key=abc</title>\nx'),
      /failure message="&lt;title&gt;␛\[31m\[U\+202E\] api_key=\*\*\* x"/,
    ));

  it('has a suite for each file, with the place of each case', () =>
    assert.equal(
      toJunit([
        {
          name: 'a',
          file: 'a.apq',
          cases: [{ className: 'A', name: 'x', milliseconds: 1234, file: 'a.apq', line: 3 }],
        },
        {
          name: 'b',
          cases: [
            { className: 'B', name: 'y', failure: 'no', output: 'so' },
            { className: 'B', name: 'z', milliseconds: 2, error: 'gone' },
          ],
        },
      ]),
      `<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
<testsuite name="a" tests="1" failures="0" errors="0" time="1.234" file="a.apq">
<testcase classname="A" name="x" time="1.234" file="a.apq" line="3"/>
</testsuite>
<testsuite name="b" tests="2" failures="1" errors="1" time="0.002">
<testcase classname="B" name="y" time="0.000"><failure message="no"/><system-out>so</system-out></testcase>
<testcase classname="B" name="z" time="0.002"><error message="gone"/></testcase>
</testsuite>
</testsuites>
`,
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
