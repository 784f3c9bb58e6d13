/** *Run Request*: from the text under the cursor to records in the results view. */
import * as vscode from 'vscode';
import { randomUUID } from 'node:crypto';
import {
  LanguageService,
  pathOf,
  type ApqDocument,
  type EvaluationContext,
  type RequestInfo,
  type WireRequest,
} from '../../../../server/src/language/service';
import type { Connection } from '../../core/connections/connection';
import { runRequest as run, selectedFields, summaryOf, type RunResult } from '../../core/execution/run';
import { ApiError, describe } from '../../core/remote/errors';
import { columnsOf, numericColumns, rowsOf } from '../../core/results/table';
import type { ApiRecord } from '../../core/results/read-answer';
import { valueAt } from '../../core/results/value-at';
import type { ViewAction, ViewHead } from '../../webview/messages';
import { ACTIONS, showError } from '../errors';
import type { Services } from '../services';

/** The last answers of named requests, by file: `{{name.results[0].ID}}` reads them. In memory only. */
const answers = new Map<string, unknown>();
let running: AbortController | undefined;

/** `count` asks only how many records there are; `all` fetches every page. */
export type RunMode = 'run' | 'count' | 'all';

export async function runRequest(
  services: Services,
  uri?: string,
  index?: number,
  mode: RunMode = 'run',
): Promise<void> {
  const prepared = await prepare(services, uri, index);
  if (prepared === undefined) return;
  if (mode === 'count') await count(services, prepared);
  else if (await confirmWrite(prepared.wire, prepared.connection, services))
    await execute(services, { ...prepared, pages: mode === 'all' ? 'all' : (prepared.request.pages ?? 1) });
}

/** *Copy Request*: its address, and what a write would send; never a key. */
export async function copyRequest(services: Services, uri?: string, index?: number): Promise<void> {
  const prepared = await prepare(services, uri, index);
  if (prepared === undefined) return;
  const { wire, connection } = prepared;
  const address = `${connection.root}${pathOf(wire)}`;
  await vscode.env.clipboard.writeText(
    wire.method === 'GET'
      ? address
      : `${wire.method} ${address}\n${wire.body === undefined ? '' : `\n${pretty(wire.body)}\n`}`,
  );
  vscode.window.setStatusBarMessage('$(check) Address copied, without the key', 4000);
}

/** Everything up to sending: the request, the connection, the values; undefined when the user was told why not. */
async function prepare(
  services: Services,
  uri: string | undefined,
  index: number | undefined,
): Promise<Omit<Execution, 'pages'> | undefined> {
  const document = await documentOf(uri);
  if (document === undefined) {
    void vscode.window.showInformationMessage(
      'Open a file that ends in .apq and put the cursor on a request.',
    );
    return undefined;
  }
  if (!vscode.workspace.isTrusted) {
    const choice = await vscode.window.showWarningMessage(
      'Requests run only in a trusted workspace: this file could come from someone else.',
      'Manage Workspace Trust',
    );
    if (choice !== undefined) void vscode.commands.executeCommand('workbench.trust.manage');
    return undefined;
  }
  await services.started;
  const found = index ?? (await requestUnderCursor(services, document));
  if (found === undefined) {
    void vscode.window.showInformationMessage(
      'There is no request in this file yet. Write a module, for example: GET coursedate',
    );
    return undefined;
  }
  const language = new LanguageService();
  const parsed = language.parse(document.getText());
  const request = language.requests(parsed)[found];
  const connection = request === undefined ? undefined : await chooseConnection(services, request.connection);
  if (request === undefined || connection === undefined) return undefined;
  language.setMetadata(await services.metadata.cached(connection));
  if (!(await withoutErrors(language, parsed, request, document))) return undefined;
  const built = await build(language, parsed, request, document);
  return built === undefined
    ? undefined
    : {
        connection,
        request,
        document,
        wire: built.request,
        notes: [...built.notes, ...hostNote(language, parsed, request)],
      };
}

