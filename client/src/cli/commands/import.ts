/** `apq import`: creates and changes records from the rows of a file. */
import { headOf, markOf } from '#core/bulk/import-file';
import {
  guessFields,
  isWritable,
  mapColumns,
  type Mapping,
  type MappingProblem,
  type Settling,
  shown,
  unmapped,
} from '#core/bulk/mapping';
import { OpenConvention } from '#core/bulk/plan';
import { readTable, TableError } from '#core/bulk/reading/read-table';
import type { TableReading } from '#core/bulk/table';
import { isSameRoot } from '#core/connections/root';
import { reasonOf } from '#core/files/file-error';
import { fetchMetadata } from '#core/metadata/fetch';
import type { ApiClient } from '#core/remote/api';
import { harmless } from '#core/text/foreign-text';
import { Catalog, type ModuleInfo } from '#language';
import { ASKING, Exit, failed, interrupted, usage } from '../exit';
import { command } from '../frame/command';
import { PLATFORM } from '../frame/environment';
import { near } from '../frame/near';
import {
  answersTo,
  choicesOf,
  deedOf,
  IMPORT_OPTIONS,
  type ImportOptions,
  refuseContradictions,
  settledBy,
} from '../import-options';
import { type Import, notResumed, sendRows, showPlan } from '../import-run';
import { interruption } from '../interruption';
import { MetadataSource } from '../metadata-source';
import { clientOf, connectionOf, credentialsOf } from '../platform-access';
import { inform, tell } from '../terminal';

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

async function importFile(path: string, options: ImportOptions): Promise<number> {
  const moduleName = refuseContradictions(options);
  if (path === '-')
    throw usage('apq import reads its file more than once, so it takes no standard input. Name a file.');
  const deed = deedOf(options);
  try {
    const table = await readTable(path, choicesOf(options), interruption());
    refuseOpenChoices(table);
    const connection = connectionOf(options);
    const client = await clientOf(connection, credentialsOf(options), options);
    const module = await moduleOf(moduleName, path, client, options);
    const guesses = guessFields(table.columns, module.fields);
    const settled = settledBy(options, table.columns, (column) => guesses[column]?.field);
    tellReading(table);
    const outcome = mapColumns({ columns: table.columns, module, deed, settled });
    if (!outcome.ok)
      throw usage(
        [...outcome.problems.map(({ message }) => message), ...remedies(outcome.problems, table)].join('\n'),
      );
    const { mapping } = outcome;
    tellColumns({ columns: table.columns, module, settled }, mapping);
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
  if (error instanceof OpenConvention) return usage(`${harmless(error.message)} ${answersTo(error.choice)}`);
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
    throw usage(open.map(({ name, sentence }) => `${harmless(sentence)} ${answersTo(name)}`).join('\n'));
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

/** What to do about columns that don’t fit. */
function remedies(problems: readonly MappingProblem[], { choices }: TableReading): string[] {
  const isKey = ({ about }: MappingProblem) => about === 'key column';
  const sheets = choices.find(({ name }) => name === 'sheet')?.options.length ?? 0;
  return [
    ...(problems.some(isKey)
      ? ['Say which column has the IDs with --update COLUMN, by its name or its letter.']
      : []),
    ...(problems.every(isKey)
      ? []
      : ['Say which column is which field with --map COLUMN=FIELD; --map COLUMN= leaves one out.']),
    ...(sheets > 1 ? ['To read another sheet, add --sheet NAME.'] : []),
  ];
}

function tellReading(table: TableReading): void {
  for (const { how, sentence } of table.choices) if (how !== 'given') inform(harmless(sentence));
  for (const note of table.notes) inform(harmless(note));
  if (table.rowCount === 0) tell('The file has no rows below its header, so there is nothing to import.');
}

function tellColumns(settling: Omit<Settling, 'deed'>, mapping: Mapping): void {
  const { columns, module } = settling;
  for (const { column, field } of mapping.fields)
    if (!isWritable(field))
      tell(
        harmless(
          `${shown(columns, column)}: the platform sets ${field.name}, so rows that would change it are refused. Leave the column out with --map ${columns[column]?.letter ?? ''}=.`,
        ),
      );
  for (const { column, near: names } of unmapped(settling, mapping)) {
    const [first] = names;
    const hint =
      first === undefined ? '' : ` To take it for ${first}: --map ${columns[column]?.letter ?? ''}=${first}`;
    tell(harmless(`${shown(columns, column)} is no field of ${module.name}, so it is left out.${hint}`));
  }
}
