/** Which values of a field are the same to a write. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readJson } from '#core/values/read-json';
import { sameValue } from '#core/values/same-value';

/** Type, two values as JSON, and whether they are the same; `-` is a member that the record lacks. */
const ROWS: readonly (readonly [type: string, before: string, after: string, same: boolean])[] = [
  ['decimal', '1.50', '1.5', true],
  ['decimal', '"1.50"', '1.5', true],
  ['decimal', '1e2', '100', true],
  ['decimal', '1.5', '1.6', false],
  ['integer', '9223372036854775807', '9223372036854775807', true],
  ['integer', '9223372036854775807', '9223372036854775806', false],
  ['integer', 'null', '0', false],
  ['date', '"2026-01-01"', '"2026-01-01T00:00:00"', true],
  ['datetime', '"2026-01-01T09:00"', '"2026-01-01T09:00:00.000"', true],
  ['datetime', '"2026-01-01T09:00:00"', '"2026-01-01T09:00:00Z"', false],
  ['datetime', '"2026-01-01T09:00:00.1234567"', '"2026-01-01T09:00:00.1234568"', false],
  ['date', '"2025-02-31"', '"2025-02-31"', true],
  ['time', '"09:30"', '"09:30:00"', true],
  ['boolean', '"True"', 'true', true],
  ['boolean', 'true', 'false', false],
  ['list', '["a"]', '"a"', true],
  ['list', '["a","b"]', '["b","a"]', false],
  ['string', '"007"', '"7"', false],
  ['string', '"1.50"', '"1.5"', false],
  ['string', '"a"', '"a "', false],
  ['string', '""', 'null', false],
  ['unknown', '1.50', '1.5', true],
  ['unknown', '"1.5"', '1.5', false],
  ['unknown', '{"a":1}', '{"a":1}', true],
  ['integer', '""', 'null', true],
  ['list', '[]', 'null', true],
  ['datetime', '""', 'null', true],
  ['string', '-', '""', false],
  ['integer', '-', 'null', false],
];

describe('the values of a field', () => {
  const read = (json: string) => (json === '-' ? undefined : readJson(json));
  for (const [type, before, after, same] of ROWS)
    it(`${same ? 'are' : 'are not'} the same: ${type} ${before}, ${after}`, () => {
      assert.equal(sameValue(type, read(before), read(after)), same);
      assert.equal(sameValue(type, read(after), read(before)), same);
    });
});
