/** From a journal with a plan to the report: the plan is shown, and what the user agrees to is sent. */
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { describePace } from '#core/bulk/bulk-progress';
import { describePlan } from '#core/bulk/describe-plan';
import type { Journal } from '#core/bulk/journal';
import { JournalChanges } from '#core/bulk/journal-changes';
import { type OutcomeFiles, writeOutcomes } from '#core/bulk/outcome-files';
import { describeTally, tallyOf } from '#core/bulk/planned-row';
import { type RunEnding, runPlan } from '#core/bulk/run-plan';
import type { TableReading } from '#core/bulk/table';
import type { Connection } from '#core/connections/connection';
import { deedOfMany } from '#core/writing/deed';
import type { ModuleInfo } from '#language';
import { isAsBefore } from '../running/confirm-write';
import { setting } from '../workbench/settings';
import { showFile } from '../workbench/show-file';
import type { ChangesView } from '../writing/changes';
import { steered } from '../writing/steered';
import type { ImportParts } from './parts';

/** What is going to be sent, and where. */
export interface PlannedImport {
  readonly path: string;
  readonly journal: Journal;
  readonly module: ModuleInfo;
  readonly connection: Connection;
  /** The file, as it was read for the plan. */
  readonly table: () => Promise<TableReading>;
}

/** Returns whether the user agreed. The journal can be closed when the view is; `whenClosed` says when. */
export async function runImport(
  planned: PlannedImport,
  parts: ImportParts,
  whenClosed: () => void,
): Promise<boolean> {
  const { journal, connection, path } = planned;
  const { connections } = parts;
  let over = false;
  const readOnly = connections.levelOf(connection) === 'readOnly';
  const { unforeseen, ...counts } = new JournalChanges(journal).counts();
  void unforeseen;
  const place = { name: connection.name, production: connections.isProduction(connection) };
  const view = parts.changes.open({
    title: `Import ${basename(path)}`,
    sentence: describePlan(journal.counts, journal.planCleared ?? 0, journal.head.module),
    connection,
    source: new JournalChanges(journal, () => over),
    deed: readOnly ? undefined : deedOfMany(counts, place),
    notes: readOnly ? [`${connection.name} is read-only, so nothing can be sent.`] : [],
  });
  view.onPress((press) => {
    if (press === 'closed') whenClosed();
  });
  if (!(await view.agreed())) return false;
  if (!isAsBefore(connection, connections, 'Import the file again.')) {
    view.close();
    return false;
  }
  await journal.takePlace();
  const ending = await send(planned, view, parts);
  over = true;
  await report(planned, ending, view);
  return true;
}

async function send(
  { journal, module, connection, path }: PlannedImport,
  view: ChangesView,
  { connections, changeLog }: ImportParts,
): Promise<RunEnding> {
  // When the view is closed, what is left is resumed later.
  const { pause, signal, show } = steered(view);
  return runPlan(journal, {
    client: connections.client(connection),
    module,
    signal,
    pause,
    log: changeLog.log,
    source: 'import',
    concurrency: setting('changes.concurrency'),
    run: journal.head.run,
    title: basename(path),
    onProgress: (progress) =>
      show({ done: progress.done, of: progress.of, failed: progress.failed, text: describePace(progress) }),
    onPause: (why) => show({ text: why }),
  });
}

async function report(
  { path, journal, table, connection }: PlannedImport,
  { stoppedBy }: RunEnding,
  view: ChangesView,
): Promise<void> {
  const tally = describeTally(tallyOf(journal.counts));
  const { files, warnings } = await writeOutcomes(path, table, journal);
  const notes = [...warnings];
  if (stoppedBy !== undefined) notes.push(stoppedBy.sentence);
  if (!journal.finished) notes.push('Import the file again to go on where it stopped: no row is sent twice.');
  if (files.failed !== undefined)
    notes.push(
      `Rows that failed are in ${basename(files.failed)}, each with its reason. Mend them there, and import that file.`,
    );
  if (files.unknown !== undefined)
    notes.push(
      `Rows that may have been done are in ${basename(files.unknown)}. Look at the records before you import it.`,
    );
  if (files.done !== undefined)
    notes.push(`Rows that were done are in ${basename(files.done)}, with their IDs.`);
  view.onPress((press) => void pressed(press, files, { run: journal.head.run, connection }));
  view.end({
    sentence: `${journal.finished ? 'The import is over' : 'The import stopped'}: ${tally}.`,
    notes,
    actions: [
      ...(files.failed === undefined
        ? []
        : [
            { id: 'mend', label: 'Import Failed Rows…' },
            { id: 'failed', label: 'Open Failed Rows' },
          ]),
      ...(files.done === undefined
        ? []
        : [
            { id: 'done', label: 'Open Done Rows' },
            { id: 'undo', label: 'Undo…' },
          ]),
    ],
  });
}

async function pressed(
  press: string,
  files: OutcomeFiles,
  { run, connection }: { readonly run: string; readonly connection: Connection },
): Promise<void> {
  if (press === 'undo') await vscode.commands.executeCommand('apq.undoLastChange', run);
  if (press === 'mend' && files.failed !== undefined)
    await vscode.commands.executeCommand('apq.importRecords', vscode.Uri.file(files.failed), connection.id);
  const file = press === 'failed' || press === 'done' ? files[press] : undefined;
  if (file !== undefined) await showFile(vscode.Uri.file(file));
}
