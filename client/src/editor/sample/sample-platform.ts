/**
 * The sample platform that ships with the extension: a process of its own on loopback, which ends with the window. What
 * is changed on it is kept until it is reset.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import * as v from 'valibot';
import type * as vscode from 'vscode';
import type { Connection } from '#core/connections/connection';
import { type Connections, SAMPLE_ID } from '../connections/connections';
import type { Output } from '../workbench/output';

const ready = v.object({ root: v.pipe(v.string(), v.url()), apiKey: v.string() });
const MAX_START_MS = 30_000;
/** The port on which it ran last: its address stays the same where it can. */
const PORT = 'apq.samplePort';

export class SamplePlatform implements vscode.Disposable {
  #process: ChildProcess | undefined;
  #starting: Promise<Connection> | undefined;
  /** How this window's own platform is reached: the stored connection may lead to another window's. */
  #own: { readonly connection: Connection; readonly apiKey: string } | undefined;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly connections: Connections,
    private readonly output: Output,
    /** The file that keeps what was changed. */
    private readonly changes: string,
  ) {}

  get running(): boolean {
    return this.#process !== undefined;
  }

  /** Whether the connection leads to this window's own platform; another window's ends with that window. */
  serves({ root }: Connection): boolean {
    return this.running && this.#own?.connection.root === root;
  }

  /** Returns the connection, ready for use; starts the sample platform again if it leads there. */
  async ready(connection: Connection): Promise<Connection> {
    return this.connections.isSample(connection) && !this.serves(connection) ? this.open() : connection;
  }

  /** Starts it (once) and makes its connection the active one. */
  async open(): Promise<Connection> {
    this.#starting ??= this.#start().finally(() => (this.#starting = undefined));
    return this.#starting;
  }

  async #start(): Promise<Connection> {
    const known = this.connections.all.find((each) => each.id === SAMPLE_ID);
    if (this.#process !== undefined && this.#own !== undefined) {
      const { connection, apiKey } = this.#own;
      if (known?.root === connection.root) {
        await this.connections.activate(known);
        return known;
      }
      await this.connections.add(connection, { kind: 'apiKey', apiKey });
      return connection;
    }
    const { root, apiKey } = await this.#spawnAtLastPort();
    const connection: Connection = {
      id: SAMPLE_ID,
      name: 'Sample platform',
      root,
      site: 'production',
      auth: 'apiKey',
      ...(known?.changes === undefined ? {} : { changes: known.changes }),
    };
    this.#own = { connection, apiKey };
    await this.connections.add(connection, { kind: 'apiKey', apiKey });
    await this.context.globalState.update(PORT, Number(new URL(root).port));
    this.output.info(`The sample platform runs at ${root}`);
    return connection;
  }

  async #spawnAtLastPort(): Promise<v.InferOutput<typeof ready>> {
    await mkdir(dirname(this.changes), { recursive: true });
    const port = this.context.globalState.get<unknown>(PORT);
    if (typeof port === 'number') {
      try {
        return await this.#spawn(port);
      } catch {
        // Most often another window has it; the reason stands in the output already.
        this.output.info(`The sample platform did not start at port ${port}, so it takes another.`);
      }
    }
    return this.#spawn(0);
  }

  async #spawn(port: number): Promise<v.InferOutput<typeof ready>> {
    const args = ['--changes', this.changes, '--port', String(port)];
    const child = spawn(process.execPath, [this.context.asAbsolutePath('dist/platform.js'), ...args], {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#process = child;
    child.stderr?.on('data', (data: Buffer) =>
      this.output.error(`Sample platform: ${data.toString().trim()}`),
    );
    child.on('exit', (code) => {
      if (this.#process === child) this.#process = undefined;
      this.output.info(`The sample platform ended (${code ?? 'stopped'}).`);
    });
    return this.#firstLine(child);
  }

  async #firstLine(child: ChildProcess): Promise<v.InferOutput<typeof ready>> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error('the sample platform did not start in time')),
        MAX_START_MS,
      );
      const stop = (error: Error) => {
        clearTimeout(timer);
        reject(error);
      };
      child.on('error', stop);
      child.on('exit', (code) =>
        stop(new Error(`the sample platform ended right after its start (${code ?? 'stopped'})`)),
      );
      if (child.stdout === null) return;
      createInterface(child.stdout).once('line', (line) => {
        clearTimeout(timer);
        try {
          resolve(v.parse(ready, JSON.parse(line)));
        } catch (error) {
          stop(error instanceof Error ? error : new Error(String(error)));
        }
      });
    });
  }

  /** Forgets what was changed, and starts it again. */
  async reset(): Promise<Connection> {
    const child = this.#process;
    if (child !== undefined) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      this.stop();
      await ended;
    }
    await rm(this.changes, { force: true });
    return this.open();
  }

  /** Stops the process at once. */
  stop(): void {
    this.#process?.kill();
    this.#process = undefined;
  }

  dispose(): void {
    this.stop();
  }
}
