/**
 * `npm run bench`: completion, and a keystroke to its diagnostics, over stdio, beside an echo server that sends the same
 * answers. What counts are the ratios.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type ProtocolConnection,
} from 'vscode-languageserver-protocol/node';

const ROOT = join(import.meta.dirname, '../..');
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 200);
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

/** Requests of 5 lines each; the one in the middle is typed into. */
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
  // Types a letter at the end of the line, and takes it away again.
  const typed = version % 2 === 0;
  const character = 60;
  const range = typed
    ? { start: { line, character }, end: { line, character } }
    : { start: { line, character: 9 }, end: { line, character: 10 } };
  void server.connection.sendNotification('textDocument/didChange', {
    textDocument: { uri: URI, version },
    contentChanges: [{ range, text: ' ' }],
  });
  await diagnostics;
}

async function sample(work: (round: number) => Promise<unknown>): Promise<{ p50: number; p99: number }> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS + 20; round++) {
    const begin = performance.now();
    await work(round);
    if (round >= 20) times.push(performance.now() - begin);
  }
  times.sort((a, b) => a - b);
  return { p50: times[Math.floor(times.length / 2)] ?? 0, p99: times[Math.floor(times.length * 0.99)] ?? 0 };
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
  for (const requests of [2_000, 10_000]) {
    const { text, line } = fileOf(requests);
    const ours = await start(join(ROOT, 'dist/server.js'), {}, { metadataFile });
    const diagnostics = await open(ours, text);
    const completion = await complete(ours, line);
    const answers = join(folder, 'answers.json');
    writeFileSync(answers, JSON.stringify({ completion, diagnostics }));
    const floor = await start(echo, { ECHO_ANSWERS: answers }, {});
    await open(floor, text);
    const measure = async (what: string, work: (server: Server) => (round: number) => Promise<unknown>) => {
      const [one, other] = [await sample(work(floor)), await sample(work(ours))];
      const show = (number: number) => number.toFixed(2).padStart(8);
      rows.push(
        `${what.padEnd(44)}${show(one.p50)}${show(one.p99)}${show(other.p50)}${show(other.p99)}${show(other.p50 / one.p50)}${show(other.p99 / one.p99)}`,
      );
    };
    const lines = `${(requests * 5).toLocaleString('en-GB')} lines`;
    await measure(`completion, ${lines}`, (server) => async () => complete(server, line));
    await measure(
      `keystroke to diagnostics, ${lines}`,
      (server) => async (round) => keystroke(server, line, round + 2),
    );
    rows.push(
      `${`start to initialized, ${lines}`.padEnd(44)}${floor.start.toFixed(0).padStart(8)}${''.padStart(8)}${ours.start.toFixed(0).padStart(8)}${''.padStart(8)}${(ours.start / floor.start).toFixed(2).padStart(8)}`,
    );
    for (const server of [ours, floor]) {
      server.connection.dispose();
      server.process.kill();
    }
  }
  process.stdout.write(
    `${'milliseconds'.padEnd(44)}${['echo p50', 'p99', 'APQ p50', 'p99', 'ratio', 'p99'].map((head) => head.padStart(8)).join('')}\n${rows.join('\n')}\n`,
  );
  rmSync(folder, { recursive: true });
}

void main();
