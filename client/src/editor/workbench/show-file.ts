/** Opening a file where it leaves the results in view: never in their group, whatever has the focus. */
import * as vscode from 'vscode';

/** Our web views, by their types. */
const VIEWS = /(?:^|-)apq\.[a-z]+$/i;

/**
 * Shows a file in the group that has it open, else in the one of another file (`beside`: its URI), else in the group
 * in use; where that one shows a web view of ours, in the first group that has none.
 */
export async function showFile(
  file: vscode.TextDocument | vscode.Uri,
  options: Omit<vscode.TextDocumentShowOptions, 'viewColumn'> = {},
  beside?: string,
): Promise<vscode.TextEditor> {
  const document = 'uri' in file ? file : await vscode.workspace.openTextDocument(file);
  const viewColumn = columnFor(document.uri.toString(), beside);
  return vscode.window.showTextDocument(document, { ...options, viewColumn });
}

function columnFor(file: string, beside: string | undefined): vscode.ViewColumn {
  const { all, activeTabGroup } = vscode.window.tabGroups;
  const withFile = (wanted: string | undefined) =>
    all.find(({ tabs }) => tabs.some(({ input }) => uriOf(input) === wanted && wanted !== undefined));
  const free = [activeTabGroup, ...all].find((group) => !showsView(group));
  return (withFile(file) ?? withFile(beside) ?? free)?.viewColumn ?? vscode.ViewColumn.Beside;
}

const uriOf = (input: unknown): string | undefined =>
  input instanceof vscode.TabInputText ? input.uri.toString() : undefined;

/** Whether a group of editors holds a web view of ours. */
const showsView = ({ tabs }: vscode.TabGroup): boolean =>
  tabs.some(({ input }) => input instanceof vscode.TabInputWebview && VIEWS.test(input.viewType));
