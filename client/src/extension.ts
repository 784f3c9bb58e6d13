/** The extension: a table of contents. Each room gets what it uses, and registers its own commands and views. */
import * as vscode from 'vscode';
import { SqlEngine } from '#engine/sql-engine';
import { setClient } from './core/client';
import { History } from './core/history/history';
import { Responses } from './core/running/responses';
import { contributeBuilder } from './editor/builder/contribution';
import { Connections } from './editor/connections/connections';
import { contributeConnections } from './editor/connections/contribution';
import { contributeHistory } from './editor/history/contribution';
import { contributeImporting } from './editor/importing/contribution';
import { contributeKnownData } from './editor/known/contribution';
import { KnownDataHub } from './editor/known/known-data-hub';
import { contributeMetadata } from './editor/metadata/contribution';
import { EditorMetadata } from './editor/metadata/editor-metadata';
import { contributeResults } from './editor/results/contribution';
import { ResultPanels } from './editor/results/panels';
import { Agreements } from './editor/running/agreements';
import { ApiProblems } from './editor/running/api-problems';
import { contributeRunning } from './editor/running/contribution';
import { Environment } from './editor/running/environment';
import { Prompts } from './editor/running/prompts';
import { Requests } from './editor/running/requests';
import { Runs } from './editor/running/runs';
import { contributeSample } from './editor/sample/contribution';
import { connectToSample, type SampleParts, showAndRun } from './editor/sample/open-sample';
import { SampleFiles } from './editor/sample/sample-files';
import { SamplePlatform } from './editor/sample/sample-platform';
import { contributeSharing } from './editor/sharing/contribution';
import { contributeTesting } from './editor/testing/contribution';
import { VerdictDecorations } from './editor/testing/verdict-decorations';
import { contributeWorkbench } from './editor/workbench/contribution';
import { showError } from './editor/workbench/errors';
import { LanguageServer } from './editor/workbench/language-server';
import { Output } from './editor/workbench/output';
import { QueryFiles } from './editor/workbench/query-files';
import { setting } from './editor/workbench/settings';
import { TextPages } from './editor/workbench/text-pages';
import { welcome } from './editor/workbench/welcome';
import { startForQueries } from './editor/workbench/when-needed';
import { ChangesViews } from './editor/writing/changes-view';
import { contributeWriting } from './editor/writing/contribution';
import { EditorChangeLog } from './editor/writing/editor-change-log';

export function activate(context: vscode.ExtensionContext): void {
  setClient({ kind: 'vscode' });
  const { extensionUri } = context;
  // Results and history belong to the workspace; a window without one has its own.
  const storage = context.storageUri ?? vscode.Uri.joinPath(context.globalStorageUri, 'no-workspace');
  const inStorage = (name: string) => vscode.Uri.joinPath(storage, name).fsPath;

  /** Connections, and what belongs to them, are the user's in every window. */
  const forAll = (name: string) => vscode.Uri.joinPath(context.globalStorageUri, name).fsPath;

  // The workbench, connections and metadata.
  const [output, pages, files] = [new Output(), new TextPages(), new QueryFiles()];
  const server = new LanguageServer(context);
  const connections = new Connections(context, output);
  const sample = new SamplePlatform(context, connections, output, forAll('sample-platform/changes.ndjson'));
  const metadata = new EditorMetadata(forAll('metadata'), { connections, server, output, pages, sample });

  const known = new KnownDataHub(forAll('known-values'), { connections, metadata, server, output });

  // Running requests: results, history and tests.
  const panels = new ResultPanels(extensionUri, inStorage('results'), output);
  const historyChanged = new vscode.EventEmitter<void>();
  const history = new History(
    inStorage('history.ndjson'),
    () => setting('history.limit'),
    () => historyChanged.fire(),
  );
  const changeLog = new EditorChangeLog();
  const samples: SampleParts = {
    sample,
    output,
    files: new SampleFiles(context.asAbsolutePath('samples'), forAll('samples'), context.globalState),
    run: async (uri) => runs.runFirst(uri),
  };
  let starting: Promise<void> | undefined;
  const started = async (): Promise<void> => (starting ??= start(server, metadata, known, samples));
  const responses = new Responses();
  const prompts = new Prompts(context.workspaceState);
  const environment = new Environment(context.workspaceState);
  const requests = new Requests({
    ...{ files, connections, metadata, sample, responses, prompts, environment, started },
  });
  const apiProblems = new ApiProblems(files);
  const [decorations, agreements] = [new VerdictDecorations(), new Agreements()];
  const changes = new ChangesViews(extensionUri, { connections, pages });
  const engine = new SqlEngine({ program: context.asAbsolutePath('dist/sql-worker.js') });
  const runs = new Runs({
    ...{ requests, responses, engine, history, panels, connections, metadata },
    ...{ decorations, apiProblems, output, changes, agreements, changeLog },
  });

  const worker = context.asAbsolutePath('dist/export-worker.js');
  context.subscriptions.push(
    ...[pages, server, known, historyChanged, changeLog, apiProblems, decorations, agreements, engine],
    startForQueries(() => void started()),
    ...contributeWorkbench(output, context.extension.id),
    ...contributeConnections({ connections, sample, output, metadata, pages }),
    ...contributeMetadata({ connections, metadata, known }),
    ...contributeKnownData({ connections, sample, output, metadata, server, hub: known }),
    ...contributeSample(samples, connections),
    ...contributeBuilder(context, {
      ...{ server, requests, connections, metadata, known, files, output, started },
    }),
    ...contributeRunning({ requests, runs, connections, output, panels, pages }),
    ...contributeResults({
      ...{ panels, connections, metadata, sample, files, output, worker, changes, changeLog, known },
    }),
    ...contributeHistory({ history, connections, metadata, requests, runs, pages }, historyChanged.event),
    ...contributeWriting({ changeLog, connections, metadata }),
    ...contributeImporting({ connections, metadata, sample, output, changes, changeLog, extensionUri }),
    ...contributeSharing({ requests, connections, memory: context.globalState, output }),
    ...contributeTesting({
      ...{ connections, metadata, sample, environment, files },
      ...{ decorations, output, changeLog, started, engine },
    }),
  );
  // A demonstration does not wait for a query file.
  if (process.env['APQ_OPEN_SAMPLE'] === undefined) void welcome(context, connections.all.length === 0);
  else void started();
}

/** Starts the language server and passes the cached metadata to it. Settles when the connection that is opened at the start exists. */
async function start(
  server: LanguageServer,
  metadata: EditorMetadata,
  known: KnownDataHub,
  samples: SampleParts,
): Promise<void> {
  try {
    await server.start();
    void known.start();
    server.onDidRestart(() => {
      void metadata.load();
      void known.restart();
    });
    // A demonstration connects to the sample platform by itself, and shows a file of its workspace unless it is "1".
    const demo = process.env['APQ_OPEN_SAMPLE'];
    if (demo === undefined) void metadata.load();
    else if ((await connectToSample(samples, () => undefined)) && demo !== '1') void showDemo(demo, samples);
  } catch (error) {
    showError(error, samples.output);
  }
}

async function showDemo(file: string, samples: SampleParts): Promise<void> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (folder !== undefined) await showAndRun(vscode.Uri.joinPath(folder.uri, file), samples);
}
