/** Reading and writing JSON with all digits of its numbers. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { isSameNumber } from '#core/values/decimal';
import { ExactNumber, numberOfText } from '#core/values/exact-number';
import { kindOf } from '#core/values/kind-of';
import { readJson } from '#core/values/read-json';
import { writeJson } from '#core/values/write-json';

/** What a text of JSON is after it was read and written. */
const CASES: readonly (readonly [json: string, written: string])[] = [
  ['9223372036854775807', '9223372036854775807'],
  ['-9223372036854775808', '-9223372036854775808'],
  [
    '[9007199254740991,9007199254740992,9007199254740993]',
    '[9007199254740991,9007199254740992,9007199254740993]',
  ],
  ['0.1', '0.1'],
  ['0.12345678901234567890', '0.12345678901234567890'],
  ['0.30000000000000004', '0.30000000000000004'],
  ['1.0000000000000000', '1'],
  ['1.50', '1.5'],
  ['12E+2', '1200'],
  ['-0', '0'],
  ['1e-7', '1e-7'],
  ['1e400', '1e400'],
  ['-1E-400', '-1E-400'],
  ['1e308', '1e+308'],
  [
    '{"ID":9223372036854775807,"Text":"9223372036854775807"}',
    '{"ID":9223372036854775807,"Text":"9223372036854775807"}',
  ],
  ['{"a\\"":"x\\\\","b": [ 12345678901234567890 ]}', '{"a\\"":"x\\\\","b":[12345678901234567890]}'],
  ['{"12345678901234567890":1}', '{"12345678901234567890":1}'],
  ['{"__proto__":12345678901234567890}', '{"__proto__":12345678901234567890}'],
  ['{"a":1,"a":12345678901234567890}', '{"a":12345678901234567890}'],
  ['{"text":12345678901234567890}', '{"text":12345678901234567890}'],
  ['"\\u0031 :12345678901234567890,1e400"', '"1 :12345678901234567890,1e400"'],
];

/** Texts that are no JSON, with long numbers at places where a mark could make JSON of them. */
const WRONG = [
  '{12345678901234567890:1}',
  '{12345678901234567890 : 1}',
  '[012345678901234567890]',
  '[12345678901234567890.]',
  '[.12345678901234567890]',
  '[+12345678901234567890]',
  '[--12345678901234567890]',
  '[12345678901234567890 1]',
  '["a"12345678901234567890]',
  '[12345678901234567890e]',
  '[12345678901234567890x]',
  '{"a":12345678901234567890',
  '["12345678901234567890',
];

describe('JSON of the API', () => {
  for (const [json, written] of CASES)
    it(`${json} is written as ${written}`, () => assert.equal(writeJson(readJson(json)), written));

  for (const json of WRONG) it(`${json} is refused`, () => assert.throws(() => readJson(json), SyntaxError));

  it('has exact numbers only where a double would be another number', () => {
    const kinds = readJson('[1, 9007199254740993, 1e400, 0.1, 2.50000000000000000, "1", null, true, [], {}]');
    assert.deepEqual(Array.isArray(kinds) && kinds.map(kindOf), [
      ...['number', 'exact', 'exact', 'number', 'number', 'text', 'null', 'boolean', 'list', 'object'],
    ]);
    assert.equal(kindOf(undefined), 'missing');
  });

  it('keeps the digits, if as a text, even where another writer writes them', () =>
    assert.equal(JSON.stringify(readJson('[9223372036854775807]')), '["9223372036854775807"]'));

  it('is read however deeply it is nested', () => {
    const deep = '['.repeat(1000) + '9223372036854775807' + ']'.repeat(1000);
    assert.equal(writeJson(readJson(deep)), deep);
  });

  it('says of a typed number what kind it is', () => {
    assert.equal(numberOfText('12.50'), 12.5);
    assert.deepEqual(numberOfText('9223372036854775807'), new ExactNumber('9223372036854775807'));
    assert.equal(numberOfText('007'), undefined);
  });

  it('is read as JSON.parse reads it, and written back number by number', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 25 });
    const numbers = fc
      .tuple(fc.boolean(), digits, fc.option(digits), fc.option(fc.integer({ min: -400, max: 400 })))
      .map(([minus, whole, decimals, exponent]) =>
        [
          minus ? '-' : '',
          whole.replace(/^0+(?=\d)/, ''),
          decimals === null ? '' : `.${decimals}`,
          exponent === null ? '' : `e${exponent}`,
        ].join(''),
      );
    const json = fc.array(
      fc.oneof(
        numbers,
        fc.jsonValue().map((value) => JSON.stringify(value)),
      ),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(json, fc.constantFrom(',', ', ', ' , ', '\n,'), (parts, comma) => {
        const text = `[${parts.join(comma)}]`;
        const value = readJson(text);
        assert.ok(Array.isArray(value));
        const plain: unknown = JSON.parse(text);
        assert.ok(Array.isArray(plain));
        value.forEach((each: unknown, at) => {
          const part = parts[at] ?? '';
          if (each instanceof ExactNumber) assert.equal(each.text, part);
          else assert.deepEqual(each, plain[at]);
          if (/^-?\d/.test(part))
            assert.ok(isSameNumber(writeJson(each), part), `${part} → ${writeJson(each)}`);
        });
        assert.equal(writeJson(readJson(writeJson(value))), writeJson(value));
      }),
      { numRuns: 500 },
    );
  });
});
