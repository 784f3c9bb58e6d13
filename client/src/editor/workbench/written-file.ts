/** What is told once a file was written: where it is, with the ways to it that work here. */
import * as vscode from 'vscode';
import { showInformation } from './messages';

/** What VS Code shows by itself, and what nearly every computer has a program for. */
const IN_EDITOR = /\.(?:csv|json|ndjson|txt|md|png)$/i;
const IN_PROGRAM = /\.xlsx$/i;

/** Says a sentence with the buttons. Elsewhere than on this computer, no program and no folder can be opened. */
export async function tellWritten(sentence: string, uri: vscode.Uri): Promise<void> {
  const isHere =
    uri.scheme === 'file' &&
    vscode.env.remoteName === undefined &&
    vscode.env.uiKind === vscode.UIKind.Desktop;
  const inEditor = IN_EDITOR.test(uri.path);
  const choice = await showInformation(
    sentence,
    ...(inEditor || (isHere && IN_PROGRAM.test(uri.path)) ? (['Open'] as const) : []),
    ...(isHere ? (['Show in Folder'] as const) : []),
  );
  if (choice === 'Show in Folder') await vscode.commands.executeCommand('revealFileInOS', uri);
  else if (choice === 'Open' && inEditor) await vscode.commands.executeCommand('vscode.open', uri);
  else if (choice === 'Open') await vscode.env.openExternal(uri);
}
