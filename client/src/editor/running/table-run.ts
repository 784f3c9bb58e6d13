/**
 * A request that runs because a SQL request uses its answer. It gets no view of its own: a notification shows how far it
 * is, and can stop it.
 */
import { describeWait } from '#core/remote/allowance';
import { ApiError, isCancelled } from '#core/remote/api-error';
import { describeRetry } from '#core/remote/retry';
import type { RunOutcome } from '#core/running/pipeline';
import type { Prepared, PreparedRequest, PreparedSql } from '#core/running/prepare';
import { describeProgress } from '#core/running/progress';
import { titleOf } from '#core/running/query-file';
import { type RunResult, sendRequest } from '#core/running/send';
import { runSql } from '#core/sql/run-sql';
import type { RequestInfo } from '#language';
import { showError } from '../workbench/errors';
import { showInformation } from '../workbench/messages';
import { inNotification, type Task } from '../workbench/progress';
import { openDocument } from '../workbench/query-files';
import { setting } from '../workbench/settings';
import { clearMarks, type ViewParts } from './run-view';

export class TableRun {
  readonly #abort = new AbortController();
  readonly startedAt = new Date();

  constructor(
    private readonly parts: ViewParts,
    private readonly prepared: Prepared,
    private readonly neededBy: RequestInfo,
  ) {}

  giveWay(): void {
    this.#abort.abort();
  }

  /** Fetches the records. Throws `ApiError`. */
  async send(prepared: PreparedRequest): Promise<RunResult> {
    const { wire, connection, request } = prepared;
    return this.#shown('Fetching', async ({ report }, signal) =>
      sendRequest(this.parts.connections.client(connection), wire, {
        pages: request.pages ?? 1,
        concurrency: setting('fetch.concurrency'),
        signal,
        onPage: (_, progress) => report(describeProgress(progress)),
        onRetry: (retry) => report(describeRetry(retry)),
        onWait: (milliseconds) => report(describeWait(milliseconds)),
      }),
    );
  }

  /** Asks the engine. Throws `SqlError`, and `ApiError` where it was stopped. */
  async query(prepared: PreparedSql): Promise<RunResult> {
    return this.#shown('Running', async (_, signal) => runSql(this.parts.engine, prepared, { signal }));
  }

  async #shown(
    doing: string,
    work: (task: Task, signal: AbortSignal) => Promise<RunResult>,
  ): Promise<RunResult> {
    clearMarks(this.parts, this.prepared);
    return inNotification(
      `${doing} “${titleOf(this.prepared.request)}” for “${titleOf(this.neededBy)}”`,
      async (task) => work(task, AbortSignal.any([task.signal, this.#abort.signal])),
      { cancellable: true },
    );
  }

  /** Marks its expectations, and says why what needs it does not run. */
  show(outcome: RunOutcome): Promise<void> {
    const { parts, prepared } = this;
    const document = openDocument(prepared.file);
    const { verdicts = [] } = outcome;
    if (document !== undefined && verdicts.length > 0) parts.decorations.show(document, verdicts);
    if (outcome.kind === 'failed' || outcome.kind === 'stopped') this.#tell(outcome.error);
    return Promise.resolve();
  }

  #tell(error: unknown): void {
    const { parts, prepared } = this;
    if (isCancelled(error)) {
      void showInformation(
        `“${titleOf(this.neededBy)}” was not run, as its table “${titleOf(prepared.request)}” was stopped. Run it again to fetch the table.`,
      );
      return;
    }
    if (error instanceof ApiError) parts.apiProblems.show(prepared, error);
    showError(error, parts.output, undefined, prepared.connection);
  }
}
