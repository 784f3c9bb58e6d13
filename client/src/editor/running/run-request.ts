/** *Run Request*, *Count Records*, *Fetch All Pages*, *Run Selected Requests*, *Run All Requests*. */
import * as vscode from 'vscode';
import { describeWait } from '#core/remote/allowance';
import type { ApiClient } from '#core/remote/api';
import { countRecords as totalOf, isCountable } from '#core/running/count';
import { countIn } from '#core/running/extent';
import type { Prepared, PreparedRequest } from '#core/running/prepare';
import { describeUnsent, placeOf } from '#core/running/run-end';
import { forLabel } from '#core/text/foreign-text';
import { mask } from '#core/text/mask';
import type { RequestInfo } from '#language';
import type { Connections } from '../connections/connections';
import type { ResultPanels } from '../results/panels';
import { setContext } from '../workbench/commands';
import { showError } from '../workbench/errors';
import { showInformation, showWarning } from '../workbench/messages';
import type { Output } from '../workbench/output';
import { inStatusBar } from '../workbench/progress';
import type { Requests, Target } from './requests';
import { requestKey } from './run-view';
import type { Pages, Runs } from './runs';

export interface RunCommandParts {
  readonly requests: Requests;
  readonly runs: Runs;
  readonly connections: Connections;
  readonly output: Output;
  readonly panels: ResultPanels;
}

/** `all` fetches every page. */
export async function runRequest(
  { requests, runs }: Pick<RunCommandParts, 'requests' | 'runs'>,
  { uri, index }: Target,
  pages: Pages = 'run',
): Promise<void> {
  const open = await requests.open(uri);
  const request = open === undefined ? undefined : requests.chosen(open, index);
  if (open === undefined || request === undefined) return;
  const { at } = await runs.run(open.file, [request], pages);
  if (at === undefined) setContext('apq.hasRun', true);
}

/** Runs the requests that the selection touches, or all of the file, one after the other, up to the first failure. */
export async function runSeveral(
  { requests, runs }: RunCommandParts,
  which: 'selected' | 'all',
): Promise<void> {
  const open = await requests.open(undefined);
  if (open === undefined) return;
  const { document, file } = open;
  const chosen = which === 'all' ? file.requests : selected(document, file.requests);
  const end = await runs.run(file, chosen);
  const unsent = describeUnsent(end);
  if (end.refusal === undefined && unsent !== '')
    void showWarning(`${placeOf(end)} did not finish. ${unsent}`);
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

/** *Count Records*: fetches one record and the total instead of a page. */
export async function countRecords(parts: RunCommandParts, target: Target): Promise<void> {
  const prepared = await parts.requests.prepare(target);
  if (prepared !== undefined) await count(prepared, parts);
}

/** The last count, in the status bar until the next one. */
let counted: vscode.Disposable | undefined;

async function count(prepared: Prepared, { connections, output, panels }: RunCommandParts): Promise<void> {
  if (prepared.kind === 'sql' || !isCountable(prepared.wire)) {
    void showInformation('Only a GET has records to count, so nothing was sent.');
    return;
  }
  const { connection, request, wire } = prepared;
  try {
    const total = await inStatusBar('APQ: counting…', async ({ report }) =>
      totalOf(connections.client(connection), wire, {
        onWait: (milliseconds) => report(describeWait(milliseconds)),
      }),
    );
    if (total === undefined) {
      void showInformation(`${connection.name} did not say how many records there are.`);
      return;
    }
    const seen = showTotal(prepared, total, connections.client(connection), panels);
    const title = request.title === '' ? wire.module : request.title;
    const answer = `${title}: ${total.toLocaleString('en-GB')} ${total === 1 ? 'record' : 'records'}`;
    // A message vanishes, and would cover what the view shows.
    counted?.dispose();
    counted = vscode.window.setStatusBarMessage(`$(check) ${forLabel(answer)}`);
    if (!seen) void showInformation(`${answer}.`);
  } catch (error) {
    showError(error, output, undefined, connection);
  }
}

/**
 * Shows the total beside the records of the same request, where a view has them: “20 of 22 records”. Returns whether
 * it is seen there.
 */
function showTotal(
  prepared: PreparedRequest,
  total: number,
  client: ApiClient,
  panels: ResultPanels,
): boolean {
  const address = mask(client.addressOf(prepared.wire));
  let seen = false;
  for (const panel of panels.all) {
    const { head, records } = panel;
    if (head?.state !== 'done' || head.request !== requestKey(prepared) || head.address !== address) continue;
    const part = total > records.length;
    const counted = countIn({ count: records.length, total, extent: { kind: part ? 'part' : 'whole' } });
    panel.update({ summary: [counted, ...head.summary.split(' · ').slice(1)].join(' · '), part });
    seen ||= panel.visible;
  }
  return seen;
}
