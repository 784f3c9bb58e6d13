/** Fetching pages straight into a file or standard output, in flat memory; with `--resume` so that it can go on later. */
import type { ApiClient } from '#core/remote/api';
import { ApiError } from '#core/remote/api-error';
import { evenRows } from '#core/results/even-rows';
import type { StreamFormat } from '#core/results/formats';
import type { OutputFile } from '#core/results/output-file';
import { recordWriter } from '#core/results/record-writer';
import { ChangeWatch } from '#core/running/changes';
import { type FetchOptions, fetchPages, type FetchResult, type PageSink } from '#core/running/fetch-pages';
import { selectedFields } from '#core/running/send';
import { pathOf, type WireRequest } from '#language';
import { usage } from './exit';
import { PartialFile, unfinished } from './partial-file';
import type { ProgressLine } from './progress-line';

export interface Streaming {
  readonly format: StreamFormat;
  readonly write: (text: string) => Promise<void>;
  readonly progress: ProgressLine;
  readonly fetch: FetchOptions;
  /** What `write` writes to, when that is not standard output. */
  readonly file?: OutputFile;
  /** Nothing else goes there. */
  readonly alone: boolean;
}

/** Ends with `stoppedBy` in the result when not all came; then nothing has gone into a file. */
export async function streamRequest(
  client: ApiClient,
  wire: WireRequest,
  streaming: Streaming,
): Promise<FetchResult> {
  const { format, write, progress, fetch, file, alone } = streaming;
  const writer = recordWriter(format, write, selectedFields(wire));
  const sink: PageSink = async (page, sofar) => {
    await writer.write(page.records);
    progress.update(sofar);
  };
  const result = await fetchPages(client, wire, sink, fetch);
  // What is not whole does not go into a file; on a terminal it is better than nothing.
  if (result.stoppedBy !== undefined && file !== undefined) return result;
  await writer.end();
  if (writer.late.length === 0) return result;
  if (file !== undefined && alone) {
    await file.rewrite((text) => evenRows(text, writer.columns));
    return result;
  }
  const note = `The header lacks ${writer.late.join(', ')}: later pages brought more than the first, in cells at the end of their rows. --output FILE gives a whole header; so does $select.`;
  return { ...result, notes: [...result.notes, note] };
}

/** The same by way of a partial file, which stays when not all came; the caller removes it when the output is kept. */
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
      throw usage(`${from.pages} pages are there already. Ask for more with --pages, or for all.`);
    const watch = new ChangeWatch();
    const columns = new Set<string>();
    const note = (records: Parameters<ChangeWatch['take']>[0]) => {
      for (const record of records) for (const name of Object.keys(record)) columns.add(name);
    };
    if (from !== undefined) {
      progress.say(`Going on after ${countOf(from)}.`);
      for await (const records of partial.records()) {
        watch.take(records);
        note(records);
      }
    }
    const sink: PageSink = async (page, sofar) => {
      note(page.records);
      await partial.append(page.records, sofar.position);
      progress.update(sofar);
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
    progress.say(`${countOf(kept)} are kept beside ${output}: run the same with --resume to go on.`);
}

/** A run without `--resume` starts over, and says so. */
export async function tellUnfinished(output: string, progress: ProgressLine): Promise<void> {
  const state = await unfinished(output);
  if (state === undefined) return;
  const when = state.savedAt.slice(0, 16).replace('T', ' ');
  progress.say(
    `Starting over. An unfinished fetch of ${when} (UTC) with ${countOf(state.position)} is beside ${output}; --resume would go on with it.`,
  );
}

const countOf = ({ records, total }: { records: number; total?: number | undefined }): string =>
  `${records.toLocaleString('en-GB')}${total === undefined ? '' : ` of ${total.toLocaleString('en-GB')}`} records`;
