/** *Show Changes* and *Undo Last Change…*: the log of changes, what restores them, and its export. */
import * as vscode from 'vscode';
import { asQuery } from '#core/history/as-query';
import { writeJson } from '#core/values/write-json';
import type { ChangeEntry } from '#core/writing/change-entry';
import { type ChangeGroup, groupsOf } from '#core/writing/change-groups';
import { changesAsCsv } from '#core/writing/changes-as-csv';
import { showFailure, showInformation, showWarning } from '../workbench/messages';
import { type Choice, choose } from '../workbench/questions';
import { showFile } from '../workbench/show-file';
import { choiceOf } from './change-list';
import { saveText } from './save-file';
import { connectionFor, openUndo, type TakeBackParts } from './take-back';

/** So many are listed: older ones are in the export. */
const MOST_LISTED = 500;
/** So many of the latest can be chosen to be taken back. */
const MOST_UNDONE = 50;

const NONE =
  'No changes are in the list yet: each POST, PUT and DELETE that is sent from here on stands there.';

/**
 * Asks which of the last changes to take back, unless `id` says it, of a change or of a run; then opens what restores the
 * old records.
 */
export async function undoLastChange(parts: TakeBackParts, id?: string): Promise<void> {
  const entries = await parts.changeLog.log.entries();
  const chosen = entries.filter((entry) => entry.id === id || entry.run === id);
  if (chosen.length > 0) {
    await openUndo(parts, chosen);
    return;
  }
  const groups = groupsOf(entries.filter(({ outcome }) => outcome.kind !== 'refused')).slice(0, MOST_UNDONE);
  if (groups.length === 0) {
    void showInformation(NONE);
    return;
  }
  const group = await choose(
    { title: 'Undo a Change', placeHolder: 'Opens the request that restores it; nothing is sent yet' },
    await choicesOf(parts, groups),
  );
  if (group !== undefined) await openUndo(parts, group.entries);
}

async function choicesOf(
  { changeLog }: TakeBackParts,
  groups: readonly ChangeGroup[],
): Promise<Choice<ChangeGroup>[]> {
  const kept = await changeLog.log.kept(
    groups.flatMap(({ entries: [first, ...others] }) => (others.length === 0 ? [first] : [])),
  );
  return groups.map((group) => choiceOf(group, kept, group));
}

type Action = 'filter' | 'csv' | 'ndjson';

/** Lists all changes; `connection` is the name of the only one whose changes are shown. */
export async function showChanges(parts: TakeBackParts, connection?: string): Promise<void> {
  const all = await parts.changeLog.log.entries();
  const entries = all.filter((entry) => connection === undefined || entry.connection.name === connection);
  if (all.length === 0) {
    void showInformation(NONE);
    return;
  }
  const groups = groupsOf(entries).slice(0, MOST_LISTED);
  const chosen = await choose<ChangeGroup | Action>(
    {
      title: connection === undefined ? 'Changes' : `Changes on ${connection}`,
      placeHolder: 'Choose a change to take it back or to open its request; type to search',
    },
    [
      ...(await choicesOf(parts, groups)),
      { label: 'Only One Connection…', icon: 'filter', value: 'filter' },
      { label: 'Export as CSV…', icon: 'export', value: 'csv' },
      { label: 'Export as NDJSON…', icon: 'export', value: 'ndjson' },
    ],
  );
  if (chosen === undefined) return;
  if (chosen === 'filter') {
    const name = await chooseConnection(all);
    if (name !== undefined) await showChanges(parts, name);
  } else if (typeof chosen === 'string') await exportChanges(entries, chosen);
  else await showGroup(parts, chosen);
}

const chooseConnection = async (entries: readonly ChangeEntry[]): Promise<string | undefined> =>
  choose(
    { title: 'Changes on Which Connection?' },
    [...new Set(entries.map(({ connection: { name } }) => name))].map((name) => ({
      label: name,
      value: name,
    })),
  );

async function showGroup(parts: TakeBackParts, { entries }: ChangeGroup): Promise<void> {
  const [first, ...others] = entries;
  if (others.length === 0) {
    await showChange(parts, first);
    return;
  }
  const chosen = await choose<'all' | ChangeGroup>({ title: first.title ?? 'Changes' }, [
    { label: `Undo All ${entries.length.toLocaleString('en-GB')}…`, icon: 'discard', value: 'all' },
    ...(await choicesOf(
      parts,
      entries.slice(0, MOST_LISTED).map((entry) => ({ entries: [entry] })),
    )),
  ]);
  if (chosen === 'all') await openUndo(parts, entries);
  else if (chosen !== undefined) await showChange(parts, chosen.entries[0]);
}

async function showChange(parts: TakeBackParts, entry: ChangeEntry): Promise<void> {
  const action = await choose<'undo' | 'open'>({ title: entry.title ?? 'Change' }, [
    {
      label: 'Undo…',
      icon: 'discard',
      detail: 'Opens the request that restores the old record; nothing is sent yet',
      value: 'undo',
    },
    {
      label: 'Open Its Request',
      icon: 'go-to-file',
      detail: 'Opens what was sent, to look at it or to send it again',
      value: 'open',
    },
  ]);
  if (action === 'undo') await openUndo(parts, [entry]);
  if (action === 'open') await openRequest(parts, entry);
}

async function openRequest({ connections }: TakeBackParts, entry: ChangeEntry): Promise<void> {
  const now = connectionFor(connections, entry);
  if (now === undefined) return;
  const { request, title } = entry;
  const secrets =
    entry.masked === true
      ? ['A value that looked like a secret was not kept. Write it in place of *** before you run this.']
      : [];
  const content = asQuery(
    request,
    title ?? `${request.method} ${request.module}`,
    now.root,
    now.name,
    secrets,
  );
  const document = await vscode.workspace.openTextDocument({ language: 'apq', content });
  await showFile(document);
}

async function exportChanges(entries: readonly ChangeEntry[], format: 'csv' | 'ndjson'): Promise<void> {
  const text =
    format === 'csv' ? changesAsCsv(entries) : entries.map((entry) => `${writeJson(entry)}\n`).join('');
  const path = await saveText('Export Changes', `changes.${format}`, text);
  if (path === undefined) return;
  void showInformation(
    `${entries.length.toLocaleString('en-GB')} ${entries.length === 1 ? 'change was' : 'changes were'} exported to ${path}.`,
  );
}

/** *Clear Kept Records*. */
export async function clearKeptRecords({ changeLog }: Pick<TakeBackParts, 'changeLog'>): Promise<void> {
  const count = await changeLog.log.countKept();
  if (count === 0) {
    void showInformation('No old records are kept.');
    return;
  }
  const sure = await showWarning(
    `Clear the old records of ${count.toLocaleString('en-GB')} ${count === 1 ? 'run' : 'runs'}?`,
    {
      modal: true,
      detail:
        'Those changes can’t be taken back then. The list of changes stays, and so do the records on the platform.',
    },
    'Clear',
  );
  if (sure !== 'Clear') return;
  try {
    await changeLog.log.clearKept();
  } catch (error) {
    void showFailure(
      `The kept records can’t be removed: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
