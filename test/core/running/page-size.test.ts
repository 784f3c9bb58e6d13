/** How a platform counts its pages: what each probe decides. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ChangeWatch } from '#core/running/changes';
import { nextPage } from '#core/running/page-size';

const records = (...ids: readonly number[]) => ids.map((id) => ({ ID: `r${id}` }));

describe('the page after one that is not as long as asked for', () => {
  /** The first page begins with record 10 and has 3 of the 10 that were asked for; `pages` by number and size. */
  const next = async (
    pages: Readonly<Record<string, readonly { readonly ID: string }[]>>,
    { start = 1, reached = false } = {},
  ) => {
    const watch = new ChangeWatch();
    watch.take(start === 0 ? records(0, 1, 2) : records(10, 11, 12));
    const asked: string[] = [];
    const found = await nextPage({ start, asked: 10, given: 3, reached }, watch, (skip, size) => {
      asked.push(`${skip} by ${size}`);
      return Promise.resolve(pages[`${skip} by ${size}`] ?? []);
    });
    return { asked: asked.join(', '), ...found };
  };

  it('follows in pages of its length, where $skip counts what is asked for', async () => {
    const found = await next({
      '1 by 3': records(3, 4, 5),
      '3 by 3': records(9, 10, 11),
      '4 by 3': records(12, 13, 14),
    });
    assert.equal(found.asked, '1 by 3, 3 by 3, 4 by 3');
    assert.deepEqual([found.skip, found.size, found.offset, found.unsure], [4, 3, 10, undefined]);
    assert.deepEqual(found.records, records(13, 14));
  });

  it('follows in pages of its length, where $skip counts what came', async () => {
    const found = await next({ '1 by 3': records(10, 11, 12), '2 by 3': records(13) });
    assert.deepEqual([found.skip, found.size, found.offset, found.records], [2, 3, 3, records(13)]);
  });

  for (const [what, pages] of [
    [
      'the page before does not hold its beginning',
      { '3 by 3': records(8, 9, 10), '4 by 3': records(12, 13) },
    ],
    [
      'the next page does not begin with its end',
      { '3 by 3': records(9, 10, 11), '4 by 3': records(20, 13) },
    ],
    ['the next page holds more of it', { '3 by 3': records(9, 10, 11), '4 by 3': records(12, 11) }],
  ] as const)
    it(`is as the request says where ${what}`, async () => {
      const found = await next({ '1 by 3': records(3, 4, 5), ...pages });
      assert.deepEqual([found.skip, found.size, found.offset, found.unsure], [2, 10, 10, true]);
    });

  it('is as the request says where one of its length is empty and one as asked for is not', async () => {
    const found = await next({ '1 by 10': records(13) }, { start: 0 });
    assert.deepEqual([found.skip, found.size, found.unsure, found.asked], [1, 10, true, '1 by 3, 1 by 10']);
    assert.equal((await next({}, { start: 0, reached: true })).asked, '1 by 3');
    assert.equal((await next({ '1 by 10': records(2) }, { start: 0 })).unsure, undefined);
  });

  it('takes no empty page for the first one', async () => {
    const found = await next({ '3 by 3': records(9, 10, 11), '4 by 3': records(12, 13) });
    assert.deepEqual([found.skip, found.size, found.offset, found.records], [4, 3, 10, records(13)]);
  });

  describe('without IDs', () => {
    const labels = (...numbers: readonly number[]) => numbers.map((Label) => ({ Label }));
    const nextOf = async (pages: Readonly<Record<string, readonly object[]>>) => {
      const watch = new ChangeWatch();
      watch.take(labels(10, 11, 12));
      return nextPage({ start: 1, asked: 10, given: 3, reached: false }, watch, (skip, size) =>
        Promise.resolve((pages[`${skip} by ${size}`] ?? []) as ReturnType<typeof labels>),
      );
    };
    it('is unknown where pages of either length could begin with it', async () =>
      assert.equal(await nextOf({ '1 by 3': labels(10, 11, 12), '2 by 3': labels(13) }), undefined));
    it('is not looked for in what comes before, where records may look the same', async () => {
      const found = await nextOf({ '1 by 3': labels(3), '3 by 3': labels(8), '4 by 3': labels(20, 11) });
      assert.deepEqual([found?.skip, found?.size, found?.unsure], [4, 3, undefined]);
    });
  });
});
