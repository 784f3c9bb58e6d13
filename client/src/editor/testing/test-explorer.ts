/** Requests with expectations as tests, in VS Code’s Test Explorer and next to their lines. */
import * as vscode from 'vscode';
import type { Connection } from '#core/connections/connection';
import { isCancelled } from '#core/remote/api-error';
import { describe } from '#core/remote/describe-error';
import type { Batch } from '#core/running/pipeline';
import type { QueryFile } from '#core/running/query-file';
import { Refusal } from '#core/running/refusal';
import { Responses } from '#core/running/responses';
import type { Verdict } from '#core/testing/judge';
import { harmless } from '#core/text/foreign-text';
import type { RequestInfo } from '#language';
import { showWarning } from '../workbench/messages';
import type { Output } from '../workbench/output';
import { type QueryFiles, rangeOf } from '../workbench/query-files';
import { askText } from '../workbench/questions';
import { isUntrusted } from '../workbench/trust';
import { type TestedRequest, TestItems } from './test-items';
import { type Agreed, refusalOfTest, runTest, type TestContext, type TestRunParts } from './test-runs';
import type { VerdictDecorations } from './verdict-decorations';

export interface TestParts extends TestRunParts {
  readonly files: QueryFiles;
  readonly decorations: VerdictDecorations;
  readonly output: Output;
  /** Settles when the connection that is opened at the start exists. */
  readonly started: () => Promise<unknown>;
}

/** What the tests of one run share. */
type RunContext = Omit<TestContext, 'tell'>;

interface OpenRequest {
  readonly document: vscode.TextDocument;
  readonly file: QueryFile;
  /** Undefined where it is no longer in the file. */
  readonly request: RequestInfo | undefined;
}

export class TestExplorer implements vscode.Disposable {
  readonly #controller = vscode.tests.createTestController('apq', 'APQ');
  readonly #items: TestItems;

