/** Writes a workbook or a Parquet file in a worker: it receives records in chunks and returns the file's bytes. */
import { parentPort } from 'node:worker_threads';
import type { WorkerFormat } from './formats';
import { toParquet } from './parquet';
import type { ApiRecord } from './read-page';
import { toXlsx } from './xlsx';

/** The last message defines what to write. */
export type ToExportWorker =
  | { readonly type: 'records'; readonly records: readonly ApiRecord[] }
  | { readonly type: 'write'; readonly format: WorkerFormat; readonly columns: readonly string[] };
export type FromExportWorker =
  { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly message: string };

type Writer = (records: readonly ApiRecord[], columns: readonly string[]) => Promise<Uint8Array>;

const WRITERS: Readonly<Record<WorkerFormat, Writer>> = {
  xlsx: toXlsx,
  parquet: async (rows, columns) => Promise.resolve(toParquet(rows, columns)),
};

const records: ApiRecord[] = [];

parentPort?.on('message', (message: ToExportWorker) => {
  if (message.type === 'records') {
    for (const record of message.records) records.push(record);
    return;
  }
  const { format, columns } = message;
  WRITERS[format](records, columns).then(
    (bytes) => parentPort?.postMessage({ ok: true, bytes } satisfies FromExportWorker),
    (error: unknown) =>
      parentPort?.postMessage({
        ok: false,
        message: error instanceof Error ? error.message : String(error),
      } satisfies FromExportWorker),
  );
});
