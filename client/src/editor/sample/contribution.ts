/** The sample platform's command. */
import type * as vscode from 'vscode';
import { registerCommands } from '../workbench/commands';
import { openSamplePlatform, type SampleParts } from './open-sample';

export const contributeSample = (parts: SampleParts): vscode.Disposable[] => [
  parts.sample,
  ...registerCommands({ 'apq.openSamplePlatform': () => openSamplePlatform(parts) }),
];
