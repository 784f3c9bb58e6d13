/** Starts our server and the echo server, asks them in turns, and writes what they took. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import {
  createProtocolConnection,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { VSCODE_COMPLETION } from '../support/vscode-capabilities';

export const ROOT = join(import.meta.dirname, '../..');

export interface Server {
  readonly connection: ProtocolConnection;
  readonly process: ChildProcess;
  readonly start: number;
}

export async function start(
  program: string,
  env: Record<string, string>,
  initializationOptions: object,
): Promise<Server> {
  const begin = performance.now();
  const child = spawn(process.execPath, [program, '--stdio'], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.listen();
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: { textDocument: { diagnostic: {}, completion: VSCODE_COMPLETION } },
    initializationOptions,
  });
  const ready = performance.now() - begin;
  await connection.sendNotification('initialized', {});
  return {
    connection,
    process: child,
    start: ready,
  };
}

/** Opens a file, and returns its diagnostics. */
export async function open(server: Server, uri: string, text: string): Promise<Report> {
  await server.connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'apq', version: 1, text },
  });
  return diagnose(server, uri);
}

/** What a server answers when it is asked for diagnostics. */
export interface Report {
  readonly kind: string;
  readonly resultId?: string;
  readonly items?: unknown[];
}

export const diagnose = async (
  { connection }: Server,
  uri: string,
  previousResultId?: string,
): Promise<Report> =>
  connection.sendRequest('textDocument/diagnostic', {
    textDocument: { uri },
    ...(previousResultId === undefined ? {} : { previousResultId }),
  });

/** Types a space, or removes it again. */
export function type({ connection }: Server, uri: string, line: number, version: number): void {
  const typed = version % 2 === 0;
  const start = { line, character: 10 };
  void connection.sendNotification('textDocument/didChange', {
    textDocument: { uri, version },
    contentChanges: [{ range: { start, end: { line, character: typed ? 10 : 11 } }, text: typed ? ' ' : '' }],
  });
}

/** Builds the echo server into the folder. */
export async function buildEcho(folder: string): Promise<string> {
  const echo = join(folder, 'echo.js');
  await esbuild.build({
    entryPoints: [join(import.meta.dirname, 'echo-server.ts')],
    outfile: echo,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    minify: true,
    logLevel: 'error',
  });
  return echo;
}

/** Returns the sorted times of the echo server and of ours. */
export async function takeTurns(
  rounds: number,
  warmUp: number,
  floor: (round: number) => Promise<number>,
  ours: (round: number) => Promise<number>,
): Promise<[number[], number[]]> {
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < warmUp + rounds; round++) {
    const pair = [await floor(round), await ours(round)] as const;
    if (round >= warmUp) for (const side of [0, 1] as const) times[side].push(pair[side]);
  }
  for (const side of times) side.sort((a, b) => a - b);
  return times;
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

const quantile = (sorted: readonly number[], share: number) => sorted[Math.floor(sorted.length * share)] ?? 0;

export function row(
  what: string,
  [floor, ours]: readonly [number[], number[]],
  shares: readonly number[],
): string {
  const numbers = [floor, ours].flatMap((times) => shares.map((share) => quantile(times, share)));
  const ratios = shares.map((share) => quantile(ours, share) / quantile(floor, share));
  return what.padEnd(44) + [...numbers, ...ratios].map((number) => number.toFixed(2).padStart(9)).join('');
}

export function stop({ connection, process }: Server): void {
  connection.dispose();
  process.kill();
}
