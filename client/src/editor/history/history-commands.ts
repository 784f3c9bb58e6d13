/** Entries of the history: open, run again, compare, remove. */
import * as vscode from 'vscode';
import { languageHere } from '#core/client';
import { asQuery } from '#core/history/as-query';
import type { History, HistoryEntry } from '#core/history/history';
import type { Connections } from '../connections/connections';
import type { EditorMetadata } from '../metadata/editor-metadata';
import type { Requests } from '../running/requests';
import { runRequest } from '../running/run-request';
import type { Runs } from '../running/runs';
import { showWarning } from '../workbench/messages';
import { showFile } from '../workbench/show-file';
import type { TextPages } from '../workbench/text-pages';
import { describeEntry } from './history-view';

/** What the commands of this room work with. */
export interface HistoryParts {
  readonly history: History;
  readonly connections: Connections;
  readonly metadata: EditorMetadata;
  readonly requests: Requests;
  readonly runs: Runs;
  readonly pages: TextPages;
}

/** Opens its request as a file to change and save. */
export async function openEntry(
  parts: Pick<HistoryParts, 'connections' | 'metadata'>,
  entry: HistoryEntry,
): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({
    language: 'apq',
    content: await queryOf(parts, entry),
  });
  await showFile(document);
  return document;
}

/** Runs it in a file of its own, so that the user sees what runs; a change asks for confirmation as always. */
export async function runEntry(parts: HistoryParts, entry: HistoryEntry): Promise<void> {
  const document = await openEntry(parts, entry);
  const { connections } = parts;
  const name = nameFor(connections, entry.connection);
  const now = name === undefined ? connections.active : connections.named(name);
  const why =
    entry.masked === true
      ? 'A value that looked like a secret was not kept. Write it in place of ***, then run the request.'
      : now !== undefined && now.root !== entry.connection.root
        ? `${now.name} now leads to a different address from the one where this was run (${entry.connection.root}). Check the request, then run it.`
        : undefined;
  if (why !== undefined) {
    void showWarning(why);
    return;
  }
  const requests = languageHere().requests(languageHere().parse(document.getText()));
  // Of a SQL request, its tables come before it.
  await runRequest(parts, { uri: document.uri.toString(), index: Math.max(requests.length - 1, 0) });
}

/** Shows two runs side by side: their requests and outcomes. */
export async function compareEntries(
  parts: HistoryParts,
  one: HistoryEntry,
  other: HistoryEntry,
): Promise<void> {
  const [earlier, later] = one.at < other.at ? [one, other] : [other, one];
  const page = async (entry: HistoryEntry, which: string) =>
    parts.pages.page(
      `${entry.title} (${which}).apq`,
      `${comment(describeEntry(entry))}\n${await queryOf(parts, entry)}`,
    );
  await vscode.commands.executeCommand(
    'vscode.diff',
    await page(earlier, 'earlier'),
    await page(later, 'later'),
    `${earlier.title} ↔ ${later.title}`,
  );
}

export async function clearHistory({ history }: HistoryParts): Promise<void> {
  const sure = await showWarning(
    'Clear the history of runs?',
    { modal: true, detail: 'Your query files and open results stay.' },
    'Clear',
  );
  if (sure === 'Clear') await history.clear();
}

/** What was sent may be written in the platform's own way. */
async function queryOf(
  { connections, metadata }: Pick<HistoryParts, 'connections' | 'metadata'>,
  { request, title, connection }: HistoryEntry,
): Promise<string> {
  if (request.method === 'SQL') return request.text;
  const known = connections.all.find(({ root }) => root === connection.root);
  const language = known === undefined ? languageHere() : await metadata.language(known);
  const query = request.query.map((each) => language.parameterInFile(each));
  return asQuery({ ...request, query }, title, connection.root, nameFor(connections, connection));
}

/** Returns the connection's present name, or undefined for the one in use. */
function nameFor(
  { active, all }: Connections,
  { id, name, root }: HistoryEntry['connection'],
): string | undefined {
  if (active?.id === id) return undefined;
  const now = all.find((each) => each.id === id);
  if (now !== undefined) return now.name;
  // It was removed. A connection of that name replaces it only when it leads to the same root.
  const other = all.find((each) => each.root === root);
  return other?.id === active?.id && other !== undefined ? undefined : (other?.name ?? name);
}

const comment = (text: string): string => text.replace(/^/gm, '# ');
