/** New files: untitled, until the user saves them. */
import * as vscode from 'vscode';
import { showFile } from './show-file';

/** Shows an empty one, and returns its editor. */
export const emptyEditor = async (): Promise<vscode.TextEditor> =>
  showFile(await vscode.workspace.openTextDocument({ language: 'apq', content: '' }));

/** Shows an empty one, and returns it. */
export const emptyFile = async (): Promise<vscode.TextDocument> => (await emptyEditor()).document;