  constructor(private readonly parts: TestParts) {
    this.#items = new TestItems(this.#controller, parts.files);
    this.#controller.createRunProfile(
      'Run',
      vscode.TestRunProfileKind.Run,
      async (request, token) => this.run(request, token),
      true,
    );
  }

  async run(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    if (isUntrusted('these files')) return;
    await this.parts.started();
    if (request.include === undefined) await this.#items.find();
    this.#items.catchUp();
    const items = this.#items.under(request.include, request.exclude);
    const run = this.#controller.createTestRun(request);
    const abort = new AbortController();
    const subscription = token.onCancellationRequested(() => abort.abort());
    try {
      for (const item of items) run.enqueued(item);
      const { active } = this.parts.connections;
      const allowed = await this.#confirmWrites(items, active);
      const batches = new Map<string, Batch>();
      const context: RunContext = {
        signal: abort.signal,
        responses: new Responses(),
        changes: new Set<string>(),
        batch: ({ id }) => {
          const batch = batches.get(id) ?? { failed: undefined };
          batches.set(id, batch);
          return batch;
        },
        active,
        agreed: ({ id }, index) => allowed.get(`${id} ${index}`),
      };
      const refused = await this.#refused(items, context);
      for (const item of items) {
        // Requests may have moved while others ran.
        this.#items.catchUp();
        if (token.isCancellationRequested) run.skipped(item);
        else await this.#runOne(run, item, context, refused.get(item));
      }
    } finally {
      subscription.dispose();
      run.end();
    }
  }

  /** Checks all tests before the first is sent: in a file with one that can't be sent, no change is. */
  async #refused(
    items: readonly vscode.TestItem[],
    context: RunContext,
  ): Promise<ReadonlyMap<vscode.TestItem, Refusal>> {
    const found = new Map<vscode.TestItem, Refusal>();
    for (const item of items) {
      const { file, request } = (await this.#requestOf(item)) ?? {};
      if (file === undefined || request === undefined) continue;
      const refusal = await refusalOfTest(this.parts, file, request, { ...context, tell: () => undefined });
      if (refusal === undefined) continue;
      found.set(item, refusal);
      context.batch(file).failed ??= request;
    }
    return found;
  }

  async #requestOf(item: vscode.TestItem): Promise<OpenRequest | undefined> {
    const tested = this.#items.of(item);
    if (tested === undefined) return undefined;
    const document = await vscode.workspace.openTextDocument(tested.uri);
    const file = this.parts.files.of(document);
    // The item may have been made of another text, such as what was on disk before the file was opened.
    return { document, file, request: file.requests[tested.request.index] };
  }

  async #runOne(
    run: vscode.TestRun,
    item: vscode.TestItem,
    context: RunContext,
    refusal: Refusal | undefined,
  ): Promise<void> {
    const tested = this.#items.of(item);
    if (tested === undefined) return;
    const tell = (line: string) =>
      run.appendOutput(`${harmless(line).replaceAll('\n', '\r\n')}\r\n`, undefined, item);
    run.started(item);
    tell(item.label);
    try {
      if (refusal !== undefined) throw refusal;
      const { document, file, request } = (await this.#requestOf(item)) ?? {};
      if (document === undefined || file === undefined || request === undefined)
        throw new Refusal(tested.request, {
          kind: 'values',
          message: 'The request is no longer in the file.',
        });
      this.parts.decorations.clear(document, request.expectations);
      const outcome = await runTest(this.parts, file, request, { ...context, tell });
      const verdicts = outcome.verdicts ?? [];
      const milliseconds = outcome.kind === 'failed' ? outcome.milliseconds : outcome.result.milliseconds;
      for (const { passed, message } of verdicts) tell(`  ${passed ? '✓' : '✗'} ${message}`);
      this.parts.decorations.show(document, verdicts);
      const failed = verdicts.filter(({ passed }) => !passed);
      if (failed.length === 0) run.passed(item, milliseconds);
      else
        run.failed(
          item,
          failed.map((verdict) => messageAt(document, verdict)),
          milliseconds,
        );
    } catch (error) {
      if (isCancelled(error)) {
        run.skipped(item);
        return;
      }
      const { sentence, details } = describe(error);
      const message = error instanceof Refusal ? error.message : sentence;
      if (!(error instanceof Refusal)) this.parts.output.error(details);
      tell(message);
      run.errored(item, new vscode.TestMessage(harmless(message)));
    }
  }

  /** Asks one question for a whole run. Returns the writes that may be sent. */
  async #confirmWrites(
    items: readonly vscode.TestItem[],
    active: Connection | undefined,
  ): Promise<ReadonlyMap<string, Agreed>> {
    const tested = items
      .flatMap((item) => this.#items.of(item) ?? [])
      .filter(({ request }) => request.changes);
    const { connections } = this.parts;
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
    const { connections } = this.parts;
    const where = connection === undefined ? '' : ` on ${connection.name}`;
    const production =
      connection !== undefined && connections.isProduction(connection) ? ' (PRODUCTION)' : '';
    // As written, since a variable's value may be known only when it runs.
    const line = text.slice(request.line.offset, request.line.offset + request.line.length);
    return `${request.title || request.module}: ${line}${where}${production}`;
  }

  dispose(): void {
    this.#items.dispose();
    this.#controller.dispose();
  }
}

/** Asks for a word to be typed, as for a single deletion: on live records it can't be undone. */
async function spelledOut(count: number): Promise<boolean> {
  const typed = await askText({
    title: 'Tests That Delete (PRODUCTION)',
    prompt: `Type DELETE to send ${count === 1 ? 'the one test' : `the ${count} tests`} that delete records for good`,
    validate: (text) =>
      text.trim() === 'DELETE' ? undefined : 'Type DELETE, or press Escape to send no change.',
  });
  return typed?.trim() === 'DELETE';
}

function messageAt(document: vscode.TextDocument, { message, expectation }: Verdict): vscode.TestMessage {
  const found = new vscode.TestMessage(harmless(message));
  found.location = new vscode.Location(document.uri, rangeOf(document, expectation.span));
  return found;
}
