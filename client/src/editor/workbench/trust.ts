/** Requests run only in a trusted workspace: the one guard of it. */
import * as vscode from 'vscode';
import { showWarning } from './messages';

/** Returns true in an untrusted workspace, where it tells the user why nothing runs. `what` could be foreign. */
export function isUntrusted(what: 'this file' | 'these files'): boolean {
  if (vscode.workspace.isTrusted) return false;
  void showWarning(
    `Requests run only in a trusted workspace: ${what} could come from someone else.`,
    'Manage Workspace Trust',
  ).then((choice) =>
    choice === undefined ? undefined : vscode.commands.executeCommand('workbench.trust.manage'),
  );
  return true;
}
