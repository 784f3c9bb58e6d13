/** Everything up to sending: which request, on which connection, with which values. */
import * as vscode from 'vscode';
import {
  LanguageService,
  type ApqDocument,
  type Expectation,
  type RequestInfo,
  type WireRequest,
} from '#language';
import type { Connection } from '#core/connections/connection';
import { runContext } from '#core/running/run-context';
import type { Services } from '../services';
import { showFailure, showInformation, showWarning } from '../workbench/messages';

/** A request that is ready to be sent. */
export interface Prepared {
  readonly connection: Connection;
  readonly request: RequestInfo;
  readonly document: vscode.TextDocument;
  readonly language: LanguageService;
  readonly parsed: ApqDocument;
  readonly wire: WireRequest;
  readonly notes: readonly string[];
  /** With their variables replaced. */
  readonly expectations: readonly Expectation[];
}

/** The request's title, else what it is. */
export const titleOf = ({ request, wire }: Pick<Prepared, 'request' | 'wire'>): string =>
  request.title || `${wire.method} ${wire.module}`;

/** A file that is open for running, read once for all of its requests. */
export interface OpenFile {
  readonly document: vscode.TextDocument;
  readonly language: LanguageService;
  readonly parsed: ApqDocument;
  readonly requests: readonly RequestInfo[];
}

/** The file of a code lens, else the one in the editor; undefined when the user was told why not. */
export async function openFile(services: Services, uri: string | undefined): Promise<OpenFile | undefined> {
  const document = await documentOf(uri);
  if (document === undefined) {
    void showInformation('Open a file that ends in .apq and put the cursor on a request.');
    return undefined;
  }
  if (!vscode.workspace.isTrusted) {
    const choice = await showWarning(
      'Requests run only in a trusted workspace: this file could come from someone else.',
      'Manage Workspace Trust',
    );
    if (choice !== undefined) void vscode.commands.executeCommand('workbench.trust.manage');
    return undefined;
  }
  await services.started;
  const language = new LanguageService();
  const parsed = language.parse(document.getText());
  const requests = language.requests(parsed);
  if (requests.length > 0) return { document, language, parsed, requests };
  void showInformation('There is no request in this file yet. Write a module, for example: GET coursedate');
  return undefined;
}

/** The request under the cursor or with an index; undefined when the user was told why not. */
export async function prepare(
  services: Services,
  uri: string | undefined,
  index: number | undefined,
): Promise<Prepared | undefined> {
  const file = await openFile(services, uri);
  if (file === undefined) return undefined;
  const request = await chosenRequest(services, file, index);
  return request === undefined ? undefined : prepareRequest(services, file, request);
}

/** The one with the index, else the one under the cursor, else the first. */
export const chosenRequest = async (
  services: Services,
  file: OpenFile,
  index: number | undefined,
): Promise<RequestInfo | undefined> =>
  file.requests[index ?? (await requestUnderCursor(services, file)) ?? 0];

/** Chooses the connection, checks, asks for values. Undefined when the user was told why not, or cancelled. */
export async function prepareRequest(
  services: Services,
  { document, language, parsed }: OpenFile,
  request: RequestInfo,
): Promise<Prepared | undefined> {
  const connection = await chooseConnection(services, request.connection);
  if (connection === undefined) return undefined;
  language.setMetadata(await services.metadata.cached(connection));
  if (!(await withoutErrors(language, parsed, request, document))) return undefined;
  const built = await build(services, language, parsed, request, document);
  if (built === undefined) return undefined;
  return {
    connection,
    request,
    document,
    language,
    parsed,
    wire: built.request,
    expectations: built.expectations,
    notes: [...built.notes, ...hostNote(language, request, connection)],
  };
}

async function documentOf(uri: string | undefined): Promise<vscode.TextDocument | undefined> {
  // A command from the title bar passes the file's URI as an object.
  if (typeof uri === 'string') return vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  const document = vscode.window.activeTextEditor?.document;
  return document?.languageId === 'apq'
    ? document
    : vscode.window.visibleTextEditors.find((editor) => editor.document.languageId === 'apq')?.document;
}

