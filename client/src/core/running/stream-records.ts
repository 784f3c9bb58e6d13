/** Fetches pages straight into a file or a stream, in constant memory. */
import type { WireRequest } from '#language';
import type { OutputFile } from '../files/output-file';
import type { ApiClient } from '../remote/api';
import { guardNote } from '../results/csv';
import { evenRows } from '../results/even-rows';
import type { StreamFormat } from '../results/formats';
import { recordWriter, type WriterOptions } from '../results/record-writer';
import { isExact } from './extent';
import type { FetchOptions, FetchResult } from './fetch-pages';
import { fetchRecords } from './fetch-records';
import type { FetchProgress } from './progress';
import { selectedFields } from './send';

export interface StreamOptions {
  readonly format: StreamFormat;
  /** Takes the text, a piece at a time; the next piece is made when it is done. */
  readonly write: (text: string) => Promise<void>;
  readonly fetch: FetchOptions;
  readonly onProgress: (progress: FetchProgress) => void;
  /** The file that `write` writes to, when only these records go there; then its header is made complete. */
  readonly file?: OutputFile;
  /** Whether a result that is stopped or doubtful is worth having, as on a terminal. */
  readonly keepsPart: (result: FetchResult) => Promise<boolean>;
  /** The module's fields, as far as known: the columns of a CSV without records. */
  readonly fields: readonly string[];
  readonly csv?: WriterOptions['csv'];
  readonly types?: WriterOptions['types'];
  /** How to do without the formula guard. */
  readonly guardHint?: string;
}

/** Where the result is stopped or doubtful, nothing more is written, unless `keepsPart` says so. */
export async function streamRecords(
  client: ApiClient,
  wire: WireRequest,
  { format, write, fetch, onProgress, file, keepsPart, fields, csv = {}, types, guardHint }: StreamOptions,
): Promise<FetchResult> {
  const writer = recordWriter(format, write, { select: selectedFields(wire), fields, csv, types });
  const result = await fetchRecords(
    client,
    wire,
    async ({ records }, reached) => {
      await writer.write(records);
      onProgress(reached);
    },
    fetch,
  );
  if (!isExact(result) && !(await keepsPart(result))) return result;
  await writer.end();
  const notes = [...result.notes, ...guardNote(writer.guarded, guardHint)];
  if (writer.late.length > 0 && file !== undefined)
    await file.rewrite((text) => evenRows(text, writer.columns, csv));
  else if (writer.late.length > 0)
    notes.push(
      `The header lacks ${writer.late.join(', ')}: later pages have these fields, in cells at the end of their rows. With --output FILE or $select, the header is complete.`,
    );
  return { ...result, notes };
}
