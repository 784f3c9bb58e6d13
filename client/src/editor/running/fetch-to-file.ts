/**
 * *Fetch All to File*: writes page after page straight to a file, in constant memory. The file is written whole, or not
 * at all unless the user agrees.
 */
import * as vscode from 'vscode';
import { OutputFile } from '#core/files/output-file';
import { describeWait } from '#core/remote/allowance';
import { isCancelled } from '#core/remote/api-error';
import { describeRetry, PATIENT } from '#core/remote/retry';
import { fileNameOf } from '#core/results/file-name';
import {
  extensionOf,
  formatOfName,
  FORMATS,
  isStreamFormat,
  STREAM_FORMATS,
  type StreamFormat,
} from '#core/results/formats';
import { countIn, isExact } from '#core/running/extent';
import type { FetchResult } from '#core/running/fetch-pages';
import { fieldNames, isChange, type PreparedRequest } from '#core/running/prepare';
import { describeProgress } from '#core/running/progress';
import { sameRequest } from '#core/running/same-request';
import { summaryOf } from '#core/running/send';
import { streamRecords } from '#core/running/stream-records';
import type { Connections } from '../connections/connections';
import { showError } from '../workbench/errors';
import { showFailure, showInformation, showWarning } from '../workbench/messages';
import type { Output } from '../workbench/output';
import { inNotification } from '../workbench/progress';
import { setting } from '../workbench/settings';
import { tellWritten } from '../workbench/written-file';
import type { Requests, Target } from './requests';

/** Returns the format that the file's name stands for; undefined where pages can't be written in it. */
function formatOf(path: string): StreamFormat | undefined {
  if (extensionOf(path) === '') return 'csv';
  const named = formatOfName(path);
  return named !== undefined && isStreamFormat(named) ? named : undefined;
}

const EXTENSIONS = STREAM_FORMATS.map((format) => `.${FORMATS[format].extension}`).join(', ');

/** As in *Export*, since spreadsheets may open the file. */
const BOM = { bom: true } as const;

export interface FetchParts {
  readonly requests: Requests;
  readonly connections: Connections;
  readonly output: Output;
}

export async function fetchToFile(parts: FetchParts, target: Target): Promise<void> {
  const prepared = await parts.requests.prepare(target, { pages: 'all' });
  if (prepared === undefined) return;
  if (prepared.kind === 'sql' || isChange(prepared)) {
    void showInformation(
      prepared.kind === 'sql'
        ? 'A SQL request fetches nothing itself. Run it, then use Export in its result.'
        : 'Only a GET has records to fetch.',
    );
    return;
  }
  const output = await askForTarget(prepared);
  if (output === undefined) return;
  const format = formatOf(output.path);
  if (format === undefined) {
    void showFailure(`Nothing was fetched. Let the name of the file end in ${EXTENSIONS}.`);
    return;
  }
  await inNotification(
    `Fetching ${prepared.request.title || prepared.wire.module}`,
    async ({ signal, report }) => {
      try {
        const done = await fetchInto(parts.connections, prepared, { uri: output, format }, signal, report);
        if (done === undefined) return;
        void tellWritten(`${done} Written to ${output.fsPath}.`, output);
      } catch (error) {
        if (isCancelled(error)) return;
        showError(error, parts.output, () => void again(parts, prepared), prepared.connection);
      }
    },
    { cancellable: true },
  );
}

/** Fetches the same request again, wherever it has moved to. */
async function again(parts: FetchParts, prepared: PreparedRequest): Promise<void> {
  const uri = prepared.file.id;
  const open = await parts.requests.open(uri);
  const same = open === undefined ? undefined : sameRequest(open.file, prepared);
  if (same !== undefined) await fetchToFile(parts, { uri, index: same.index });
}

async function askForTarget({ file, request, wire }: PreparedRequest): Promise<vscode.Uri | undefined> {
  const folder =
    vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(file.id))?.uri ??
    vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = fileNameOf(request.title || wire.module, FORMATS.csv.extension);
  return vscode.window.showSaveDialog({
    title: 'Fetch All to File',
    filters: Object.fromEntries(
      STREAM_FORMATS.map((format) => [FORMATS[format].name, [FORMATS[format].extension]]),
    ),
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
}

/**
 * Returns a sentence about what is in the file; undefined where the user did not want what had come. Throws `ApiError`
 * where it was stopped, and leaves no file unless the user wants it.
 */
async function fetchInto(
  connections: Connections,
  { connection, wire, fields }: PreparedRequest,
  { uri, format }: { readonly uri: vscode.Uri; readonly format: StreamFormat },
  signal: AbortSignal,
  tell: (message: string) => void,
): Promise<string | undefined> {
  const file = await OutputFile.create(uri.fsPath);
  let kept = false;
  try {
    const result = await streamRecords(connections.client(connection), wire, {
      format,
      fields: fieldNames(fields),
      write: async (text) => file.write(text),
      fetch: {
        pages: 'all',
        concurrency: setting('fetch.concurrency'),
        policy: PATIENT,
        signal,
        onRetry: (retry) => tell(describeRetry(retry)),
        onWait: (milliseconds) => tell(describeWait(milliseconds)),
      },
      onProgress: (reached) => tell(describeProgress(reached)),
      file,
      keepsPart: async (part) => (kept = await wantsPart(part)),
      csv: BOM,
    });
    if (!isExact(result) && !kept) {
      if (result.extent.kind === 'stopped') throw result.extent.error;
      await file.discard();
      return undefined;
    }
    await file.keep();
    return [`${summaryOf(result, 'GET')}.`, ...result.notes].join(' ');
  } catch (error) {
    await file.discard();
    throw error;
  }
}

/** Asks whether to keep a result that is not all there is to it. */
async function wantsPart({ extent, ...result }: FetchResult): Promise<boolean> {
  if (result.count === 0) return false;
  const why = extent.kind === 'doubtful' ? extent.reason : 'The fetch stopped before all records came.';
  const keep = 'Keep Them';
  return (await showWarning(`${why} Keep the ${countIn({ ...result, extent })} that came?`, keep)) === keep;
}
