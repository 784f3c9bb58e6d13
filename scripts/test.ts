// `npm test`: everything that can be checked, from a bare clone. All steps run even when one fails.
//   npm test -- [--only checks|node|inside|outside]… [--grep TEXT]
// The last line is `N passed, N failed`.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureDependencies } from './lib/dependencies.mjs';
import { ROOT } from './lib/paths.mjs';
import { cleanEnvironment, npmCommand, run, temporaryFolder } from './lib/processes.mjs';
import { readSummary, SUMMARY_VARIABLE } from './lib/summary.mjs';

const GROUPS = ['checks', 'node', 'inside', 'outside'];

const { values } = parseArgs({
  options: { only: { type: 'string', multiple: true }, grep: { type: 'string' } },
});
const only = values.only ?? GROUPS;
const grep = values.grep;
const unknown = only.filter((group) => !GROUPS.includes(group));
if (unknown.length > 0) {
  console.error(`--only takes ${GROUPS.join(', ')}; not ${unknown.join(', ')}.`);
  process.exit(2);
}

/** @type {{ title: string, passed: number, failed: number, seconds: number, failures: string[] }[]} */
const results = [];

/**
 * Runs one step; one that throws counts as failed.
 * @param {string} title
 * @param {() => Promise<{ passed: number, failed: number, failures?: string[] }>} work
 */
async function step(title, work) {
  console.log(`\n=== ${title}`);
  const begin = Date.now();
  const result = await work().catch((error) => {
    console.error(error instanceof Error ? (error.stack ?? error.message) : error);
    return { passed: 0, failed: 1, failures: ['(could not run)'] };
  });
  results.push({ title, failures: [], ...result, seconds: (Date.now() - begin) / 1000 });
}

/**
 * A step that is one check: passed when the command ends with 0.
 * @param {string} title
 * @param {string} command
 * @param {string[]} args
 */
function check(title, command, args) {
  return step(title, async () => {
    const ok = (await run(command, args, { endWith: 'SIGTERM', timeoutMs: 10 * 60_000 })) === 0;
    return { passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
  });
}

/**
 * A test suite without a test is a mistake, unless a filter left nothing of it.
 * @template {{ passed: number, failed: number, failures?: string[] }} T
 * @param {T} summary
 */
function notEmpty(summary) {
  if (summary.passed + summary.failed > 0 || grep !== undefined) return summary;
  return { passed: 0, failed: 1, failures: ['(no test was run)'] };
}

/**
 * A mocha suite in Node.
 * @param {string} title
 * @param {string[]} args
 */
function mocha(title, args) {
  return step(title, async () => {
    const summaryFile = path.join(temporaryFolder('summary'), 'summary.json');
    const filter = grep === undefined ? [] : ['--fgrep', grep];
    const reporter = ['--reporter', path.join(ROOT, 'scripts/lib/reporter.mjs')];
    const code = await run(
      process.execPath,
      ['node_modules/mocha/bin/mocha.js', ...reporter, ...args, ...filter],
      {
        env: cleanEnvironment({ [SUMMARY_VARIABLE]: summaryFile }),
        endWith: 'SIGTERM',
        timeoutMs: 40 * 60_000,
      },
    );
    const summary = readSummary(summaryFile);
    if (summary === undefined) throw new Error(`mocha ended early (exit code ${code}).`);
    if (code !== 0 && summary.failed === 0) summary.failed = 1;
    return notEmpty(summary);
  });
}

const BIN = path.join(ROOT, 'node_modules');

await step('dependencies', async () => {
  await ensureDependencies();
  return { passed: 0, failed: 0 };
});
await check('build', process.execPath, ['scripts/build.mjs']);

if (only.includes('checks')) {
  const types = npmCommand(['run', '--silent', 'types']);
  await check('types', types.command, types.args);
  await check('lint', process.execPath, [path.join(BIN, 'eslint/bin/eslint.js'), '.']);
  await check('format', process.execPath, [
    path.join(BIN, 'prettier/bin/prettier.cjs'),
    ...['--check', '--log-level', 'warn', '.'],
  ]);
}
if (only.includes('node')) await mocha('tests in Node', ['--reporter-option', 'style=dot']);
if (only.includes('inside') || only.includes('outside')) {
  await step('package', async () => {
    const { packageExtension } = await import('./package.mjs');
    await packageExtension({ build: false });
    return { passed: 1, failed: 0 };
  });
}
if (only.includes('inside')) {
  await step('tests inside VS Code', async () => {
    const { runInside } = await import('./lib/inside.mjs');
    const samples = path.join(ROOT, 'samples');
    return notEmpty(await runInside({ workspace: samples, ...(grep === undefined ? {} : { grep }) }));
  });
}
if (only.includes('outside')) {
  await mocha('tests of VS Code from outside', [
    ...['--no-config', '--import=tsx', '--forbid-only', '--timeout', '120000'],
    'test/editor/outside/**/*.test.ts',
  ]);
}

console.log('\n=== summary');
for (const { title, passed, failed, seconds, failures } of results) {
  console.log(
    `${failed ? 'FAILED' : 'ok    '} ${title}: ${passed} passed, ${failed} failed (${seconds.toFixed(0)} s)`,
  );
  for (const failure of failures) console.log(`         ${failure}`);
}
const passed = results.reduce((sum, result) => sum + result.passed, 0);
const failed = results.reduce((sum, result) => sum + result.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
// Should anything still be open, it must not keep this process from ending.
setTimeout(() => process.exit(), 5000).unref();
