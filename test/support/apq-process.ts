/** The command line as a process of its own, as users start it. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './lsp';

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface ApqOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Called with all that stands on standard error so far: what it returns is sent to the process as a signal. */
  readonly watch?: (err: string) => NodeJS.Signals | undefined;
}

/** Runs `apq`; of the environment's APQ_… variables it sees only those of `env`. */
export async function apq(
  args: readonly string[],
  { env = {}, cwd = ROOT, watch }: ApqOptions = {},
): Promise<Ended> {
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('APQ_')));
  const child = spawn(process.execPath, [join(ROOT, 'dist/apq.js'), ...args], {
    env: { ...clean, ...env },
    cwd,
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (data: Buffer) => (out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (err += data.toString()));
  child.stdin.end();
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      const signal = watch?.(err);
      if (signal !== undefined) child.kill(signal);
    }, 20);
    child.on('close', (code) => {
      clearInterval(timer);
      resolve({ code, out, err });
    });
  });
}
