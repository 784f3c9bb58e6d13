/** The log of changes, and taking them back. */
import type * as vscode from 'vscode';
import { registerCommands } from '../workbench/commands';
import { clearKeptRecords, showChanges, undoLastChange } from './show-changes';
import type { TakeBackParts } from './take-back';

export const contributeWriting = (parts: TakeBackParts): vscode.Disposable[] =>
  registerCommands({
    // A result passes the change that it shows, a report the run.
    'apq.undoLastChange': async (id) => undoLastChange(parts, typeof id === 'string' ? id : undefined),
    'apq.showChanges': async () => showChanges(parts),
    'apq.clearKeptRecords': async () => clearKeptRecords(parts),
  });
