/** Fetches pages straight into a file or standard output, in constant memory; with `--resume`, it can go on later. */
import type { ApiClient } from '#core/remote/api';
import { ApiError } from '#core/remote/api-error';
import type { StreamFormat } from '#core/results/formats';
import type { OutputFile } from '#core/results/output-file';
import { recordWriter } from '#core/results/record-writer';
import { ChangeWatch } from '#core/running/changes';
import { type FetchOptions, fetchPages, type FetchResult, type PageSink } from '#core/running/fetch-pages';
import { selectedFields } from '#core/running/send';
import { streamRecords } from '#core/running/stream-records';
import { pathOf, type WireRequest } from '#language';
import { usage } from './exit';
import { PartialFile, unfinished } from './partial-file';
import type { ProgressLine } from './progress-line';

export interface Streaming {
  readonly format: StreamFormat;
  readonly write: (text: string) => Promise<void>;
  readonly progress: ProgressLine;
  readonly fetch: FetchOptions;
  /** The file that `write` writes to; absent for standard output. */
  readonly file?: OutputFile;
  /** True when nothing else is written there. */
  readonly alone: boolean;
}

/** Returns a result with `stoppedBy` when not all pages arrived; then the caller must not keep the file. */
export const streamRequest = async (
  client: ApiClient,
  wire: WireRequest,
  { format, write, progress, fetch, file, alone }: Streaming,
): Promise<FetchResult> =>
  streamRecords(client, wire, {
    format,
    write,
    fetch,
    onProgress: (reached) => progress.update(reached),
    ...(file !== undefined && alone ? { file } : {}),
    // An incomplete result does not go into a file; on a terminal it is better than nothing.
    keepsPart: file === undefined,
  });

/** Does the same with a partial file, which stays when not all pages arrived. The caller removes it with success. */
export async function resumeRequest(
  client: ApiClient,
  wire: WireRequest,
  { format, write, progress, fetch }: Streaming,
  output: string,
): Promise<FetchResult> {
  const partial = await PartialFile.open(output, { root: client.connection.root, address: pathOf(wire) });
  const { from } = partial;
  let result: FetchResult;
  try {
    if (from !== undefined && from.pages === fetch.pages)
      throw usage(`${from.pages} pages were fetched already. Ask for more with --pages, or for all.`);
    const watch = new ChangeWatch();
    const columns = new Set<string>();
    const note = (records: Parameters<ChangeWatch['take']>[0]) => {
      for (const record of records) for (const name of Object.keys(record)) columns.add(name);
    };
    if (from !== undefined) {
      progress.say(`Continuing after ${countOf(from)}.`);
      for await (const records of partial.records()) {
        watch.take(records);
        note(records);
      }
    }
    const sink: PageSink = async (page, reached) => {
      note(page.records);
      await partial.append(page.records, reached.position);
      progress.update(reached);
    };
    result = await fetchPages(client, wire, sink, { ...fetch, watch, ...(from && { from }) });
    if (result.stoppedBy === undefined) {
      const writer = recordWriter(format, write, selectedFields(wire), [...columns]);
      for await (const records of partial.records()) {
        if (fetch.signal?.aborted === true) throw new ApiError('cancelled');
        await writer.write(records);
      }
      await writer.end();
    }
  } catch (error) {
    await leave(partial, output, progress);
    throw error;
  }
  if (result.stoppedBy === undefined) await partial.close();
  else await leave(partial, output, progress);
  return result;
}

async function leave(partial: PartialFile, output: string, progress: ProgressLine): Promise<void> {
  const kept = await partial.leave();
  if (kept !== undefined)
    progress.say(
      `${countOf(kept)} are kept next to ${output}: run the same command with --resume to continue.`,
    );
}

/** Warns that a run without `--resume` starts over. */
export async function tellUnfinished(output: string, progress: ProgressLine): Promise<void> {
  const state = await unfinished(output);
  if (state === undefined) return;
  const when = state.savedAt.slice(0, 16).replace('T', ' ');
  progress.say(
    `Starting over. An unfinished fetch of ${when} (UTC) with ${countOf(state.position)} is next to ${output}; --resume would continue it.`,
  );
}

const countOf = ({ records, total }: { records: number; total?: number | undefined }): string =>
  `${records.toLocaleString('en-GB')}${total === undefined ? '' : ` of ${total.toLocaleString('en-GB')}`} records`;
