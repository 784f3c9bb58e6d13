/** A table for people, whatever its records and its width. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cellsOf } from '#core/results/cells';
import { headOf, toTextTable } from '#core/results/text-table';
import { property } from './support/property';

describe('tables for people', () => {
  const value = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom('2026-01-31', '2026-01-31T09:30:00', '1000023', null, true, '東京で救急法', '👩‍👩‍👧‍👦'),
  );
  const name = fc.oneof(fc.constantFrom('ID', 'Label', 'Übung'), fc.string({ minLength: 1, maxLength: 20 }));
  const records = fc.array(fc.dictionary(name, value, { maxKeys: 12 }), { minLength: 1, maxLength: 6 });

  property(
    'has no line that is too wide, shows or names each column, and cuts no number, date or ID',
    200,
    fc.tuple(records, fc.integer({ min: 12, max: 200 })),
    ([some, width]) => {
      const names = [...new Set(some.flatMap((record) => Object.keys(record)))];
      const { head, body, hidden } = toTextTable(some, names, width);
      for (const line of [head, ...body]) assert.ok(cellsOf(line) <= width, JSON.stringify(line));
      const columns = (body[0] ?? '').split('  ').filter((rule) => rule !== '');
      assert.equal(columns.length + hidden.length, names.length);
      // Names are shown on one line, and two may look alike there.
      const left = names.filter((each) => !hidden.includes(headOf(each)));
      some.forEach((record, index) =>
        left.forEach((each) => {
          const written = record[each];
          if (typeof written === 'number' && Math.abs(written) < 1e15 && Number.isInteger(written))
            assert.ok(body[index + 1]?.includes(String(written)), String(written));
        }),
      );
    },
  );
});
