/** Entries of the history: open, run again, compare, remove. */
import * as vscode from 'vscode';
import { asQuery } from '../../core/history/as-query';
import type { HistoryEntry } from '../../core/history/history';
import { describeEntry } from '../history-view';
import type { Services } from '../services';
import { runRequest } from './run-request';

/** Its request as a file to change and save. */
export async function openEntry(
  { connections }: Services,
  entry: HistoryEntry,
): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({
    language: 'apq',
    content: queryOf(connections, entry),
  });
  // Where queries are, not where results are.
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One });
  return document;
}

/** As a file of its own, so that the user sees what runs; a change asks as ever. */
export async function runEntry(services: Services, entry: HistoryEntry): Promise<void> {
  const document = await openEntry(services, entry);
  await runRequest(services, document.uri.toString(), 0);
}

/** Two runs side by side: their requests, and what came of them. */
export async function compareEntries(
  { connections, pages }: Services,
  one: HistoryEntry,
  other: HistoryEntry,
): Promise<void> {
  const [earlier, later] = one.at < other.at ? [one, other] : [other, one];
  const page = (entry: HistoryEntry, which: string) =>
    pages.page(
      `${entry.title} (${which}).apq`,
      `${comment(describeEntry(entry))}\n${queryOf(connections, entry)}`,
    );
  await vscode.commands.executeCommand(
    'vscode.diff',
    page(earlier, 'earlier'),
    page(later, 'later'),
    `${earlier.title} ↔ ${later.title}`,
  );
}

export async function clearHistory({ history }: Services): Promise<void> {
  const sure = await vscode.window.showWarningMessage(
    'Clear the history of what was run?',
    { modal: true, detail: 'Your query files and open results stay.' },
    'Clear',
  );
  if (sure === 'Clear') await history.clear();
}

const queryOf = (
  connections: Services['connections'],
  { request, title, connection }: HistoryEntry,
): string =>
  asQuery(
    request,
    title,
    connection.root,
    connections.active?.name === connection.name ? undefined : connection.name,
  );

const comment = (text: string): string => text.replace(/^/gm, '# ');
