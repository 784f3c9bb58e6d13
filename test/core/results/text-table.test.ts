/** Tables for people: what gives way where there is little room, and what never does. */
import assert from 'node:assert/strict';
import { cellsOf, cutToCells } from '#core/results/cells';
import type { ApiRecord } from '#core/results/read-page';
import { hiddenNote, toTextTable } from '#core/results/text-table';
import { readJson } from '#core/values/read-json';

const RECORDS = readJson(`[
  { "ID": "1000023", "Label": "Emergency First Aid at Work (one day) in Lancaster", "StartDate": "2026-01-31T09:30:00",
    "Price": 95.5, "Places": 12, "Notes": "Bring a pen.\\nAnd paper.", "Open": true },
  { "ID": "1000024", "Label": "Fire", "StartDate": "2026-02-01T00:00:05", "Price": 1200, "Places": null, "Notes": "" }
]`) as ApiRecord[];
const COLUMNS = ['ID', 'Label', 'StartDate', 'Price', 'Places', 'Notes', 'Open'];

const shown = (records: readonly ApiRecord[], columns: readonly string[], width?: number): string => {
  const table = toTextTable(records, columns, width);
  return [table.head, ...table.body, ...hiddenNote(table)].join('\n');
};

describe('a table for people', () => {
  it('has whole IDs, dates and numbers in 80 columns, and numbers at the right', () =>
    assert.equal(
      shown(RECORDS, COLUMNS, 80),
      `ID       Label         StartDate              Price  Places  Notes         Open
───────  ────────────  ───────────────────  ───────  ──────  ────────────  ────
1000023  Emergency F…  2026-01-31 09:30       95.50      12  Bring a pen…  true
1000024  Fire          2026-02-01 00:00:05  1200.00`,
    ));
  it('shows amounts with two decimals at least, also whole ones, and no number with fewer digits than it has', () =>
    assert.equal(
      shown(
        readJson(
          '[{ "a": 12, "b": 1.25, "c": 1e-60, "d": 1.5 }, { "a": 7, "b": 12345678901234567890.125, "c": 3.5, "d": "1.5" }, { "a": null, "b": -2, "c": 0 }]',
        ) as ApiRecord[],
        ['a', 'b', 'c', 'd'],
      ),
      ` a                         b      c  d
──  ────────────────────────  ─────  ───
12                      1.25  1e-60  1.5
 7  12345678901234567890.125   3.50  1.5
                       -2.00   0.00`,
    ));
  it('leaves out what does not fit in 40 columns, and names it', () =>
    assert.equal(
      shown(RECORDS, COLUMNS, 40),
      `ID       Label             Price  Places
───────  ──────────────  ───────  ──────
1000023  Emergency Fir…    95.50      12
1000024  Fire            1200.00
Not shown: StartDate, Notes, Open (--format csv has all).`,
    ));
  it('takes 120 columns in a pipe', () =>
    assert.equal(
      shown(RECORDS, COLUMNS),
      `ID       Label                                       StartDate              Price  Places  Notes                    Open
───────  ──────────────────────────────────────────  ───────────────────  ───────  ──────  ───────────────────────  ────
1000023  Emergency First Aid at Work (one day) in …  2026-01-31 09:30       95.50      12  Bring a pen. And paper.  true
1000024  Fire                                        2026-02-01 00:00:05  1200.00`,
    ));

  it('names all of 60 fields that it does not show', () => {
    const names = Array.from({ length: 60 }, (_, index) => `Field${index}`);
    const table = toTextTable([Object.fromEntries(names.map((name) => [name, 'some text']))], names, 80);
    assert.equal(table.head, 'Field0     Field1     Field2     Field3     Field4     Field5     Field6');
    assert.deepEqual(table.hidden, names.slice(7));
    assert.match(hiddenNote(table).join(), /^Not shown: Field7, .*, Field59 \(--format csv has all\)\.$/);
  });

  for (const [text, cells] of [
    ['abc', 3],
    ['東京', 4],
    ['한국어', 6],
    ['e\u0301te\u0301', 3],
    ['👍', 2],
    ['👩‍👩‍👧', 2],
    ['🇬🇧', 2],
    ['❤️', 2],
    ['№ ½ …', 5],
  ] as const)
    it(`counts ${cells} cells for ${text}`, () => {
      assert.equal(cellsOf(text), cells);
      assert.equal(cutToCells(text, cells), text);
      assert.ok(cellsOf(cutToCells(`${text}x`, cells)) <= cells);
    });

  it('aligns what takes two cells', () =>
    assert.equal(
      shown(
        [
          { a: '東京', b: 1 },
          { a: 'e\u0301', b: 22 },
        ],
        ['a', 'b'],
      ),
      'a      b\n────  ──\n東京   1\ne\u0301     22',
    ));
});
