/** The extension: makes the parts, connects them, registers the commands. */
import * as vscode from 'vscode';
import { addConnection } from './editor/commands/add-connection';
import { removeConnection, switchConnection, updateCredentials } from './editor/commands/manage-connections';
import { newFile } from './editor/commands/new-file';
import { openSamplePlatform } from './editor/commands/open-sample';
import { copyRequest, runRequest } from './editor/commands/run-request';
import { Connections } from './editor/connections';
import { showError } from './editor/errors';
import { Language } from './editor/language-client';
import { EditorMetadata } from './editor/metadata';
import { Output } from './editor/output';
import { ResultsPanel } from './editor/results-panel';
import { SamplePlatform } from './editor/sample-platform';
import type { Services } from './editor/services';
import { StatusBar } from './editor/status-bar';

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
  const register = (id: string, run: (...args: never[]) => unknown) =>
    vscode.commands.registerCommand(id, run);
  context.subscriptions.push(
    output,
    connections,
    metadata,
    language,
    sample,
    results,
    new StatusBar(connections),
    ...Object.entries({
      'apq.runRequest': 'run',
      'apq.countRequest': 'count',
      'apq.fetchAll': 'all',
    } as const).map(([id, mode]) =>
      register(id, (uri?: unknown, index?: unknown) => runRequest(services, ...target(uri, index), mode)),
    ),
    register('apq.copyRequest', (uri?: unknown, index?: unknown) =>
      copyRequest(services, ...target(uri, index)),
    ),
    register('apq.addConnection', () => addConnection(services)),
    register('apq.switchConnection', () => switchConnection(services)),
    register('apq.removeConnection', () => removeConnection(services)),
    register('apq.updateCredentials', () => updateCredentials(services)),
    register('apq.refreshMetadata', () =>
      connections.active === undefined ? switchConnection(services) : metadata.refresh(),
    ),
    register('apq.openSamplePlatform', () => openSamplePlatform(services)),
    register('apq.showOutput', () => output.show()),
    register('apq.newFile', newFile),
  );
}

/** The arguments of a code lens; a menu passes others, and a key none: then the cursor says which request is meant. */
const target = (uri: unknown, index: unknown): [uri: string | undefined, index: number | undefined] => [
  typeof uri === 'string' ? uri : undefined,
  typeof index === 'number' ? index : undefined,
];
