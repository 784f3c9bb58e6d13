/** What is known of a platform: the table of questions, and reading answers from outside. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Catalog, meaningOf, type Metadata, parseMetadata, TRAIT_NAMES, TRAITS } from '#language';
import { ASSUMED, parseTraits } from '#language/catalog/traits';

const metadata: Metadata = {
  version: 1,
  root: 'https://a.example/accessplan',
  fetchedAt: 'now',
  modules: [],
};

describe('traits of a platform', () => {
  for (const [given, read] of [
    [
      { parentheses: true, in: false },
      { parentheses: true, in: false },
    ],
    [{ parentheses: 'true', wombat: 1, constructor: 'x' }, {}],
    [{ quotes: 'backslash', precedence: 'right-to-left' }, { quotes: 'backslash' }],
    [{ largestTop: 20, longestAddress: -1 }, { largestTop: 20 }],
    [{ largestTop: 'none', longestAddress: 1.5 }, { largestTop: 'none' }],
    [
      { countNames: { total: 'Found', wombat: 'x', pageIndex: 5, pageTotal: '' } },
      { countNames: { total: 'Found' } },
    ],
    [{ rateLimit: [] }, {}],
    [null, {}],
    [[], {}],
  ] as const)
    it(`reads ${JSON.stringify(given)}`, () => assert.deepEqual(parseTraits(given), read));

  it('never throws on outside data, and reads again what it read', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.jsonValue(), fc.dictionary(fc.constantFrom(...TRAIT_NAMES), fc.jsonValue())),
        (value) => {
          const read = parseTraits(value);
          assert.deepEqual(parseTraits(JSON.parse(JSON.stringify(read))), read);
        },
      ),
    );
  });

  for (const name of TRAIT_NAMES)
    it(`tells people about ${name}`, () => {
      const told = [TRAITS[name].subject, meaningOf(name, ASSUMED[name])];
      for (const sentence of told)
        assert.ok(sentence.length > 5 && !sentence.includes('undefined'), sentence);
      assert.match(told[1] ?? '', /\.$/);
    });

  it('are those of the cache file, else the assumed ones', () => {
    assert.deepEqual(new Catalog(metadata).traits, ASSUMED);
    const read = parseMetadata(
      JSON.stringify({
        ...metadata,
        platform: { checkedAt: '2026-01-31T12:00:00Z', traits: { in: true, no: 1 } },
      }),
    );
    assert.ok(read.ok);
    assert.deepEqual(read.metadata.platform, { checkedAt: '2026-01-31T12:00:00Z', traits: { in: true } });
    assert.deepEqual(new Catalog(read.metadata).traits, { ...ASSUMED, in: true });
  });
});
