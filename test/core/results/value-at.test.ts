/** Values of earlier responses. */
import assert from 'node:assert/strict';
import { valueAt } from '#core/results/value-at';

const response = { results: [{ ID: '7', Count: 0, Tags: ['a', 'b'], Nothing: null }], total: 12 };

describe('values of a response', () => {
  for (const [path, expected] of [
    [['results', 0, 'ID'], '7'],
    [['RESULTS', 0, 'id'], '7'],
    [['results', 0, 'Count'], '0'],
    [['results', 0, 'Tags'], 'a; b'],
    [['results', 0, 'Nothing'], undefined],
    [['results', 1, 'ID'], undefined],
    [['results', 0, 'ID', 'x'], undefined],
    [['total'], '12'],
    [['constructor'], undefined],
  ] as const) {
    it(path.join('.'), () => assert.equal(valueAt(response, path), expected));
  }
});
