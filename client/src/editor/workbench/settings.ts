/** The user's settings of this extension. */
import * as vscode from 'vscode';

/** Returns `apq.NAME`; `otherwise` where VS Code does not know it (its default stands in package.json). */
export const setting = <T>(name: string, otherwise: T): T =>
  vscode.workspace.getConfiguration('apq').get<T>(name, otherwise);
