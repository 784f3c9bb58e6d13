/** *Open Sample Platform*: no account needed. Starts it, connects, and shows a query with its result. */
import * as vscode from 'vscode';
import { showError } from '../workbench/errors';
import { showInformation, showWarning } from '../workbench/messages';
import type { Output } from '../workbench/output';
import { inNotification } from '../workbench/progress';
import { showFile } from '../workbench/show-file';
import type { SampleFiles } from './sample-files';
import type { SamplePlatform } from './sample-platform';

export interface SampleParts {
  readonly sample: SamplePlatform;
  readonly output: Output;
  readonly files: SampleFiles;
  /** Runs the first request of a file. */
  readonly run: (uri: string) => Promise<void>;
}

/** Starts the sample platform and connects to it. Returns false when that failed, and the user was told. */
export async function connectToSample({ sample, output }: SampleParts, again: () => void): Promise<boolean> {
  try {
    await inNotification('Starting the sample platform…', async () => sample.open());
    return true;
  } catch (error) {
    showError(error, output, again);
    return false;
  }
}

/** Shows the first sample, unless the user is in a query file of their own. */
export async function openSamplePlatform(parts: SampleParts): Promise<void> {
  if (!(await connectToSample(parts, () => void openSamplePlatform(parts)))) return;
  if (vscode.window.activeTextEditor?.document.languageId === 'apq') return;
  try {
    const [first] = await parts.files.list();
    if (first !== undefined) await showAndRun(vscode.Uri.file(first.path), parts);
  } catch (error) {
    showError(error, parts.output);
  }
}

/** Opens a file with the cursor in its first request, and runs that. */
export async function showAndRun(uri: vscode.Uri, { run }: SampleParts): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const editor = await showFile(document, { preview: false });
  const start = document.positionAt(Math.max(0, document.getText().search(/^GET /m)));
  editor.selection = new vscode.Selection(start, start);
  if (vscode.workspace.isTrusted) await run(uri.toString());
}

/** *Reset Sample Platform*: undoes every change to its records. */
export async function resetSamplePlatform(parts: SampleParts): Promise<void> {
  const choice = await showWarning(
    'Undo every change to the records of the sample platform? Your query files stay as they are.',
    { modal: true },
    'Reset',
  );
  if (choice !== 'Reset') return;
  try {
    await parts.sample.reset();
    void showInformation('The sample platform is as it was at first.');
  } catch (error) {
    showError(error, parts.output);
  }
}
