import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, it } from 'mocha';

/** The bundle, not the sources, as it starts in a tenth of the time. */
const MAIN = join(import.meta.dirname, '../../dist/platform.js');

interface Ended {
  readonly code: unknown;
  readonly out: string;
  readonly err: string;
}

/** Collects what a process prints, until it ends. */
function watch(child: ChildProcess): { line: Promise<string>; ended: Promise<Ended> } {
  let [out, err] = ['', ''];
  const line = new Promise<string>((resolve) => {
    child.stdout?.on('data', (data: Buffer) => {
      out += data.toString();
      if (out.includes('\n')) resolve(out);
    });
  });
  child.stderr?.on('data', (data: Buffer) => (err += data.toString()));
  const ended = once(child, 'close').then(([code]: unknown[]) => ({ code, out, err }));
  return { line, ended };
}

const run = (args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess =>
  spawn(process.execPath, [MAIN, ...args], { env: { ...process.env, ...env } });

describe('sample platform: the program', () => {
  const WRONG: readonly (readonly [string, RegExp, NodeJS.ProcessEnv?])[] = [
    ['--wombat', /^Unknown argument '--wombat'\.\n$/],
    ['--records 0', /^--records takes a whole number from 1 to 100000, not '0'\.\n$/],
    ['--port=70000', /^--port takes/],
    ['--latency', /not nothing/],
    ['--seed 1 --seed 2', /repeated/],
    ['--quirks parentheses,wombat', /^--quirks takes a list of parentheses, .*; not 'wombat'\.\n$/],
    ['--quirks in,', /not nothing/],
    ['', /^APQ_PLATFORM_KEY takes/, { APQ_PLATFORM_KEY: 'a b' }],
  ];
  it('ends with status 2 and one sentence for wrong arguments', async () => {
    await Promise.all(
      WRONG.map(async ([args, why, env]) => {
        const { code, out, err } = await watch(run(args.split(' ').filter(Boolean), env)).ended;
        assert.deepEqual([code, out], [2, ''], args);
        assert.match(err, why);
      }),
    );
  });

  it('prints one line, and SIGTERM ends it with connections open', async () => {
    const child = run(['--records=20', '--seed', '7'], { APQ_PLATFORM_KEY: 'key-of-the-test' });
    const { line, ended } = watch(child);
    const ready: unknown = JSON.parse(await line);
    assert.ok(typeof ready === 'object' && ready !== null);
    assert.deepEqual(Object.keys(ready), ['root', 'apiKey', 'username', 'password']);
    const { root, apiKey } = Object.fromEntries(Object.entries(ready));
    assert.equal(apiKey, 'key-of-the-test');
    const reply = await fetch(`${String(root)}/api/v2/course`, {
      headers: { authorization: `Bearer ${String(apiKey)}` },
    });
    assert.equal(reply.status, 200);
    const socket = connect(Number(new URL(String(root)).port), '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    child.kill('SIGTERM');
    const { code, out, err } = await ended;
    assert.deepEqual([code, out.split('\n').length, err], [0, 2, '']);
    socket.destroy();
  });

  it('ends with the parent that forked it', async () => {
    const child = fork(MAIN, ['--records', '20'], { silent: true });
    await watch(child).line;
    // Not 'close', which a disconnected forked process may never emit.
    const ended = once(child, 'exit');
    child.disconnect();
    assert.deepEqual(await ended, [0, null]);
  });
});
