/** The results views, and what they offer beside their own run. */
import type * as vscode from 'vscode';
import { ResultActions, type ResultParts } from './result-actions';

export const contributeResults = (parts: ResultParts): vscode.Disposable[] => [
  parts.panels,
  new ResultActions(parts),
];
