/** *Continue From Here* on a result of an earlier window: runs the same request from the page where it stopped. */
import type * as vscode from 'vscode';
import { forPages } from '#core/running/plan';
import type { RequestInfo } from '#language';
import type { Connections } from '../connections/connections';
import type { ResultPanel } from '../results/panel';
import { type ResultPanels, RESUME } from '../results/panels';
import { asResult, type Unfinished } from '../results/unfinished';
import { showError } from '../workbench/errors';
import { showInformation } from '../workbench/messages';
import type { Output } from '../workbench/output';
import type { Requests } from './requests';
import type { Runs } from './runs';

export interface ContinueParts {
  readonly panels: ResultPanels;
  readonly requests: Requests;
  readonly runs: Runs;
  readonly connections: Connections;
  readonly output: Output;
}

export const continueRuns = (parts: ContinueParts): vscode.Disposable =>
  parts.panels.onRequest(({ panel, message }) => {
    if (message.type === 'action' && message.id === RESUME.id)
      // Its file may be gone by now.
      void continueFrom(panel, parts).catch((error: unknown) => showError(error, parts.output));
  });

async function continueFrom(
  panel: ResultPanel,
  { requests, runs, connections }: ContinueParts,
): Promise<void> {
  const { unfinished } = panel;
  if (unfinished === undefined) return;
  const open = await requests.open(unfinished.file);
  if (open === undefined) return;
  const { pages, position, address } = unfinished;
  const request = open.file.requests.find((each) => isMeant(each, unfinished));
  if (request === undefined) return changed();
  const prepared = await requests.prepareRequest(open.file, forPages(request, pages));
  if (prepared === undefined) return;
  if (prepared.kind === 'sql') return changed();
  const result = asResult(position, panel.records, address);
  // Another user of the same site may see other records.
  const same =
    prepared.wire.method === 'GET' &&
    prepared.connection.name === panel.head?.connection &&
    connections.client(prepared.connection).addressOf(prepared.wire) === address;
  if (!same || result === undefined) return changed();
  await runs.resume(prepared, pages, result);
}

const isMeant = ({ name, title, index, method }: RequestInfo, { request }: Unfinished): boolean =>
  (method ?? 'GET') === 'GET' &&
  name === request.name &&
  title === request.title &&
  (title !== '' || index === request.index);

function changed(): void {
  void showInformation(
    'This result can’t be continued: the request, its values or the connection has changed. Run it again.',
  );
}
