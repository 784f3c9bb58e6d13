// Child processes and temporary folders that never outlive this process.
// Only Node's own modules: this runs before the dependencies are installed.
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from './paths.mjs';

/** @type {Set<() => void>} */
const cleanups = new Set();
let listening = false;

/**
 * Registers a synchronous clean-up for the end of this process, however it ends (newest first).
 * @param {() => void} cleanup
 * @returns {() => void} takes the registration back
 */
export function onExit(cleanup) {
  if (!listening) {
    listening = true;
    process.on('exit', () => {
      for (const each of [...cleanups].reverse()) {
        try {
          each();
        } catch {
          // One clean-up that fails must not keep the others from running.
        }
      }
    });
    // By default a signal ends the process without an 'exit' event.
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
      process.on(signal, () => process.exit(128 + os.constants.signals[signal]));
    }
  }
  cleanups.add(cleanup);
  return () => cleanups.delete(cleanup);
}

/**
 * A new temporary folder, removed when this process ends.
 * @param {string} name
 */
export function temporaryFolder(name) {
  const folder = mkdtempSync(path.join(os.tmpdir(), `apq-${name}-`));
  onExit(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
  return folder;
}

/**
 * The environment for a child: ours, without what npm and an editor around us would make it believe.
 * @param {Record<string, string | undefined>} [extra]
 * @returns {NodeJS.ProcessEnv}
 */
export function cleanEnvironment(extra = {}) {
  const foreign =
    /^(npm_(?!config_)|npm_config_(local_prefix|prefix|ignore_scripts)$|VSCODE_|ELECTRON_|NODE_OPTIONS$|INIT_CWD$)/i;
  const own = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  return { ...Object.fromEntries(own), ...extra };
}

/**
 * Ends a process and everything it started.
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
export function killGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') {
      if (child.exitCode === null) spawn('taskkill', ['/pid', String(child.pid), '/t', '/f']);
    } else process.kill(-child.pid, signal);
  } catch {
    // The group is gone already.
  }
}

/**
 * @typedef {object} StartOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {string} [logFile] output goes there instead of the terminal
 * @property {boolean} [append] keep what the log file holds
 * @property {boolean} [shell]
 * @property {NodeJS.Signals} [endWith] signal for the process group when we end; SIGTERM lets a script of
 *   ours clean up after itself in turn, SIGKILL (the default) is for programs that start others and forget
 */

/**
 * Starts a program in its own process group, which ends with us.
 * @param {string} command
 * @param {string[]} args
 * @param {StartOptions} [options]
 */
export function start(command, args, options = {}) {
  const { cwd = ROOT, env = cleanEnvironment(), logFile, append, endWith = 'SIGKILL' } = options;
  const output = logFile === undefined ? 'inherit' : openSync(logFile, append ? 'a' : 'w');
  const child = spawn(command, args, {
    cwd,
    env,
    shell: options.shell ?? false,
    stdio: ['ignore', output, output],
    detached: process.platform !== 'win32',
  });
  if (typeof output === 'number') closeSync(output);
  const forget = onExit(() => killGroup(child, endWith));
  child.once('exit', () => {
    killGroup(child, endWith);
    forget();
  });
  return child;
}

/**
 * Runs a program to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {StartOptions & { timeoutMs?: number }} [options]
 * @returns {Promise<number>} exit code; 1 when it could not be started, ran out of time, or died by a signal
 */
export async function run(command, args, options = {}) {
  const child = start(command, args, options);
  const timer = options.timeoutMs && setTimeout(() => killGroup(child, 'SIGKILL'), options.timeoutMs);
  const code = await new Promise((resolve) => {
    child.once('exit', (exitCode) => resolve(exitCode ?? 1));
    child.once('error', (error) => {
      console.error(`Could not start ${command}: ${error.message}`);
      resolve(1);
    });
  });
  if (timer) clearTimeout(timer);
  return code;
}

/**
 * Like `run`, and throws when the program fails; the message ends with the log's last lines.
 * @param {string} command
 * @param {string[]} args
 * @param {StartOptions & { timeoutMs?: number }} [options]
 */
export async function mustRun(command, args, options = {}) {
  const code = await run(command, args, options);
  if (code !== 0) {
    const log = options.logFile === undefined ? '' : `\n${tail(options.logFile)}`;
    throw new Error(`'${[path.basename(command), ...args].join(' ')}' failed (exit code ${code}).${log}`);
  }
}

/**
 * How to call npm: the one that runs us, if any, else the one on PATH.
 * @param {string[]} args
 * @returns {{ command: string, args: string[], shell: boolean }}
 */
export function npmCommand(args) {
  const cli = process.env.npm_execpath;
  if (cli !== undefined && /npm-cli\.c?js$/.test(cli) && existsSync(cli)) {
    return { command: process.execPath, args: [cli, ...args], shell: false };
  }
  return { command: 'npm', args, shell: process.platform === 'win32' };
}

/**
 * Runs npm; throws when it fails.
 * @param {string[]} args
 * @param {StartOptions & { timeoutMs?: number }} [options]
 */
export async function npm(args, options = {}) {
  const call = npmCommand(args);
  await mustRun(call.command, call.args, { ...options, shell: call.shell });
}

/**
 * The last lines of a log file.
 * @param {string} file
 * @param {number} [lines]
 */
export function tail(file, lines = 40) {
  if (!existsSync(file)) return '';
  const text = readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  return `--- end of ${path.relative(ROOT, file)} ---\n${text}\n---`;
}
