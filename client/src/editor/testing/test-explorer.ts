/** Requests with expectations as tests: in VS Code’s Test Explorer and beside their lines. */
import * as vscode from 'vscode';
import type { ExpectationResult } from '#core/testing/evaluate';
import type { Connection } from '#core/connections/connection';
import { describe } from '#core/remote/errors';
import type { Services } from '../services';
import { TestItems, type TestedRequest } from './test-items';
import { isCancelled, NotRun, testRunner, type Agreed, type RunForTest, type TestContext } from './test-runs';
import { showWarning } from '../workbench/messages';

export class TestExplorer implements vscode.Disposable {
  readonly #controller = vscode.tests.createTestController('apq', 'APQ');
  readonly #items = new TestItems(this.#controller);

  constructor(
    private readonly services: Services,
    private readonly runForTest: RunForTest = testRunner(services),
  ) {
    this.#controller.createRunProfile(
      'Run',
      vscode.TestRunProfileKind.Run,
      async (request, token) => this.run(request, token),
      true,
    );
  }

  async run(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    if (!vscode.workspace.isTrusted) {
      void showWarning('Requests run only in a trusted workspace: these files could come from someone else.');
      return;
    }
    if (request.include === undefined) await this.#items.find();
    this.#items.catchUp();
    const items = this.#items.under(request.include, request.exclude);
    const run = this.#controller.createTestRun(request);
    const abort = new AbortController();
    const subscription = token.onCancellationRequested(() => abort.abort());
    try {
      for (const item of items) run.enqueued(item);
      const { active } = this.services.connections;
      const allowed = await this.#confirmWrites(items, active);
      const context = {
        signal: abort.signal,
        answers: new Map<string, unknown>(),
        active,
        agreed: (uri: vscode.Uri, index: number) => allowed.get(`${uri.toString()} ${index}`),
      };
      for (const item of items) {
        // Requests may have moved while the others ran.
        this.#items.catchUp();
        if (token.isCancellationRequested) run.skipped(item);
        else await this.#runOne(run, item, context);
      }
    } finally {
      subscription.dispose();
      run.end();
    }
  }

  async #runOne(
    run: vscode.TestRun,
    item: vscode.TestItem,
    context: Omit<TestContext, 'told'>,
  ): Promise<void> {
    const tested = this.#items.of(item);
    if (tested === undefined) return;
    const told = (line: string) => run.appendOutput(`${line.replace(/\r?\n/g, '\r\n')}\r\n`, undefined, item);
    run.started(item);
    told(item.label);
    try {
      const document = await vscode.workspace.openTextDocument(tested.uri);
      this.services.marks.clear(document, tested.request.expectations);
      const { results, milliseconds } = await this.runForTest(tested.uri, tested.request.index, {
        ...context,
        told,
      });
      for (const { passed, message } of results) told(`  ${passed ? '✓' : '✗'} ${message}`);
      this.services.marks.show(document, results);
      const failed = results.filter(({ passed }) => !passed);
      if (failed.length === 0) run.passed(item, milliseconds);
      else
        run.failed(
          item,
          failed.map((result) => messageAt(document, result)),
          milliseconds,
        );
    } catch (error) {
      if (isCancelled(error)) {
        run.skipped(item);
        return;
      }
      const { sentence, details } = describe(error);
      const message = error instanceof NotRun ? error.message : sentence;
      if (!(error instanceof NotRun)) this.services.output.error(details);
      told(message);
      run.errored(item, new vscode.TestMessage(message));
    }
  }

  /** One question for a whole run. Gives the requests that may be sent. */
  async #confirmWrites(
    items: readonly vscode.TestItem[],
    active: Connection | undefined,
  ): Promise<ReadonlyMap<string, Agreed>> {
    const tested = items
      .flatMap((item) => this.#items.of(item) ?? [])
      .filter(({ request }) => request.method !== 'GET');
    const { connections } = this.services;
    const writes = await Promise.all(
      tested.map(async ({ uri, request }) => ({
        uri,
        request,
        index: request.index,
        text: (await vscode.workspace.openTextDocument(uri)).getText(),
        connection: request.connection === undefined ? active : connections.named(request.connection),
      })),
    );
    if (writes.length === 0) return new Map();
    const choice = await showWarning(
      writes.length === 1
        ? 'One of these tests changes records. Send it?'
        : `${writes.length} of these tests change records. Send them?`,
      { modal: true, detail: writes.map((write) => this.#describe(write)).join('\n') },
      'Send',
    );
    const removals = writes.filter(
      ({ request, connection }) =>
        request.method === 'DELETE' && connection !== undefined && connections.isProduction(connection),
    ).length;
    if (choice === 'Send' && removals > 0 && !(await spelledOut(removals))) return new Map();
    return new Map(
      choice === 'Send'
        ? writes.map((write) => [`${write.uri.toString()} ${write.index}`, write] as const)
        : [],
    );
  }

  #describe({ request, connection, text }: Agreed & TestedRequest): string {
    const { connections } = this.services;
    const where = connection === undefined ? '' : ` on ${connection.name}`;
    const production =
      connection !== undefined && connections.isProduction(connection) ? ' (PRODUCTION)' : '';
    // As written: which record it is may only be known when it runs.
    const line = text.slice(request.line.offset, request.line.offset + request.line.length);
    return `${request.title || request.module}: ${line}${where}${production}`;
  }

  dispose(): void {
    this.#items.dispose();
    this.#controller.dispose();
  }
}

/** What can't be undone on live records takes more than one key, as when it is run by itself. */
async function spelledOut(count: number): Promise<boolean> {
  const typed = await vscode.window.showInputBox({
    title: 'Tests That Delete (PRODUCTION)',
    prompt: `Type DELETE to send ${count === 1 ? 'the one test' : `the ${count} tests`} that delete records for good`,
    ignoreFocusOut: true,
    validateInput: (text) =>
      text.trim() === 'DELETE' ? undefined : 'Type DELETE, or press Escape to send no change.',
  });
  return typed?.trim() === 'DELETE';
}

function messageAt(
  document: vscode.TextDocument,
  { message, expectation }: ExpectationResult,
): vscode.TestMessage {
  const { offset, length } = expectation.span;
  const found = new vscode.TestMessage(message);
  found.location = new vscode.Location(
    document.uri,
    new vscode.Range(document.positionAt(offset), document.positionAt(offset + length)),
  );
  return found;
}