/** One record and the total, instead of a page. */
async function count(
  services: Services,
  { connection, request, wire }: Omit<Execution, 'pages'>,
): Promise<void> {
  const query = [
    ...wire.query.filter(({ name }) => name === '$filter'),
    { name: '$top', value: '1' },
    { name: '$count', value: 'true' },
  ];
  try {
    const { total } = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: 'APQ: counting…' },
      async () => run(services.connections.client(connection), { ...wire, query }),
    );
    const title = request.title === '' ? wire.module : request.title;
    void vscode.window.showInformationMessage(
      total === undefined
        ? `The answer of ${connection.name} says no total.`
        : `${title}: ${total.toLocaleString('en-GB')} ${total === 1 ? 'record' : 'records'}.`,
    );
  } catch (error) {
    showError(error, services.output, undefined, connection);
  }
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
  document: vscode.TextDocument,
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
    if (named !== undefined) return connections.isSample(named) && !sample.running ? sample.open() : named;
    const choice = await vscode.window.showErrorMessage(
      `There is no connection “${name}”, which this request asks for (# @connection). Add it, or change the line.`,
      'Add Connection',
    );
    if (choice !== undefined) void vscode.commands.executeCommand('apq.addConnection');
    return undefined;
  }
  const { active } = connections;
  if (active !== undefined) return connections.isSample(active) && !sample.running ? sample.open() : active;
  const choice = await vscode.window.showInformationMessage(
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
  const choice = await vscode.window.showErrorMessage(
    `This request can’t run yet. ${first.message}${more}`,
    'Show Problem',
  );
  if (choice !== undefined) {
    const editor = await vscode.window.showTextDocument(document);
    const at = document.positionAt(first.offset);
    editor.selection = new vscode.Selection(at, document.positionAt(first.offset + first.length));
    editor.revealRange(editor.selection);
    await vscode.commands.executeCommand('editor.action.marker.next');
  }
  return false;
}

const hostNote = (language: LanguageService, parsed: ApqDocument, request: RequestInfo): string[] =>
  language
    .diagnoseRequest(parsed, request)
    .filter(({ code }) => code === 'other-host')
    .map(({ message }) => message);

/** Asks for prompts until all are answered; undefined when the user cancels or a value is missing. */
async function build(
  language: LanguageService,
  parsed: ApqDocument,
  request: RequestInfo,
  document: vscode.TextDocument,
): Promise<{ request: WireRequest; notes: readonly string[] } | undefined> {
  const given = new Map<string, string>();
  const context: EvaluationContext = {
    now: new Date(),
    guid: randomUUID,
    env: (name) => process.env[name],
    given,
    response: (name, path) => valueAt(answers.get(`${document.uri.toString()} ${name}`), path),
  };
  for (;;) {
    const built = language.build(parsed, request, context);
    if (built.ok) return built;
    const [problem] = built.problems;
    if (problem === undefined || problem.reason !== 'prompt') {
      void vscode.window.showErrorMessage(problem?.message ?? 'The request can’t be built.');
      return undefined;
    }
    const value = await vscode.window.showInputBox({
      title: request.title || 'Run Request',
      prompt: problem.message,
      ignoreFocusOut: true,
    });
    if (value === undefined) return undefined;
    given.set(problem.name, value);
  }
}

/** A change is shown before it is sent, always. */
async function confirmWrite(
  wire: WireRequest,
  connection: Connection,
  { connections }: Services,
): Promise<boolean> {
  if (wire.method === 'GET') return true;
  if (connection.readOnly === true) {
    const choice = await vscode.window.showErrorMessage(
      `${connection.name} is read-only, so this ${wire.method} was not sent. Use another connection, or allow changes on this one.`,
      'Edit Connection',
    );
    if (choice !== undefined) await vscode.commands.executeCommand('apq.editConnection', connection);
    return false;
  }
  const production = connections.isProduction(connection);
  const verb = { POST: 'Create', PUT: 'Change', DELETE: 'Delete' }[wire.method];
  const upsert = wire.query.find(({ name }) => name === '$upsert')?.value;
  const what =
    wire.id === undefined
      ? `a record of ${wire.module}${upsert === undefined ? '' : `, or change the one where ${upsert}`}`
      : `${wire.module} ${wire.id}`;
  const detail = [
    `${wire.method} ${connection.root}${pathOf(wire)}`,
    ...(wire.body === undefined ? [] : [pretty(wire.body)]),
    ...(wire.method === 'DELETE' ? ['This can’t be undone.'] : []),
  ].join('\n\n');
  const choice = await vscode.window.showWarningMessage(
    `${verb} ${what} on ${connection.name}${production ? ' (PRODUCTION)' : ''}?`,
    { modal: true, detail },
    verb,
  );
  return choice === verb;
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), undefined, 2).slice(0, 1500);
  } catch {
    return body.slice(0, 1500);
  }
}

interface Execution {
  readonly connection: Connection;
  readonly request: RequestInfo;
  readonly document: vscode.TextDocument;
  readonly wire: WireRequest;
  readonly notes: readonly string[];
  readonly pages: number | 'all';
}

