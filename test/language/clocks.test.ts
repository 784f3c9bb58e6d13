/** Dates on days whose midnight the clocks skip, and on the others on which they change. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { evaluateBuiltin } from '#language/analysis/dates';
import type { DateBuiltin, Unit } from '#language/vocabulary/builtins';

/** Runs something in another time zone; Node reads TZ whenever it is set. */
function inZone<T>(zone: string, work: () => T): T {
  const before = process.env['TZ'];
  process.env['TZ'] = zone;
  try {
    return work();
  } finally {
    if (before === undefined) delete process.env['TZ'];
    else process.env['TZ'] = before;
  }
}

/** What a date is at a moment of the local clock, which is given as parts. */
const is = (
  zone: string,
  now: readonly [year: number, month: number, day: number, hour: number, minute?: number],
  expression: readonly [name: DateBuiltin, amount?: number, unit?: Unit],
  expected: string,
) => {
  const [name, amount = 0, unit = 'd'] = expression;
  const [year, month, ...rest] = now;
  it(`${zone} ${now.join('-')}: $${name} ${amount}${unit} is ${expected}`, () =>
    inZone(zone, () =>
      assert.equal(evaluateBuiltin(name, amount, unit, new Date(year, month - 1, ...rest)), expected),
    ));
};

describe('dates, where the clocks change', () => {
  it('are tested in zones where midnight is skipped', () => {
    for (const [zone, year, month, day] of [
      ['Africa/Cairo', 2026, 4, 24],
      ['Asia/Beirut', 2026, 3, 29],
      ['America/Santiago', 2026, 9, 6],
    ] as const)
      assert.equal(
        inZone(zone, () => new Date(year, month - 1, day).getHours()),
        1,
        zone,
      );
  });
  is('Africa/Cairo', [2026, 4, 24, 12], ['today'], '2026-04-24T00:00:00');
  is('Africa/Cairo', [2026, 4, 23, 12], ['tomorrow'], '2026-04-24T00:00:00');
  is('Africa/Cairo', [2026, 4, 25, 12], ['yesterday'], '2026-04-24T00:00:00');
  is('Africa/Cairo', [2026, 4, 17, 12], ['today', 1, 'w'], '2026-04-24T00:00:00');
  is('Africa/Cairo', [2026, 3, 24, 12], ['today', 1, 'm'], '2026-04-24T00:00:00');
  is('Africa/Cairo', [2026, 4, 24, 12], ['today', 9, 'h'], '2026-04-24T09:00:00');
  is('Asia/Beirut', [2026, 3, 29, 12], ['today'], '2026-03-29T00:00:00');
  is('Asia/Beirut', [2026, 3, 1, 12], ['monthstart', 28, 'd'], '2026-03-29T00:00:00');
  is('Asia/Beirut', [2025, 3, 29, 12], ['today', 1, 'y'], '2026-03-29T00:00:00');
  is('America/Santiago', [2026, 9, 6, 12], ['today'], '2026-09-06T00:00:00');
  is('America/Santiago', [2026, 9, 7, 12], ['today', -1, 'd'], '2026-09-06T00:00:00');
  is('America/Santiago', [2026, 9, 5, 0, 30], ['now', 1, 'd'], '2026-09-06T00:30:00');
  // Hours from now are those that pass.
  is('Africa/Cairo', [2026, 4, 23, 23, 30], ['now', 1, 'h'], '2026-04-24T01:30:00');
  is('Europe/London', [2026, 3, 29, 3, 0], ['now', -2, 'h'], '2026-03-29T00:00:00');
  is('Europe/London', [2026, 3, 29, 12], ['today', 2, 'h'], '2026-03-29T02:00:00');
  is('Pacific/Apia', [2011, 12, 29, 12], ['tomorrow'], '2011-12-30T00:00:00');
});
