/** The view of past runs, the latest first. */
import * as vscode from 'vscode';
import type { History, HistoryEntry } from '#core/history/history';
import { ageInWords } from '#core/text/age';
import { forLabel, harmless } from '#core/text/foreign-text';

export class HistoryView implements vscode.TreeDataProvider<HistoryEntry>, vscode.Disposable {
  readonly view: vscode.TreeView<HistoryEntry>;

  /** `onDidChangeTreeData`: fires when entries are added or removed. */
  constructor(
    private readonly history: History,
    readonly onDidChangeTreeData: vscode.Event<void>,
  ) {
    this.view = vscode.window.createTreeView<HistoryEntry>('apq.history', {
      treeDataProvider: this,
      canSelectMany: true,
    });
  }

  async getChildren(entry?: HistoryEntry): Promise<HistoryEntry[]> {
    return entry === undefined ? this.history.entries() : [];
  }

  getTreeItem(entry: HistoryEntry): vscode.TreeItem {
    const item = new vscode.TreeItem(forLabel(entry.title));
    item.id = entry.id;
    item.description = forLabel(
      `${entry.connection.name} · ${ageInWords(entry.at, new Date())} · ${entry.summary}`,
    );
    item.iconPath = new vscode.ThemeIcon(
      entry.ok ? (isRead(entry) ? 'history' : 'edit') : 'error',
      entry.ok ? undefined : new vscode.ThemeColor('errorForeground'),
    );
    item.contextValue = 'entry';
    item.tooltip = harmless(describeEntry(entry));
    item.command = { title: 'Open', command: 'apq.openHistoryEntry', arguments: [entry] };
    item.accessibilityInformation = {
      label: forLabel(`${entry.title}, ${entry.ok ? 'done' : 'failed'}, ${item.description}`),
    };
    return item;
  }

  dispose(): void {
    this.view.dispose();
  }
}

/** Describes everything about a run except its request. */
export function describeEntry({
  at,
  connection,
  status,
  milliseconds,
  bytes,
  records,
  summary,
}: HistoryEntry): string {
  return [
    `When: ${new Date(at).toLocaleString('en-GB')}`,
    `Connection: ${connection.name} (${connection.root})`,
    ...(status === undefined ? [] : [`Status: ${status}`]),
    `Time: ${milliseconds} ms`,
    `Size: ${bytes.toLocaleString('en-GB')} bytes`,
    ...(records === undefined ? [] : [`Records: ${records.toLocaleString('en-GB')}`]),
    summary,
  ].join('\n');
}

const isRead = ({ request: { method } }: HistoryEntry): boolean => method === 'GET' || method === 'SQL';
