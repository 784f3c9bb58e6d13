/** What belongs to no other room: the status bar, the output, new files. */
import type * as vscode from 'vscode';
import type { Connections } from '../connections/connections';
import type { EditorMetadata } from '../metadata/editor-metadata';
import { registerCommands } from './commands';
import { newFile } from './new-file';
import type { Output } from './output';
import { StatusBar } from './status-bar';

export const contributeWorkbench = (
  output: Output,
  connections: Connections,
  metadata: EditorMetadata,
): vscode.Disposable[] => [
  new StatusBar(connections, metadata),
  ...registerCommands({ 'apq.showOutput': () => output.show(), 'apq.newFile': newFile }),
];
