/**
 * `npm run bench`: fetching all pages against what the API's latency and the concurrency allow (the first page comes
 * alone, then pages ÷ concurrency × latency), and the memory used while it streams to a file. The platform is a
 * separate process; its latency is long compared with its own work, as on a real one.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PartialFile } from '#cli/partial-file';
import type { StreamFormat } from '#core/results/formats';
import { recordWriter } from '#core/results/record-writer';
import { fetchPages } from '#core/running/fetch-pages';
import { clientOf } from '../support/api-client';
import { type RunningPlatform, startPlatformProcess } from '../support/platform-process';

/** There are four users for each course date. */
const RECORDS = 200_000;
const LATENCY_MS = 150;

interface Measured {
  readonly milliseconds: number;
  /** How long completing the file took after all records had arrived. */
  readonly afterwards: number;
  readonly records: number;
  /** The most that heap and buffers grew, after a collection, once a tenth of the pages had arrived. */
  readonly growth: number;
}

const collect = () => void globalThis.gc?.();
const inUse = () => {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

/** Streams to a file and measures memory ten times on the way. */
async function fetchAll(
  platform: RunningPlatform,
  folder: string,
  format: StreamFormat | 'resume',
  top: number,
  concurrency: number,
  pages: number | 'all' = 'all',
): Promise<Measured> {
  const path = join(folder, `bench.${format}`);
  const client = clientOf(platform);
  const query = Object.entries({ $select: 'ID,Surname,Forenames,Email,DateCreated', $top: String(top) });
  const request = {
    method: 'GET' as const,
    module: 'User',
    query: query.map(([name, value]) => ({ name, value })),
  };
  const handle = await open(path, 'w');
  const partial =
    format === 'resume'
      ? await PartialFile.create(path, await handle.stat(), { root: platform.root, address: 'bench' })
      : undefined;
  const writer = recordWriter(format === 'resume' ? 'csv' : format, async (text) => handle.writeFile(text));
  const wanted = pages === 'all' ? RECORDS / top : pages;
  let [first, growth] = [0, 0];
  const started = performance.now();
  const result = await fetchPages(
    client,
    request,
    async ({ records }, { pages: page, position }) => {
      await (partial?.append(records, position) ?? writer.write(records));
      if (page % Math.ceil(wanted / 10) !== 0) return;
      collect();
      first ||= inUse();
      growth = Math.max(growth, inUse() - first);
    },
    { pages, concurrency },
  );
  const milliseconds = performance.now() - started;
  if (partial !== undefined) for await (const records of partial.records()) await writer.write(records);
  await writer.end();
  const afterwards = performance.now() - started - milliseconds;
  await handle.close();
  await partial?.leave();
  if (result.extent.kind === 'stopped') throw result.extent.error;
  if (statSync(path).size === 0) throw new Error('nothing was written');
  return { milliseconds, afterwards, records: result.count, growth };
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'apq-bench-'));
  const platform = await startPlatformProcess(
    '--records',
    String(RECORDS / 4),
    '--latency',
    String(LATENCY_MS),
  );
  try {
    // Warms up: the platform makes its records on first use.
    await fetchAll(platform, folder, 'ndjson', 50, 16, 160);
    const rows: string[] = [];
    for (const [format, top, concurrency, pages] of [
      ['ndjson', 50, 4, 80],
      ['ndjson', 50, 16, 640],
      ['ndjson', 1000, 4, 'all'],
      ['csv', 1000, 4, 'all'],
      ['resume', 1000, 4, 'all'],
    ] as const) {
      const { milliseconds, afterwards, records, growth } = await fetchAll(
        platform,
        folder,
        format,
        top,
        concurrency,
        pages,
      );
      const count = pages === 'all' ? RECORDS / top : pages;
      if (records !== count * top) throw new Error(`${records} records arrived`);
      const bound = LATENCY_MS * (1 + Math.ceil((count - 1) / concurrency));
      const cells = [
        bound.toFixed(0),
        milliseconds.toFixed(0),
        (milliseconds / bound).toFixed(2),
        afterwards.toFixed(0),
        `${(growth / 1024 / 1024).toFixed(1)} MB`,
      ];
      const way = format === 'resume' ? 'csv, to be resumed' : format;
      const what = `${records.toLocaleString('en-GB')} by ${top}, ${concurrency} at a time, ${way}`;
      rows.push(`${what.padEnd(50)}${cells.map((cell) => cell.padStart(9)).join('')}`);
    }
    const heads = ['bound', 'APQ', 'ratio', 'after', 'memory'];
    process.stdout.write(
      `\n${'fetching all, milliseconds'.padEnd(50)}${heads.map((head) => head.padStart(9)).join('')}\n${rows.join('\n')}\n`,
    );
  } finally {
    await platform.stop();
    rmSync(folder, { recursive: true });
  }
}

void main();
