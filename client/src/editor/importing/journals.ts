/** Imports with the journal of their file: planned and sent, gone on with, or begun anew. */
import { basename } from 'node:path';
import type { ImportDraft } from '#core/bulk/import-draft';
import { headOf, markOf } from '#core/bulk/import-file';
import { forgetFinished, Journal, journalPath, lockJournal } from '#core/bulk/journal';
import type { JournalHead } from '#core/bulk/journal-lines';
import type { Mapping } from '#core/bulk/mapping';
import { planImport } from '#core/bulk/plan';
import { describeTally, tallyOf } from '#core/bulk/planned-row';
import { chosen } from '#core/bulk/reading/choice-words';
import { readTable } from '#core/bulk/reading/read-table';
import type { ReadingChoices, TableReading } from '#core/bulk/table';
import type { Connection } from '#core/connections/connection';
import { isSameRoot } from '#core/connections/root';
import type { Lock } from '#core/files/lock';
import type { ModuleInfo } from '#language';
import { showFailure, showWarning } from '../workbench/messages';
import { inNotification } from '../workbench/progress';
import { moduleNamed } from './modules';
import type { ImportParts } from './parts';
import { type PlannedImport, runImport } from './run-import';

/** What a draft has come to. */
export interface SettledImport {
  readonly draft: ImportDraft;
  readonly mapping: Mapping;
  readonly module: ModuleInfo;
  readonly connection: Connection;
}

/** Plans the rows, shows the plan, and sends what the user agrees to. Returns whether they did. */
export async function planAndRun(settled: SettledImport, parts: ImportParts): Promise<boolean> {
  const { path, table } = settled.draft;
  return withLock(path, async (lock) => {
    const earlier = await Journal.open(journalPath(path), lock);
    await earlier?.close();
    const { mapping, module, connection } = settled;
    if (earlier?.started === true && !(await wantsAgain(path, earlier, connection, parts))) return false;
    const head = headOf(await markOf(path), connection.root, module.name, { table, mapping });
    const journal = await Journal.create(journalPath(path), head, lock);
    let agreed = false;
    try {
      await planInto(journal, settled, parts);
      agreed = await runWith(
        { path, journal, module, connection, table: async () => Promise.resolve(table) },
        parts,
      );
      return agreed;
    } finally {
      if (!agreed && !journal.started) await journal.discard();
    }
  });
}

async function planInto(
  journal: Journal,
  { draft: { path, table }, mapping, module, connection }: SettledImport,
  { connections }: ImportParts,
): Promise<void> {
  const client = connections.client(connection);
  const number = (count: number) => count.toLocaleString('en-GB');
  await inNotification(
    `Planning ${basename(path)}`,
    async ({ signal, report }) => {
      const onProgress = (rows: number) =>
        report(`${number(rows)} of ${number(table.rowCount)} rows`, (rows / table.rowCount) * 100);
      const { cleared } = await planImport({ table, mapping, module, client }, journal, {
        signal,
        onProgress,
      });
      await journal.planned(cleared);
    },
    { cancellable: true },
  );
}

async function wantsAgain(
  path: string,
  { finished, head, counts }: Journal,
  here: Connection,
  parts: ImportParts,
): Promise<boolean> {
  const [what, deed] = finished
    ? ['was imported already', 'Import Again']
    : ['was imported in part', 'Begin Anew'];
  const place = elsewhere(head, here, parts);
  const again =
    place === ''
      ? 'What was done stays done: rows that create records create them again.'
      : 'What was done there stays done.';
  const detail = `${describeTally(tallyOf(counts))}. ${again}`;
  return (
    (await showWarning(`${basename(path)} ${what}${place}.`, { modal: true, detail }, deed)) !== undefined
  );
}

/** Names the place of an earlier import where it is another than this one; '' where it is the same. */
function elsewhere({ root }: JournalHead, here: Connection, parts: ImportParts): string {
  if (isSameRoot(root, here.root)) return '';
  const name = connectionTo(root, parts)?.name;
  return name === undefined ? ` into ${root}` : ` into ${name} (${root})`;
}

