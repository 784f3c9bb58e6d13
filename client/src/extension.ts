/** The extension: makes the parts, connects them, registers the commands. */
import * as vscode from 'vscode';
import { registerCommands } from './editor/commands';
import { openSamplePlatform } from './editor/commands/open-sample';
import { Connections } from './editor/connections';
import { ConnectionsView } from './editor/connections-view';
import { showError } from './editor/errors';
import { ExpectationMarks } from './editor/expectation-marks';
import { Language } from './editor/language-client';
import { EditorMetadata } from './editor/metadata';
import { Output } from './editor/output';
import { ResultsPanel } from './editor/results-panel';
import { SamplePlatform } from './editor/sample-platform';
import type { Services } from './editor/services';
import { StatusBar } from './editor/status-bar';
import { TestExplorer } from './editor/test-explorer';

export function activate(context: vscode.ExtensionContext): void {
  const output = new Output();
  const connections = new Connections(context, output);
  const language = new Language(context);
  const sample = new SamplePlatform(context, connections, output);
  const metadata = new EditorMetadata(
    vscode.Uri.joinPath(context.globalStorageUri, 'metadata').fsPath,
    connections,
    language,
    output,
    () => sample.running,
  );
  const results = new ResultsPanel(context.extensionUri);
  const parts = {
    connections,
    language,
    marks: new ExpectationMarks(),
    metadata,
    output,
    results,
    sample,
    samples: context.asAbsolutePath('samples'),
  };
  const start = async () => {
    await language.start();
    // A demonstration connects to the sample platform by itself.
    if (process.env['APQ_OPEN_SAMPLE'] === '1')
      await openSamplePlatform({ ...parts, started: Promise.resolve() }, { showQueries: false });
    else void metadata.load();
  };
  const started = start().catch((error: unknown) => showError(error, output));
  const services: Services = { ...parts, started };
  context.subscriptions.push(
    output,
    connections,
    metadata,
    language,
    sample,
    results,
    parts.marks,
    new TestExplorer(services),
    new StatusBar(connections, metadata),
    new ConnectionsView(connections, metadata, () => sample.running),
    ...registerCommands(services),
  );
}