const CSV: ViewAction = { id: 'csv', label: 'Copy as CSV' };
const JSON_COPY: ViewAction = { id: 'json', label: 'Copy as JSON' };
const AGAIN: ViewAction = { id: 'again', label: 'Run Again' };
const STOP: ViewAction = { id: 'stop', label: 'Stop' };

async function execute(services: Services, execution: Execution): Promise<void> {
  const { connection, request, document, wire, notes } = execution;
  const { connections, results, output } = services;
  const client = connections.client(connection);
  running?.abort();
  const abort = new AbortController();
  running = abort;
  const select = selectedFields(wire);
  const base = {
    title: request.title === '' ? `${wire.method} ${wire.module}` : request.title,
    method: wire.method,
    address: client.addressOf(wire),
    connection: connection.name,
    production: connections.isProduction(connection),
  };
  let records: readonly ApiRecord[] = [];
  const head = (state: ViewHead['state'], summary: string, more: Partial<ViewHead> = {}): ViewHead => {
    const columns = columnsOf(records, select);
    return {
      ...base,
      state,
      summary,
      notes,
      actions: [],
      columns,
      numeric: numericColumns(records, columns),
      ...more,
    };
  };
  const again = () =>
    void runRequest(
      services,
      document.uri.toString(),
      request.index,
      execution.pages === 'all' ? 'all' : 'run',
    );
  const act = (id: string) => {
    if (id === 'stop') abort.abort();
    else if (id === 'again') again();
    else if (id === 'csv' || id === 'json') void copy(records, select, id);
    else if (id in ACTIONS)
      void vscode.commands.executeCommand(ACTIONS[id as keyof typeof ACTIONS].command, connection);
  };
  results.open(head('running', 'Running…', { actions: [STOP] }), act);
  try {
    const result = await run(client, wire, {
      pages: execution.pages,
      signal: abort.signal,
      onPage: (_page, { pages, records: count }) =>
        pages > 1 &&
        results.update(
          head('running', `Running… ${count.toLocaleString('en-GB')} records`, { actions: [STOP] }),
        ),
    });
    if (abort.signal.aborted && running !== abort) return;
    records = result.records;
    if (request.name !== undefined) answers.set(`${document.uri.toString()} ${request.name}`, result.json);
    show(services, head, result, wire);
  } catch (error) {
    if (running !== abort) return;
    const { sentence, actions, details } = describe(error);
    output.error(details);
    if (error instanceof ApiError && error.kind === 'cancelled') {
      results.update(head('stopped', 'Stopped before an answer came.', { actions: [AGAIN] }));
      return;
    }
    const buttons: ViewAction[] = actions.map((action) =>
      action === 'retry' ? AGAIN : { id: action, label: ACTIONS[action].label },
    );
    results.update(
      head('failed', 'No answer to show.', {
        error: sentence,
        actions: buttons.some(({ id }) => id === 'again') ? buttons : [...buttons, AGAIN],
      }),
    );
  } finally {
    if (running === abort) running = undefined;
  }
}

function show(
  { results, output }: Services,
  head: (state: ViewHead['state'], summary: string, more?: Partial<ViewHead>) => ViewHead,
  result: RunResult,
  wire: WireRequest,
): void {
  const plain = head('done', summaryOf(result, wire.method));
  const notes = [...plain.notes, ...result.notes];
  const copies = result.records.length > 0 ? [CSV, JSON_COPY] : [];
  if (result.stoppedBy === undefined)
    results.update({ ...plain, notes, actions: [...copies, ...(wire.method === 'GET' ? [AGAIN] : [])] });
  else {
    const { sentence, details } = describe(result.stoppedBy);
    output.error(details);
    results.update({
      ...plain,
      state: 'stopped',
      notes,
      error: `Not all pages came; what came before is kept. ${sentence}`,
      actions: [...copies, AGAIN],
    });
  }
  results.addRows(rowsOf(result.records, plain.columns));
}

async function copy(
  records: readonly ApiRecord[],
  select: readonly string[],
  form: 'csv' | 'json',
): Promise<void> {
  // Only who copies pays for loading the writers.
  const { toCsv, toJson } = await import('../../core/results/formats');
  await vscode.env.clipboard.writeText(
    form === 'csv' ? toCsv(records, columnsOf(records, select)) : toJson(records),
  );
  vscode.window.setStatusBarMessage(
    `$(check) ${records.length.toLocaleString('en-GB')} records copied`,
    4000,
  );
}
