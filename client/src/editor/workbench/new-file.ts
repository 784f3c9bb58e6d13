/** *New Query File*: an untitled file with a first request to change. */
import * as vscode from 'vscode';

export async function newFile(): Promise<void> {
  const editor = await vscode.window.showTextDocument(
    await vscode.workspace.openTextDocument({ language: 'apq', content: '' }),
  );
  await editor.insertSnippet(new vscode.SnippetString('### ${1:My first query}\nGET ${2:coursedate}\n$0'));
}
