/** Whether a write leaves a value as it is. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readJson } from '#core/values/read-json';
import { sameValue } from '#core/writing/same-value';
import type { FieldType } from '#language';

describe('a value that is written', () => {
  const rows: readonly (readonly [type: FieldType, before: string, after: string, same: boolean])[] = [
    ['decimal', '1.5', '1.50', true],
    ['decimal', '"1.50"', '1.5', true],
    ['decimal', '1.5', '1.51', false],
    ['decimal', '12345678901234567890.10', '12345678901234567890.1', true],
    ['decimal', '12345678901234567890', '12345678901234567891', false],
    ['integer', '5', '5.0', true],
    ['integer', '0', 'null', false],
    ['integer', '""', 'null', true],
    ['integer', '0', '""', false],
    ['boolean', 'true', '"True"', true],
    ['boolean', 'false', 'null', false],
    ['datetime', '"2026-01-01T00:00:00"', '"2026-01-01"', true],
    ['date', '"2026-01-01"', '"2026-01-01T00:00:00"', true],
    ['datetime', '"2026-01-01T09:30:00"', '"2026-01-01T09:30"', true],
    ['datetime', '"2026-01-01T09:30:00"', '"2026-01-01T09:30:00.000"', true],
    ['datetime', '"2026-01-01T09:30:00"', '"2026-01-01T09:30:01"', false],
    ['datetime', '"2026-01-01T09:30:00"', '"2026-01-01T09:30:00Z"', false],
    ['datetime', '"2026-01-01T09:30:00Z"', '"2026-01-01T09:30:00Z"', true],
    ['datetime', '""', 'null', true],
    ['datetime', 'null', '"2026-01-01"', false],
    ['time', '"09:30:00"', '"09:30"', true],
    ['time', '"09:30:00"', '"09:31"', false],
    ['string', '"a"', '"A"', false],
    ['string', '"a"', '"a "', false],
    ['string', '"1.50"', '"1.5"', false],
    ['string', '5', '"5"', true],
    ['string', '""', 'null', false],
    ['string', 'null', 'null', true],
    ['string', '"2026-01-01"', '"2026-01-01T00:00:00"', false],
    ['list', '[]', 'null', true],
    ['list', '[]', '""', true],
    ['list', '"Dr"', '["Dr"]', true],
    ['list', '["a","b"]', '["b","a"]', false],
    ['unknown', '1.50', '1.5', true],
    ['unknown', '"1.50"', '"1.5"', false],
    ['unknown', '"1"', '1', false],
    ['unknown', '""', 'null', false],
    ['unknown', '[]', '[]', true],
  ];
  for (const [type, before, after, same] of rows)
    it(`${type}: ${before} and ${after} are ${same ? 'the same' : 'different'}`, () => {
      assert.equal(sameValue(type, readJson(before), readJson(after)), same);
    });
  it('is not the same as one that the platform did not show', () => {
    assert.equal(sameValue('string', undefined, null), false);
  });
});
