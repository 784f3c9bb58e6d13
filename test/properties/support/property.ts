/**
 * A property is a test on random inputs. Every test run tries some; `npm run fuzz` tries them for as long as it is told.
 * A failure prints the seed, with which it can be repeated, and the smallest input found that fails.
 *
 * FUZZ_MINUTES: how long all properties run together. FUZZ_ONLY: a part of the titles that are run. FUZZ_SEED: the seed.
 */
import fc from 'fast-check';

const number = (name: string): number | undefined => {
  const text = process.env[name];
  return text === undefined || text === '' ? undefined : Number(text);
};
const MINUTES = number('FUZZ_MINUTES');
const SEED = number('FUZZ_SEED');
const ONLY = process.env['FUZZ_ONLY'] ?? '';

/** The titles of all properties that run: they share the time. */
const running: string[] = [];

/** Inputs tried in a test run: about this many on a developer's machine, and a little more on CI. */
const ON_CI = process.env['CI'] === undefined ? 1 : 3;

/** Declares a property. `runs` is the number of inputs of a test run; `check` throws where the property fails. */
export function property<T>(
  title: string,
  runs: number,
  inputs: fc.Arbitrary<T>,
  check: (input: T) => void | Promise<void>,
): void {
  if (!title.includes(ONLY)) return;
  running.push(title);
  it(title, async () => {
    const limit = MINUTES === undefined ? undefined : (MINUTES * 60_000) / running.length;
    await fc.assert(
      fc.asyncProperty(inputs, async (input) => {
        await check(input);
      }),
      {
        numRuns: limit === undefined ? runs * ON_CI : Number.MAX_SAFE_INTEGER,
        ...(limit === undefined
          ? {}
          : { interruptAfterTimeLimit: limit, skipAllAfterTimeLimit: limit + 60_000 }),
        ...(SEED === undefined ? {} : { seed: SEED }),
        markInterruptAsFailure: false,
      },
    );
    // Others may have the machine.
  }).timeout(MINUTES === undefined ? 300_000 : MINUTES * 60_000 + 600_000);
}
