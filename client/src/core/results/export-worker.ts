/** Writes a workbook or a Parquet file in a worker: it receives records in chunks, as JSON, and returns the file's bytes. */
import { parentPort } from 'node:worker_threads';
import { readJson } from '../values/read-json';
import type { ExportColumn } from './export-column';
import type { WorkerFormat } from './formats';
import { toParquet } from './parquet';
import type { ApiRecord } from './read-page';
import type { About } from './workbook/about';
import { toWorkbook } from './workbook/book';

/** The last message defines what to write. */
export type ToExportWorker =
  /** A JSON array of records: a message of objects would lose what is exact about their numbers. */
  | { readonly type: 'records'; readonly json: string }
  | ({ readonly type: 'write'; readonly format: WorkerFormat } & Description);
export type FromExportWorker =
  /** `notes`: what a reader of the file should know, in sentences. */
  | { readonly ok: true; readonly bytes: Uint8Array; readonly notes: readonly string[] }
  | { readonly ok: false; readonly message: string };

/** What a file says of its records. */
export interface Description {
  readonly columns: readonly ExportColumn[];
  /** What the records are called: the name of their sheet. */
  readonly title: string;
  readonly about?: About;
}

type Written = Omit<Extract<FromExportWorker, { ok: true }>, 'ok'>;
type Writer = (records: readonly ApiRecord[], description: Description) => Promise<Written>;

const WRITERS: Readonly<Record<WorkerFormat, Writer>> = {
  xlsx: async (records, { title, columns, about }) =>
    toWorkbook([{ name: title, records, columns, ...(about && { about }) }]),
  parquet: async (records, { columns }) => Promise.resolve(toParquet(records, columns)),
};

const records: ApiRecord[] = [];

parentPort?.on('message', (message: ToExportWorker) => {
  if (message.type === 'records') {
    // Our own side wrote them.
    for (const record of readJson(message.json) as ApiRecord[]) records.push(record);
    return;
  }
  WRITERS[message.format](records, message).then(
    (written) => parentPort?.postMessage({ ok: true, ...written } satisfies FromExportWorker),
    (error: unknown) =>
      parentPort?.postMessage({
        ok: false,
        message: error instanceof Error ? error.message : String(error),
      } satisfies FromExportWorker),
  );
});