async function requestUnderCursor(
  { language }: Services,
  { document }: OpenFile,
): Promise<number | undefined> {
  const editor = vscode.window.visibleTextEditors.find((each) => each.document === document);
  return (await language.requestAt(document, editor?.selection.active ?? new vscode.Position(0, 0)))?.index;
}

/** The request's own connection, else the active one; asks where there is none. */
async function chooseConnection(
  { connections, sample }: Services,
  name: string | undefined,
): Promise<Connection | undefined> {
  if (name !== undefined) {
    const named = connections.named(name);
    if (named !== undefined)
      return connections.isSample(named) && !sample.serves(named) ? sample.open() : named;
    const choice = await showFailure(
      `There is no connection “${name}”, which this request asks for (# @connection). Add it, or change the line.`,
      'Add Connection',
    );
    if (choice !== undefined) void vscode.commands.executeCommand('apq.addConnection');
    return undefined;
  }
  const { active } = connections;
  if (active !== undefined)
    return connections.isSample(active) && !sample.serves(active) ? sample.open() : active;
  const choice = await showInformation(
    'Connect to a platform first. Without an account, try the sample platform.',
    'Add Connection',
    'Open Sample Platform',
  );
  if (choice === 'Add Connection') await vscode.commands.executeCommand('apq.addConnection');
  if (choice === 'Open Sample Platform') await vscode.commands.executeCommand('apq.openSamplePlatform');
  return connections.active;
}

/** False, with the reason told, when the request has errors: it would be refused anyway, or do something else than meant. */
async function withoutErrors(
  language: LanguageService,
  parsed: ApqDocument,
  request: RequestInfo,
  document: vscode.TextDocument,
): Promise<boolean> {
  const errors = language.diagnoseRequest(parsed, request).filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (first === undefined) return true;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  const choice = await showFailure(`This request can’t run yet. ${first.message}${more}`, 'Show Problem');
  if (choice !== undefined) {
    const editor = await vscode.window.showTextDocument(document);
    const at = document.positionAt(first.offset);
    editor.selection = new vscode.Selection(at, document.positionAt(first.offset + first.length));
    editor.revealRange(editor.selection);
    await vscode.commands.executeCommand('editor.action.marker.next');
  }
  return false;
}

/** Also where no metadata say which host is the connection's. */
function hostNote(language: LanguageService, request: RequestInfo, { root }: Connection): string[] {
  const note = language.foreignHost(request, root);
  return note === undefined ? [] : [note];
}

/** Asks for prompts until all are answered; undefined when the user cancels or a value is missing. */
async function build(
  { answers, prompts, connections }: Services,
  language: LanguageService,
  parsed: ApqDocument,
  request: RequestInfo,
  document: vscode.TextDocument,
): Promise<
  { request: WireRequest; notes: readonly string[]; expectations: readonly Expectation[] } | undefined
> {
  const file = document.uri.toString();
  const given = new Map<string, string>();
  const requests = language.requests(parsed);
  /** Of the connection on which the other request would run now. */
  const response = (name: string, path: readonly (string | number)[]) => {
    const other = requests.find((each) => each.name === name);
    return other === undefined ? undefined : answers.value(file, name, connections.of(other)?.id, path);
  };
  const context = runContext(response, given);
  for (;;) {
    const built = language.build(parsed, request, context);
    if (built.ok) return { ...built, expectations: language.expectations(parsed, request, context) };
    const [problem] = built.problems;
    if (problem === undefined || problem.reason !== 'prompt') {
      void showFailure(problem?.message ?? 'The request can’t be built.');
      return undefined;
    }
    const value = await prompts.ask(file, problem.name, problem.message, request.title || 'Run Request');
    if (value === undefined) return undefined;
    given.set(problem.name, value);
  }
}
