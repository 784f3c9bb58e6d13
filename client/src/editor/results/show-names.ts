/** Names of records beside the IDs of a result: those that are known at once, the others fetched in batches. */
import type { Connection } from '#core/connections/connection';
import { readNaming } from '#core/known/known-names';
import { namesIn } from '#core/known/record-request';
import { ApiError, isCancelled } from '#core/remote/api-error';
import { describe } from '#core/remote/describe-error';
import { idsIn, memberOf } from '#core/results/table';
import { MAX_VALUES } from '#core/running/batches';
import { readByValues } from '#core/running/id-batches';
import { Catalog, CatalogModule, KnownData, type NamedRecords, recordsNamedBy } from '#language';
import type { FromView } from '#webview/messages';
import type { Connections } from '../connections/connections';
import type { KnownDataHub } from '../known/known-data-hub';
import type { EditorMetadata } from '../metadata/editor-metadata';
import type { SamplePlatform } from '../sample/sample-platform';
import { showInformation, showWarning } from '../workbench/messages';
import type { Output } from '../workbench/output';
import { inNotification } from '../workbench/progress';
import { setting } from '../workbench/settings';
import { connectionOf } from './connection-of';
import type { ResultPanel } from './panel';

export interface NamesParts {
  readonly connections: Pick<Connections, 'all' | 'named' | 'client'>;
  readonly metadata: Pick<EditorMetadata, 'cached'>;
  readonly sample: Pick<SamplePlatform, 'ready'>;
  readonly known: Pick<KnownDataHub, 'namesOf' | 'stay' | 'rememberNames'>;
  readonly output: Pick<Output, 'error'>;
}

/** The IDs of a column, and what they name. */
interface Column {
  readonly name: string;
  readonly records: NamedRecords;
  readonly ids: ReadonlySet<string>;
}

/** Tells the view the names for the IDs of these columns. */
export async function showNames(
  panel: ResultPanel,
  { columns }: Extract<FromView, { type: 'names' }>,
  parts: NamesParts,
): Promise<void> {
  const { head } = panel;
  const known = connectionOf(panel, parts.connections);
  if (head === undefined) return;
  if (known === undefined) {
    void showWarning(
      `${head.connection} is not the platform any more that these records came from, so their names can’t be fetched. Run the request again.`,
    );
    return;
  }
  const connection = await parts.sample.ready(known);
  const metadata = await parts.metadata.cached(connection);
  if (metadata === undefined) {
    void showWarning(
      'Which records these IDs name can’t be told without metadata. Run “APQ: Refresh Metadata”, then show names again.',
    );
    return;
  }
  const naming = new KnownData({
    fields: [],
    records: [],
    naming: readNaming(setting('completion.recordNames')),
    learns: false,
  });
  const catalog = new Catalog(metadata, naming);
  // A SQL request has tables, no module.
  const own =
    (head.method === 'SQL' ? undefined : catalog.module(head.module)) ??
    new CatalogModule({ name: '', fields: [] });
  for (const name of columns) {
    const records = recordsNamedBy(name, own, catalog);
    const ids = new Set(panel.records.flatMap((record) => idsIn(memberOf(record, name))));
    if (ids.size === 0) continue;
    if (records === undefined || records.labels.length === 0) tellNone(panel, name, records);
    else await showColumn(panel, { name, records, ids }, connection, parts);
  }
}

function tellNone(panel: ResultPanel, column: string, records: NamedRecords | undefined): void {
  panel.tell({ type: 'names', column });
  void showInformation(
    records === undefined
      ? `APQ can’t tell which records “${column}” names, or by which field they are called. Name it in the setting “apq.completion.recordNames”, such as "${column}": "Course.Label".`
      : `The fields of ${records.module} have not been fetched yet, so its names are not known. Run “APQ: Refresh Metadata”, then show names again.`,
  );
}

async function showColumn(
  panel: ResultPanel,
  { name: column, records, ids }: Column,
  connection: Connection,
  parts: NamesParts,
): Promise<void> {
  const { run } = panel.head ?? {};
  const names = new Map<string, string>();
  const tell = () => {
    if (panel.head?.run === run) panel.tell({ type: 'names', column, names: [...names] });
  };
  const known = parts.known.namesOf(connection, records.module);
  for (const id of ids) {
    const name = known.get(id);
    if (name !== undefined) names.set(id, name);
  }
  tell();
  const missing = [...ids].filter((id) => !names.has(id)).slice(0, MAX_VALUES);
  if (missing.length === 0) return;
  const stay = parts.known.stay(connection);
  const fetched = await fetchNames(missing, records, connection, parts);
  for (const [id, name] of fetched) names.set(id, name);
  tell();
  await parts.known.rememberNames(connection, stay, records.module, fetched);
}

/** Nothing where the user cancelled; says what failed. */
async function fetchNames(
  ids: readonly string[],
  { module, labels }: NamedRecords,
  connection: Connection,
  { connections, output }: NamesParts,
): Promise<[id: string, name: string][]> {
  const wanted = { module, field: 'ID', select: ['ID', ...labels], unique: true };
  const count = ids.length.toLocaleString('en-GB');
  try {
    const found = await inNotification(
      `Fetching ${count} ${ids.length === 1 ? 'name' : 'names'} of ${module}`,
      async ({ signal, report }) =>
        readByValues(connections.client(connection), wanted, ids, {
          signal,
          onProgress: (done) =>
            report(`${done.toLocaleString('en-GB')} of ${count}`, (100 * done) / ids.length),
        }),
      { cancellable: true },
    );
    const failure = [...found.values()].find((each) => each instanceof ApiError);
    if (failure !== undefined) {
      output.error(describe(failure).details);
      void showWarning(`Not all names of ${module} could be fetched. ${describe(failure).sentence}`);
    }
    return [...found.values()].flatMap((each) => (each instanceof ApiError ? [] : namesIn(each, labels)));
  } catch (error) {
    if (isCancelled(error)) return [];
    throw error;
  }
}
