/** Sorting. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { ExactNumber } from '#core/values/exact-number';
import { readJson } from '#core/values/read-json';
import type { Column, Kind } from '#webview/data/columns';
import { Slices, Superseded } from '#webview/data/slices';
import { sortRows } from '#webview/data/sort';

const column = (name: string, kind: Kind): Column => ({ name, kind, decimals: 0, seconds: false });

async function sorted(
  values: readonly unknown[],
  kind: Kind,
  descending = false,
  slices = new Slices(),
): Promise<unknown[]> {
  const records = values.map((value) => ({ X: value }));
  const rows = await sortRows(
    Uint32Array.from(values.keys()),
    records,
    [{ column: 'X', descending, of: column('X', kind) }],
    slices,
  );
  return [...rows].map((row) => values[row]);
}

describe('sorting', () => {
  const sorts = (kind: Kind, values: readonly unknown[], up: readonly unknown[], down: readonly unknown[]) =>
    it(`${kind}: ${JSON.stringify(values)}`, async () => {
      assert.deepEqual(await sorted(values, kind), up);
      assert.deepEqual(await sorted(values, kind, true), down);
    });
  sorts('number', [3, null, -1, '2'], [-1, '2', 3, null], [3, '2', -1, null]);
  const [a, b, c] = ['9223372036854775805', '9223372036854775806', '9223372036854775807'] as const;
  sorts('number', [c, a, null, b], [a, b, c, null], [c, b, a, null]);
  const [x, y, z] = [a, b, c].map((digits) => new ExactNumber(digits));
  sorts('number', [z, 5, x, y, null, 1e300], [5, x, y, z, 1e300, null], [1e300, z, y, x, 5, null]);
  const [least, most] = ['-1e400', '1e400'].map((digits) => readJson(digits));
  sorts('number', [most, 5, null, least], [least, 5, most, null], [most, 5, least, null]);
  const [long, longer] = ['9223372036854775807', '10000000000000000000'];
  sorts('text', [longer, 'x', long], [long, longer, 'x'], ['x', longer, long]);
  sorts('text', ['b', '', 'É', 'a', 'e'], ['a', 'b', 'É', 'e', ''], ['É', 'e', 'b', 'a', '']);
  sorts('text', ['Room 10', 'Room 2'], ['Room 2', 'Room 10'], ['Room 10', 'Room 2']);
  sorts('text', ['10', '9', null, '100'], ['9', '10', '100', null], ['100', '10', '9', null]);
  sorts(
    'datetime',
    ['2026-02-01', '2026-01-31T10:00'],
    ['2026-01-31T10:00', '2026-02-01'],
    ['2026-02-01', '2026-01-31T10:00'],
  );
  for (const [early, late] of [
    ['2024-01-01T10:00:00', '2024-01-01T10:00:00.001'],
    ['2024-01-01T10:00:00.123', '2024-01-01T10:00:00.124'],
    ['2024-01-01T10:00:00.999999', '2024-01-01T10:00:01'],
    ['2024-01-01T10:00:00.1234567', '2024-01-01T10:00:00.1234568'],
    ['1900-01-01T10:00:00.123', '1900-01-01T10:00:00.124'],
  ] as const) {
    sorts('datetime', [late, null, early], [early, late, null], [late, early, null]);
  }
  sorts('boolean', [true, null, false], [false, true, null], [true, false, null]);

  it('sorts by several columns', async () => {
    const records = ['b1', 'a1', 'b2', 'a2'].map((text) => ({ Letter: text[0], Digit: Number(text[1]) }));
    const rows = await sortRows(
      Uint32Array.from([0, 1, 2, 3]),
      records,
      [
        { column: 'Letter', descending: false, of: column('Letter', 'text') },
        { column: 'Digit', descending: true, of: column('Digit', 'number') },
      ],
      new Slices(),
    );
    assert.deepEqual([...rows], [3, 1, 2, 0]);
  });

  it('is stable and right for any numbers, in slices of any size', async () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.integer({ min: -5, max: 5 }), fc.double({ noNaN: true }))),
        async (values) => {
          const expected = values.toSorted((a, b) => a - b);
          const got = (await sorted(values, 'number', false, new Slices(undefined, -1))) as number[];
          // 0 and -0 are equal here.
          assert.deepEqual(
            got.map((value) => value + 0),
            expected.map((value) => value + 0),
          );
        },
      ),
      { numRuns: 50 },
    ));

  it('sorts many texts as the engine does', async () => {
    const values = Array.from({ length: 20_000 }, (_, at) => `t${((at * 7919) % 20_011).toString(36)}x`);
    const got = await sorted(values, 'text');
    assert.equal(new Set(got).size, values.length);
    const digits = (text: unknown) => String(text).replace(/\d+/g, (each) => each.padStart(12, '0'));
    assert.deepEqual(
      got,
      values.toSorted((a, b) => (digits(a) < digits(b) ? -1 : 1)),
    );
  });

  it('ends when it is cancelled', async () => {
    const control = new AbortController();
    const work = sorted(
      Array.from({ length: 50_000 }, (_, at) => at),
      'number',
      false,
      new Slices(control.signal, -1),
    );
    control.abort();
    await assert.rejects(work, Superseded);
  });
});
