/** *Preview Request* and *Copy Request*: what would be sent, without the key. Nothing is sent. */
import * as vscode from 'vscode';
import type { Connection } from '#core/connections/connection';
import { refuseForeign } from '#core/running/before-sending';
import { runTitle } from '#core/running/prepare';
import { pretty, previewOf } from '#core/running/preview';
import type { WireRequest } from '#language';
import type { Connections } from '../connections/connections';
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
  const prepared = await requests.prepare(target);
  if (prepared === undefined) return;
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
  const address = connections.client(connection).addressOf(wire);
  const signIn = connection.auth === 'apiKey' ? 'the API key' : 'a token for the user name and password';
  const about = [
    `Connection: ${connection.name}${connections.isProduction(connection) ? ' (PRODUCTION)' : ''}`,
    ...notes,
  ];
  return `${about.map((line) => `# ${line}\n`).join('')}\n${previewOf(wire, address, signIn)}`;
}

/** *Copy Request*: copies its address, and what a write would send; never a key. */
export async function copyRequest(
  { requests, connections }: Omit<PreviewParts, 'pages'>,
  target: Target,
): Promise<void> {
  const prepared = await requests.prepare(target, { check: refuseForeign });
  if (prepared === undefined) return;
  const { wire, connection } = prepared;
  const address = connections.client(connection).addressOf(wire);
  await vscode.env.clipboard.writeText(
    wire.method === 'GET'
      ? address
      : `${wire.method} ${address}\n${wire.body === undefined ? '' : `\n${pretty(wire.body)}\n`}`,
  );
  vscode.window.setStatusBarMessage('$(check) Address copied, without the key', 4000);
}
