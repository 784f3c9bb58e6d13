/** Indenting a response as it arrived. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { indented } from '#webview/data/indent';

describe('JSON over lines', () => {
  it('is indented as JSON.stringify does it', () =>
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const expected = JSON.stringify(value, undefined, 2);
        assert.equal(indented(JSON.stringify(value)), expected);
        assert.equal(indented(expected), expected);
      }),
    ));
  it('keeps digits, escapes and repeated members', () =>
    assert.equal(
      indented('{"a":12345678901234567890, "a":1.10,"b":"\\u00e9\\"{",\n"c":[ ] }'),
      '{\n  "a": 12345678901234567890,\n  "a": 1.10,\n  "b": "\\u00e9\\"{",\n  "c": []\n}',
    ));
});
