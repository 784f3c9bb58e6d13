/** *Open Sample Platform*: no account needed. Starts it, connects, and opens sample queries. */
import * as vscode from 'vscode';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { showError } from '../workbench/errors';
import type { Services } from '../services';

export async function openSamplePlatform(
  services: Services,
  { showQueries = true }: { showQueries?: boolean } = {},
): Promise<void> {
  try {
    await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: 'Starting the sample platform…' },
      async () => services.sample.open(),
    );
    if (showQueries && vscode.window.activeTextEditor?.document.languageId !== 'apq')
      await showSamples(services.samples);
  } catch (error) {
    showError(error, services.output, () => void openSamplePlatform(services, { showQueries }));
  }
}

/** An untitled copy: the user's to change and save. */
async function showSamples(folder: string): Promise<void> {
  const content = await readFile(join(folder, 'first-steps.apq'), 'utf8');
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'apq', content }));
}
