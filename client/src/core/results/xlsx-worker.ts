/** Writes a workbook beside the editor: records come in portions, the file's bytes go back. */
import { parentPort } from 'node:worker_threads';
import type { ApiRecord } from './read-answer';
import { toXlsx } from './xlsx';

/** The last message says the columns. */
export type ToXlsxWorker =
  | { readonly type: 'records'; readonly records: readonly ApiRecord[] }
  | { readonly type: 'write'; readonly columns: readonly string[] };
export type FromXlsxWorker =
  { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly message: string };

const records: ApiRecord[] = [];

parentPort?.on('message', (message: ToXlsxWorker) => {
  if (message.type === 'records') {
    for (const record of message.records) records.push(record);
    return;
  }
  toXlsx(records, message.columns).then(
    (bytes) => parentPort?.postMessage({ ok: true, bytes } satisfies FromXlsxWorker),
    (error: unknown) =>
      parentPort?.postMessage({
        ok: false,
        message: error instanceof Error ? error.message : String(error),
      } satisfies FromXlsxWorker),
  );
});
