/** The options of `apq import`, checked. */
import { type Assignment, type Deed, findColumn } from '#core/bulk/mapping';
import type { ChoiceName, ReadingChoices, TableColumn, TableReading } from '#core/bulk/table';
import { CONCURRENCY, MAX_CONCURRENCY } from '#language';
import { NO_KEEP } from './change-log';
import { usage } from './exit';
import { longName, type ValuesOf } from './frame/command';
import { choice, flag, pairs, parsed, text, texts } from './frame/option';
import { alternatives } from './frame/words';
import { API_KEY_STDIN, ASKING_OPTIONS, METADATA, ROOT } from './options';

const DELIMITERS = { comma: ',', semicolon: ';', tab: '\t', bar: '|' } as const;
const SIGNS = { point: '.', comma: ',' } as const;

/** A whole number from 1. */
const count = (meaning: string, most: number) =>
  parsed('N', meaning, {
    parse: (written) =>
      /^\d{1,7}$/.test(written) && Number(written) >= 1 && Number(written) <= most
        ? Number(written)
        : undefined,
    must: `a whole number from 1 to ${most}`,
  });

export const IMPORT_OPTIONS = {
  module: text('MODULE', 'The module whose records are written'),
  create: flag('Create a record for each row'),
  update: text('COLUMN', 'Change the records whose IDs stand in this column'),
  upsert: text('FIELD', 'Change the record that has the row’s value in this field, else create one'),
  map: pairs('COLUMN=FIELD', 'Take a column (its name or its letter) for a field; COLUMN= leaves it out'),
  onlyEmpty: texts('COLUMN', 'Fill the field of this column only where the record has nothing there'),
  clear: texts('COLUMN', 'Empty the field of this column where its cell is blank'),
  concurrency: count(`How many rows are sent at a time (default: ${CONCURRENCY})`, MAX_CONCURRENCY),
  dryRun: flag('Only print the plan, which is made by reading'),
  yes: flag('Really send the rows'),
  resume: flag('Go on with an import that was interrupted'),
  restart: flag('Begin anew, whatever an earlier import of the file has done'),
  format: choice(['text', 'json'], 'How the plan or the report is printed: text (default) or json', {
    letter: 'f',
  }),
  encoding: choice(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'], 'The encoding of a CSV', {
    value: 'NAME',
  }),
  delimiter: choice(['comma', 'semicolon', 'tab', 'bar'], 'What stands between the cells of a CSV', {
    value: 'SIGN',
  }),
  sheet: text('NAME', 'The sheet of a workbook (default: the first one with rows)'),
  headerRow: count('The row that names the columns, from 1', 1_048_576),
  dateOrder: choice(['day', 'month'], 'Whether the day or the month comes first in 03/04/2026', {
    value: 'FIRST',
  }),
  decimal: choice(['point', 'comma'], 'The sign before decimals', { value: 'SIGN' }),
  merged: choice(['repeat', 'blank'], 'What the other cells of a merged range mean', { value: 'HOW' }),
  apostrophes: choice(['remove', 'keep'], 'What becomes of the apostrophe before a formula', {
    value: 'HOW',
  }),
  noKeep: NO_KEEP,
  root: ROOT,
  metadata: METADATA,
  apiKeyStdin: API_KEY_STDIN,
  ...ASKING_OPTIONS,
};

export type ImportOptions = ValuesOf<typeof IMPORT_OPTIONS>;

/** The option that settles each choice that a file leaves open. */
const OPTION_OF = {
  encoding: 'encoding',
  delimiter: 'delimiter',
  sheet: 'sheet',
  headerRow: 'headerRow',
  dateOrder: 'dateOrder',
  decimalSign: 'decimal',
  merged: 'merged',
  apostrophes: 'apostrophes',
} as const satisfies Readonly<Record<ChoiceName, keyof typeof IMPORT_OPTIONS>>;

