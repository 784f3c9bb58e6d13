/** Writes a workbook or a Parquet file in a worker: it receives records in chunks, as JSON, and returns the file's bytes. */
import { parentPort } from 'node:worker_threads';
import { readJson } from '../values/read-json';
import type { WorkerFormat } from './formats';
import { toParquet } from './parquet';
import type { ApiRecord } from './read-page';
import { toXlsx } from './xlsx';

/** The last message defines what to write. */
export type ToExportWorker =
  /** A JSON array of records: a message of objects would lose what is exact about their numbers. */
  | { readonly type: 'records'; readonly json: string }
  | { readonly type: 'write'; readonly format: WorkerFormat; readonly columns: readonly string[] };
export type FromExportWorker =
  /** `longNumbers`: how many numbers became texts, as the format would round them. */
  | { readonly ok: true; readonly bytes: Uint8Array; readonly longNumbers: number }
  | { readonly ok: false; readonly message: string };

type Written = Omit<Extract<FromExportWorker, { ok: true }>, 'ok'>;
type Writer = (records: readonly ApiRecord[], columns: readonly string[]) => Promise<Written>;

const WRITERS: Readonly<Record<WorkerFormat, Writer>> = {
  xlsx: toXlsx,
  parquet: async (rows, columns) => Promise.resolve({ bytes: toParquet(rows, columns), longNumbers: 0 }),
};

const records: ApiRecord[] = [];

parentPort?.on('message', (message: ToExportWorker) => {
  if (message.type === 'records') {
    // Our own side wrote them.
    for (const record of readJson(message.json) as ApiRecord[]) records.push(record);
    return;
  }
  const { format, columns } = message;
  WRITERS[format](records, columns).then(
    (written) => parentPort?.postMessage({ ok: true, ...written } satisfies FromExportWorker),
    (error: unknown) =>
      parentPort?.postMessage({
        ok: false,
        message: error instanceof Error ? error.message : String(error),
      } satisfies FromExportWorker),
  );
});
