// A VS Code for one test file: the packaged extension as users install it, its own workspace, and a window.
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openWorkbench, workbenchReady } from '#scripts/lib/browser';
import { ROOT } from '#scripts/lib/paths';
import { temporaryFolder } from '#scripts/lib/processes';
import { type Host, installExtension, installHost, startHost } from '#scripts/lib/vscode-host';
import { screenshot } from '#scripts/lib/workbench';

export interface EditorOptions {
  /** Folder to copy into the workspace; `samples/` when neither this nor `files` is given. */
  copyOf?: string;
  /** Files of the workspace: path and text. */
  files?: Record<string, string>;
  /** The user's settings, on top of quiet ones. */
  settings?: Record<string, unknown> | (() => Record<string, unknown>);
  /** Environment of the extension host. */
  env?: Record<string, string>;
  /** More arguments of VS Code's server. */
  args?: string[];
  viewport?: { width: number; height: number };
}

/** What stands on a line of the file is read from one line of the window. */
const WHOLE_LINES = { '[apq]': { 'editor.wordWrap': 'off' } };

/** The editor of a test file, ready before the first test runs. */
export class Editor {
  #page: Page | undefined;
  #host: Host | undefined;
  #browser: Browser | undefined;
  readonly #folder = temporaryFolder('outside');

  constructor(private readonly options: EditorOptions) {}

  /** Absolute path of the workspace. */
  readonly workspace = path.join(this.#folder, 'workspace');

  get page(): Page {
    return started(this.#page);
  }

  get host(): Host {
    return started(this.#host);
  }

  /** Returns the absolute path of a file of the workspace. */
  file(name: string): string {
    return path.join(this.workspace, name);
  }

  /** The folder of everything that VS Code stores on the server's side. */
  get dataFolder(): string {
    return this.#folders.dataDir;
  }

  /** Prepares workspace and extension, and opens VS Code. */
  async open(): Promise<void> {
    const { copyOf, files } = this.options;
    mkdirSync(this.workspace);
    const source = copyOf ?? (files === undefined ? path.join(ROOT, 'samples') : undefined);
    if (source !== undefined && existsSync(source)) cpSync(source, this.workspace, { recursive: true });
    for (const [name, text] of Object.entries(files ?? {})) {
      mkdirSync(path.dirname(this.file(name)), { recursive: true });
      writeFileSync(this.file(name), text);
    }
    await installHost();
    await installExtension(packagedExtension(), this.#folders);
    this.#browser = await launchBrowser();
    const { settings = {} } = this.options;
    const own = typeof settings === 'function' ? settings() : settings;
    await this.#openWindow({ ...WHOLE_LINES, ...own });
  }

  /** Reloads the window: the extension host restarts. */
  async reload(): Promise<void> {
    await this.page.reload({ waitUntil: 'commit' });
    await workbenchReady(this.page);
  }

  /** Restarts VS Code: a new window with the same workspace, settings, secrets and state. */
  async restart(env?: Record<string, string>): Promise<void> {
    await this.page.close();
    await this.host.stop();
    await this.#openWindow(null, env);
  }

  async close(): Promise<void> {
    await this.#browser?.close();
    await this.#host?.stop();
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  get #folders() {
    return {
      dataDir: path.join(this.#folder, 'data'),
      extensionsDir: path.join(this.#folder, 'extensions'),
    };
  }

  async #openWindow(settings: Record<string, unknown> | null, env = this.options.env ?? {}): Promise<void> {
    const port = this.#host?.port ?? 0;
    const { args = [] } = this.options;
    this.#host = await startHost({ ...this.#folders, env, settings, port, args });
    const { viewport } = this.options;
    const context = this.#page?.context();
    const options = { folder: this.workspace, ...(viewport && { viewport }), ...(context && { context }) };
    this.#page = await openWorkbench(started(this.#browser), this.#host, options);
  }
}

function started<T>(value: T | undefined): T {
  if (value === undefined)
    throw new Error('VS Code is not running: use the editor inside of tests and hooks.');
  return value;
}

/** Returns the package that `npm run package` wrote; APQ_VSIX names another one. */
function packagedExtension(): string {
  const name = readdirSync(ROOT).find((file) => file.endsWith('.vsix'));
  const file = process.env.APQ_VSIX ?? (name && path.join(ROOT, name));
  if (!file) throw new Error('There is no packaged extension: run `npm run package` first.');
  return file;
}

/** For a `describe`: opens VS Code before its tests, closes it after them, and saves a picture of
 *  the window in .cache/screenshots when a test fails. */
export function useEditor(options: EditorOptions = {}): Editor {
  const editor = new Editor(options);
  before('open VS Code', async function () {
    this.timeout(180_000);
    await editor.open();
  });
  afterEach('picture of a failure', async function () {
    const test = this.currentTest;
    if (test?.state !== 'failed') return;
    const file = await screenshot(editor.page, test.fullTitle());
    const hint = `  picture: ${path.relative(ROOT, file)}, log: ${path.relative(ROOT, editor.host.logFile)}`;
    if (test.err?.stack !== undefined) test.err.stack += `\n${hint}`;
  });
  after('close VS Code', async function () {
    this.timeout(30_000);
    await editor.close();
  });
  return editor;
}
