/** The fetch of related records, as the view shows it: progress, its end, more of them, and its query. */
import type { Connection } from '#core/connections/connection';
import type { ApiClient, ApiResponse } from '#core/remote/api';
import { ApiError } from '#core/remote/api-error';
import { describe } from '#core/remote/describe-error';
import { endOf, type RunOutcome } from '#core/running/pipeline';
import { describeProgress } from '#core/running/progress';
import { type RunResult, sendRequest } from '#core/running/send';
import type { Metadata, WireRequest } from '#language';
import type { ViewAction, ViewHead } from '#webview/messages';
import type { Connections } from '../connections/connections';
import type { EditorMetadata } from '../metadata/editor-metadata';
import { headOfEnd, STOP } from '../running/run-head';
import type { SamplePlatform } from '../sample/sample-platform';
import { buttonOf } from '../workbench/errors';
import type { Output } from '../workbench/output';
import type { ResultPanel, ShownRun } from './panel';
import { newRunId } from './panels';
import { viewFields } from './view-fields';

export interface RelatedParts {
  readonly connections: Pick<Connections, 'all' | 'named' | 'client' | 'isProduction'>;
  readonly metadata: Pick<EditorMetadata, 'cached'>;
  readonly sample: Pick<SamplePlatform, 'ready'>;
  readonly output: Pick<Output, 'error'>;
  /** Opens a new file with a read of this connection, which is not run. */
  readonly showQuery: (
    panel: ResultPanel,
    connection: Connection,
    wire: WireRequest,
    title: string,
  ) => Promise<void>;
}

/** What is fetched, and how it is called. */
interface Wanted {
  readonly connection: Connection;
  readonly metadata: Metadata | undefined;
  readonly wire: WireRequest;
  readonly title: string;
  /** The same for all records of a module, so that columns stay as they were arranged. */
  readonly relation: string;
  readonly notes: readonly string[];
}

const SHOW_QUERY: ViewAction = { id: 'showQuery', label: 'Show the Query' };
const LOCK =
  'Related records are here to be looked at. “Show the Query” writes what fetched them into a file: run that to edit them.';

export class RelatedRun implements ShownRun {
  readonly #client: ApiClient;
  #abort = new AbortController();
  #run = newRunId();
  #result: RunResult | undefined;

  constructor(
    private readonly parts: RelatedParts,
    private readonly panel: ResultPanel,
    private readonly wanted: Wanted,
  ) {
    this.#client = parts.connections.client(wanted.connection);
  }

  /** Leaves the result that is shown behind, and fetches the first page. */
  async begin(): Promise<void> {
    this.panel.enter(this.#head(), this);
    await this.#fetch(1);
  }

  /** Nobody looks any more. */
  leave(): void {
    this.#abort.abort();
  }

  act(id: string): boolean {
    const { wanted } = this;
    switch (id) {
      case 'stop':
        this.#abort.abort();
        return true;
      case 'again':
        void this.#afresh(1);
        return true;
      case 'fetchAll':
        void this.#afresh('all');
        return true;
      case 'resume':
        void this.#fetch('all', this.#result);
        return true;
      case 'showQuery':
        void this.parts.showQuery(this.panel, wanted.connection, wanted.wire, wanted.title);
        return true;
      default: {
        const button = buttonOf(id, wanted.connection);
        button?.press();
        return button !== undefined;
      }
    }
  }

  async #afresh(pages: number | 'all'): Promise<void> {
    this.#run = newRunId();
    this.panel.renew(this.#head(), this);
    await this.#fetch(pages);
  }

  async #fetch(pages: number | 'all', resume?: RunResult): Promise<void> {
    const { panel, wanted } = this;
    const run = this.#run;
    this.#abort = new AbortController();
    if (resume !== undefined) this.#update(run, { state: 'running', actions: [STOP] });
    const responses: ApiResponse[] = [];
    let outcome: RunOutcome;
    try {
      const result = await sendRequest(this.#client, wanted.wire, {
        pages,
        signal: this.#abort.signal,
        ...(resume === undefined ? {} : { resume }),
        onResponse: (response) => responses.splice(1, 1, response),
        onPage: ({ records }, progress) => {
          if (panel.head?.run !== run) return;
          panel.add(records);
          this.#update(run, { summary: `Running: ${describeProgress(progress)}` });
        },
      });
      this.#result = result;
      outcome = endOf(result, []);
    } catch (error) {
      this.parts.output.error(describe(error).details);
      outcome = { kind: 'failed', error, milliseconds: 0, verdicts: undefined };
    }
    await this.#showEnd(run, outcome, responses);
  }

  async #showEnd(run: string, outcome: RunOutcome, responses: readonly ApiResponse[]): Promise<void> {
    const refusal =
      outcome.kind === 'failed' && outcome.error instanceof ApiError
        ? outcome.error.facts.response
        : undefined;
    const shown =
      refusal === undefined
        ? await Promise.all(responses.map(async (response) => this.#client.shown(response)))
        : [refusal];
    if (this.panel.head?.run !== run) return;
    this.panel.showResponses(shown);
    const end = headOfEnd(outcome, 'GET', this.wanted.notes);
    this.#update(run, { ...end, actions: [...(end.actions ?? []), SHOW_QUERY] });
  }

  /** Updates the view, unless it shows something else by now. */
  #update(run: string, change: Partial<ViewHead>): void {
    if (this.panel.head?.run === run) this.panel.update(change);
  }

  #head(): ViewHead {
    const { connection, metadata, relation, title, wire, notes } = this.wanted;
    return {
      run: this.#run,
      request: `related ${connection.root} ${relation}`,
      title,
      state: 'running',
      method: 'GET',
      module: wire.module,
      address: this.#client.addressOf(wire),
      connection: connection.name,
      production: this.parts.connections.isProduction(connection),
      startedAt: new Date().toISOString(),
      summary: 'Running…',
      notes,
      actions: [STOP],
      select: [],
      fields: viewFields(metadata, wire.module),
      readOnly: LOCK,
      pinned: this.panel.head?.pinned ?? false,
      locale: Intl.DateTimeFormat().resolvedOptions().locale,
    };
  }
}
