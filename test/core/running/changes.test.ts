/** What tells that records changed while their pages were fetched: duplicates, gaps, and what is said of them. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ApiRecord } from '#core/results/read-page';
import { idOf } from '#core/results/table';
import { ChangeWatch } from '#core/running/changes';
import { IdSet } from '#core/running/id-set';

const ids = (...given: readonly (number | string)[]): ApiRecord[] => given.map((ID) => ({ ID }));
const upTo = (count: number): ApiRecord[] => Array.from({ length: count }, (_, ID) => ({ ID }));
const labels = (...given: readonly string[]): ApiRecord[] => given.map((Label) => ({ Label }));

/** A watch that took these pages, and these totals. */
function watching(
  pages: readonly (readonly ApiRecord[])[],
  totals: readonly (number | undefined)[] = [],
  known?: IdSet,
): ChangeWatch {
  const watch = new ChangeWatch(known);
  for (const page of pages) watch.take(page);
  for (const total of totals) watch.learn(total);
  return watch;
}

describe('changes while pages are fetched', () => {
  describe('duplicates', () => {
    const counts = (
      title: string,
      pages: readonly (readonly ApiRecord[])[],
      expected: number,
      identifies: boolean,
    ) =>
      it(`are ${expected} of ${title}`, () => {
        const watch = watching(pages);
        assert.deepEqual([watch.duplicates, watch.identifies], [expected, identifies]);
      });
    counts('pages with other IDs', [ids(1, 2), ids(3)], 0, true);
    counts('a page with IDs of an earlier one', [ids(1, 2), ids(2, 1, 3)], 2, true);
    counts('records without ID', [labels('a', 'a'), labels('a')], 0, false);
    counts('records with an ID that one page has twice', [ids(1, 1), ids(1)], 0, false);
    it('are not looked for once the memory is full', () =>
      assert.equal(watching([ids(1, 2)], [], new IdSet(2)).identifies, false));
  });

  describe('a page repeats what came', () => {
    const repeats = (
      title: string,
      pages: readonly (readonly ApiRecord[])[],
      page: readonly ApiRecord[],
      expected: boolean,
    ) =>
      it(`${expected ? 'yes' : 'no'}: ${title}`, () => assert.equal(watching(pages).repeats(page), expected));
    repeats('an empty page', [ids(1), []], [], false);
    repeats('all IDs are known, whatever page they came in', [ids(1, 2), ids(3)], ids(3, 1), true);
    repeats('one ID is new', [ids(1, 2)], ids(1, 3), false);
    repeats('known contents without ID, as another page', [labels('a', 'b')], labels('b'), false);
    repeats('the same page without ID', [labels('a', 'b')], labels('a', 'b'), true);
    repeats('a record without ID after some that have one', [ids(1)], labels('a'), false);
    const same = (...texts: readonly string[]) => texts.map((Label) => ({ ID: 1, Label }));
    repeats(
      'the same IDs, which tell nothing apart, with other contents',
      [same('a', 'b')],
      same('c', 'd'),
      false,
    );
    repeats('the same IDs, which tell nothing apart, and contents', [same('a', 'b')], same('a', 'b'), true);
  });

  it('knows all, or one, of the records of a page', () => {
    const watch = watching([ids(1, 2)]);
    assert.deepEqual(
      [watch.knows(ids(1, 2)), watch.knows(ids(1, 3)), watch.knowsAny(ids(1, 3))],
      [true, false, true],
    );
    assert.equal(watch.knowsAny(ids(3)), false);
  });

  describe('a page is the one before, but for its first record', () => {
    const shifted = (before: readonly ApiRecord[], page: readonly ApiRecord[], expected: boolean) =>
      it(`${JSON.stringify(before)} ${JSON.stringify(page)}: ${expected ? 'yes' : 'no'}`, () =>
        assert.equal(new ChangeWatch().isShifted(before, page), expected));
    shifted(ids(1, 2, 3), ids(2, 3), true);
    shifted(ids(1, 2, 3), ids(2, 3, 4), true);
    shifted(ids(1, 2, 3), ids(3, 4, 5), false);
    shifted(ids(1, 2, 3), ids(2), false);
    // One record proves nothing, and neither do records that look the same.
    shifted(ids(1), ids(2), false);
    shifted(labels('a', 'a', 'a'), labels('a', 'a', 'a'), false);
    shifted(labels('a', 'b'), labels('b', 'c'), true);
  });

  describe('missing records', () => {
    const missing = (
      title: string,
      [pages, totals, skipped = 0]: readonly [
        readonly (readonly ApiRecord[])[],
        readonly (number | undefined)[],
        number?,
      ],
      expected: number | undefined,
    ) =>
      it(`${title}: ${expected ?? 'unknown'}`, () =>
        assert.equal(watching(pages, totals).missing(skipped), expected));
    missing('no total', [[upTo(3)], [undefined]], undefined);
    missing('as many as the total says', [[upTo(30)], [30, 30]], 0);
    missing('a total in the first answer only', [[upTo(20)], [30, undefined]], 10);
    missing('fewer than the total', [[upTo(27)], [30]], 3);
    missing('some came twice', [[upTo(27), ids(0, 1, 2)], [30]], 3);
    missing('some were removed', [[upTo(26)], [30, 26]], 4);
    missing('some were added, and not all came', [[upTo(44)], [30, 47]], 3);
    missing('more than the total', [[upTo(35)], [30]], 0);
    missing('the first page is not the first', [[upTo(20)], [30], 10], 0);
    missing('without ID, as many as the total says', [[labels('a', 'a'), labels('a')], [3]], 0);
    missing('IDs that tell nothing apart, as many as the total says', [[ids(1, 1), ids(1)], [3]], 0);
  });

  describe('notes', () => {
    const notes = (
      title: string,
      [pages, totals, skipped = 0]: readonly [readonly (readonly ApiRecord[])[], readonly number[], number?],
      expected: RegExp | undefined,
    ) =>
      it(title, () => {
        const said = watching(pages, totals).notes(skipped).join(' ');
        if (expected === undefined) assert.equal(said, '');
        else assert.match(said, expected);
      });
    notes('none where all is as it should be', [[upTo(3)], [3, 3]], undefined);
    notes('none without a total', [[upTo(3)], []], undefined);
    notes('none where the first page is not the first', [[upTo(3)], [13], 10], undefined);
    notes(
      'of a total that changed',
      [[upTo(3)], [2, 3]],
      /^The records changed .* there were 2, now there are 3\.$/,
    );
    notes(
      'of a total that is wrong',
      [[upTo(3)], [2]],
      /^The platform counts 2, but 3 came: its total is wrong\.$/,
    );
    notes('of a wrong total behind $skip', [[upTo(3)], [12], 10], /^The platform counts 2, but 3 came/);
    notes('none of the total where records came twice', [[upTo(3), ids(1)], [3]], undefined);
    notes('of records without ID', [[labels('a')], [1]], /^Without ID in \$select/);
    notes('of IDs that tell nothing apart', [[ids(1, 1)], [2]], /^Several records have the same ID/);
    it('of a memory that is full', () =>
      assert.match(
        watching([ids(1, 2)], [2], new IdSet(2))
          .notes(0)
          .join(),
        /After 2 IDs, duplicates were no longer/,
      ));
  });

  it('recalls records of an earlier fetch, and finds them again', () => {
    const watch = new ChangeWatch();
    watch.recall(upTo(3));
    watch.learn(4);
    assert.deepEqual([watch.knows(upTo(3)), watch.missing(0), watch.duplicates], [true, 1, 0]);
    watch.take(ids(2, 9));
    assert.deepEqual([watch.missing(0), watch.duplicates], [0, 1]);
  });

  for (const [value, expected] of [
    ['7', '7'],
    [7, '7'],
    [0, '0'],
    ['', undefined],
    [null, undefined],
    [{}, undefined],
    [true, undefined],
  ] as const)
    it(`the ID ${JSON.stringify(value)} is ${expected ?? 'none'}`, () => {
      assert.equal(idOf({ ID: value }), expected);
      assert.equal(idOf({ id: value }), expected);
    });
  it('a record that is not there has no ID', () => assert.equal(idOf(undefined), undefined));
});
