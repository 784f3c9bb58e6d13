/** Which pages to ask for, and which is the last: each rule by itself; `servers.test.ts` has them together. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ApiError } from '#core/remote/api-error';
import type { ApiRecord } from '#core/results/read-page';
import { ChangeWatch } from '#core/running/changes';
import { endAtEmpty, endAtRefusal } from '#core/running/page-end';
import { PagePlan } from '#core/running/page-plan';
import type { Position } from '#core/running/progress';

const ids = (...given: readonly number[]): ApiRecord[] => given.map((ID) => ({ ID }));
const START: Position = { pages: 0, records: 0, size: 10, skip: 0, offset: 0 };

/** A plan for pages of 10 that is at a position. */
const planAt = (position: Partial<Position> = {}, { most = Number.POSITIVE_INFINITY, start = 0 } = {}) =>
  new PagePlan({ start, size: 10, most, from: { ...START, skip: start, offset: start * 10, ...position } });
const planFor = (most = Number.POSITIVE_INFINITY) => new PagePlan({ start: 0, size: 10, most });

describe('the plan of pages', () => {
  it('ends one page behind the total, and where as many pages came as were asked for', () => {
    const end = (position: Partial<Position>, most?: number) => planAt(position, { most }).end;
    assert.equal(end({}), Number.POSITIVE_INFINITY);
    assert.equal(end({}, 3), 3);
    assert.equal(end({ total: 35 }), 5);
    assert.equal(end({ pages: 2, records: 20, total: 35 }), 5);
    assert.equal(end({ total: 35 }, 2), 2);
    // A total that is less than what came is wrong, and says nothing.
    assert.equal(end({ pages: 4, records: 40, total: 5 }), 5);
    assert.deepEqual(
      [planAt({ pages: 2 }, { most: 3 }).done, planAt({ pages: 3 }, { most: 3 }).done],
      [false, true],
    );
  });

  it('wants what the total has left, within the pages that are asked for', () => {
    assert.equal(planAt({ pages: 1, records: 10 }).wanted, undefined);
    assert.equal(planAt({ pages: 1, records: 10, total: 95 }).wanted, 95);
    assert.equal(planAt({ pages: 1, records: 10, total: 95 }, { most: 3 }).wanted, 30);
    assert.equal(planAt({ pages: 2, records: 20, total: 5 }).wanted, 20);
  });

  for (const [title, position, start, reached, promisesMore] of [
    ['no total', { pages: 1, records: 10 }, 0, false, false],
    ['fewer came than the total says', { pages: 1, records: 10, total: 11 }, 0, false, true],
    ['as many came', { pages: 1, records: 10, total: 10 }, 0, true, false],
    ['more came: the total is wrong', { pages: 1, records: 10, total: 5 }, 0, false, false],
    ['as many came as follow $skip', { pages: 1, records: 10, total: 20 }, 1, true, false],
    ['the last record precedes the first page', { total: 5 }, 1, true, false],
    ['there is none', { total: 0 }, 0, true, false],
  ] as const)
    it(`${title}: ${reached ? 'all came' : 'not all came'}, and ${promisesMore ? 'more are' : 'no more is'} promised`, () => {
      const plan = planAt(position, { start });
      assert.deepEqual([plan.reached, plan.promisesMore], [reached, promisesMore]);
    });

  it('asks for the total with the first page, the last that has records, and the one after it', () => {
    const counted = (plan: PagePlan, first = 0) => [0, 1, 2, 3, 4].filter((page) => plan.counts(page, first));
    assert.deepEqual(counted(planAt({ total: 35 })), [0, 3, 4]);
    assert.deepEqual(counted(planAt({}), 2), [2]);
    assert.deepEqual(counted(planAt({ total: 35 }, { most: 1 })), []);
  });

  it('learns the total, but not that there is none from an empty page after others', () => {
    const learned = (total: number | undefined, empty: boolean) => {
      const plan = planAt({ pages: 1, records: 10, total: 10 });
      plan.learn(total, empty);
      return plan.total;
    };
    assert.deepEqual(
      [learned(12, false), learned(undefined, false), learned(0, false), learned(0, true), learned(12, true)],
      [12, 10, 0, 10, 12],
    );
  });

  it('is settled unless the first of several pages is longer or shorter than asked for', () => {
    const after = (count: number, most?: number) => {
      const plan = planFor(most);
      plan.take(count);
      return plan.settled;
    };
    assert.deepEqual(
      [after(10), after(9), after(11), after(0), after(9, 1)],
      [true, false, false, true, true],
    );
    const second = planFor();
    second.take(10);
    second.take(3);
    assert.equal(second.settled, true);
    const from = (pages: number, records: number) => planAt({ pages, records }).settled;
    assert.deepEqual([from(1, 9), from(1, 10), from(2, 19)], [false, true, true]);
    const settled = planFor();
    settled.take(7);
    settled.settle({ skip: 1, size: 7, offset: 0 });
    assert.deepEqual([settled.settled, settled.addressOf(2)], [true, { skip: 2, top: 7 }]);
    assert.deepEqual(planFor().addressOf(2), { skip: 2 });
  });
});

describe('the last page', () => {
  const watch = new ChangeWatch();
  watch.take(ids(1, 2));
  type Pages = Readonly<Record<number, readonly ApiRecord[]>>;

  for (const [next, expected] of [
    [undefined, 'empty'],
    [[], 'empty'],
    [ids(2, 1), 'empty'],
    [ids(3), /^Page 4 was empty although page 5 has records/],
    [ids(2, 3), /^Page 4 was empty/],
  ] as const)
    it(`is an empty one, where ${JSON.stringify(next)} comes after it: ${String(expected)}`, async () => {
      const asked: number[] = [];
      const end = await endAtEmpty(3, watch, (page) => {
        asked.push(page);
        return Promise.resolve(next);
      });
      assert.deepEqual(asked, [4]);
      if (typeof expected === 'string') assert.equal(end, expected);
      else assert.match(typeof end === 'object' && end.kind === 'doubtful' ? end.reason : '', expected);
    });

  const refusal = (
    title: string,
    kind: 'not-found' | 'refused',
    pages: Pages,
    expected: 'empty' | 'doubtful',
  ) =>
    it(`is the one before a refused one, ${title}: ${expected}`, async () => {
      const error = new ApiError(kind, { status: kind === 'refused' ? 400 : 404 });
      const position = { ...START, pages: 3, records: 30 };
      const end = await endAtRefusal(error, position, watch, (page) => Promise.resolve(pages[page]));
      assert.equal(typeof end === 'object' ? end.kind : end, expected);
    });
  refusal('not found, with the one before still there', 'not-found', { 2: ids(1, 2) }, 'empty');
  refusal('not found, as one before it now', 'not-found', {}, 'doubtful');
  refusal('not found, with another one before it now', 'not-found', { 2: ids(1, 9) }, 'doubtful');
  refusal('not found, with an empty one before it now', 'not-found', { 2: [] }, 'doubtful');
  refusal('not found, with records after it', 'not-found', { 2: ids(1, 2), 4: ids(7) }, 'doubtful');
  refusal('not understood', 'refused', { 2: ids(1, 2) }, 'doubtful');
});
