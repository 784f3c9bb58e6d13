/** `apq import`: creates and changes records from the rows of a file. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describeBulk } from '#core/bulk/bulk-progress';
import { differenceFrom, headOf, markOf } from '#core/bulk/import-file';
import { Journal, journalPath, lockJournal } from '#core/bulk/journal';
import type { JournalHead } from '#core/bulk/journal-lines';
import { guessFields, mapColumns, type Mapping, shown, unmapped } from '#core/bulk/mapping';
import { type OutcomeFiles, writeOutcomes } from '#core/bulk/outcome-files';
import { OpenConvention, planImport } from '#core/bulk/plan';
import { tallyOf } from '#core/bulk/planned-row';
import { readTable, TableError } from '#core/bulk/reading/read-table';
import { runPlan } from '#core/bulk/run-plan';
import type { TableReading } from '#core/bulk/table';
import { isSameRoot } from '#core/connections/root';
import { reasonOf } from '#core/files/file-error';
import type { Lock } from '#core/files/lock';
import { fetchMetadata } from '#core/metadata/fetch';
import type { ApiClient } from '#core/remote/api';
import { harmless, harmlessJson } from '#core/text/foreign-text';
import { Catalog, type ModuleInfo } from '#language';
import { changeLog, keptRuns } from '../change-log';
import { ASKING, Exit, failed, interrupted, usage } from '../exit';
import { command } from '../frame/command';
import { PLATFORM } from '../frame/environment';
import { near } from '../frame/near';
import {
  choicesOf,
  deedOf,
  IMPORT_OPTIONS,
  type ImportOptions,
  OPTION_OF,
  refuseContradictions,
  settledBy,
} from '../import-options';
import { countsOf, describeCounts, planLine, printPlan, printPlanAsJson, unknownRows } from '../import-plan';
import { interruption } from '../interruption';
import { MetadataSource } from '../metadata-source';
import { clientOf, connectionOf, credentialsOf } from '../platform-access';
import { progressLine } from '../progress-line';
import { inform, print, printLine, tell } from '../terminal';

export const importCommand = command({
  name: 'import',
  summary: 'Create and change records from the rows of a CSV or Excel file',
  details: [
    'First a plan is made by reading only: what each row would create, change, or leave as it is, and which rows the platform would refuse. Rows are sent only with --yes.',
    'A journal beside the file holds each row before and after it is sent, so that an import that was interrupted goes on with --resume, without repeating or leaving out a row. Rows that failed are in NAME.failed.csv, with the reason; those done in NAME.done.csv, with their IDs.',
  ],
  operands: { name: 'FILE', least: 1, most: 1 },
  options: IMPORT_OPTIONS,
  examples: [
    ['import people.csv --module user --upsert Email --dry-run', 'Prints what the import would do.'],
    [
      'import people.xlsx --module user --update ID --map "Home town=Town" --yes',
      'Changes the records whose IDs stand in the column ID.',
    ],
    ['import people.csv --module user --upsert Email --yes --resume', 'Goes on after an interruption.'],
  ],
  statuses: {
    0: 'done: all rows were sent, or need no change; with --dry-run, none would be refused',
    1: 'rows failed, were refused or have an unknown outcome; with --dry-run, some would be refused',
    2: 'wrong usage; also without --yes, after the plan; nothing was sent',
    ...ASKING,
  },
  environment: [...PLATFORM, 'APQ_METADATA', 'APQ_KEEP'],
  run: async ([path = ''], options) => importFile(path, options),
});

/** All that is known before a row is looked at. */
interface Import {
  readonly path: string;
  readonly options: ImportOptions;
  readonly table: TableReading;
  readonly client: ApiClient;
  readonly module: ModuleInfo;
  readonly mapping: Mapping;
  readonly head: JournalHead;
}

