/** The model of a result while it is sorted and replaced. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Model } from '#webview/data/model';

describe('the model of a result', () => {
  const many = Array.from({ length: 50_000 }, (_, at) => ({
    ID: String(at),
    Text: `x${(at * 7919) % 50_000}`,
  }));

  it('is not busy for ever when another run begins while it sorts', async () => {
    const model = new Model('en-GB', () => undefined);
    model.add(0, many);
    const sorting = model.setSort([{ column: 'Text', descending: false }]);
    assert.equal(model.busy, true);
    model.reset();
    await sorting;
    assert.equal(model.busy, false);
    assert.equal(model.rows, undefined);
    assert.equal(model.count, 0);
  });
});
