/** Known data: looking values up, forgetting them, and searching records while somebody types. */
import type * as vscode from 'vscode';
import { givenConnection } from '../connections/given-connection';
import { registerCommands } from '../workbench/commands';
import { forgetValues } from './forget-values';
import { lookUpParams, lookUpValues } from './look-up-values';
import type { KnownCommandParts } from './parts';
import { searchRecords } from './record-search';

export function contributeKnownData(parts: KnownCommandParts): vscode.Disposable[] {
  return [
    searchRecords(parts),
    ...registerCommands({
      'apq.lookUpValues': (value) => lookUpValues(parts, lookUpParams(value)),
      'apq.forgetValues': (value) => forgetValues(parts, givenConnection(parts.connections, value)),
    }),
  ];
}