/** `Say so with --date-order day or --date-order month.` */
export function answersTo(name: ChoiceName): string {
  const option = OPTION_OF[name];
  const { choices = [], value = '' } = IMPORT_OPTIONS[option];
  const answers = choices.length === 0 ? [value] : choices;
  return `Say so with ${alternatives(answers.map((answer) => `${longName(option)} ${answer}`))}.`;
}

/** What holds for all texts of a file, and can’t always be told from some of its rows: ` --date-order day`. */
export function optionsForPart({ choices }: TableReading): string {
  const said = new Map(choices.map(({ name, value }) => [name, value]));
  const sign = Object.entries(SIGNS).find(([, each]) => each === said.get('decimalSign'))?.[0];
  const parts = [
    ['dateOrder', said.get('dateOrder')],
    ['decimalSign', sign],
    ['apostrophes', said.get('apostrophes') === 'keep' ? 'keep' : undefined],
  ] as const;
  return parts
    .flatMap(([name, value]) => (value === undefined ? [] : [` ${longName(OPTION_OF[name])} ${value}`]))
    .join('');
}

/** Returns how the file is to be read. */
export function choicesOf(options: ImportOptions): ReadingChoices {
  const { encoding, delimiter, sheet, headerRow, dateOrder, decimal, merged, apostrophes } = options;
  return {
    ...(encoding !== undefined && { encoding }),
    ...(delimiter !== undefined && { delimiter: DELIMITERS[delimiter] }),
    ...(sheet !== undefined && { sheet }),
    ...(headerRow !== undefined && { headerRow }),
    ...(dateOrder !== undefined && { dateOrder }),
    ...(decimal !== undefined && { decimalSign: SIGNS[decimal] }),
    ...(merged !== undefined && { merged }),
    ...(apostrophes !== undefined && { apostrophes }),
  };
}

/** Throws an `Exit` unless the options say one thing to do with the rows. */
export function deedOf({ create, update, upsert }: ImportOptions): Deed {
  const given = [create, update !== undefined, upsert !== undefined].filter(Boolean).length;
  if (given !== 1)
    throw usage('Say what becomes of the rows with one of --create, --update COLUMN and --upsert FIELD.');
  if (update !== undefined) return { kind: 'update', column: update };
  return upsert === undefined ? { kind: 'create' } : { kind: 'upsert', field: upsert };
}

/** Throws an `Exit` where options contradict each other, and returns the module. */
export function refuseContradictions({ module, dryRun, yes, resume, restart }: ImportOptions): string {
  if (module === undefined) throw usage('Name the module whose records are written with --module MODULE.');
  if (dryRun && yes) throw usage('--dry-run and --yes contradict each other: give one of them.');
  if (resume && restart) throw usage('--resume and --restart contradict each other: give one of them.');
  if (dryRun && resume)
    throw usage('--dry-run shows a new plan, and --resume goes on with an old one: give one of them.');
  return module;
}

/** What the options say about columns, by their index. Throws an `Exit` for a column that the file lacks. */
export function settledBy(
  { map, onlyEmpty, clear }: ImportOptions,
  columns: readonly TableColumn[],
  guess: (column: number) => string | undefined,
): ReadonlyMap<number, Assignment> {
  const at = (written: string, option: string): number => {
    const found = findColumn(columns, written);
    if (typeof found === 'string') throw usage(`${option} ${written}: ${found}`);
    return found;
  };
  const settled = new Map<number, Assignment>();
  for (const [column, field] of map) {
    const index = at(column, '--map');
    if (settled.has(index)) throw usage(`--map ${column}: its column is named twice.`);
    settled.set(index, { field: field === '' ? undefined : field });
  }
  const modes = [
    ...onlyEmpty.map((column) => [column, '--only-empty', 'fill'] as const),
    ...clear.map((column) => [column, '--clear', 'clear'] as const),
  ];
  for (const [column, option, mode] of modes) {
    const index = at(column, option);
    const before = settled.get(index);
    if (before?.mode !== undefined && before.mode !== mode)
      throw usage(`${column} is named with both --only-empty and --clear: give one of them.`);
    settled.set(index, { field: before === undefined ? guess(index) : before.field, mode });
  }
  return settled;
}
