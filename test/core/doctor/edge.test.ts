/** The search for a limit: exact wherever it is, and with few questions. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { findEdge } from '#core/doctor/edge';

describe('search for a limit', () => {
  const search = async (limit: number) => {
    let questions = 0;
    const edge = await findEdge(50, 3200, async (value) => {
      questions++;
      return Promise.resolve(value <= limit);
    });
    return { edge, questions };
  };
  for (const [limit, most] of [
    [100, 4],
    [500, 7],
    [1000, 9],
    [1024, 12],
    [2048, 14],
  ] as const)
    it(`finds ${limit} with at most ${most} questions`, async () => {
      const { edge, questions } = await search(limit);
      assert.deepEqual(edge, { most: limit });
      assert.ok(questions <= most, `${questions} questions`);
    });

  it('finds every limit', async () =>
    fc.assert(
      fc.asyncProperty(fc.integer({ min: 50, max: 3199 }), async (limit) => {
        const { edge, questions } = await search(limit);
        assert.deepEqual(edge, { most: limit });
        assert.ok(questions <= 25, `${questions} questions`);
      }),
    ));

  it('says that even the bound is accepted, or not even the first', async () => {
    assert.deepEqual((await search(3200)).edge, { none: 3200 });
    assert.deepEqual((await search(49)).edge, { refused: 50 });
  });

  it('ends at an answer that says nothing', async () => {
    const edge = await findEdge(50, 3200, async (value) => Promise.resolve(value < 100 ? true : undefined));
    assert.deepEqual(edge, { unclearAt: 100 });
  });
});
