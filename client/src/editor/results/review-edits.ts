/** Changes of a grid, from the review to their outcome: foreseen by reading, shown, agreed to, sent, and told to the grid. */
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { describeBulk } from '#core/bulk/bulk-progress';
import { describeTally, type PlannedRow, type RowOutcome, tallyOf } from '#core/bulk/planned-row';
import { readRecords } from '#core/bulk/records';
import { runPlan } from '#core/bulk/run-plan';
import { PlanInMemory } from '#core/bulk/run-store';
import type { Connection } from '#core/connections/connection';
import { ApiError } from '#core/remote/api-error';
import { isCancelled } from '#core/remote/api-error';
import type { ApiRecord } from '#core/results/read-page';
import { memberNamed } from '#core/text/names';
import { sameValue } from '#core/values/same-value';
import { ChangesInMemory } from '#core/writing/changes-in-memory';
import { deedOfMany, sentenceOf, titleOf } from '#core/writing/deed';
import { foreseeAll } from '#core/writing/foresee';
import type { PlannedChange } from '#core/writing/planned-change';
import type { WriteLog } from '#core/writing/write-log';
import { ByName, type ModuleInfo } from '#language';
import type { Connections } from '../connections/connections';
import type { EditorMetadata } from '../metadata/editor-metadata';
import { showFailure } from '../workbench/messages';
import { inNotification } from '../workbench/progress';
import { setting } from '../workbench/settings';
import type { ChangesView, ShowsChanges } from '../writing/changes';
import { steered } from '../writing/steered';
import { connectionOf } from './connection-of';
import { type GridEdit, putsOf, readGridEdits, type WrittenCells } from './grid-edits';
import type { ResultPanel } from './panel';

export interface ReviewParts {
  readonly connections: Pick<Connections, 'all' | 'named' | 'levelOf' | 'isProduction' | 'client'>;
  readonly metadata: Pick<EditorMetadata, 'of'>;
  readonly changes: ShowsChanges;
  /** Where each write is noted. */
  readonly changeLog: { readonly log: WriteLog };
}

/** The view whose changes are reviewed. */
export type ReviewedPanel = Pick<ResultPanel, 'prepared' | 'head' | 'title' | 'showWritten'>;

/** A review that is open, and whether its changes are being sent. */
interface OpenReview {
  readonly view: ChangesView;
  sending: boolean;
}

/** What a review is about. */
interface Subject {
  readonly panel: ReviewedPanel;
  readonly edits: readonly GridEdit[];
  readonly connection: Connection;
  readonly module: ModuleInfo;
}

export class GridReviews {
  readonly #open = new Map<ReviewedPanel, OpenReview>();
  /** Ends the reading of a review that another one replaces. */
  readonly #reading = new Map<ReviewedPanel, AbortController>();

  constructor(private readonly parts: ReviewParts) {}

  /** `json`: the changes, as the view tells them. Nothing is sent before the user agrees. */
  async review(panel: ReviewedPanel, json: string): Promise<void> {
    const earlier = this.#open.get(panel);
    if (earlier?.sending === true) {
      void showFailure(
        'The changes of this grid are being sent. Wait until that has ended, then review again.',
      );
      return;
    }
    // One plan at a time: what is agreed to is what the grid has now.
    earlier?.view.close();
    const edits = readGridEdits(json);
    const faulty = edits.filter(({ problem }) => problem !== undefined);
    if (faulty.length > 0) {
      void showFailure(refusalOf(faulty));
      return;
    }
    const connection = this.#connectionOf(panel);
    if (connection === undefined) return;
    const name = panel.head?.module ?? '';
    const known = new ByName(this.parts.metadata.of(connection)?.modules ?? []).get(name);
    await this.#ask({ panel, edits, connection, module: known ?? { name } });
  }

