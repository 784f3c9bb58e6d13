/**
 * `npm run bench`: completion, a keystroke to its diagnostics, and the start, over stdio, against an echo server that sends
 * the same answers. The ratios matter. The two take turns, so that noise affects both.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

/** The same, every tenth with a name, and a SQL request in the middle: its statement begins on the line. */
function fileWithSql(requests: number): { text: string; line: number } {
  const { text, line } = fileOf(requests);
  const blocks = text
    .split(/^(?=###)/m)
    .map((block, i) => (i % 10 === 0 ? block.replace('GET', `# @name r${i}\nGET`) : block));
  const sql =
    '### Asked\nSQL\nselect a.Field1Of0,  count(*) as n\nfrom      r0 a join r10 b on b.Field1Of10 = a.Field1Of0\nwhere     a.Field2Of0 > 1\n\n';
  blocks.splice(requests / 2, 0, sql);
  return { text: blocks.join(''), line: line - 1 + requests / 20 };
}

const complete = async ({ connection }: Server, line: number) =>
  connection.sendRequest('textDocument/completion', {
    textDocument: { uri: URI },
    position: { line, character: 10 },
  });

/** Until the diagnostics are there: they have not changed. */
async function keystroke(
  server: Server,
  line: number,
  version: number,
  known: string | undefined,
): Promise<void> {
  type(server, URI, line, version);
  await diagnose(server, URI, known);
}

/** Typing and completing in a SQL request, beside the same in a GET of the same file. */
async function sqlInLongFile(begin: () => Promise<Server>): Promise<string[]> {
  const rows: string[] = [];
  for (const requests of [2_000, 10_000]) {
    const { text, line } = fileWithSql(requests);
    const server = await begin();
    await open(server, URI, text);
    let version = 1;
    const typing = (at: number) => async () => {
      version++;
      await keystroke(server, at, version, undefined);
    };
    /** Two at a time, so that what was typed is removed again. */
    const twice = (work: () => Promise<void>) => async () =>
      timed(async () => {
        await work();
        await work();
      });
    const other = line - 6;
    const measure = async (what: string, inGet: () => Promise<number>, inSql: () => Promise<number>) => {
      const times = await takeTurns(ROUNDS, WARM_UP, inGet, inSql);
      rows.push(row(`${what}, ${(requests * 5).toLocaleString('en-GB')} lines`, times, [0.5, 0.99]));
    };
    await measure(
      'completion',
      async () => timed(async () => complete(server, other)),
      async () => timed(async () => complete(server, line)),
    );
    await measure('two keystrokes in a column', twice(typing(other)), twice(typing(line)));
    await measure('two keystrokes behind from', twice(typing(other)), twice(typing(line + 1)));
    stop(server);
  }
  return rows;
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'apq-bench-'));
  const metadataFile = join(folder, 'metadata.json');
  writeFileSync(metadataFile, JSON.stringify(metadata));
  const echo = await buildEcho(folder);
  const rows: string[] = [];
  const answers = join(folder, 'answers.json');
  const startOurs = async () => start(join(ROOT, 'dist/server.js'), {}, { metadataFile });
  const startFloor = async () => start(echo, { ECHO_ANSWERS: answers }, {});
  for (const requests of [2_000, 10_000]) {
    const { text, line } = fileOf(requests);
    const ours = await startOurs();
    const { resultId } = await open(ours, URI, text);
    const completion = await complete(ours, line);
    writeFileSync(answers, JSON.stringify({ completion, report: { kind: 'unchanged', resultId } }));
    const floor = await startFloor();
    await open(floor, URI, text);
    const measure = async (what: string, work: (server: Server, round: number) => Promise<unknown>) => {
      const on = (server: Server) => async (round: number) => timed(async () => work(server, round));
      const times = await takeTurns(ROUNDS, WARM_UP, on(floor), on(ours));
      rows.push(row(`${what}, ${(requests * 5).toLocaleString('en-GB')} lines`, times, [0.5, 0.99]));
    };
    await measure('completion', async (server) => complete(server, line));
    await measure('keystroke to diagnostics', async (server, round) =>
      keystroke(server, line, round + 2, resultId),
    );
    for (const server of [ours, floor]) stop(server);
  }
  const sqlRows = await sqlInLongFile(startOurs);
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
  const beside = ['GET p50', 'p99', 'SQL p50', 'p99', 'ratio', 'p99'];
  process.stdout.write(
    `${'milliseconds, beside those in a GET'.padEnd(44)}${beside.map((head) => head.padStart(9)).join('')}\n${sqlRows.join('\n')}\n`,
  );
  rmSync(folder, { recursive: true });
}

void main();
