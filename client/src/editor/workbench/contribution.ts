/** Commands that belong to no other room: the output, the first steps. */
import type * as vscode from 'vscode';
import { registerCommands } from './commands';
import type { Output } from './output';
import { openWalkthrough } from './welcome';

/** `extension`: the ID of this extension. */
export const contributeWorkbench = (output: Output, extension: string): vscode.Disposable[] => [
  output,
  ...registerCommands({
    'apq.showOutput': () => output.show(),
    'apq.openWalkthrough': async () => openWalkthrough(extension),
  }),
];