async function importFile(path: string, options: ImportOptions): Promise<number> {
  const moduleName = refuseContradictions(options);
  const deed = deedOf(options);
  try {
    const table = await readTable(path, choicesOf(options), interruption());
    refuseOpenChoices(table);
    const connection = connectionOf(options);
    const client = await clientOf(connection, credentialsOf(options), options);
    const module = await moduleOf(moduleName, path, client, options);
    const guesses = guessFields(table.columns, module.fields);
    const settled = settledBy(options, table.columns, (column) => guesses[column]?.field);
    const outcome = mapColumns({ columns: table.columns, module, deed, settled });
    if (!outcome.ok)
      throw usage(
        `${outcome.problems.map(({ message }) => message).join('\n')}\nSay which column is which field with --map COLUMN=FIELD; --map COLUMN= leaves one out.`,
      );
    const { mapping } = outcome;
    tellReading(table, module, mapping);
    const head = headOf(await markOf(path), connection.root, module.name, { table, mapping });
    const what: Import = { path, options, table, client, module, mapping, head };
    if (options.yes) return await sendRows(what);
    if (options.resume) throw await notResumed(what);
    return await showPlan(what);
  } catch (error) {
    throw asExit(path, error);
  }
}

/** Turns what readers and the platform throw into a sentence and a status. Returns anything else as it is. */
function asExit(path: string, error: unknown): unknown {
  if (error instanceof Exit) return error;
  if (error instanceof TableError) return usage(`${path}: ${harmless(error.message)}`);
  if (error instanceof OpenConvention)
    return usage(`${harmless(error.message)} Say so with ${OPTION_OF[error.choice]}.`);
  if (interruption().aborted) return interrupted('Interrupted. Nothing was sent.');
  if (error instanceof Error && 'syscall' in error)
    return usage(`${path} can’t be read: ${reasonOf(error)}.`);
  try {
    return failed(error);
  } catch (other) {
    return other;
  }
}

/** Dates and decimals are asked for only where a field needs them. */
function refuseOpenChoices({ choices }: TableReading): void {
  const open = choices.filter(
    ({ name, how }) => how === 'open' && name !== 'dateOrder' && name !== 'decimalSign',
  );
  if (open.length > 0)
    throw usage(
      open.map(({ name, sentence }) => `${harmless(sentence)} Say so with ${OPTION_OF[name]}.`).join('\n'),
    );
}

/** The fields of the module: of the metadata file, where it is that of the platform, else of the platform. */
async function moduleOf(
  name: string,
  path: string,
  client: ApiClient,
  options: ImportOptions,
): Promise<ModuleInfo> {
  const { root } = client.connection;
  const { metadata } = await new MetadataSource(options.metadata).of(path, root);
  const kept = metadata !== undefined && isSameRoot(metadata.root, root) ? new Catalog(metadata) : undefined;
  const known = kept?.module(name)?.info;
  if (known?.fields !== undefined) return known;
  const fetched = await fetchMetadata(client, { modules: [name], signal: interruption() });
  if (fetched.stoppedBy !== undefined) throw fetched.stoppedBy;
  const catalog = new Catalog(fetched.metadata);
  const found = catalog.module(name)?.info;
  if (found === undefined)
    throw usage(`The platform has no module “${name}”.${near(name, catalog.moduleNames)}`);
  if (found.fields === undefined)
    tell(`The fields of ${found.name} are not known, so columns and cells are sent as they stand.`);
  return found;
}

function tellReading(table: TableReading, module: ModuleInfo, mapping: Mapping): void {
  for (const { how, sentence } of table.choices) if (how !== 'given') inform(harmless(sentence));
  for (const note of table.notes) inform(harmless(note));
  const { columns } = table;
  for (const { column, near: names } of unmapped({ columns, module }, mapping)) {
    const [first] = names;
    const hint =
      first === undefined ? '' : ` To take it for ${first}: --map ${columns[column]?.letter ?? ''}=${first}`;
    tell(harmless(`${shown(columns, column)} is no field of ${module.name}, so it is left out.${hint}`));
  }
}

