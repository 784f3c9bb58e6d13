/** Fetches pages straight into a file or standard output, in constant memory; with `--resume`, it can go on later. */
import type { OutputFile } from '#core/files/output-file';
import type { FreshFile } from '#core/files/own-file';
import type { ApiClient } from '#core/remote/api';
import { ApiError } from '#core/remote/api-error';
import { type CellStyle, guardNote } from '#core/results/csv';
import type { StreamFormat } from '#core/results/formats';
import type { ApiRecord } from '#core/results/read-page';
import { recordWriter } from '#core/results/record-writer';
import type { FieldTypes } from '#core/results/typed';
import { ChangeWatch } from '#core/running/changes';
import { duplicated, isExact } from '#core/running/extent';
import type { FetchOptions, FetchResult, PageSink } from '#core/running/fetch-pages';
import { fetchRecords } from '#core/running/fetch-records';
import { type Position, recordsBefore } from '#core/running/progress';
import { selectedFields } from '#core/running/send';
import { streamRecords } from '#core/running/stream-records';
import { pathOf, type WireRequest } from '#language';
import { ago } from './duration';
import { type Identity, PartialFile, type Reached, removePartial } from './partial-file';
import type { ProgressLine } from './progress-line';

/** What to do where the formula guard changed cells. */
export const GUARD_HINT = '--no-formula-guard leaves such cells unchanged.';

export interface Streaming {
  readonly format: StreamFormat;
  /** How a CSV is written. */
  readonly csv: CellStyle;
  /** The module's fields, as far as known. */
  readonly fields: readonly string[];
  /** With `--typed`: the types of the module's fields. */
  readonly types?: FieldTypes | undefined;
  readonly write: (text: string) => Promise<void>;
  readonly progress: ProgressLine;
  readonly fetch: FetchOptions;
  /** The file that `write` writes to; absent for standard output. */
  readonly file?: OutputFile;
  /** True when nothing else is written there. */
  readonly alone: boolean;
}

/** Where the result is stopped or doubtful, the caller must not keep the file. */
export const streamRequest = async (
  client: ApiClient,
  wire: WireRequest,
  { progress, file, alone, ...streaming }: Streaming,
): Promise<FetchResult> =>
  streamRecords(client, wire, {
    ...streaming,
    guardHint: GUARD_HINT,
    onProgress: (reached) => progress.update(reached),
    ...(file !== undefined && alone ? { file } : {}),
    // A result that may not be whole does not go into a file; on a terminal it is better than nothing.
    keepsPart: () => Promise.resolve(file === undefined),
  });

/** Where the records of a fetch with `--resume` are kept, and for how long they are of use. */
export interface Resuming {
  /** What the user calls the file. */
  readonly output: string;
  /** Milliseconds. */
  readonly within: number;
  readonly fresh: FreshFile;
}

/**
 * Does the same with a partial file, which stays where the fetch was stopped: only that can go on. The caller removes it
 * with success.
 */
export async function resumeRequest(
  client: ApiClient,
  wire: WireRequest,
  { format, write, progress, fetch, csv, fields, types }: Streaming,
  resuming: Resuming,
): Promise<FetchResult> {
  const identity: Identity = { root: client.connection.root, address: pathOf(wire) };
  const partial = await partialFor(identity, resuming, fetch, progress);
  let result: FetchResult;
  try {
    const watch = new ChangeWatch();
    const columns = new Set<string>();
    const note = (records: readonly ApiRecord[]) => {
      for (const record of records) for (const name of Object.keys(record)) columns.add(name);
    };
    const from = partial.reached?.position;
    if (from !== undefined) {
      let before = recordsBefore(from);
      for await (const records of partial.records()) {
        watch.recall(records.slice(before));
        before = Math.max(0, before - records.length);
        note(records);
      }
    }
    const sink: PageSink = async (page, reached) => {
      note(page.records);
      await partial.append(page.records, reached.position);
      progress.update(reached);
    };
    result =
      from !== undefined && from.pages === fetch.pages
        ? arrivedBefore(client, wire, from, watch)
        : await fetchRecords(client, wire, sink, { ...fetch, watch, ...(from && { from }) });
    if (isExact(result)) {
      const writer = recordWriter(format, write, {
        select: selectedFields(wire),
        columns: [...columns],
        fields,
        csv,
        types,
      });
      for await (const records of partial.records()) {
        if (fetch.signal?.aborted === true) throw new ApiError('cancelled');
        await writer.write(records);
      }
      await writer.end();
      result = { ...result, notes: [...result.notes, ...guardNote(writer.guarded, GUARD_HINT)] };
    }
  } catch (error) {
    await leave(partial, resuming, progress);
    throw error;
  }
  if (result.extent.kind === 'stopped') await leave(partial, resuming, progress);
  else await partial.close();
  if (result.extent.kind === 'doubtful') await removePartial(resuming.output, resuming.fresh);
  return result;
}

