/** The Test Explorer. */
import type * as vscode from 'vscode';
import { TestExplorer, type TestParts } from './test-explorer';

export const contributeTesting = (parts: TestParts): vscode.Disposable[] => [new TestExplorer(parts)];
