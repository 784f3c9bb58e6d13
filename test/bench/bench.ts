/**
 * `npm run bench`: completion, a keystroke to its diagnostics, and the start, over stdio, against an echo server that sends
 * the same answers. The ratios matter. The two take turns, so that noise affects both.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import {
  createProtocolConnection,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';

const ROOT = join(import.meta.dirname, '../..');
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 2000);
const STARTS = 15;
/** Rounds before the measured ones. */
const WARM_UP = 300;
const URI = 'file:///bench.apq';

const TYPES = ['string', 'integer', 'decimal', 'boolean', 'datetime'];
const metadata = {
  version: 1,
  root: 'https://bench.accessplanit.com/accessplan',
  fetchedAt: new Date().toISOString(),
  modules: Array.from({ length: 138 }, (_, m) => ({
    name: `Module${m}`,
    fields: Array.from({ length: 200 }, (_, f) => ({
      name: `Field${f}Of${m}`,
      type: TYPES[f % TYPES.length],
      filterable: true,
      sortable: f % 7 !== 0,
    })),
  })),
};

/** Makes requests of 5 lines each; the benchmark types into the middle one. */
function fileOf(requests: number): { text: string; line: number } {
  const blocks = Array.from(
    { length: requests },
    (_, i) =>
      `### Request ${i}\nGET module${i % 138}\n$select = Field1Of${i % 138}, Field2Of${i % 138}\n$filter = Field0Of${i % 138} eq 'x' and Field1Of${i % 138} gt '5'\n\n`,
  );
  return { text: blocks.join(''), line: Math.floor(requests / 2) * 5 + 3 };
}

interface Server {
  readonly connection: ProtocolConnection;
  readonly process: ChildProcess;
  readonly start: number;
  nextDiagnostics: () => Promise<unknown[]>;
}

async function start(
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
  let wake: ((diagnostics: unknown[]) => void) | undefined;
  connection.onNotification(
    'textDocument/publishDiagnostics',
    ({ diagnostics }: { diagnostics: unknown[] }) => wake?.(diagnostics),
  );
  connection.listen();
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: {},
    initializationOptions,
  });
  const ready = performance.now() - begin;
  await connection.sendNotification('initialized', {});
  return {
    connection,
    process: child,
    start: ready,
    nextDiagnostics: async () => new Promise((resolve) => (wake = resolve)),
  };
}

async function open(server: Server, text: string): Promise<unknown[]> {
  const diagnostics = server.nextDiagnostics();
  await server.connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri: URI, languageId: 'apq', version: 1, text },
  });
  return diagnostics;
}

const complete = async ({ connection }: Server, line: number) =>
  connection.sendRequest('textDocument/completion', {
    textDocument: { uri: URI },
    position: { line, character: 10 },
  });

async function keystroke(server: Server, line: number, version: number): Promise<void> {
  const diagnostics = server.nextDiagnostics();
  // Types a space, and removes it again.
  const typed = version % 2 === 0;
  const start = { line, character: 10 };
  void server.connection.sendNotification('textDocument/didChange', {
    textDocument: { uri: URI, version },
    contentChanges: [{ range: { start, end: { line, character: typed ? 10 : 11 } }, text: typed ? ' ' : '' }],
  });
  await diagnostics;
}

/** Returns the sorted times of the echo server and of ours. */
async function takeTurns(
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

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

const quantile = (sorted: readonly number[], share: number) => sorted[Math.floor(sorted.length * share)] ?? 0;

function row(what: string, [floor, ours]: readonly [number[], number[]], shares: readonly number[]): string {
  const numbers = [floor, ours].flatMap((times) => shares.map((share) => quantile(times, share)));
  const ratios = shares.map((share) => quantile(ours, share) / quantile(floor, share));
  return what.padEnd(44) + [...numbers, ...ratios].map((number) => number.toFixed(2).padStart(9)).join('');
}

function stop({ connection, process }: Server): void {
  connection.dispose();
  process.kill();
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'apq-bench-'));
  const metadataFile = join(folder, 'metadata.json');
  writeFileSync(metadataFile, JSON.stringify(metadata));
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
  const rows: string[] = [];
  const answers = join(folder, 'answers.json');
  const startOurs = async () => start(join(ROOT, 'dist/server.js'), {}, { metadataFile });
  const startFloor = async () => start(echo, { ECHO_ANSWERS: answers }, {});
  for (const requests of [2_000, 10_000]) {
    const { text, line } = fileOf(requests);
    const ours = await startOurs();
    const diagnostics = await open(ours, text);
    const completion = await complete(ours, line);
    writeFileSync(answers, JSON.stringify({ completion, diagnostics }));
    const floor = await startFloor();
    await open(floor, text);
    const measure = async (what: string, work: (server: Server, round: number) => Promise<unknown>) => {
      const on = (server: Server) => async (round: number) => timed(async () => work(server, round));
      const times = await takeTurns(ROUNDS, WARM_UP, on(floor), on(ours));
      rows.push(row(`${what}, ${(requests * 5).toLocaleString('en-GB')} lines`, times, [0.5, 0.99]));
    };
    await measure('completion', async (server) => complete(server, line));
    await measure('keystroke to diagnostics', async (server, round) => keystroke(server, line, round + 2));
    for (const server of [ours, floor]) stop(server);
  }
  const startTime = (begin: () => Promise<Server>) => async () => {
    const server = await begin();
    stop(server);
    return server.start;
  };
  const starts = await takeTurns(STARTS, 1, startTime(startFloor), startTime(startOurs));
  rows.push(row('start to initialized', starts, [0.5, 0.99]));
  const heads = ['echo p50', 'p99', 'APQ p50', 'p99', 'ratio', 'p99'];
  process.stdout.write(
    `${'milliseconds'.padEnd(44)}${heads.map((head) => head.padStart(9)).join('')}\n${rows.join('\n')}\n`,
  );
  rmSync(folder, { recursive: true });
}

void main();
