/** Values of earlier responses. */
import assert from 'node:assert/strict';
import { valueAt } from '#core/results/value-at';
import { readJson } from '#core/values/read-json';

const response = {
  results: [
    {
      Id: '6',
      ID: '7',
      'Caf\u00e9': 'x',
      Count: 0,
      Tags: ['a', 'b'],
      Nothing: null,
      Big: readJson('9223372036854775807'),
    },
  ],
  total: 12,
};

describe('values of a response', () => {
  for (const [path, expected] of [
    [['results', 0, 'ID'], '7'],
    [['RESULTS', 0, 'id'], '6'],
    [['results', 0, 'CAFE\u0301'], 'x'],
    [['results', 0, 'Count'], '0'],
    [['results', 0, 'Tags'], { kind: 'list' }],
    [['results', 0, 'Tags', 1], 'b'],
    [['results', 0], { kind: 'record' }],
    [['results'], { kind: 'list' }],
    [['results', 0, 'Nothing'], undefined],
    [['results', 0, 'Big'], '9223372036854775807'],
    [['results', 0, 'Big', 'text'], undefined],
    [['results', 1, 'ID'], undefined],
    [['results', 0, 'ID', 'x'], undefined],
    [['total'], '12'],
    [['constructor'], undefined],
    [['results', 0, '__proto__'], undefined],
    [['results', 0, 'Tags', 'toString'], undefined],
  ] as const) {
    it(path.join('.'), () => assert.deepEqual(valueAt(response, path), expected));
  }
});