const planInto = async ({ table, mapping, module, client }: Import, journal: Journal): Promise<void> => {
  const progress = progressLine(process.stderr.isTTY);
  try {
    const { cleared } = await planImport({ table, mapping, module, client }, journal, {
      signal: interruption(),
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
async function showPlan(what: Import): Promise<number> {
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
async function notResumed({ path: file }: Import): Promise<Exit> {
  const path = journalPath(file);
  const lock = await lockJournal(path);
  try {
    const found = await Journal.open(path, lock);
    await found?.close();
    const reached =
      found === undefined ? 'No import of this file was begun' : `Until now: ${describeCounts(found)}`;
    return usage(`${reached}. Nothing was sent. Add --yes to go on.`);
  } finally {
    await lock.release();
  }
}

const planTitle = (path: string, { name }: ModuleInfo, { root }: JournalHead): string =>
  `Plan for ${basename(path)}, ${name} on ${root}`;

async function sendRows(what: Import): Promise<number> {
  const path = journalPath(what.path);
  const lock = await lockJournal(path);
  try {
    const { journal, isNew } = await journalFor(path, lock, what);
    try {
      if (isNew) {
        await planInto(what, journal);
        inform(planLine(journal, planTitle(what.path, what.module, what.head)));
      }
      return await run(journal, what);
    } finally {
      await journal.close();
    }
  } finally {
    await lock.release();
  }
}

/** Returns the journal to go on with, or a new one. Throws an `Exit` where the user has to choose. */
async function journalFor(
  path: string,
  lock: Lock,
  { options: { resume, restart }, head }: Import,
): Promise<{ readonly journal: Journal; readonly isNew: boolean }> {
  const found = restart ? undefined : await Journal.open(path, lock);
  if (found === undefined || (!found.started && !resume)) {
    await found?.close();
    return { journal: await Journal.create(path, head, lock), isNew: true };
  }
  try {
    const difference = differenceFrom(found.head, head);
    if (resume && difference === undefined) return { journal: found, isNew: false };
    if (resume)
      throw usage(
        `The import can’t go on: ${difference ?? ''}. Repeat its options, or begin anew with --restart.`,
      );
    throw usage(
      found.finished
        ? `This file was imported already (${describeCounts(found)}). To import it once more, add --restart.`
        : `An import of this file was interrupted (${describeCounts(found)}). Go on with --resume, or begin anew with --restart.`,
    );
  } catch (error) {
    await found.close();
    throw error;
  }
}

async function run(journal: Journal, { path, table, client, module, options }: Import): Promise<number> {
  const progress = progressLine(process.stderr.isTTY);
  const { stoppedBy } = await runPlan(journal, {
    client,
    module,
    concurrency: options.concurrency,
    signal: interruption(),
    log: changeLog(keptRuns(options.noKeep)),
    source: 'import',
    run: journal.head.run,
    title: basename(path),
    onProgress: (now) => progress.show(() => describeBulk(now)),
    onPause: (why) => progress.say(why),
  }).finally(() => progress.clear());
  const files = await writeOutcomes(path, table, journal);
  await report(journal, files, options);
  if (stoppedBy !== undefined) throw new Exit(failed(stoppedBy).code, `${stoppedBy.sentence} ${GO_ON}`);
  if (!journal.finished) throw interrupted(`Interrupted. ${GO_ON}`);
  const { failed: failures, refused, unknown } = tallyOf(journal.counts);
  return failures + refused + unknown > 0 ? 1 : 0;
}

const GO_ON = 'Go on with --resume.';
const MOST_UNKNOWN = 20;

async function report(journal: Journal, files: OutcomeFiles, { format }: ImportOptions): Promise<void> {
  const tally = tallyOf(journal.counts);
  if (format === 'json') {
    const written = Object.entries(files).filter(([, path]) => path !== undefined);
    await print(`${harmlessJson({ ...tally, files: Object.fromEntries(written) })}\n`);
  } else
    await printLine(
      `${journal.size.toLocaleString('en-GB')} ${journal.size === 1 ? 'row' : 'rows'}: ${describeCounts(journal)}.`,
    );
  let count = 0;
  for await (const line of unknownRows(journal)) if (++count <= MOST_UNKNOWN) tell(line);
  if (count > MOST_UNKNOWN) tell(`… and ${count - MOST_UNKNOWN} more of unknown outcome.`);
  if (files.failed !== undefined)
    tell(
      `Rows that failed are in ${files.failed}, each with its reason. Mend them there, and import that file.`,
    );
  if (files.unknown !== undefined)
    tell(`Rows that may have been done are in ${files.unknown}. Look at the records before you import it.`);
  if (files.done !== undefined) inform(`Rows that were done are in ${files.done}, with their IDs.`);
}
