/** Decimals of any length. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { DecimalSum, isSameNumber, type NumericText, plainNumber } from '#core/values/decimal';
import { ExactNumber, numberOfText } from '#core/values/exact-number';
import { compareNumbers, type Numeric, numericOf } from '#core/values/numbers';
import { readJson } from '#core/values/read-json';

const SUMS: readonly (readonly [numbers: readonly Numeric[], sum: string])[] = [
  [[], '0'],
  [[0.1, 0.2], '0.3'],
  [[9007199254740991, 1, 1], '9007199254740993'],
  [['9223372036854775807', '9223372036854775806'], '18446744073709551613'],
  [['0.00000000000000000001', 1], '1.00000000000000000001'],
  [[1e21, -1e21, 5], '5'],
  [[12.5, '-12.50'], '0'],
  [[1e-7, 1e-7], '0.0000002'],
  [['-0.5', -0.25], '-0.75'],
];

const ORDERED = [
  ...[
    '-1e400',
    '-9223372036854775808',
    '-1',
    '-0.10000000000000000001',
    '-0.1',
    '-1e-400',
    '0',
    '1e-400',
    '1e-7',
  ],
  ...['0.1', '0.10000000000000000001', '9223372036854775806', '9223372036854775807', '1e300', '1e400'],
].map((text) => numericOf(numberOfText(text)) ?? assert.fail(text));

describe('decimals', () => {
  for (const [numbers, expected] of SUMS)
    it(`${numbers.join(' + ')} is ${expected}`, () => {
      const sum = new DecimalSum();
      for (const each of numbers) sum.add(each);
      assert.equal(sum.text, expected);
      assert.ok(sum.exact);
    });

  it('say when a sum was rounded', () => {
    const sum = new DecimalSum();
    for (const digits of ['1e999999999', '1']) sum.add(digits as NumericText);
    assert.equal(sum.exact, false);
  });

  for (const [text, plain] of [
    ['1e-7', '0.0000001'],
    ['-1.5E-3', '-0.0015'],
    ['1e+21', '1000000000000000000000'],
    ['1e400', '1e400'],
    ['0e5', '0'],
    ['12.50', '12.50'],
  ] as const)
    it(`${text} is shown as ${plain}`, () => assert.equal(plainNumber(text as NumericText), plain));

  it('are in order in all digits', () => {
    ORDERED.forEach((a, at) =>
      ORDERED.forEach((b, other) =>
        assert.equal(Math.sign(compareNumbers(a, b)), Math.sign(at - other), `${a} and ${b}`),
      ),
    );
    assert.equal(compareNumbers('1.50', 1.5), 0);
    assert.ok(isSameNumber('1.50', '15e-1'));
  });

  it('are quick, however many digits they have', () => {
    const zeros = `1${'0'.repeat(2_000_000)}1`;
    const started = performance.now();
    const value = readJson(`[${zeros},0.${zeros},${zeros}2]`);
    assert.ok(Array.isArray(value));
    const [a, b, c] = value.map(numericOf);
    assert.ok(a !== undefined && b !== undefined && c !== undefined);
    assert.ok(compareNumbers(a, b) > 0 && compareNumbers(a, c) < 0 && compareNumbers(a, a) === 0);
    const sum = new DecimalSum();
    sum.add(a);
    assert.equal(sum.exact, false);
    assert.ok(performance.now() - started < 5000);
  });

  it('are read of numbers, exact numbers and texts of digits', () => {
    const values = [1.5, new ExactNumber('9223372036854775807'), '007', '.5', '1e5', 'x', null, true];
    assert.deepEqual(values.map(numericOf), [
      ...[1.5, '9223372036854775807', '007', '.5', undefined, undefined, undefined, undefined],
    ]);
  });

  it('add up as whole numbers do', () => {
    const cents = fc.array(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }));
    fc.assert(
      fc.property(cents, (numbers) => {
        const sum = new DecimalSum();
        for (const each of numbers) sum.add(`${each}e-2` as NumericText);
        const total = numbers.reduce((a, b) => a + b, 0n);
        assert.ok(isSameNumber(sum.text, `${total}e-2`));
      }),
    );
  });
});
