import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Journal, lockJournal } from '#core/bulk/journal';
import { tallyOf } from '#core/bulk/planned-row';
import { runPlan } from '#core/bulk/run-plan';
import { useImports } from '../core/bulk/support/imports';
import { tableOf } from '../core/bulk/support/tables';
import { NO_LOG } from '../core/support/runs';
import { property } from './support/property';

const ROWS = 16;

/** What can happen to a write; none of it may make a row twice, or leave one out. */
const FAULTS = [
  { lose: true },
  { drop: true },
  { status: 503 },
  { status: 429, retryAfter: 1 },
  { html: true },
  { truncate: true },
] as const;

class Crash extends Error {}

describe('imports that are disturbed', () => {
  const importing = useImports({ records: 30 });
  let runs = 0;

  /** A journal whose program ends at some line, before or after it is written. */
  function crashing(journal: Journal, lines: number): Journal {
    let left = lines;
    const until = <Args extends readonly unknown[]>(work: (...args: Args) => Promise<void>) => {
      return async (...args: Args): Promise<void> => {
        if (left-- <= 0) throw new Crash();
        await work(...args);
      };
    };
    journal.sending = until(journal.sending.bind(journal));
    journal.settle = until(journal.settle.bind(journal));
    return journal;
  }

  const disturbances = fc.record({
    faults: fc.array(fc.constantFrom(...FAULTS), { minLength: 1, maxLength: 3 }),
    rate: fc.constantFrom(0, 0.1, 0.3),
    seed: fc.nat(1000),
    crashes: fc.array(fc.nat(40), { maxLength: 4 }),
    concurrency: fc.integer({ min: 1, max: 6 }),
  });

  property('write each row once', 10, disturbances, async ({ faults, rate, seed, crashes, concurrency }) => {
    const { platform } = importing();
    await platform.controlWith({ reset: true });
    const mine = `r${++runs}x`;
    const rows = Array.from({ length: ROWS }, (_, row) => [`${mine}.${row}@once.example`, `Row ${row}`]);
    const table = tableOf(['Email', 'Surname'], rows);
    const planned = await importing().journal(
      { table, deed: { kind: 'upsert', field: 'Email' } },
      `${mine}.csv`,
    );
    await planned.close();
    await platform.controlWith({ random: { rate, seed, writes: true, faults } });
    let now = Date.now();
    const sleep = (milliseconds: number) => Promise.resolve(void (now += milliseconds));
    const options = {
      ...{
        client: importing().api,
        module: await importing().module(),
        source: 'import' as const,
        log: NO_LOG.log,
      },
      ...{ concurrency, sleep, now: () => now },
    };
    let counts = planned.counts;
    // The platform is well again in the end: what it asks for can't end the last run.
    for (const [index, lines] of [...crashes, Infinity, Infinity].entries()) {
      if (index > crashes.length) await platform.controlWith({ random: null });
      const lock = await lockJournal(planned.path);
      const journal = await Journal.open(planned.path, lock);
      assert.ok(journal !== undefined);
      try {
        await runPlan(crashing(journal, lines), options);
      } catch (error) {
        if (!(error instanceof Crash)) throw error;
      } finally {
        await journal.close();
        await lock.release();
        ({ counts } = journal);
      }
    }
    assert.deepEqual(tallyOf(counts), {
      ...{ created: ROWS, changed: 0, unchanged: 0, refused: 0, failed: 0, unknown: 0, unsent: 0 },
    });
    const written = (await importing().writes()).counts;
    const made = await importing().records(`startswith(Email,'${mine}.')`, 'ID,Email,Surname');
    assert.equal(made.length, ROWS);
    assert.deepEqual(
      made.map(({ ID, Email, Surname }) => [Email, Surname, written[`accessplan/User/${String(ID)}`]]),
      made.map(({ Email }) => [Email, rows.find(([email]) => email === Email)?.[1], 1]),
    );
  });
});
