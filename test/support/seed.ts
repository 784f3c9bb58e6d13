/**
 * Seeds the random inputs of all tests by the day of the last commit: each day tries inputs of its own, and what passed
 * before a push passes on CI. A failure names the seed; `SEED=number` repeats it. `npm run fuzz` tries others each time.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fc from 'fast-check';

const given = Number(process.env['SEED']);

/** A number for the day of the last commit; for files without a history, another one each time. */
function ofDay(): number {
  const { stdout, status } = spawnSync('git', ['log', '-1', '--format=%cs'], { encoding: 'utf8' });
  return status === 0 ? createHash('sha256').update(stdout).digest().readInt32BE() : Date.now() | 0;
}

if (process.env['FUZZ_MINUTES'] === undefined)
  fc.configureGlobal({
    ...fc.readConfigureGlobal(),
    seed: process.env['SEED'] === undefined || Number.isNaN(given) ? ofDay() : given,
  });
