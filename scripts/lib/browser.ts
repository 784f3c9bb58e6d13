// The window: Chromium, driven by playwright-core.
import path from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { findProgram, installPackages } from './debian';
import { PATIENCE_MS } from './patience';
import { cleanEnvironment, temporaryFolder } from './processes';

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome.exe',
  'msedge.exe',
];

/** Usual places of installations that put nothing on PATH. */
const PLACES = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  `${process.env['ProgramFiles']}\\Google\\Chrome\\Application\\chrome.exe`,
  `${process.env['ProgramFiles(x86)']}\\Microsoft\\Edge\\Application\\msedge.exe`,
];

/** Returns Chromium's path, or undefined. CHROMIUM_PATH names one that is installed elsewhere. */
const findChromium = () => process.env.CHROMIUM_PATH || findProgram([...NAMES, ...PLACES]);

/** Finds Chromium; on a Debian-like machine, as root, installs it first. */
async function ensureChromium() {
  const found = findChromium();
  if (found !== undefined) return found;
  // Fonts are listed because no package depends on them, and without them every letter is a box.
  await installPackages('Chromium (CHROMIUM_PATH may name one)', [
    'chromium',
    'fonts-dejavu-core',
    'fonts-liberation',
  ]);
  const installed = findChromium();
  if (installed === undefined) throw new Error('apt-get installed Chromium, yet it is not on PATH.');
  return installed;
}

/** Starts Chromium. Its home is a temporary folder, so it neither reads nor writes the user's. */
export async function launchBrowser({ headless = true }: { headless?: boolean } = {}): Promise<Browser> {
  const executablePath = await ensureChromium();
  const home = temporaryFolder('browser');
  return chromium.launch({
    executablePath,
    headless,
    // Our own signal handlers end this process, and playwright ends the browser with it.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    env: cleanEnvironment({ HOME: home, XDG_CONFIG_HOME: home, XDG_CACHE_HOME: home }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export interface WorkbenchOptions {
  /** Absolute path of the workspace. */
  folder: string;
  /** What the window passes to the workbench, see `runInside`. */
  payload?: [string, string][];
  viewport?: { width: number; height: number };
  colorScheme?: 'light' | 'dark';
  /**
   * The browser profile of an earlier window, for a restart that keeps what VS Code stores in the browser:
   * secrets, extensions' state, open editors. It belongs to the server's address, so the port must stay the
   * same.
   */
  context?: BrowserContext;
  /** Wait until the extensions are loaded (default). */
  ready?: boolean;
  /** Called before the page loads. */
  prepare?: (page: Page) => Promise<void>;
}

/** Opens the workbench, by default in a browser profile of its own, and waits until its extensions are loaded. */
export async function openWorkbench(browser: Browser, host: { url: string }, options: WorkbenchOptions) {
  const { viewport = { width: 1280, height: 800 }, colorScheme = 'light', ready = true } = options;
  const permissions = ['clipboard-read', 'clipboard-write'];
  const context = options.context ?? (await browser.newContext({ viewport, colorScheme, permissions }));
  // The server's half of the key with which VS Code encrypts secrets. code-server's wrapper, which we don't run,
  // would send it; without it, secrets are lost when the window is reloaded.
  await context.route('**/mint-key', (route) => route.fulfill({ body: Buffer.alloc(32, 7) }));
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await options.prepare?.(page);
  await page.goto(workbenchUrl(host, options.folder, options.payload), {
    waitUntil: 'commit',
    timeout: 60_000,
  });
  if (ready) await workbenchReady(page);
  return page;
}

/** Returns the workbench's address for a folder. */
export function workbenchUrl(host: { url: string }, folder: string, payload?: [string, string][]) {
  const slashes = folder.split(path.sep).join('/');
  const url = new URL(`/?folder=${encodeURI(slashes.startsWith('/') ? slashes : `/${slashes}`)}`, host.url);
  if (payload !== undefined) url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}

/** Waits until the workbench is drawn and its extensions are loaded, even after a reload. */
export async function workbenchReady(page: Page) {
  await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
  // Only VS Code's own performance marks exist whatever extensions are installed.
  const loaded = `performance.getEntriesByName('code/didLoadExtensions').length > 0`;
  await page.waitForFunction(loaded, undefined, { timeout: 60_000 });
}
