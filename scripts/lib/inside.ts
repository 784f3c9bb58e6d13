// Runs test/editor/inside in VS Code's extension host, where the `vscode` API is.
import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import { launchBrowser, openWorkbench } from './browser.mjs';
import { ensureFolder, LOGS, ROOT } from './paths.mjs';
import { tail, temporaryFolder } from './processes.mjs';
import { MARK, readSummary, SUMMARY_VARIABLE } from './summary.mjs';
import { installHost, startHost } from './vscode-host.mjs';

const SOURCES = path.join(ROOT, 'test/editor/inside');
const BUNDLES = path.join(ROOT, 'out/inside');

/** Names the variable that holds the text which titles of tests must contain. */
const GREP_VARIABLE = 'APQ_TEST_GREP';

/**
 * Bundles the entry point and every test file.
 * @returns {Promise<string>} the entry point's path
 */
export async function buildInside() {
  const esbuild = await import('esbuild');
  rmSync(BUNDLES, { recursive: true, force: true });
  const tests = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((f) =>
    f.endsWith('.test.ts'),
  );
  await esbuild.build({
    entryPoints: ['index.ts', ...tests].map((file) => path.join(SOURCES, file)),
    outbase: SOURCES,
    outdir: BUNDLES,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    sourcemap: 'inline',
    logLevel: 'warning',
    mainFields: ['module', 'main'],
    external: ['vscode', 'mocha'],
  });
  return path.join(BUNDLES, 'index.js');
}

/**
 * @typedef {object} InsideOptions
 * @property {string} [projectDir] the extension under development
 * @property {string} workspace the folder to open; tests get a copy of it
 * @property {string} [grep] runs only tests whose title contains this
 * @property {Record<string, string | undefined>} [env] for the extension host
 * @property {Record<string, unknown>} [settings] the user's settings
 * @property {number} [timeoutMs]
 */

/**
 * Runs the tests; their output is shown as it comes.
 * @param {InsideOptions} options
 * @returns {Promise<import('./summary.mjs').Summary & { log: string }>}
 */
export async function runInside(options) {
  const { projectDir = ROOT, workspace, grep, env = {}, settings = {}, timeoutMs = 15 * 60_000 } = options;
  const tests = await buildInside();
  await installHost();
  const folder = temporaryFolder('inside');
  const copy = path.join(folder, 'workspace');
  cpSync(workspace, copy, { recursive: true });
  const summaryFile = path.join(folder, 'summary.json');
  const folders = { dataDir: path.join(folder, 'data'), extensionsDir: path.join(folder, 'extensions') };
  const variables = {
    ...env,
    [SUMMARY_VARIABLE]: summaryFile,
    ...(grep === undefined ? {} : { [GREP_VARIABLE]: grep }),
  };
  const host = await startHost({ ...folders, env: variables, settings });
  const browser = await launchBrowser();
  try {
    const { log, code } = await runInWindow(browser, host, { projectDir, tests, folder: copy, timeoutMs });
    const logFile = path.join(ensureFolder(LOGS), 'inside.log');
    writeFileSync(logFile, log);
    const summary = readSummary(summaryFile);
    if (summary !== undefined) return { ...summary, log };
    // The tests never came to their end: say what is known.
    console.error(
      `The tests inside VS Code ended early (exit code ${code}).\n${tail(logFile)}\n${tail(host.logFile)}`,
    );
    return { passed: 0, failed: 1, pending: 0, failures: ['(the run ended early)'], log };
  } finally {
    await browser.close();
    await host.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

/**
 * Opens the window that runs the tests, and waits until it reports their end.
 * @param {import('playwright-core').Browser} browser
 * @param {import('./vscode-host.mjs').Host} host
 * @param {{ projectDir: string, tests: string, folder: string, timeoutMs: number }} options
 */
async function runInWindow(browser, host, { projectDir, tests, folder, timeoutMs }) {
  const remote = (/** @type {string} */ file) => {
    const slashes = file.split(path.sep).join('/');
    return `vscode-remote://127.0.0.1:${host.port}${encodeURI(slashes.startsWith('/') ? slashes : `/${slashes}`)}`;
  };
  /** @type {string[]} */
  const lines = [];
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const end = new Promise((resolve) => {
    timer = setTimeout(() => resolve('none: out of time'), timeoutMs);
    /** @param {import('playwright-core').Page} page */
    const prepare = async (page) => {
      await page.exposeFunction(
        'codeAutomationLog',
        (/** @type {string} */ type, /** @type {unknown[]} */ args) => {
          const line = format(...args);
          lines.push(`[${type}] ${line}`);
          // VS Code logs a lot of its own; the reporter marks what it writes.
          if (line.startsWith(MARK)) console.log(line.slice(MARK.length));
        },
      );
      await page.exposeFunction('codeAutomationExit', (/** @type {number} */ code) => resolve(code));
      page.on('crash', () => resolve('none: the window crashed'));
    };
    /** @type {[string, string][]} */
    const payload = [
      ['extensionDevelopmentPath', remote(projectDir)],
      ['extensionTestsPath', remote(tests)],
    ];
    openWorkbench(browser, host, { folder, payload, prepare, ready: false }).catch((error) => {
      lines.push(String(error));
      resolve(`none: ${error}`);
    });
  });
  const code = await end;
  clearTimeout(timer);
  return { code, log: lines.join('\n') };
}
