// Child processes and temporary folders that never outlive this process.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { npmCommand } from './npm.mjs';
import { ROOT } from './paths';

const cleanups = new Set<() => void>();
let listening = false;

/**
 * Registers a synchronous clean-up for the end of this process, however it ends (newest first).
 * @returns a function that cancels the registration
 */
export function onExit(cleanup: () => void): () => void {
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
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => process.exit(128 + os.constants.signals[signal]));
    }
  }
  cleanups.add(cleanup);
  return () => cleanups.delete(cleanup);
}

/** A new temporary folder, removed when this process ends. */
export function temporaryFolder(name: string) {
  const folder = mkdtempSync(path.join(os.tmpdir(), `apq-${name}-`));
  onExit(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
  return folder;
}

/** Returns the environment for a child: ours, without the variables of an npm or an editor that runs us. */
export function cleanEnvironment(extra: Record<string, string | undefined> = {}): NodeJS.ProcessEnv {
  const foreign =
    /^(npm_(?!config_)|npm_config_(local_prefix|prefix|ignore_scripts)$|VSCODE_|ELECTRON_|NODE_OPTIONS$|INIT_CWD$)/i;
  const own = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  return { ...Object.fromEntries(own), ...extra };
}

/** Ends a process and everything it started. */
export function killGroup(child: ChildProcess, signal: NodeJS.Signals) {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') {
      if (child.exitCode === null) spawn('taskkill', ['/pid', String(child.pid), '/t', '/f']);
    } else process.kill(-child.pid, signal);
  } catch {
    // The group has already ended.
  }
}

export interface StartOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Output goes there instead of the terminal. */
  logFile?: string;
  /** Keep what the log file holds. */
  append?: boolean;
  shell?: boolean;
  /**
   * Signal for the process group when we end; SIGTERM lets a script of ours clean up after itself,
   * SIGKILL (the default) is for programs that don't end what they start.
   */
  endWith?: NodeJS.Signals;
}

/** Starts a program in its own process group, which ends with us. */
export function start(command: string, args: string[], options: StartOptions = {}) {
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
 * @returns exit code; 1 when it could not be started, ran out of time, or was ended by a signal
 */
export async function run(
  command: string,
  args: string[],
  options: StartOptions & { timeoutMs?: number } = {},
): Promise<number> {
  const child = start(command, args, options);
  const timer = options.timeoutMs && setTimeout(() => killGroup(child, 'SIGKILL'), options.timeoutMs);
  const code = await new Promise<number>((resolve) => {
    child.once('exit', (exitCode) => resolve(exitCode ?? 1));
    child.once('error', (error) => {
      console.error(`Could not start ${command}: ${error.message}`);
      resolve(1);
    });
  });
  if (timer) clearTimeout(timer);
  return code;
}

/** Like `run`, but throws when the program fails; the message ends with the log's last lines. */
export async function mustRun(
  command: string,
  args: string[],
  options: StartOptions & { timeoutMs?: number } = {},
) {
  const code = await run(command, args, options);
  if (code !== 0) {
    const log = options.logFile === undefined ? '' : `\n${tail(options.logFile)}`;
    throw new Error(`'${[path.basename(command), ...args].join(' ')}' failed (exit code ${code}).${log}`);
  }
}

/** Runs npm; throws when it fails. */
export async function npm(args: string[], options: StartOptions & { timeoutMs?: number } = {}) {
  const call = npmCommand(args);
  await mustRun(call.command, call.args, { ...options, shell: call.shell });
}

/** Returns the last lines of a log file. */
export function tail(file: string, lines: number = 40) {
  if (!existsSync(file)) return '';
  const text = readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  return `--- end of ${path.relative(ROOT, file)} ---\n${text}\n---`;
}
