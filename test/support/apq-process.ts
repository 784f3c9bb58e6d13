/** The command line as a separate process, as users start it. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './lsp';

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The program of the build. */
export const APQ = join(ROOT, 'dist/apq.js');

export interface ApqOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Absent: that of the build. */
  readonly program?: string;
  /** Standard input. */
  readonly input?: string;
  /** Standard output: `closed` has a reader that is gone; else an open file. Absent: it is read. */
  readonly stdout?: 'closed' | number;
  /** The number of the user as whom it runs; only root can choose. */
  readonly user?: number;
  /** Called with the text of standard error so far. Returns a signal to send to the process. */
  readonly watch?: (err: string) => NodeJS.Signals | undefined;
}

/** Runs `apq`, with those variables that it heeds only that are in `env`. */
export async function apq(
  args: readonly string[],
  { env = {}, cwd = ROOT, program = APQ, input = '', user, watch, stdout }: ApqOptions = {},
): Promise<Ended> {
  const clean = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^APQ_|_COLOR$|^COLUMNS$/.test(name)),
  );
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...clean, ...env },
    cwd,
    stdio: ['pipe', typeof stdout === 'number' ? stdout : 'pipe', 'pipe'],
    ...(user !== undefined && { uid: user, gid: user }),
  });
  let [out, err] = ['', ''];
  if (stdout === 'closed') child.stdout?.destroy();
  child.stdout?.on('data', (data: Buffer) => (out += data.toString()));
  child.stderr?.on('data', (data: Buffer) => (err += data.toString()));
  child.stdin?.end(input);
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
