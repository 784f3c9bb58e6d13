/** The sample platform as a separate process, as users start it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

export interface RunningPlatform {
  readonly root: string;
  readonly apiKey: string;
  readonly username: string;
  readonly password: string;
  /** Asks for faults in the next responses, see platform/src/control.ts. */
  readonly control: (order: unknown) => Promise<void>;
  /** The requests so far: `GET /accessplan/api/v2/user`. */
  readonly requests: () => Promise<string[]>;
  /** Waits until a request has met the last of the faults that were asked for. */
  readonly faulted: () => Promise<void>;
  /** Ends the process. */
  readonly stop: () => Promise<void>;
}

export async function startPlatformProcess(...args: string[]): Promise<RunningPlatform> {
  const child: ChildProcess = spawn(
    process.execPath,
    [
      join(import.meta.dirname, '../../dist/platform.js'),
      ...(args.includes('--records') ? [] : ['--records', '300']),
      ...args,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const line = await new Promise<string>((resolve, reject) => {
    child.on('exit', (code) => reject(new Error(`the platform ended with ${code}`)));
    if (child.stdout !== null) createInterface(child.stdout).once('line', resolve);
  });
  const ready = JSON.parse(line) as { root: string; apiKey: string; username: string; password: string };
  const control = async (order: unknown) => {
    const response = await fetch(`${new URL(ready.root).origin}/_control`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(order),
    });
    if (!response.ok) throw new Error(`control: ${response.status} ${await response.text()}`);
  };
  const seen = async () =>
    (await (await fetch(`${new URL(ready.root).origin}/_control`)).json()) as {
      requests: { method: string; path: string }[];
      queued: number;
    };
  const requests = async () =>
    (await seen()).requests.map(({ method, path }) => `${method} ${decodeURIComponent(path)}`);
  const faulted = async () => {
    while ((await seen()).queued > 0) await pause(20);
  };
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill();
    await ended;
  };
  return { ...ready, control, requests, faulted, stop };
}
