/** Where a text stops being JSON: what is cut off is told from what is wrong. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { faultIn } from '#core/remote/json-fault';

describe('where a text stops being JSON', () => {
  for (const [text, at] of [
    ['{"a":NaN}', 5],
    ['{"results":[]} and more', 15],
    ['{"a":1}{"b":2}', 7],
    ['[1,]', 3],
    ['{"a" 1}', 5],
    ['{a:1}', 1],
    ["{'a':1}", 1],
    ['{"a":"x\ny"}', 7],
    ['{"a":"\\x"}', 6],
    ['[01]', 1],
    ['{"a":1]', 6],
    ['{"a":undefined}', 5],
    ['{"a":1,}', 7],
    ['\ufeff{}', 0],
    [`${'['.repeat(200_000)}NaN`, 200_000],
  ] as const)
    it(`is at ${at} in ${JSON.stringify(text.slice(0, 40))}`, () => assert.equal(faultIn(text), at));

  it('is nowhere in JSON, and in what is left of it when it is cut off', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (json, cut) => {
        assert.equal(faultIn(json), undefined);
        assert.equal(faultIn(json.slice(0, cut % (json.length + 1))), undefined);
      }),
    );
  });

  it('is nowhere in a text that another reader takes', () => {
    fc.assert(
      fc.property(
        fc.json(),
        fc.nat(),
        fc.constantFrom('x', '"', '{', ']', ',', ':', '\\', '0'),
        (json, at, sign) => {
          const place = at % (json.length + 1);
          const text = json.slice(0, place) + sign + json.slice(place);
          const valid = (() => {
            try {
              JSON.parse(text);
              return true;
            } catch {
              return false;
            }
          })();
          if (valid) assert.equal(faultIn(text), undefined);
        },
      ),
    );
  });
});
