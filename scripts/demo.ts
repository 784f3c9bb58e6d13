// `npm run demo`: VS Code in the browser with the packaged extension, the samples as workspace and the sample
// platform behind them, from a bare clone. Nothing is left behind when it ends.
//   --port N           instead of a free one
//   --check            does what a first-time user would, without a window, and prints the results
//   --screenshots DIR  the same, with pictures in a light, a dark and a high-contrast theme
import { cpSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build';
import { launchBrowser, openWorkbench, workbenchUrl } from './lib/browser';
import { ROOT } from './lib/paths';
import { tail, temporaryFolder } from './lib/processes';
import { type Host, installExtension, installHost, startHost } from './lib/vscode-host';
import * as user from './lib/workbench';
import { packageExtension } from './package';

/** Time for everything that `--check` does, installations included. */
const MAX_MS = 5 * 60_000;

const FILE = 'first-steps.apq';
const REQUEST = 'Upcoming courses';
const CELL = '[role=grid] [role=row] [role=gridcell]';

/** The extension starts the sample platform and connects to it when it sees this; a file's name it shows and runs. */
const CONNECT = { APQ_OPEN_SAMPLE: '1' };
const CONNECT_AND_SHOW = { APQ_OPEN_SAMPLE: FILE };

let host: Host | undefined;

/** Installs what is missing and starts VS Code. */
async function startDemo(
  port: number,
  env: { readonly APQ_OPEN_SAMPLE: string },
): Promise<{ host: Host; workspace: string }> {
  await build();
  const vsix = await packageExtension();
  await installHost();
  const folder = temporaryFolder('demo');
  const workspace = path.join(folder, 'samples');
  cpSync(path.join(ROOT, 'samples'), workspace, { recursive: true });
  const folders = { dataDir: path.join(folder, 'data'), extensionsDir: path.join(folder, 'extensions') };
  await installExtension(vsix, folders);
  host = await startHost({ ...folders, env, port });
  return { host, workspace };
}

/**
 * Opens a sample, runs its first request and prints the results.
 * @param pictures folder for screenshots
 */
async function check(port: number, pictures: string | undefined) {
  const { workspace } = await startDemo(port, CONNECT);
  const line = requestLine(path.join(workspace, FILE));
  const browser = await launchBrowser();
  const page = await openWorkbench(browser, started(), {
    folder: workspace,
    viewport: { width: 1440, height: 900 },
  });
  try {
    await user.openFile(page, FILE);
    await user.setCursor(page, line);
    await user.runCommand(page, 'APQ: Run Request');
    const frame = await user.webviewFrame(page, CELL, { timeoutMs: 60_000 });
    const columns = await frame.locator('[role=columnheader]').allInnerTexts();
    const rows = await frame
      .locator('[role=row]')
      .filter({ has: frame.locator('[role=gridcell]') })
      .all();
    console.log(`${FILE}, '${REQUEST}': ${(await frame.locator('#summary').innerText()).trim()}`);
    console.log(oneLine(columns));
    for (const row of rows.slice(0, 3))
      console.log(oneLine(await row.locator('[role=gridcell]').allInnerTexts()));
    if (pictures !== undefined) {
      await user.clearNotifications(page);
      for (const [name, theme] of [
        ['light', 'Default Light Modern'],
        ['dark', 'Default Dark Modern'],
        ['high-contrast', 'Default High Contrast'],
      ] as const) {
        await user.setTheme(page, theme);
        console.log(await user.screenshot(page, name, path.resolve(pictures)));
      }
    }
  } catch (error) {
    const shown = await user.notifications(page).catch(() => []);
    const messages = shown.length > 0 ? ` VS Code shows: ${shown.join(' / ')}.` : '';
    const picture = await user.screenshot(page, 'demo-check').catch(() => 'none');
    throw new Error(`${(error as Error).message}${messages} Picture: ${picture}`);
  } finally {
    await browser.close();
  }
}

/** The line (from 1) that names the request. */
function requestLine(file: string) {
  if (!existsSync(file)) throw new Error(`The sample ${FILE} is missing.`);
  const index = readFileSync(file, 'utf8')
    .split(/\r?\n/)
    .findIndex((text) => text.includes(REQUEST));
  if (index < 0) throw new Error(`The sample ${FILE} has no request '${REQUEST}'.`);
  return index + 1;
}

const oneLine = (cells: string[]) => `  ${cells.map((cell) => cell.replace(/\s+/g, ' ').trim()).join(' | ')}`;

function started() {
  if (host === undefined) throw new Error('VS Code is not running.');
  return host;
}

/** Prints a sentence on the error and the log's end, and exits with 1 (which ends all child processes). */
function fail(error: unknown) {
  const message = error instanceof Error ? error.message : String(error);
  console.error(`The demo failed: ${message}`);
  if (host !== undefined) console.error(tail(host.logFile));
  process.exit(1);
}

/** Runs until Ctrl+C. */
async function serve(port: number) {
  const demo = await startDemo(port, CONNECT_AND_SHOW);
  console.log(`\nVS Code with the extension and the samples is running. Open this address in a browser:\n`);
  console.log(`    ${workbenchUrl(demo.host, demo.workspace)}\n`);
  console.log(`It opens on ${FILE} with the result of its first request. Ctrl+C here ends the demo.`);
  await demo.host.ended;
  throw new Error('VS Code ended by itself.');
}

function portNumber(text: string | undefined) {
  const port = Number(text ?? 0);
  if (Number.isInteger(port) && port >= 0 && port < 65536) return port;
  throw new Error(`--port takes a number up to 65535, not '${text}'.`);
}

async function demo(): Promise<void> {
  const { values } = parseArgs({
    options: { check: { type: 'boolean' }, screenshots: { type: 'string' }, port: { type: 'string' } },
  });
  const port = portNumber(values.port);
  if (values.check || values.screenshots !== undefined) {
    setTimeout(() => fail(`not done after ${MAX_MS / 60_000} minutes.`), MAX_MS).unref();
    await check(port, values.screenshots);
    process.exit(0);
  }
  await serve(port);
}

export async function main(): Promise<void> {
  await demo().catch(fail);
}
