/** Plans and sends the rows of a file for `apq import`: with a journal beside the file, or, for a plan alone, without. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describeBulk } from '#core/bulk/bulk-progress';
import { Journal, journalPath, lockJournal } from '#core/bulk/journal';
import type { JournalHead } from '#core/bulk/journal-lines';
import type { Mapping } from '#core/bulk/mapping';
import { writeOutcomes, type WrittenOutcomes } from '#core/bulk/outcome-files';
import { planImport } from '#core/bulk/plan';
import { tallyOf } from '#core/bulk/planned-row';
import { type RunEnding, runPlan } from '#core/bulk/run-plan';
import type { TableReading } from '#core/bulk/table';
import { OutputFileError, reasonOf } from '#core/files/file-error';
import type { Lock } from '#core/files/lock';
import type { ApiClient } from '#core/remote/api';
import type { ApiError } from '#core/remote/api-error';
import { rowOf } from '#core/remote/error-kinds';
import { harmless } from '#core/text/foreign-text';
import type { ModuleInfo } from '#language';
import { changeLog, keptRuns } from './change-log';
import { Exit, interrupted, usage } from './exit';
import { begunBefore, whyNotGoOn } from './import-begun';
import type { ImportOptions } from './import-options';
import { countsOf, describeCounts, planLine, printPlan, printPlanAsJson } from './import-plan';
import { reportImport } from './import-report';
import { interruption } from './interruption';
import { progressLine } from './progress-line';
import { inform, tell } from './terminal';

/** All that is known before a row is looked at. */
export interface Import {
  readonly path: string;
  readonly options: ImportOptions;
  readonly table: TableReading;
  readonly client: ApiClient;
  readonly module: ModuleInfo;
  readonly mapping: Mapping;
  readonly head: JournalHead;
}

/** A log of a night shows that rows are sent, and how far they are. */
const SPARSE_MS = 5000;

const planInto = async ({ table, mapping, module, client }: Import, journal: Journal): Promise<void> => {
  const progress = progressLine(process.stderr.isTTY, SPARSE_MS);
  try {
    const { cleared } = await planImport({ table, mapping, module, client }, journal, {
      signal: interruption(),
      onNote: (note) => tell(harmless(note)),
      onProgress: (rows) =>
        progress.show(
          () => `Planning: ${rows.toLocaleString('en-GB')} of ${table.rowCount.toLocaleString('en-GB')} rows`,
        ),
    });
    await journal.planned(cleared);
  } finally {
    progress.clear();
  }
};

/** Prints the plan, which is kept nowhere. */
export async function showPlan(what: Import): Promise<number> {
  const { path, options, head, module } = what;
  const folder = await mkdtemp(join(tmpdir(), 'apq-plan-'));
  try {
    const temporary = join(folder, 'plan.ndjson');
    const lock = await lockJournal(temporary);
    const journal = await Journal.create(temporary, head, lock);
    try {
      await planInto(what, journal);
      if (options.format === 'json') await printPlanAsJson(journal);
      else await printPlan(journal, planTitle(path, module, head));
      if (!options.dryRun) throw usage('Nothing was sent. Add --yes to send these rows.');
      return countsOf(journal).refused > 0 ? 1 : 0;
    } finally {
      await journal.close();
      await lock.release();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Says what there is to go on with, without doing so. */
export async function notResumed({ path: file, head }: Import): Promise<Exit> {
  const path = journalPath(file);
  const lock = await lockJournal(path);
  try {
    const found = await Journal.open(path, lock);
    if (found === undefined) return nothingToResume(file);
    await found.close();
    const reached = `Until now: ${describeCounts(found)}.`;
    return usage(`${reached} Nothing was sent. ${whyNotGoOn(found, head) ?? 'Add --yes to go on.'}`);
  } finally {
    await lock.release();
  }
}

const nothingToResume = (file: string): Exit =>
  usage(`There is no import of ${file} to go on with. Nothing was sent. To begin one, leave out --resume.`);

const planTitle = (path: string, { name }: ModuleInfo, { root }: JournalHead): string =>
  `Plan for ${basename(path)}, ${name} on ${root}`;

export async function sendRows(what: Import): Promise<number> {
  const path = journalPath(what.path);
  const lock = await lockJournal(path);
  try {
    const { journal, isNew } = await journalFor(path, lock, what);
    try {
      if (isNew) {
        await planInto(what, journal);
        await journal.takePlace();
        inform(planLine(journal, planTitle(what.path, what.module, what.head)));
      }
      return await run(journal, what);
    } finally {
      await journal.closeFinished().catch((error: unknown) => {
        tell(`The journal keeps the values of the file. ${harmless(reasonOf(error))}`);
      });
    }
  } finally {
    await lock.release();
  }
}

/** Returns the journal to go on with, or a new one. Throws an `Exit` where the user has to choose. */
async function journalFor(
  path: string,
  lock: Lock,
  { path: file, options: { resume, restart }, head }: Import,
): Promise<{ readonly journal: Journal; readonly isNew: boolean }> {
  const found = restart ? undefined : await Journal.open(path, lock);
  // A plan that was not whole when it was interrupted is made anew: nothing was sent.
  if (resume && found === undefined && !existsSync(path)) throw nothingToResume(file);
  if (found === undefined || (!found.started && !resume)) {
    await found?.close();
    return { journal: await Journal.create(path, head, lock), isNew: true };
  }
  try {
    const why = resume ? whyNotGoOn(found, head) : begunBefore(found, head);
    if (why === undefined) return { journal: found, isNew: false };
    throw usage(why);
  } catch (error) {
    await found.close();
    throw error;
  }
}

async function run(journal: Journal, what: Import): Promise<number> {
  const { path, table, options } = what;
  let stoppedBy: ApiError | undefined;
  let fault: OutputFileError | undefined;
  try {
    ({ stoppedBy } = await send(journal, what));
  } catch (error) {
    // The journal can't be written: what it knows is told all the same.
    if (!(error instanceof OutputFileError)) throw error;
    fault = error;
  }
  const outcomes = fault === undefined ? await writeOutcomes(path, () => table, journal) : NO_FILES;
  await reportImport(journal, { ...outcomes, table, format: options.format });
  if (fault !== undefined) throw new Exit(1, `${fault.message} ${GO_ON}`);
  if (stoppedBy !== undefined) {
    // What may have been done is looked up, or has been told above: to try again is safe.
    const { kind, outcomeUnknown, reading, sentence } = stoppedBy;
    throw new Exit(rowOf(kind).exit, `${outcomeUnknown ? reading : sentence} ${GO_ON}`);
  }
  const { failed: failures, refused, unknown } = tallyOf(journal.counts);
  if (!journal.finished || (unknown > 0 && interruption().aborted))
    throw interrupted(`Interrupted. ${GO_ON}`);
  return failures + refused + unknown > 0 ? 1 : 0;
}

async function send(journal: Journal, { path, client, module, options }: Import): Promise<RunEnding> {
  const progress = progressLine(process.stderr.isTTY, SPARSE_MS);
  return runPlan(journal, {
    client,
    module,
    concurrency: options.concurrency,
    pauses: options.retries,
    signal: interruption(),
    log: changeLog(keptRuns(options.noKeep)),
    source: 'import',
    run: journal.head.run,
    title: basename(path),
    onProgress: (now) => progress.show(() => describeBulk(now)),
    onPause: (why) => progress.say(why),
  }).finally(() => progress.clear());
}

const NO_FILES: WrittenOutcomes = {
  files: { failed: undefined, done: undefined, unknown: undefined },
  warnings: [],
};
const GO_ON = 'Go on with --resume.';
