/** Commands that belong to no other room: the output, new files. */
import type * as vscode from 'vscode';
import { registerCommands } from './commands';
import { newFile } from './new-file';
import type { Output } from './output';

export const contributeWorkbench = (output: Output): vscode.Disposable[] => [
  output,
  ...registerCommands({ 'apq.showOutput': () => output.show(), 'apq.newFile': newFile }),
];
