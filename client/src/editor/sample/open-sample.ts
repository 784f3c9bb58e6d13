/** *Open Sample Platform*: no account needed. Starts it, connects, and opens sample queries. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { showError } from '../workbench/errors';
import type { Output } from '../workbench/output';
import type { SamplePlatform } from './sample-platform';

export interface SampleParts {
  readonly sample: SamplePlatform;
  readonly output: Output;
  /** The folder of sample queries in the extension. */
  readonly samples: string;
}

export async function openSamplePlatform(
  parts: SampleParts,
  { showQueries = true }: { showQueries?: boolean } = {},
): Promise<void> {
  const { sample, output, samples } = parts;
  try {
    await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: 'Starting the sample platform…' },
      async () => sample.open(),
    );
    if (showQueries && vscode.window.activeTextEditor?.document.languageId !== 'apq')
      await showSamples(samples);
  } catch (error) {
    showError(error, output, () => void openSamplePlatform(parts, { showQueries }));
  }
}

/** Opens an untitled copy, for the user to change and save. */
async function showSamples(folder: string): Promise<void> {
  const content = await readFile(join(folder, 'first-steps.apq'), 'utf8');
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'apq', content }));
}
