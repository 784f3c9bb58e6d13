// A real VS Code: the workbench and extension host that the npm package code-server contains. Its own
// wrapper is not used. The npm registry has this VS Code, but no desktop one.
import { createHash } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CACHE, ensureFolder, LOGS, ROOT } from './paths';
import { cleanEnvironment, killGroup, mustRun, npm, onExit, start, tail } from './processes';

const HOST = path.join(ROOT, 'test/vscode/host');
const VSCODE = path.join(HOST, 'node_modules/code-server/lib/vscode');
const SERVER = path.join(VSCODE, 'out/server-main.js');
const STAMP = path.join(HOST, 'node_modules/.complete');

/** What an installation depends on: the lock file and Node's binary interface. */
function fingerprint() {
  const lock = readFileSync(path.join(HOST, 'package-lock.json'));
  return `${createHash('sha256').update(lock).digest('hex')} ${process.platform} ${process.versions.modules}`;
}

function installed() {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === fingerprint();
}

/** Installs VS Code below test/vscode/host (about a minute, once). */
export async function installHost() {
  if (installed()) return;
  const release = await installLock();
  try {
    if (!installed()) await install();
  } finally {
    release();
  }
}

async function install() {
  console.log('Installing VS Code for the tests (once, about a minute) …');
  const logFile = path.join(ensureFolder(LOGS), 'host-install.log');
  rmSync(logFile, { force: true });
  const options = { logFile, append: true, timeoutMs: 15 * 60_000 };
  // Scripts are not run: code-server's would fetch binaries from hosts that a CI machine can't reach.
  await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { ...options, cwd: HOST });
  const inner = { ...options, cwd: VSCODE };
  await npm(['install', '--omit=dev', '--ignore-scripts', '--force', '--no-audit', '--no-fund'], inner);
  // The one native module that matters: it writes the extension host's logs and output channels.
  // Node's headers are usually installed with Node; naming them saves a download.
  const prefix = path.resolve(process.execPath, '../..');
  const headers = existsSync(path.join(prefix, 'include/node/node.h')) ? [`--nodedir=${prefix}`] : [];
  try {
    await npm(['rebuild', '@vscode/spdlog', '--ignore-scripts=false', ...headers], {
      ...inner,
      timeoutMs: 5 * 60_000,
    });
  } catch (error) {
    console.warn(`VS Code will run without its log files. ${(error as Error).message}`);
  }
  installRipgrep();
  writeFileSync(STAMP, fingerprint());
}

/** Puts ripgrep where VS Code looks for it: `findFiles`, search and quick open need it. */
function installRipgrep() {
  const program = process.platform === 'win32' ? 'rg.exe' : 'rg';
  const source = path.join(
    HOST,
    `node_modules/@vscode/ripgrep-${process.platform}-${process.arch}/bin/${program}`,
  );
  if (!existsSync(source)) return console.warn('No ripgrep for this system: quick open will find no files.');
  const target = path.join(ensureFolder(path.join(VSCODE, 'node_modules/@vscode/ripgrep/bin')), program);
  copyFileSync(source, target);
  chmodSync(target, 0o755);
}

/**
 * Lets one process at a time install. A lock whose owner has died is taken over.
 * @returns a function that releases the lock
 */
async function installLock(): Promise<() => void> {
  const file = path.join(ensureFolder(CACHE), 'host-install.lock');
  for (let tries = 0; ; tries++) {
    try {
      const lock = openSync(file, 'wx');
      writeFileSync(lock, String(process.pid));
      closeSync(lock);
      const remove = () => rmSync(file, { force: true });
      const forget = onExit(remove);
      return () => (forget(), remove());
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if (!lockHeld(file)) rmSync(file, { force: true });
      else if (tries > 900)
        throw new Error(`Another process is installing VS Code and does not finish: ${file}`);
      else await delay(1000);
    }
  }
}

function lockHeld(file: string) {
  try {
    const owner = Number(readFileSync(file, 'utf8'));
    if (owner === 0) return Date.now() - statSync(file).mtimeMs < 5000; // just created, not yet written
    process.kill(owner, 0);
    return true;
  } catch {
    return false;
  }
}

/** Settings for a quiet window that neither asks, nor phones home, nor differs from day to day. */
const QUIET = {
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.editor.enablePreview': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'chat.commandCenter.enabled': false,
  'git.enabled': false,
  'window.confirmBeforeClose': 'never',
};

export interface HostFolders {
  /** User settings, storage, logs. */
  dataDir: string;
  /** Installed extensions. */
  extensionsDir: string;
}

