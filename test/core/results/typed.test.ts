/** Records with one type for each column, as the metadata say. */
import assert from 'node:assert/strict';
import { type FieldTypes, typed } from '#core/results/typed';
import { readJson } from '#core/values/read-json';
import { writeJson } from '#core/values/write-json';

const TYPES: FieldTypes = new Map([
  ['n', 'integer'],
  ['d', 'decimal'],
  ['b', 'boolean'],
  ['s', 'string'],
  ['t', 'datetime'],
  ['l', 'list'],
  ['u', 'unknown'],
]);

describe('typed records', () => {
  for (const [before, after] of [
    ['{"N":"12","d":"1.5","B":"True"}', '{"N":12,"d":1.5,"B":true}'],
    [
      '{"n":"12345678901234567890","d":"0.12345678901234567890"}',
      '{"n":12345678901234567890,"d":0.12345678901234567890}',
    ],
    ['{"n":7,"d":-1e-7,"b":false}', '{"n":7,"d":-1e-7,"b":false}'],
    ['{"n":"","d":null,"b":"","t":"","s":""}', '{"n":null,"d":null,"b":null,"t":null,"s":""}'],
    ['{"n":[],"s":[],"t":[]}', '{"n":null,"s":null,"t":null}'],
    ['{"l":[]}', '{"l":[]}'],
    ['{"l":["a"]}', '{"l":["a"]}'],
    ['{"l":"a"}', '{"l":["a"]}'],
    ['{"l":""}', '{"l":[]}'],
    ['{"l":null}', '{"l":[]}'],
    ['{"n":"n/a","d":"007","b":"yes"}', '{"n":"n/a","d":"007","b":"yes"}'],
    ['{"u":"1","other":[]}', '{"u":"1","other":[]}'],
  ] as const)
    it(`${before} → ${after}`, () =>
      assert.equal(writeJson(typed([readJson(before) as Record<string, unknown>], TYPES, [])[0]), after));

  it('have all fields that were asked for', () =>
    assert.deepEqual(typed([{ n: '1' }], TYPES, ['N', 'L', 'S', 'other']), [{ n: 1, L: [], S: null }]));
});
