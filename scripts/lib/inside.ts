// Runs test/editor/inside in VS Code's extension host, where the `vscode` API is.
import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import * as esbuild from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openWorkbench } from './browser';
import { ensureFolder, LOGS, ROOT } from './paths';
import { tail, temporaryFolder } from './processes';
import { MARK, readSummary, type Summary, SUMMARY_VARIABLE } from './summary';
import { type Host, installHost, startHost } from './vscode-host';

const SOURCES = path.join(ROOT, 'test/editor/inside');
const BUNDLES = path.join(ROOT, 'out/inside');

/** The variable with the text that titles of tests must contain. */
const GREP_VARIABLE = 'APQ_TEST_GREP';

/**
 * Bundles the entry point and every test file.
 * @returns the entry point's path
 */
export async function buildInside(): Promise<string> {
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

export interface InsideOptions {
  /** The extension under development. */
  projectDir?: string;
  /** The folder to open; tests get a copy of it. */
  workspace: string;
  /** Runs only tests whose title contains this. */
  grep?: string;
  /** For the extension host. */
  env?: Record<string, string | undefined>;
  /** The user's settings. */
  settings?: Record<string, unknown>;
  timeoutMs?: number;
}

/** Runs the tests and shows their output as it arrives. */
export async function runInside(options: InsideOptions): Promise<Summary & { log: string }> {
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
    // The tests did not finish, so show what is known.
    console.error(
      `The tests inside VS Code ended early (exit code ${code}).\n${tail(logFile)}\n${tail(host.logFile)}`,
    );
    return { passed: 0, failed: 1, pending: 0, failures: ['(the run ended early)'], failing: {}, log };
  } finally {
    await browser.close();
    await host.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

/** Opens the window that runs the tests, and waits until it reports their end. */
async function runInWindow(
  browser: Browser,
  host: Host,
  {
    projectDir,
    tests,
    folder,
    timeoutMs,
  }: { projectDir: string; tests: string; folder: string; timeoutMs: number },
) {
  const remote = (file: string) => {
    const slashes = file.split(path.sep).join('/');
    return `vscode-remote://127.0.0.1:${host.port}${encodeURI(slashes.startsWith('/') ? slashes : `/${slashes}`)}`;
  };
  const lines: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  const end = new Promise<number | string>((resolve) => {
    timer = setTimeout(() => resolve('none: out of time'), timeoutMs);
    const prepare = async (page: Page) => {
      await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
        const line = format(...args);
        lines.push(`[${type}] ${line}`);
        // VS Code logs a lot itself; the reporter marks its own lines.
        if (line.startsWith(MARK)) console.log(line.slice(MARK.length));
      });
      await page.exposeFunction('codeAutomationExit', (code: number) => resolve(code));
      page.on('crash', () => resolve('none: the window crashed'));
    };
    const payload: [string, string][] = [
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
