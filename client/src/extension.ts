/** The extension: makes the parts, connects them, registers the commands. */
import * as vscode from 'vscode';
import { History } from '#core/history/history';
import { registerCommands } from './editor/commands';
import { openSamplePlatform } from './editor/sample/open-sample';
import { Connections } from './editor/connections/connections';
import { ConnectionsView } from './editor/connections/connections-view';
import { showError } from './editor/workbench/errors';
import { HistoryView } from './editor/history/history-view';
import { ExpectationMarks } from './editor/testing/expectation-marks';
import { Language } from './editor/workbench/language-client';
import { EditorMetadata } from './editor/metadata/editor-metadata';
import { Output } from './editor/workbench/output';
import { offerPaste } from './editor/sharing/paste';
import { ResultPanels } from './editor/results/panels';
import { ResultActions } from './editor/results/result-actions';
import { Answers } from './editor/running/answers';
import { ApiProblems } from './editor/running/api-problems';
import { Prompts } from './editor/running/prompts';
import { Runs } from './editor/running/runs';
import { SamplePlatform } from './editor/sample/sample-platform';
import type { Services } from './editor/services';
import { StatusBar } from './editor/workbench/status-bar';
import { TextPages } from './editor/workbench/text-pages';
import { TestExplorer } from './editor/testing/test-explorer';

export function activate(context: vscode.ExtensionContext): void {
  const output = new Output();
  const connections = new Connections(context, output);
  const language = new Language(context);
  const sample = new SamplePlatform(context, connections, output);
  const pages = new TextPages();
  const metadata = new EditorMetadata(
    vscode.Uri.joinPath(context.globalStorageUri, 'metadata').fsPath,
    connections,
    language,
    output,
    pages,
    () => sample.running,
  );
  // Results belong to the workspace; without one, to nobody else.
  const storage = context.storageUri ?? vscode.Uri.joinPath(context.globalStorageUri, 'no-workspace');
  const results = new ResultPanels(
    context.extensionUri,
    vscode.Uri.joinPath(storage, 'results').fsPath,
    output,
  );
  const history = new History(
    vscode.Uri.joinPath(storage, 'history.ndjson').fsPath,
    () => vscode.workspace.getConfiguration('apq').get<number>('history.limit', 200),
    () => historyView.refresh(),
  );
  const historyView = new HistoryView(history);
  const runs = new Runs();
  const parts = {
    connections,
    language,
    marks: new ExpectationMarks(),
    metadata,
    output,
    results,
    resultActions: new ResultActions(() => services, context.asAbsolutePath('dist/export-worker.js')),
    runs,
    answers: new Answers(),
    prompts: new Prompts(context.workspaceState),
    apiProblems: new ApiProblems(),
    history,
    pages,
    sample,
    memory: context.globalState,
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
  runs.use(services);
  results.onRevive((panel) => (message) => void services.resultActions.handle(panel, message));
  context.subscriptions.push(
    output,
    connections,
    metadata,
    language,
    sample,
    results,
    pages,
    services.apiProblems,
    historyView,
    parts.marks,
    new TestExplorer(services),
    new StatusBar(connections, metadata),
    new ConnectionsView(connections, metadata, () => sample.running),
    ...registerCommands(services, historyView),
    ...offerPaste(output),
  );
}
