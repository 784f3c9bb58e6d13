/** Importing records from a file. */
import * as vscode from 'vscode';
import { registerCommands } from '../workbench/commands';
import { importRecords } from './import-records';
import type { ImportParts } from './parts';

export const contributeImporting = (parts: ImportParts): vscode.Disposable[] =>
  registerCommands({
    // The Explorer gives all selected files besides.
    'apq.importRecords': (uri, connection) =>
      importRecords(parts, uri instanceof vscode.Uri ? uri : undefined, {
        ...(typeof connection === 'string' ? { connection } : {}),
      }),
  });
