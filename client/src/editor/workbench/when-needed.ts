/**
 * Starts the language server where there are queries. VS Code activates the extension in every window, for the page that
 * a new user sees; a window without queries needs no server.
 */
import * as vscode from 'vscode';

const isQuery = ({ languageId }: vscode.TextDocument): boolean => languageId === 'apq';

/** Calls `start` when a query file is open, is opened, or is in the workspace. `start` may be called again. */
export function startForQueries(start: () => void): vscode.Disposable {
  if (vscode.workspace.textDocuments.some(isQuery)) start();
  else
    void vscode.workspace.findFiles('**/*.apq', undefined, 1).then((found) => {
      if (found.length > 0) start();
    });
  return vscode.workspace.onDidOpenTextDocument((document) => {
    if (isQuery(document)) start();
  });
}
