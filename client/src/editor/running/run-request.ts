/** *Run Request*, *Count Records*, *Fetch All Pages*, *Run Selected Requests*, *Run All Requests*. */
import * as vscode from 'vscode';
import type { RequestInfo } from '#language';
import { countRequest } from '#core/running/count';
import { runRequest as send } from '#core/running/run';
import { showError } from '../workbench/errors';
import { confirmWrite } from './confirm-write';
import type { ResultPanel } from '../results/panel';
import { chosenRequest, openFile, prepare, prepareRequest, type OpenFile, type Prepared } from './prepare';
import { sameRequest } from './same-request';
import type { Services } from '../services';
import { showInformation, showWarning } from '../workbench/messages';

/** `count` asks only how many records there are; `all` fetches every page. */
export type RunMode = 'run' | 'count' | 'all';

export async function runRequest(
  services: Services,
  uri?: string,
  index?: number,
  mode: RunMode = 'run',
): Promise<void> {
  if (mode === 'count') {
    const prepared = await prepare(services, uri, index);
    if (prepared !== undefined) await count(services, prepared);
    return;
  }
  const file = await openFile(services, uri);
  const request = file === undefined ? undefined : await chosenRequest(services, file, index);
  if (file !== undefined && request !== undefined)
    await runWithNeeds(services, file, request, mode, new Set());
}

/** First what the request takes values from, unless that was answered already; its notes say which. */
async function runWithNeeds(
  services: Services,
  file: OpenFile,
  request: RequestInfo,
  mode: 'run' | 'all',
  batch: Set<ResultPanel>,
): Promise<boolean> {
  const uri = file.document.uri.toString();
  const notes: string[] = [];
  for (const needed of file.language.dependencies(file.parsed, request)) {
    const { name = '', title, module } = needed;
    const at = services.answers.time(uri, name, services.connections.of(needed)?.id);
    if (at !== undefined) {
      notes.push(`Values of “${name}” are from its answer of ${at.toLocaleTimeString('en-GB')}.`);
      continue;
    }
    const prepared = await prepareRequest(services, file, needed);
    if (prepared === undefined || !(await runPrepared(services, prepared, 'run', batch))) return false;
    notes.push(`“${title || module}” was run first: this request takes values from its answer.`);
  }
  const prepared = await prepareRequest(services, file, request);
  if (prepared === undefined) return false;
  return runPrepared(services, { ...prepared, notes: [...notes, ...prepared.notes] }, mode, batch);
}

/** Asks before a write; false when nothing was sent, or it failed. */
export async function runPrepared(
  services: Services,
  prepared: Prepared,
  mode: 'run' | 'all' = 'run',
  batch?: Set<ResultPanel>,
): Promise<boolean> {
  if (!(await confirmWrite(prepared, services))) return false;
  const { request } = prepared;
  const outcome = await services.runs.start(prepared, {
    pages: mode === 'all' ? 'all' : (request.pages ?? 1),
    again: () => void runAgain(services, prepared, mode),
    ...(batch === undefined ? {} : { batch }),
  });
  return outcome.kind === 'answered';
}

/** The same request once more, as it stands in its file now and wherever it has moved to. */
export async function runAgain(services: Services, prepared: Prepared, mode: 'run' | 'all'): Promise<void> {
  const file = await openFile(services, prepared.document.uri.toString());
  if (file === undefined) return;
  const same = sameRequest(file.parsed, file.requests, prepared);
  if (same !== undefined) await runWithNeeds(services, file, same, mode, new Set());
  else void showInformation('The request of this result is not in its file any more. Run it from the file.');
}

/** The requests that the selection touches, or all of the file, one after the other; the first failure ends it. */
export async function runRequests(
  services: Services,
  which: 'selected' | 'all',
  uri?: string,
): Promise<void> {
  const file = await openFile(services, uri);
  if (file === undefined) return;
  const chosen = which === 'all' ? file.requests : selected(file.document, file.requests);
  const batch = new Set<ResultPanel>();
  for (const [index, request] of chosen.entries()) {
    const done = await runWithNeeds(services, file, request, 'run', batch);
    const left = chosen.length - index - 1;
    if (done || left === 0) continue;
    void showWarning(
      `“${request.title || request.module}” did not run to its end, so the ${left === 1 ? 'request' : `${left} requests`} after it ${left === 1 ? 'was' : 'were'} not run.`,
    );
    return;
  }
}

function selected(document: vscode.TextDocument, requests: readonly RequestInfo[]): RequestInfo[] {
  const editor = vscode.window.visibleTextEditors.find((each) => each.document === document);
  const selections = editor?.selections ?? [];
  return requests.filter(({ span }) =>
    selections.some(
      (selection) =>
        document.offsetAt(selection.start) < span.offset + span.length &&
        document.offsetAt(selection.end) >= span.offset,
    ),
  );
}

/** One record and the total, instead of a page. */
async function count(services: Services, { connection, request, wire }: Prepared): Promise<void> {
  const counting = countRequest(wire);
  if (counting === undefined) {
    void showInformation('Only a GET has records to count, so nothing was sent.');
    return;
  }
  try {
    const { total } = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: 'APQ: counting…' },
      async () => send(services.connections.client(connection), counting),
    );
    const title = request.title === '' ? wire.module : request.title;
    void showInformation(
      total === undefined
        ? `The answer of ${connection.name} says no total.`
        : `${title}: ${total.toLocaleString('en-GB')} ${total === 1 ? 'record' : 'records'}.`,
    );
  } catch (error) {
    showError(error, services.output, undefined, connection);
  }
}
