/** Writes a workbook or a Parquet file beside the editor: records come in portions, the file's bytes go back. */
import { parentPort } from 'node:worker_threads';
import type { ApiRecord } from './read-answer';
import { toParquet } from './parquet';
import { toXlsx } from './xlsx';

/** The last message says what to write. */
export type ToExportWorker =
  | { readonly type: 'records'; readonly records: readonly ApiRecord[] }
  | { readonly type: 'write'; readonly format: 'xlsx' | 'parquet'; readonly columns: readonly string[] };
export type FromExportWorker =
  { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly message: string };

const records: ApiRecord[] = [];

parentPort?.on('message', (message: ToExportWorker) => {
  if (message.type === 'records') {
    for (const record of message.records) records.push(record);
    return;
  }
  const { format, columns } = message;
  const written = async () => (format === 'xlsx' ? toXlsx(records, columns) : toParquet(records, columns));
  written().then(
    (bytes) => parentPort?.postMessage({ ok: true, bytes } satisfies FromExportWorker),
    (error: unknown) =>
      parentPort?.postMessage({
        ok: false,
        message: error instanceof Error ? error.message : String(error),
      } satisfies FromExportWorker),
  );
});
