/** Related records: what a record of a result names, and what names it, in the same view with a way back. */
import type { Connection } from '#core/connections/connection';
import { isCancelled } from '#core/remote/api-error';
import { describe } from '#core/remote/describe-error';
import type { ApiRecord } from '#core/results/read-page';
import { namesId, type Relation, relationsOf } from '#core/results/relations';
import { idOf } from '#core/results/table';
import { countRequest } from '#core/running/count';
import { relatedRequest } from '#core/running/related-request';
import { sendRequest } from '#core/running/send';
import { recordName } from '#core/writing/record-name';
import type { FromView } from '#webview/messages';
import { showInformation, showWarning } from '../workbench/messages';
import { connectionOf } from './connection-of';
import type { ResultPanel } from './panel';
import { type RelatedParts, RelatedRun } from './related-run';

type Ask<T extends FromView['type']> = Extract<FromView, { type: T }>;

/** A record, and what is related to it. */
interface Found {
  readonly record: ApiRecord;
  readonly connection: Connection;
  readonly relations: readonly Relation[];
  /** What the user should know about them, in a sentence. */
  readonly note: string | undefined;
}

/** So many counts that fail one after the other end the counting: the rest would fail as well. */
const MOST_FAILURES = 2;

export class RelatedRecords {
  readonly #counting = new WeakMap<ResultPanel, AbortController>();

  constructor(private readonly parts: RelatedParts) {}

  /** Tells the view what is related to a record; sends nothing to the platform. */
  async list(panel: ResultPanel, { record }: Ask<'relations'>): Promise<void> {
    const found = await this.#find(panel, record);
    const note = typeof found === 'string' ? found : found.note;
    panel.tell({
      type: 'relations',
      record,
      relations:
        typeof found === 'string'
          ? []
          : found.relations.map(({ id, direction, module, field }) => ({ id, direction, module, field })),
      ...(note === undefined ? {} : { note }),
    });
  }

  /** Counts related records, one relation after the other. Whatever was still to be counted is not any more. */
  async count(panel: ResultPanel, { record, relations }: Ask<'countRelations'>): Promise<void> {
    this.#counting.get(panel)?.abort();
    const abort = new AbortController();
    this.#counting.set(panel, abort);
    if (relations.length === 0) return;
    const closing = panel.onDidDispose(() => abort.abort());
    const found = await this.#find(panel, record);
    let failures = 0;
    for (const relation of relations) {
      const of = typeof found === 'string' ? undefined : found.relations.find(({ id }) => id === relation);
      if (typeof found === 'string' || of === undefined || failures >= MOST_FAILURES) break;
      const counted = await this.#countOne(found, of, abort.signal);
      if (abort.signal.aborted) break;
      panel.tell({ type: 'relationCount', record, relation, ...counted });
      failures = counted.problem === undefined ? 0 : failures + 1;
    }
    closing.dispose();
  }

  async #countOne(
    { record, connection }: Found,
    relation: Relation,
    signal: AbortSignal,
  ): Promise<{ readonly count?: number; readonly problem?: string }> {
    try {
      const client = this.parts.connections.client(connection);
      const request = relatedRequest(record, relation, client);
      const counting = request && countRequest(request.wire);
      if (counting === undefined) return {};
      const { total } = await sendRequest(client, counting, { signal });
      return total === undefined ? {} : { count: total };
    } catch (error) {
      if (isCancelled(error)) return {};
      this.parts.output.error(describe(error).details);
      return { problem: describe(error).sentence };
    }
  }

  /** Shows related records in place of the result, which stays behind them. */
  async follow(panel: ResultPanel, link: Ask<'follow'>): Promise<void> {
    this.#counting.get(panel)?.abort();
    const { head } = panel;
    if (head?.state === 'running' || head?.state === 'paused') {
      void showInformation('The records are still arriving. Wait for them or stop, then follow the link.');
      return;
    }
    const found = await this.#find(panel, link.record);
    if (typeof found === 'string') {
      void showWarning(found);
      return;
    }
    const id = 'field' in link ? namesId(link.field) : link.relation;
    const relation = found.relations.find((each) => each.id === id);
    if (relation === undefined) {
      void showInformation(
        'field' in link
          ? `APQ knows no module that “${link.field}” could refer to.`
          : 'The metadata changed meanwhile. Look for what is related once more.',
      );
      return;
    }
    const client = this.parts.connections.client(found.connection);
    const request = relatedRequest(found.record, relation, client);
    if (request === undefined) {
      void showWarning(
        'This platform has no way to write the ID of this record in a query, so what is related to it can’t be asked for.',
      );
      return;
    }
    // The records may have made room for others meanwhile.
    if (panel.head?.run !== head?.run) return;
    const { asked, of, wire } = request;
    await new RelatedRun(this.parts, panel, {
      connection: found.connection,
      metadata: await this.parts.metadata.cached(found.connection),
      wire,
      relation: relation.id,
      title: titleOf(found.record, relation, head?.module ?? ''),
      notes: asked < of ? [`The record names ${of} records; the first ${asked} are here.`] : [],
    }).begin();
  }

  /** Returns what is related to a record of a result, or why that can't be told: a sentence. */
  async #find(panel: ResultPanel, at: number): Promise<Found | string> {
    const { connections, metadata, sample } = this.parts;
    const { head } = panel;
    const record = panel.records[at];
    const known = connectionOf(panel, connections);
    if (head === undefined || record === undefined)
      return 'The record is not here any more. Run the request again.';
    if (known === undefined)
      return `${head.connection} is not the platform any more that these records came from. Run the request again.`;
    const connection = await sample.ready(known);
    const all = await metadata.cached(connection);
    if (all === undefined)
      return 'What is related can’t be told without metadata. Run “APQ: Refresh Metadata”, then look again.';
    // A SQL request has tables, no module.
    const module = head.method === 'SQL' ? undefined : head.module;
    const relations = relationsOf(record, { module, metadata: all });
    const unread = all.modules.filter(({ fields }) => fields === undefined).length;
    return { record, connection, relations, note: noteOf(record, module, unread, relations.length) };
  }
}

function noteOf(
  record: ApiRecord,
  module: string | undefined,
  unread: number,
  count: number,
): string | undefined {
  if (module !== undefined && idOf(record) === undefined)
    return 'This record came without ID, so what names it can’t be found. Add ID to $select, then run the request again.';
  if (module !== undefined && unread > 0)
    return `The fields of ${unread.toLocaleString('en-GB')} ${unread === 1 ? 'module' : 'modules'} are not known yet, so there may be more. They are fetched in the background.`;
  return count === 0 ? 'The metadata tell of nothing that is related to this record.' : undefined;
}

/** What a reader calls the related records: `UserCourseDate of Fire warden, York`. */
function titleOf(record: ApiRecord, { module: related }: Relation, module: string): string {
  const name = recordName(record) ?? [module, idOf(record) ?? ''].join(' ').trim();
  return name === '' ? related : `${related} of ${name}`;
}
