/**
 * `npm run bench`: large files, and files with many mistakes. A keystroke next to an echo server; reading and checking with the
 * memory that it takes; and the worst inputs known, next to ordinary requests of the same length, at sizes that double: a
 * figure that grows from left to right grows faster than the text.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LanguageService } from '#language';
import { metadata } from '../language/support/metadata';
import {
  buildEcho,
  diagnose,
  open,
  ROOT,
  row,
  type Server,
  start,
  stop,
  takeTurns,
  timed,
  type,
} from './servers';

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 300);
const URI = 'file:///large.apq';
const HEADS = ['echo p50', 'p99', 'APQ p50', 'p99', 'ratio', 'p99'];

const plain = (i: number) =>
  `### Request ${i}\nGET coursedate\n$select = ID, Label\n$filter = Label eq 'x' and Cost gt '5'\n\n`;

const repeat = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join('');

/** The parts until they are so many characters. */
function ofLength(length: number, part: (index: number) => string): string {
  const parts: string[] = [];
  for (let [i, sum] = [0, 0]; sum < length; i++) {
    parts.push(part(i));
    sum += part(i).length;
  }
  return parts.join('');
}

/** A keystroke, until the editor is free: it has asked for diagnostics, and gets an answer to the next question. */
async function keystroke(server: Server, line: number, version: number): Promise<void> {
  type(server, URI, line, version);
  void diagnose(server, URI).catch(() => undefined);
  await server.connection.sendRequest('textDocument/hover', {
    textDocument: { uri: URI },
    position: { line, character: 1 },
  });
}

async function keystrokes(): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'apq-bench-'));
  const answers = join(folder, 'answers.json');
  writeFileSync(answers, JSON.stringify({ completion: null, report: { kind: 'unchanged', resultId: '0' } }));
  const echo = await buildEcho(folder);
  const rows: string[] = [];
  for (const wrong of [1, 2500]) {
    const text = repeat(
      2500,
      (i) => `### ${i}\nGET coursedate\n$filter = ${i < wrong ? 'Stauts = Full' : "Status eq 'Full'"}\n`,
    );
    const ours = await start(join(ROOT, 'dist/server.js'), {}, {});
    const floor = await start(echo, { ECHO_ANSWERS: answers }, {});
    for (const server of [ours, floor]) await open(server, URI, text);
    const on = (server: Server) => async (round: number) =>
      timed(async () => keystroke(server, 2, round + 2));
    rows.push(
      row(
        `keystroke, ${wrong.toLocaleString('en-GB')} wrong filters`,
        await takeTurns(ROUNDS, 100, on(floor), on(ours)),
        [0.5, 0.99],
      ),
    );
    for (const server of [ours, floor]) stop(server);
  }
  rmSync(folder, { recursive: true });
  return rows;
}

/** Megabytes that the process has taken at most. */
const peak = ({ process: { pid } }: Server): number =>
  Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

async function reading(): Promise<string[]> {
  const rows: string[] = [];
  for (const size of [1, 5, 19]) {
    const server = await start(join(ROOT, 'dist/server.js'), {}, {});
    const base = peak(server);
    const milliseconds = await timed(async () => open(server, URI, ofLength(size * 1e6, plain)));
    const memory = peak(server) - base;
    rows.push(
      `open and check ${size} MB`.padEnd(44) +
        `${milliseconds.toFixed(0)} ms, ${memory.toFixed(0)} MB, ${(memory / size).toFixed(1)} times the text`,
    );
    stop(server);
  }
  return rows;
}

/** Each takes about as many characters as it is told. */
const WORST: Readonly<Record<string, (length: number) => string>> = {
  'negations joined by and': (length) =>
    `GET coursedate\n$filter = ${repeat(length / 52, (i) => `${i === 0 ? '' : ' and '}not (Label eq 'a${i}' and Status in ('Full','x'))`)}`,
  'blank lines': (length) => `GET coursedate\n${'\n'.repeat(length)}`,
  'a body that is never closed': (length) => `POST coursedate\n${'{"a":'.repeat(length / 5)}`,
  'requests in a chain': (length) =>
    repeat(length / 55, (i) => `### ${i}\n# @name r${i}\nGET coursedate/{{r${i - 1}.results[0].ID}}\n`),
  'variables in a chain': (length) => repeat(length / 17, (i) => `@v${i} = {{v${i + 1}}}\n`),
  'wrong filters': (length) =>
    repeat(length / 44, (i) => `### ${i}\nGET coursedate\n$filter = Stauts = Full\n`),
  parentheses: (length) =>
    `GET coursedate\n$filter = ${'('.repeat(length / 2)}Label eq 'a'${')'.repeat(length / 2)}`,
  'deep JSON': (length) => `POST coursedate\n${'{"a":'.repeat(length / 6)}1${'}'.repeat(length / 6)}`,
  'one line': (length) => `GET coursedate\n$filter = ${"Label eq 'a' or ".repeat(length / 16)}Label eq 'b'`,
  'values without operators': (length) =>
    `GET coursedate\n$filter = Label eq 'a' and ${'}}&&'.repeat(length / 4)}`,
};

function worst(): string[] {
  const service = new LanguageService();
  service.setMetadata(metadata);
  const time = (text: string): number => {
    const begin = process.cpuUsage();
    const document = service.parse(text);
    service.diagnose(document);
    service.fixAll(document);
    service.format(document);
    service.outline(document);
    service.diagnose(service.edit(document, { offset: text.length >> 1, length: 0, text: 'x' }));
    return process.cpuUsage(begin).user / 1000;
  };
  const sizes = [25_000, 50_000, 100_000, 200_000];
  time(ofLength(200_000, plain));
  const floors = sizes.map((size) => time(ofLength(size, plain)));
  const rows = Object.entries(WORST).map(
    ([what, make]) =>
      what.padEnd(44) +
      sizes.map((size, index) => (time(make(size)) / (floors[index] ?? 1)).toFixed(2).padStart(9)).join(''),
  );
  return [
    `${'ordinary requests, ms of the processor'.padEnd(44)}${floors.map((each) => each.toFixed(0).padStart(9)).join('')}`,
    ...rows,
  ];
}

async function main(): Promise<void> {
  const write = (rows: readonly string[]) => process.stdout.write(`${rows.join('\n')}\n`);
  write([
    `${'milliseconds'.padEnd(44)}${HEADS.map((head) => head.padStart(9)).join('')}`,
    ...(await keystrokes()),
  ]);
  write(await reading());
  write([
    `${'times an ordinary text of as many kB'.padEnd(44)}${['25', '50', '100', '200'].map((size) => size.padStart(9)).join('')}`,
    ...worst(),
  ]);
}

void main();