export interface Host {
  /** `http://127.0.0.1:PORT`. */
  url: string;
  port: number;
  /** The server's output. */
  logFile: string;
  /** Resolves when the server has ended for any reason. */
  ended: Promise<unknown>;
  stop: () => Promise<void>;
}

function serverArguments({ dataDir, extensionsDir }: HostFolders) {
  const folders = ['--server-data-dir', dataDir, '--extensions-dir', extensionsDir];
  return [SERVER, '--accept-server-license-terms', ...folders];
}

/** Returns the server's environment with its own home, because it leaves a device identifier there. */
function hostEnvironment(dataDir: string, env: Record<string, string | undefined> = {}) {
  const home = ensureFolder(path.join(dataDir, 'home'));
  return cleanEnvironment({
    EXTENSIONS_GALLERY: '{}', // no marketplace, since VS Code would ask it about every extension
    HOME: home,
    USERPROFILE: home,
    XDG_CACHE_HOME: path.join(home, '.cache'),
    XDG_STATE_HOME: path.join(home, '.local/state'),
    LOCALAPPDATA: path.join(home, 'AppData/Local'),
    ...env,
  });
}

/** Returns a new log file for this run; removes those of earlier days. */
function newLog() {
  ensureFolder(LOGS);
  for (const name of readdirSync(LOGS)) {
    const file = path.join(LOGS, name);
    if (/^host-\d/.test(name) && Date.now() - statSync(file).mtimeMs > 86_400_000)
      rmSync(file, { force: true });
  }
  return path.join(LOGS, `host-${Date.now()}-${process.pid}.log`);
}

/**
 * Starts VS Code's server and waits until it answers. `installHost` must have run.
 * @param options `env` reaches the extension host; `settings` become the user's settings, on top
 *   of quiet ones (null leaves existing settings alone); without `port` the system picks a free one
 */
export async function startHost({
  dataDir,
  extensionsDir,
  env = {},
  settings = {},
  port = 0,
  args: more = [],
}: HostFolders & {
  env?: Record<string, string | undefined>;
  port?: number;
  settings?: Record<string, unknown> | null;
  args?: string[];
}): Promise<Host> {
  const user = path.join(dataDir, 'data/User');
  mkdirSync(user, { recursive: true });
  mkdirSync(extensionsDir, { recursive: true });
  if (settings !== null) {
    writeFileSync(path.join(user, 'settings.json'), JSON.stringify({ ...QUIET, ...settings }, null, 2));
  }
  const logFile = newLog();
  const args = ['--host', '127.0.0.1', '--port', String(port), '--without-connection-token', ...more];
  const child = start(process.execPath, [...serverArguments({ dataDir, extensionsDir }), ...args], {
    cwd: dataDir,
    env: hostEnvironment(dataDir, env),
    logFile,
  });
  let ended = false;
  const exit = new Promise((resolve) => {
    for (const event of ['exit', 'error']) child.once(event, () => resolve((ended = true)));
  });
  const stop = async () => {
    // SIGTERM first, so that it saves its secrets and state.
    if (!ended) child.kill('SIGTERM');
    await Promise.race([exit, delay(3000, undefined, { ref: false })]);
    killGroup(child, 'SIGKILL');
    await exit;
  };
  try {
    const bound = await boundPort(logFile, () => ended);
    const url = `http://127.0.0.1:${bound}`;
    await answers(url);
    return { url, port: bound, logFile, ended: exit, stop };
  } catch (error) {
    await stop();
    throw new Error(`VS Code did not start: ${(error as Error).message}\n${tail(logFile)}`);
  }
}

/** Returns the port that the server reports. */
async function boundPort(logFile: string, ended: () => boolean) {
  for (const end = Date.now() + 60_000; Date.now() < end && !ended(); await delay(50)) {
    const match = /agent listening on (\d+)/.exec(readFileSync(logFile, 'utf8'));
    if (match) return Number(match[1]);
  }
  throw new Error(ended() ? 'the server ended.' : 'no answer within a minute.');
}

async function answers(url: string) {
  const response = await fetch(`${url}/version`, { signal: AbortSignal.timeout(30_000) });
  if (!response.ok) throw new Error(`it answers ${response.status}.`);
}

/** Installs a packaged extension, as a user would. */
export async function installExtension(vsixPath: string, { dataDir, extensionsDir }: HostFolders) {
  const args = [...serverArguments({ dataDir, extensionsDir }), '--install-extension', vsixPath, '--force'];
  mkdirSync(dataDir, { recursive: true });
  await mustRun(process.execPath, args, {
    env: hostEnvironment(dataDir),
    logFile: newLog(),
    timeoutMs: 120_000,
  });
}
