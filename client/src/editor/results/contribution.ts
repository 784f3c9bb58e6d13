/** The results views, and their actions that do not belong to a run. */
import type * as vscode from 'vscode';
import { ResultActions, type ResultParts } from './result-actions';

export const contributeResults = (parts: ResultParts): vscode.Disposable[] => [
  parts.panels,
  new ResultActions(parts),
];
