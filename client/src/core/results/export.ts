/** Writes records as the bytes of a file, in chunks, so that a large file does not block the editor. */
import { Worker } from 'node:worker_threads';
import { writeJson } from '../values/write-json';
import { guardNote } from './csv';
import type { ExportColumn } from './export-column';
import type { FromExportWorker, ToExportWorker } from './export-worker';
import { type ExportFormat, isStreamFormat, type StreamFormat, type WorkerFormat } from './formats';
import type { ApiRecord } from './read-page';
import { recordWriter } from './record-writer';
import { memberOf } from './table';
import type { About } from './workbook/about';

interface ExportOptions {
  readonly format: ExportFormat;
  readonly columns: readonly ExportColumn[];
  /** For a workbook: the name of its sheet, and where the records come from. */
  readonly title?: string;
  readonly about?: About;
  /** The path of the worker that writes workbooks and Parquet. */
  readonly worker: string;
  /** For a CSV: see `CsvOptions`. False for the clipboard. */
  readonly bom?: boolean;
  /** Called at the end with what a reader of the file should know, in sentences. */
  readonly onNotes?: (notes: readonly string[]) => void;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, of: number) => void;
}

/** How many records are converted at a time. */
const CHUNK = 2000;

/**
 * JSON and NDJSON hold the columns' values as the API sent them, a CSV what a reader sees, and workbooks and Parquet
 * values of the columns' types. Throws the signal's reason when cancelled, and an error with a sentence when a file can't
 * hold the records.
 */
export async function* exportText(
  records: readonly ApiRecord[],
  options: ExportOptions,
): AsyncGenerator<Uint8Array> {
  const { format } = options;
  if (isStreamFormat(format)) {
    yield* streamed(records, format, options);
    return;
  }
  yield await inWorker(records, format, options);
}

async function* streamed(
  records: readonly ApiRecord[],
  format: StreamFormat,
  { columns: typedColumns, bom = true, signal, onProgress, onNotes }: ExportOptions,
): AsyncGenerator<Uint8Array> {
  const columns = typedColumns.map(({ name }) => name);
  const encoder = new TextEncoder();
  let text = '';
  const out = (more: string) => {
    text += more;
    return Promise.resolve();
  };
  const writer = recordWriter(format, out, { columns, csv: { bom } });
  const taken = () => {
    const bytes = encoder.encode(text);
    text = '';
    return bytes;
  };
  for (let start = 0; start < records.length; start += CHUNK) {
    signal?.throwIfAborted();
    const chunk = records.slice(start, start + CHUNK);
    await writer.write(chunk.map((record) => only(record, columns)));
    yield taken();
    onProgress?.(start + chunk.length, records.length);
    // Lets other work run.
    await new Promise((resolve) => setImmediate(resolve));
  }
  signal?.throwIfAborted();
  await writer.end();
  onNotes?.(guardNote(writer.guarded));
  yield taken();
}

/** Returns only the columns' members, in the columns' order; a missing member stays missing. */
const only = (record: ApiRecord, columns: readonly string[]): ApiRecord =>
  Object.fromEntries(
    columns
      .filter((column) => Object.hasOwn(record, column))
      .map((column) => [column, memberOf(record, column)]),
  );

async function inWorker(
  records: readonly ApiRecord[],
  format: WorkerFormat,
  { columns, title = 'Records', about, worker: program, signal, onProgress, onNotes }: ExportOptions,
): Promise<Uint8Array> {
  const worker = new Worker(program);
  try {
    const done = new Promise<Extract<FromExportWorker, { ok: true }>>((resolve, reject) => {
      worker.once('message', (reply: FromExportWorker) =>
        reply.ok ? resolve(reply) : reject(new Error(reply.message)),
      );
      worker.once('error', reject);
      signal?.addEventListener('abort', () => reject(new Error('Cancelled.', { cause: signal.reason })), {
        once: true,
      });
    });
    // Handles a rejection even when sending fails first.
    done.catch(() => undefined);
    const send = (message: ToExportWorker) => worker.postMessage(message);
    for (let start = 0; start < records.length; start += CHUNK) {
      signal?.throwIfAborted();
      send({ type: 'records', json: writeJson(records.slice(start, start + CHUNK)) });
      onProgress?.(Math.min(start + CHUNK, records.length), records.length);
      await new Promise((resolve) => setImmediate(resolve));
    }
    send({ type: 'write', format, columns, title, ...(about && { about }) });
    const { bytes, notes } = await done;
    onNotes?.(notes);
    return bytes;
  } finally {
    await worker.terminate();
  }
}