/** Opens what an earlier fetch left; begins anew, and says why, where it is too old or of another request. */
async function partialFor(
  identity: Identity,
  { output, within, fresh }: Resuming,
  { pages }: FetchOptions,
  progress: ProgressLine,
): Promise<PartialFile> {
  const found = await PartialFile.open(output, fresh);
  const why = found === 'useless' ? DAMAGED : found && uselessness(found.reached, identity, within, pages);
  if (why !== undefined) progress.say(`Starting over: the unfinished fetch next to ${output} ${why}.`);
  if (typeof found === 'object') {
    const { partial, reached } = found;
    if (why === undefined) {
      progress.say(`Continuing after ${countOf(reached.position)}, which arrived ${ago(reached.savedAt)}.`);
      return partial;
    }
    await partial.close();
  }
  return PartialFile.create(output, fresh, identity);
}

const DAMAGED = 'has no whole page: it is damaged, or another version of APQ left it';

function uselessness(
  { identity, position, savedAt }: Reached,
  { root, address }: Identity,
  within: number,
  pages: FetchOptions['pages'],
): string | undefined {
  if (identity.root !== root) return `went to ${identity.root}, this one goes to ${root}`;
  if (identity.address !== address)
    return `asked for ${decoded(identity.address)}, this one asks for ${decoded(address)}`;
  if (Date.now() - savedAt > within) return `is of ${ago(savedAt)} (--resume-within says how old it may be)`;
  if (typeof pages === 'number' && position.pages > pages)
    return `has ${position.pages} pages, this one asks for ${pages}`;
  return undefined;
}

/** The result when all pages that are asked for had arrived, and only the file was not written. */
const arrivedBefore = (
  client: ApiClient,
  wire: WireRequest,
  position: Position,
  watch: ChangeWatch,
): FetchResult => ({
  url: `${client.connection.root}${pathOf(wire)}`,
  status: 200,
  milliseconds: 0,
  bytes: 0,
  pages: position.pages,
  count: position.records,
  duplicates: watch.duplicates,
  extent: watch.duplicates > 0 ? duplicated(watch.duplicates) : { kind: 'part' },
  position,
  notes: [],
  json: undefined,
  ...(position.total === undefined ? {} : { total: position.total }),
});

async function leave(partial: PartialFile, { output }: Resuming, progress: ProgressLine): Promise<void> {
  await partial.leave();
  if (partial.reached !== undefined)
    progress.say(
      `${countOf(partial.reached.position)} are kept next to ${output}: run the same command with --resume to continue.`,
    );
}

/** Warns that a run without `--resume` starts over. */
export async function tellUnfinished(
  output: string,
  fresh: FreshFile,
  progress: ProgressLine,
): Promise<void> {
  // What is not ours is not looked at.
  const found = await PartialFile.open(output, fresh).catch(() => undefined);
  if (typeof found !== 'object') return;
  await found.partial.close();
  const { position, savedAt } = found.reached;
  progress.say(
    `Starting over. An unfinished fetch of ${ago(savedAt)} with ${countOf(position)} is next to ${output}; --resume would continue it.`,
  );
}

const countOf = ({ records, total }: { records: number; total?: number | undefined }): string =>
  `${records.toLocaleString('en-GB')}${total === undefined ? '' : ` of ${total.toLocaleString('en-GB')}`} records`;

const MOST_TOLD = 1000;

function decoded(address: string): string {
  // A list of values may fill a page.
  const short = address.length > MOST_TOLD ? `${address.slice(0, MOST_TOLD)}…` : address;
  try {
    return decodeURIComponent(short);
  } catch {
    return short;
  }
}
