/** Leaves a test out, and says why: a test that is left out in silence looks like one that holds. */
import type { Context } from 'mocha';

/** Leaves the running test out unless `condition` holds; the report has `why` behind the test’s title. */
export function skipUnless(test: Context, condition: boolean, why: string): void {
  if (condition) return;
  if (test.test !== undefined) test.test.title += ` (left out: ${why})`;
  test.skip();
}