  /** The connection of a result, where it still is what it was when the records came; else tells why not. */
  #connectionOf(panel: ReviewedPanel): Connection | undefined {
    const { connections } = this.parts;
    const now = connectionOf(panel, connections);
    const name = panel.prepared?.connection.name ?? panel.head?.connection ?? '';
    if (now === undefined)
      void showFailure(
        `${name} is not the platform any more that these records came from, so nothing was sent. Choose the connection again, and run the request.`,
      );
    else if (connections.levelOf(now) === 'readOnly')
      void showFailure(`${name} is read-only here, so nothing was sent. The changes are kept in the grid.`);
    else return now;
    return undefined;
  }

  async #ask(subject: Subject): Promise<void> {
    const { panel, edits, connection } = subject;
    const changes = await this.#foreseen(subject);
    if (changes === undefined) return;
    const source = new ChangesInMemory(changes);
    const { update = 0 } = source.counts();
    const place = { name: connection.name, production: this.parts.connections.isProduction(connection) };
    const view = this.parts.changes.open({
      title: changes.length === 1 && changes[0] !== undefined ? titleOf(changes[0]) : 'Review Changes',
      sentence: sentenceOfAll(changes),
      connection,
      source,
      deed: deedOfMany({ update }, place),
      notes: notesOf(changes, edits),
    });
    const review: OpenReview = { view, sending: false };
    this.#open.set(panel, review);
    try {
      const agreed = await view.agreed();
      if (!agreed || this.#connectionOf(panel)?.root !== connection.root) {
        view.close();
        return;
      }
      review.sending = true;
      await this.#send(subject, changes, source, view);
    } finally {
      if (this.#open.get(panel) === review) this.#open.delete(panel);
    }
  }

  /** Undefined where the reading was cancelled, or replaced by that of a later review. */
  async #foreseen({
    panel,
    edits,
    connection,
    module,
  }: Subject): Promise<readonly PlannedChange[] | undefined> {
    const replaced = new AbortController();
    this.#reading.get(panel)?.abort();
    this.#reading.set(panel, replaced);
    const client = this.parts.connections.client(connection);
    try {
      return await inNotification(
        'Reading the records that are to be changed…',
        async ({ signal }) =>
          foreseeAll(client, putsOf(edits, module.name), module.fields ?? [], {
            signal: AbortSignal.any([signal, replaced.signal]),
          }),
        { cancellable: true },
      );
    } catch (error) {
      if (isCancelled(error)) return undefined;
      throw error;
    } finally {
      if (this.#reading.get(panel) === replaced) this.#reading.delete(panel);
    }
  }

  async #send(
    { panel, edits, connection, module }: Subject,
    changes: readonly PlannedChange[],
    source: ChangesInMemory,
    view: ChangesView,
  ): Promise<void> {
    const client = this.parts.connections.client(connection);
    const outcomes = new Map<number, RowOutcome>();
    const store = new PlanInMemory(rowsOf(changes), (row, outcome) => {
      if (outcome.kind === 'unsent') return;
      outcomes.set(row, outcome);
      source.settle(row, {
        outcome: outcome.kind,
        text: outcome.kind === 'done' ? '' : outcome.message,
      });
    });
    // A closed view stops the run: the rest stays in the grid.
    const { pause, signal, show } = steered(view);
    const run = randomUUID();
    const ending = await runPlan(store, {
      ...{ client, module, pause, signal, log: this.parts.changeLog.log },
      ...{ source: 'grid', run, title: panel.title, concurrency: setting('changes.concurrency') },
      onProgress: (now) => show({ done: now.done, of: now.of, failed: now.failed, text: describeBulk(now) }),
    });
    changes.forEach((change, index) => {
      if (change.outcome === 'update' && !outcomes.has(index + 1))
        source.settle(index + 1, { outcome: 'unsent', text: '' });
    });
    const done = changes.filter((_, index) => outcomes.get(index + 1)?.kind === 'done');
    const now = await readAgain(done, { client, module });
    panel.showWritten(writtenCells(edits, changes, outcomes, now));
    view.onPress((press) => {
      if (press === 'undo') void vscode.commands.executeCommand('apq.undoLastChange', run);
    });
    view.end({
      sentence: `${describeTally(tallyOf(store.counts))}.`,
      actions: done.length === 0 ? [] : [{ id: 'undo', label: 'Undo…' }],
      notes: [
        ...(ending.stoppedBy === undefined ? [] : [ending.stoppedBy.reading]),
        ...(outcomes.size === done.length
          ? []
          : ['What was not done keeps its mark in the grid, with the reason.']),
      ],
    });
  }
}

const rowsOf = (changes: readonly PlannedChange[]): readonly PlannedRow[] =>
  changes.map((change, index) => ({
    row: index + 1,
    change,
    key: { field: 'ID', value: change.request.id ?? '' },
  }));

const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;

