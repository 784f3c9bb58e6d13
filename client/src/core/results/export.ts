/** Records as the bytes of a file, in portions, so that nobody waits for a large one. */
import { Worker } from 'node:worker_threads';
import { toCsv, toNdjson } from './formats';
import type { ApiRecord } from './read-answer';
import { MOST_ROWS } from './xlsx-limits';
import type { FromExportWorker, ToExportWorker } from './export-worker';

export type ExportFormat = 'csv' | 'json' | 'ndjson' | 'xlsx' | 'parquet';

export interface ExportOptions {
  readonly format: ExportFormat;
  readonly columns: readonly string[];
  /** The program that writes workbooks and Parquet. */
  readonly worker: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, of: number) => void;
}

const PORTION = 2000;

/**
 * JSON and NDJSON hold what the API sent of the columns; CSV and XLSX what a reader sees. Throws when cancelled (the
 * signal's reason), and with a sentence when a workbook can't hold it.
 */
export async function* exportText(
  records: readonly ApiRecord[],
  { format, columns, worker, signal, onProgress }: ExportOptions,
): AsyncGenerator<Uint8Array> {
  if (format === 'xlsx' || format === 'parquet') {
    if (format === 'xlsx' && records.length >= MOST_ROWS)
      throw new Error(
        `A sheet of Excel holds ${(MOST_ROWS - 1).toLocaleString('en-GB')} records, and there are ${records.length.toLocaleString('en-GB')}. Export fewer rows, or as CSV.`,
      );
    yield await inWorker(records, columns, format, worker, signal, onProgress);
    return;
  }
  const encoder = new TextEncoder();
  if (format === 'json') yield encoder.encode('[');
  for (let start = 0; start < Math.max(1, records.length); start += PORTION) {
    signal?.throwIfAborted();
    const portion = records.slice(start, start + PORTION);
    yield encoder.encode(portionText(portion, columns, format, start === 0));
    onProgress?.(start + portion.length, records.length);
    // Others get their turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (format === 'json') yield encoder.encode(records.length === 0 ? ']\n' : '\n]\n');
}

function portionText(
  portion: readonly ApiRecord[],
  columns: readonly string[],
  format: Exclude<ExportFormat, 'xlsx' | 'parquet'>,
  first: boolean,
): string {
  if (format === 'csv') return toCsv(portion, columns, { header: first, bom: first });
  const chosen = portion.map((record) => only(record, columns));
  if (format === 'ndjson') return toNdjson(chosen);
  return chosen
    .map((record, index) => `${first && index === 0 ? '' : ','}\n  ${JSON.stringify(record)}`)
    .join('');
}

/** The columns' members in their order; a member that is missing stays missing. */
const only = (record: ApiRecord, columns: readonly string[]): ApiRecord =>
  Object.fromEntries(
    columns.filter((column) => Object.hasOwn(record, column)).map((column) => [column, record[column]]),
  );

async function inWorker(
  records: readonly ApiRecord[],
  columns: readonly string[],
  format: 'xlsx' | 'parquet',
  program: string,
  signal: AbortSignal | undefined,
  onProgress: ExportOptions['onProgress'],
): Promise<Uint8Array> {
  const worker = new Worker(program);
  try {
    const done = new Promise<Uint8Array>((resolve, reject) => {
      worker.once('message', (answer: FromExportWorker) =>
        answer.ok ? resolve(answer.bytes) : reject(new Error(answer.message)),
      );
      worker.once('error', reject);
      signal?.addEventListener('abort', () => reject(new Error('Cancelled.', { cause: signal.reason })), {
        once: true,
      });
    });
    // Settled in any case, also when sending fails first.
    done.catch(() => undefined);
    const send = (message: ToExportWorker) => worker.postMessage(message);
    for (let start = 0; start < records.length; start += PORTION) {
      signal?.throwIfAborted();
      send({ type: 'records', records: records.slice(start, start + PORTION) });
      onProgress?.(Math.min(start + PORTION, records.length), records.length);
      await new Promise((resolve) => setImmediate(resolve));
    }
    send({ type: 'write', format, columns });
    return await done;
  } finally {
    await worker.terminate();
  }
}
