/** Entries of the history: open, run again, compare, remove. */
import * as vscode from 'vscode';
import { asQuery } from '#core/history/as-query';
import type { HistoryEntry } from '#core/history/history';
import { describeEntry } from './history-view';
import type { Services } from '../services';
import { runRequest } from '../running/run-request';
import { showWarning } from '../workbench/messages';

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
  const { connections } = services;
  const name = nameFor(connections, entry.connection);
  const now = name === undefined ? connections.active : connections.named(name);
  const why =
    entry.masked === true
      ? 'What looked like a secret was not kept: write it where *** stands, then run the request.'
      : now !== undefined && now.root !== entry.connection.root
        ? `${now.name} leads to another address than when this was run (${entry.connection.root}). Look at the request, then run it.`
        : undefined;
  if (why !== undefined) {
    void showWarning(why);
    return;
  }
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
  const sure = await showWarning(
    'Clear the history of what was run?',
    { modal: true, detail: 'Your query files and open results stay.' },
    'Clear',
  );
  if (sure === 'Clear') await history.clear();
}

const queryOf = (
  connections: Services['connections'],
  { request, title, connection }: HistoryEntry,
): string => asQuery(request, title, connection.root, nameFor(connections, connection));

/** As it is called now, or undefined for the one in use. */
function nameFor(
  { active, all }: Services['connections'],
  { id, name, root }: HistoryEntry['connection'],
): string | undefined {
  if (active?.id === id) return undefined;
  const now = all.find((each) => each.id === id);
  if (now !== undefined) return now.name;
  // It was removed. One that has its name now is it only when it leads to the same place.
  const other = all.find((each) => each.root === root);
  return other?.id === active?.id && other !== undefined ? undefined : (other?.name ?? name);
}

const comment = (text: string): string => text.replace(/^/gm, '# ');