function connectionTo(root: string, { connections: { active, all } }: ImportParts): Connection | undefined {
  return [...(active === undefined ? [] : [active]), ...all].find((each) => isSameRoot(each.root, root));
}

/** `none`: there is nothing to go on with. `anew`: the user wants to begin again. */
export type Resumed = 'none' | 'resumed' | 'anew' | 'cancelled';

/** Offers to go on with an import of the file that was interrupted; `here` is where a new one would go. */
export async function offerResume(path: string, here: Connection, parts: ImportParts): Promise<Resumed> {
  return withLock(path, async (lock) => {
    const journal = await Journal.open(journalPath(path), lock);
    if (journal === undefined) return 'none';
    try {
      if (!journal.started || journal.finished) return 'none';
      const choice = await showWarning<'Resume Import' | 'Begin Anew'>(
        `The import of ${basename(path)}${elsewhere(journal.head, here, parts)} was interrupted.`,
        {
          modal: true,
          detail: `${describeTally(tallyOf(journal.counts))}. Resuming repeats no row; the ones with an unknown outcome are looked up first.`,
        },
        'Resume Import',
        'Begin Anew',
      );
      if (choice !== 'Resume Import') return choice === undefined ? 'cancelled' : 'anew';
      const planned = await plannedOf(path, journal, parts);
      if (planned === undefined) return 'cancelled';
      await runWith(planned, parts);
      return 'resumed';
    } finally {
      if (!running.has(journal)) await journal.close();
    }
  });
}

/** What a journal goes on with; undefined where it can't, which the user was told. */
async function plannedOf(
  path: string,
  journal: Journal,
  parts: ImportParts,
): Promise<PlannedImport | undefined> {
  const { root, module: name, file, choices } = journal.head;
  const connection = connectionTo(root, parts);
  const module = connection === undefined ? undefined : await moduleNamed(name, connection, parts);
  const now = await markOf(path);
  const why = [
    ...(connection === undefined ? [`there is no connection to ${root}`] : []),
    ...(connection !== undefined && module === undefined ? [`${connection.name} has no module ${name}`] : []),
    ...(now.sha256 === file.sha256 ? [] : ['the file has changed since then']),
  ];
  if (connection === undefined || module === undefined || why.length > 0) {
    void showFailure(
      `The import of ${basename(path)} can’t go on: ${why.join(', and ')}. Mend that, or begin anew.`,
    );
    return undefined;
  }
  return { path, journal, module, connection, table: async () => tableAsThen(path, choices) };
}

async function tableAsThen(path: string, choices: Readonly<Record<string, string>>): Promise<TableReading> {
  const given: ReadingChoices[] = Object.entries(choices).flatMap(
    ([name, value]) => chosen(name, value) ?? [],
  );
  return readTable(path, Object.assign({}, ...given) as ReadingChoices);
}

/** Journals that a view still reads. */
const running = new Set<Journal>();

/** The view reads the journal until it is closed, also after the run. */
async function runWith(planned: PlannedImport, parts: ImportParts): Promise<boolean> {
  const { journal } = planned;
  let isClosed = false;
  let isOver = false;
  const closeAtTheEnd = () => {
    if (isClosed && isOver && running.delete(journal)) void closeAndForget(journal);
  };
  running.add(journal);
  try {
    return await runImport(planned, parts, () => {
      isClosed = true;
      closeAtTheEnd();
    });
  } finally {
    isOver = true;
    closeAtTheEnd();
  }
}

/** Where another window has the journal by now, it is that one's. */
async function closeAndForget(journal: Journal): Promise<void> {
  await journal.close();
  if (journal.started && journal.finished) await forgetFinished(journal.path).catch(() => undefined);
}

async function withLock<T>(path: string, work: (lock: Lock) => Promise<T>): Promise<T> {
  const lock = await lockJournal(journalPath(path));
  try {
    return await work(lock);
  } finally {
    await lock.release();
  }
}
