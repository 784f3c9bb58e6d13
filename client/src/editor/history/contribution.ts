/** The history of runs: its view and its commands. */
import type * as vscode from 'vscode';
import type { HistoryEntry } from '#core/history/history';
import { member, registerCommands } from '../workbench/commands';
import { showInformation } from '../workbench/messages';
import { clearHistory, compareEntries, type HistoryParts, openEntry, runEntry } from './history-commands';
import { HistoryView } from './history-view';

/** `changed` fires when entries are added or removed. */
export function contributeHistory(parts: HistoryParts, changed: vscode.Event<void>): vscode.Disposable[] {
  const { history } = parts;
  const view = new HistoryView(history, changed);
  /** Finds the history's own entry for the one that the editor passes back. */
  const on = (use: (entry: HistoryEntry) => unknown) => async (value: unknown) => {
    const id = member(value, 'id');
    const entry = (await history.entries()).find((each) => each.id === id);
    if (entry !== undefined) await use(entry);
  };
  const remove = on(async ({ id }) => history.remove(id));
  return [
    view,
    ...registerCommands({
      'apq.openHistoryEntry': on((entry) => openEntry(parts, entry)),
      'apq.runHistoryEntry': on((entry) => runEntry(parts, entry)),
      // The menu passes the clicked entry, then all selected ones.
      'apq.removeHistoryEntry': async (value, selected) => {
        const entries: readonly unknown[] =
          Array.isArray(selected) && selected.length > 0 ? selected : [value];
        for (const each of entries) await remove(each);
      },
      'apq.compareHistoryEntries': () => {
        const [one, other] = view.view.selection;
        return one === undefined || other === undefined
          ? showInformation('Select two entries of the history to compare them.')
          : compareEntries(parts, one, other);
      },
      'apq.clearHistory': () => clearHistory(parts),
    }),
  ];
}
