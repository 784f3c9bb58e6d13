/** Leaves a test out, and says why: a test that is left out in silence looks like one that holds. */
import type { Context } from 'mocha';

/** Leaves the running test out, or the next one in a hook, unless `condition` holds; `why` is added to its title. */
export function skipUnless(context: Context, condition: boolean, why: string): void {
  if (condition) return;
  const test = context.currentTest ?? context.test;
  if (test !== undefined) test.title += ` (left out: ${why})`;
  context.skip();
}