/** Why changes are not reviewed: the first ones, by name. */
function refusalOf(faulty: readonly GridEdit[]): string {
  const named = faulty.slice(0, 3).map(({ id, column, problem = '' }) => `${column} of ${id}: ${problem}`);
  const more = faulty.length > named.length ? ` And ${faulty.length - named.length} more.` : '';
  return `Nothing was reviewed, as ${counted(faulty.length, 'change')} can’t be sent. ${named.join(' ')}${more} Mend or revert what is marked in the grid.`;
}

function sentenceOfAll(changes: readonly PlannedChange[]): string {
  const [first] = changes;
  if (first !== undefined && changes.length === 1) return sentenceOf(first);
  const updates = changes.filter(({ outcome }) => outcome === 'update');
  const fields = updates.reduce((sum, { fields: of }) => sum + of.filter((field) => field.changes).length, 0);
  if (updates.length === 0) return 'None of these changes can be sent, or is needed any more.';
  return `This changes ${counted(fields, 'field')} of ${counted(updates.length, 'record')} of ${first?.request.module ?? ''}.`;
}

function notesOf(changes: readonly PlannedChange[], edits: readonly GridEdit[]): readonly string[] {
  const shown = new Map(edits.map((edit) => [`${edit.column} ${edit.id}`, edit]));
  const moved = changes.filter((change) =>
    change.fields.some(({ name, type, before }) => {
      const edit = shown.get(`${name} ${change.request.id ?? ''}`);
      return 'id' in change && edit?.before !== undefined && !sameValue(type, before, edit.before);
    }),
  ).length;
  const unread = changes.filter(({ outcome }) => outcome === 'unforeseen').length;
  return [
    ...(moved === 0
      ? []
      : [
          `${counted(moved, 'record was', 'records were')} changed by somebody else since the grid was filled: look at what they hold now.`,
        ]),
    ...(unread === 0
      ? []
      : [`${counted(unread, 'record', 'records')} could not be read, so their changes are not sent.`]),
    'Each record is read once more right before it is changed, and left alone where somebody was faster. The API has no lock, so a moment remains.',
  ];
}

/** The records that were changed, as the platform has them; none where they can't be read. */
async function readAgain(
  done: readonly PlannedChange[],
  { client, module }: Pick<Parameters<typeof readRecords>[0], 'client' | 'module'>,
): Promise<ReadonlyMap<string, ApiRecord>> {
  const written = new Set(done.flatMap(({ fields }) => fields.map(({ name }) => name)));
  const ids = done.map(({ request }) => request.id ?? '');
  const now = new Map<string, ApiRecord>();
  try {
    const found = await readRecords({ client, module, field: 'ID', written, whole: false }, ids);
    for (const [id, records] of found)
      if (!(records instanceof ApiError) && records[0] !== undefined) now.set(id, records[0]);
  } catch (error) {
    // What was sent is shown then.
    if (!(error instanceof ApiError)) throw error;
  }
  return now;
}

function writtenCells(
  edits: readonly GridEdit[],
  changes: readonly PlannedChange[],
  outcomes: ReadonlyMap<number, RowOutcome>,
  now: ReadonlyMap<string, ApiRecord>,
): WrittenCells {
  const records = new Map<string, Record<string, unknown>>();
  const cells: WrittenCells['outcomes'][number][] = [];
  const rows = new Map(changes.map((change, index) => [change.request.id, { change, row: index + 1 }]));
  for (const { id, column, value } of edits) {
    const found = rows.get(id);
    if (found === undefined) continue;
    const fate = fateOf(found.change, outcomes.get(found.row));
    if (fate === 'unsent') continue;
    cells.push({ id, column, value, ...(fate === 'done' ? {} : { failure: fate }) });
    if (fate !== 'done') continue;
    const member = memberNamed(now.get(id) ?? {}, column);
    records.set(id, {
      ...(records.get(id) ?? now.get(id) ?? { ID: id }),
      [column]: member === undefined ? value : member.value,
    });
  }
  return { records: [...records.values()], outcomes: cells };
}

/** `done`, `unsent`, or why it failed: a sentence. */
function fateOf(change: PlannedChange, outcome: RowOutcome | undefined): string {
  if (change.outcome === 'unchanged') return 'done';
  if ('reason' in change) return change.reason;
  switch (outcome?.kind) {
    case 'done':
      return 'done';
    case 'failed':
      return outcome.message;
    case 'unknown':
      return `It may have been changed. ${outcome.message}`;
    case 'unsent':
    case undefined:
      return 'unsent';
  }
}
