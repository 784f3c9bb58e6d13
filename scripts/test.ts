// `npm test`: everything that can be checked, from a bare clone. All steps run even when one fails.
//   npm test -- [--only checks|node|inside|outside]… [--grep TEXT]
// The last line is `N passed, N failed`.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build';
import { runInside } from './lib/inside';
import { npmCommand } from './lib/npm.mjs';
import { ROOT } from './lib/paths';
import { cleanEnvironment, run, temporaryFolder } from './lib/processes';
import { readSummary, type Summary, SUMMARY_VARIABLE } from './lib/summary';
import { packageExtension } from './package';

const GROUPS = ['checks', 'node', 'inside', 'outside'];

/** The result of one step. */
interface Counted {
  passed: number;
  failed: number;
  failures?: string[];
  /** Titles of tests that failed, and passed when their files were run once more. */
  unsteady?: string[];
}

const results: (Counted & { title: string; seconds: number })[] = [];

/** Runs one step; one that throws counts as failed. */
async function step(title: string, work: () => Promise<Counted>) {
  console.log(`\n=== ${title}`);
  const begin = Date.now();
  const result = await work().catch((error: unknown): Counted => {
    console.error(error instanceof Error ? (error.stack ?? error.message) : error);
    return { passed: 0, failed: 1, failures: ['(could not run)'] };
  });
  results.push({ title, ...result, seconds: (Date.now() - begin) / 1000 });
}

/** Runs a step that is one check, which passes when it does not throw. */
function check(title: string, work: () => Promise<unknown>) {
  return step(title, async () => {
    await work();
    return { passed: 1, failed: 0 };
  });
}

/** Runs a step that is one script of package.json, which passes when it exits with 0. */
function checkScript(name: string) {
  return step(name, async () => {
    const { command, args, shell } = npmCommand(['run', '--silent', name]);
    const ok = (await run(command, args, { shell, endWith: 'SIGTERM', timeoutMs: 10 * 60_000 })) === 0;
    return { passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
  });
}

/** Where more files fail, it is no matter of luck. */
const MOST_AGAIN = 3;

/** Fails a suite that ran no test, unless a filter was given. */
function notEmpty(summary: Counted, grep: string | undefined): Counted {
  if (summary.passed + summary.failed > 0 || grep !== undefined) return summary;
  return { passed: 0, failed: 1, failures: ['(no test was run)'] };
}

/** Runs mocha in Node. */
async function mocha(args: string[], grep: string | undefined): Promise<Summary> {
  const summaryFile = path.join(temporaryFolder('summary'), 'summary.json');
  const filter = grep === undefined ? [] : ['--fgrep', grep];
  const reporter = ['--reporter', path.join(ROOT, 'scripts/lib/reporter.ts')];
  const code = await run(
    process.execPath,
    ['node_modules/mocha/bin/mocha.js', ...reporter, ...args, ...filter],
    {
      env: cleanEnvironment({ [SUMMARY_VARIABLE]: summaryFile }),
      endWith: 'SIGTERM',
      timeoutMs: 60 * 60_000,
    },
  );
  const summary = readSummary(summaryFile);
  if (summary === undefined) throw new Error(`mocha ended early (exit code ${code}).`);
  if (code !== 0 && summary.failed === 0) summary.failed = 1;
  return summary;
}

/**
 * Runs mocha on `files`. Those with a test that failed are run once more, by themselves: the machine may have been too slow
 * for a browser, a server or VS Code. The summary names what passed only then, to be looked into.
 */
async function mochaTwice(
  options: readonly string[],
  files: readonly string[],
  grep: string | undefined,
): Promise<Counted> {
  const first = await mocha([...options, ...files], grep);
  const failing = Object.keys(first.failing).filter((file) => file !== '');
  if (failing.length === 0 || failing.length > MOST_AGAIN) return notEmpty(first, grep);
  console.log(`\n=== once more: ${failing.map((file) => path.basename(file)).join(', ')}`);
  const again = await mocha([...options, ...failing], grep);
  const counted = failing.reduce((sum, file) => sum + (first.failing[file]?.passed ?? 0), 0);
  const lost = failing.reduce((sum, file) => sum + (first.failing[file]?.failed ?? 0), 0);
  return {
    passed: first.passed - counted + again.passed,
    failed: first.failed - lost + again.failed,
    failures: again.failures,
    unsteady: first.failures.filter((title) => !again.failures.includes(title)),
  };
}

const NODE_OPTIONS = ['--reporter-option', 'style=dot'];

const OUTSIDE_OPTIONS = ['--no-config', '--import=tsx', '--forbid-only', '--timeout', '120000'];

/** Runs all steps of these groups. */
async function runSteps(groups: readonly string[], grep: string | undefined) {
  await check('build', build);
  if (groups.includes('checks')) {
    await checkScript('types');
    await checkScript('lint');
  }
  if (groups.includes('node')) await step('tests in Node', async () => mochaTwice(NODE_OPTIONS, [], grep));
  if (groups.includes('inside') || groups.includes('outside')) await check('package', packageExtension);
  if (groups.includes('inside')) {
    await step('tests inside VS Code', async () => {
      const samples = path.join(ROOT, 'samples');
      const filter = grep === undefined ? {} : { grep };
      return notEmpty(await runInside({ workspace: samples, ...filter }), grep);
    });
  }
  if (groups.includes('outside')) {
    const files = ['test/editor/outside/**/*.test.ts'];
    await step('tests of VS Code from outside', async () => mochaTwice(OUTSIDE_OPTIONS, files, grep));
  }
}

/** Prints the result of each step and, last, the totals; returns the number of failures. */
function summarize() {
  console.log('\n=== summary');
  for (const { title, passed, failed, seconds, failures = [], unsteady = [] } of results) {
    console.log(
      `${failed > 0 ? 'FAILED' : 'ok    '} ${title}: ${passed} passed, ${failed} failed (${seconds.toFixed(0)} s)`,
    );
    for (const failure of failures) console.log(`         ${failure}`);
    for (const test of unsteady) console.log(`         unsteady (passed when run once more): ${test}`);
  }
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const failed = results.reduce((sum, result) => sum + result.failed, 0);
  console.log(`${passed} passed, ${failed} failed`);
  return failed;
}

export async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { only: { type: 'string', multiple: true }, grep: { type: 'string' } },
  });
  const groups = values.only ?? GROUPS;
  const unknown = groups.filter((group) => !GROUPS.includes(group));
  if (unknown.length > 0) {
    console.error(`--only takes ${GROUPS.join(', ')}; not ${unknown.join(', ')}.`);
    process.exit(2);
  }
  await runSteps(groups, values.grep);
  process.exitCode = summarize() > 0 ? 1 : 0;
  // An open handle must not keep this process from ending.
  setTimeout(() => process.exit(), 5000).unref();
}
