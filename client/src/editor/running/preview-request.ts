/** *Preview Request* and *Copy Request*: what would be sent, without the key. Nothing is sent. */
import * as vscode from 'vscode';
import type { Connection } from '#core/connections/connection';
import { refuseForeign } from '#core/running/before-sending';
import { requestsFor } from '#core/running/fetch-records';
import { runTitle } from '#core/running/prepare';
import { NOTHING, pretty, previewOf } from '#core/running/preview';
import { previewOfSql, statementOf } from '#core/sql/preview';
import type { WireRequest } from '#language';
import type { Connections } from '../connections/connections';
import { showInformation } from '../workbench/messages';
import type { TextPages } from '../workbench/text-pages';
import type { Requests, Target } from './requests';

export interface PreviewParts {
  readonly requests: Requests;
  readonly connections: Connections;
  readonly pages: TextPages;
}

export async function previewRequest(
  { requests, connections, pages }: PreviewParts,
  target: Target,
): Promise<void> {
  const prepared = await requests.prepare(target, { masksSecrets: true });
  if (prepared === undefined) return;
  if (prepared.kind === 'sql') {
    await pages.show(`${runTitle(prepared)} (preview).txt`, previewOfSql(prepared));
    return;
  }
  const { connection, wire, notes } = prepared;
  const about =
    wire.method === 'GET'
      ? notes
      : [...notes, 'Nothing has been sent. A change is shown once more before it is sent.'];
  await pages.show(`${runTitle(prepared)} (preview).txt`, requestPage(connections, connection, wire, about));
}

/** The text of a page that shows a request as it would be sent, without the key. */
export function requestPage(
  connections: Connections,
  connection: Connection,
  wire: WireRequest,
  notes: readonly string[],
): string {
  const client = connections.client(connection);
  const addresses = requestsFor(wire, client).map((each) => client.addressOf(each));
  const signIn = connection.auth === 'apiKey' ? 'the API key' : 'a token for the user name and password';
  const about = [
    `Connection: ${connection.name}${connections.isProduction(connection) ? ' (PRODUCTION)' : ''}`,
    ...notes,
  ];
  return `${about.map((line) => `# ${line}\n`).join('')}\n${previewOf(wire, addresses, signIn)}`;
}

/** *Copy Request*: copies its address, and what a write would send; never a key. */
export async function copyRequest(
  { requests, connections }: Omit<PreviewParts, 'pages'>,
  target: Target,
): Promise<void> {
  const prepared = await requests.prepare(target, { check: refuseForeign, masksSecrets: true });
  if (prepared === undefined) return;
  if (prepared.kind === 'sql') {
    await vscode.env.clipboard.writeText(`${statementOf(prepared)}\n`);
    vscode.window.setStatusBarMessage('$(check) Statement copied', 4000);
    return;
  }
  const { wire, connection } = prepared;
  const client = connections.client(connection);
  const addresses = requestsFor(wire, client).map((each) => client.addressOf(each));
  const address = addresses.join('\n');
  if (address === '') {
    void showInformation(NOTHING);
    return;
  }
  await vscode.env.clipboard.writeText(
    wire.method === 'GET'
      ? address
      : `${wire.method} ${address}\n${wire.body === undefined ? '' : `\n${pretty(wire.body)}\n`}`,
  );
  const copied = addresses.length === 1 ? 'Address' : `${addresses.length} addresses`;
  vscode.window.setStatusBarMessage(`$(check) ${copied} copied, without the key`, 4000);
}
