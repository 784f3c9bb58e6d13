// `npm run fuzz`: the properties of test/properties/ on random inputs, for as long as it is told.
//   npm run fuzz -- [--minutes N] [--only TEXT] [--seed N]
// A failure prints the seed, with which it can be repeated, and the smallest input found that fails.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { build } from './build';
import { ROOT } from './lib/paths';

export async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '60' },
      only: { type: 'string', default: '' },
      seed: { type: 'string', default: '' },
    },
  });
  if (!(Number(values.minutes) > 0) || Number.isNaN(Number(values.seed))) {
    console.error('--minutes takes a number above 0, --seed a number.');
    process.exit(2);
  }
  await build();
  const { status } = spawnSync(
    process.execPath,
    ['node_modules/mocha/bin/mocha.js', 'test/properties/**/*.test.ts'],
    {
      cwd: ROOT,
      stdio: 'inherit',
      env: {
        ...process.env,
        FUZZ_MINUTES: values.minutes,
        FUZZ_ONLY: values.only,
        FUZZ_SEED: values.seed,
      },
    },
  );
  process.exitCode = status ?? 1;
}
