/** Which column of a table is which field: guessed by name, settled by the user, and checked. */
import { ByName, type FieldInfo, type ModuleInfo, nearest } from '#language';
import { nameKey } from '../text/names';
import { isKeptByPlatform } from '../writing/set-by-platform';
import { isOwnColumn } from './own-columns';
import type { TableColumn } from './table';

/** What becomes of the rows; chosen once for an import. */
export type Deed =
  | { readonly kind: 'create' }
  /** By the IDs in a column. */
  | { readonly kind: 'update'; readonly column: string }
  /** By a field that tells records apart: a row changes the record that has its value there, or creates one. */
  | { readonly kind: 'upsert'; readonly field: string };

/** `write`: blank cells leave the field alone. `fill`: so do cells whose field has a value. `clear`: blank cells empty it. */
export const FIELD_MODES = ['write', 'fill', 'clear'] as const;
export type FieldMode = (typeof FIELD_MODES)[number];

/** What a column is taken for. */
export interface Assignment {
  /** Undefined: the column is left out. */
  readonly field: string | undefined;
  readonly mode?: FieldMode;
}

/** A guess for a column, by its name. */
export interface Guess {
  readonly field: string | undefined;
  /** Fields that may be meant, where none is certain. */
  readonly near: readonly string[];
}

interface MappedColumn {
  /** Its index in the table. */
  readonly column: number;
  readonly field: FieldInfo;
  readonly mode: FieldMode;
}

/** The columns of a table as fields of a module. */
export interface Mapping {
  readonly deed: Deed['kind'];
  /** What tells a record apart; undefined for `create`. */
  readonly key: { readonly column: number; readonly field: FieldInfo } | undefined;
  /** What is written, in the order of the columns. An upsert's key is among them where it can be written. */
  readonly fields: readonly MappedColumn[];
}

/** A sentence; `column` is the index of the column that it is about. */
export interface MappingProblem {
  readonly column?: number;
  /** The column of the IDs, which the deed names and no mapping does. */
  readonly about?: 'key column';
  readonly message: string;
}

export type MappingOutcome =
  | { readonly ok: true; readonly mapping: Mapping }
  | { readonly ok: false; readonly problems: readonly MappingProblem[] };

const ID = 'ID';

/** D: the platform gives the IDs, whether the metadata say so or not. */
export const isWritable = (field: FieldInfo): boolean =>
  nameKey(field.name) !== nameKey(ID) && field.writable !== false && !isKeptByPlatform(field.name, field);

/** For a platform without metadata, every name is a field's, and its values are taken as they stand. */
const unknownField = (name: string): FieldInfo => ({
  name,
  type: 'unknown',
  filterable: true,
  sortable: true,
});

/** Spaces, hyphens and underscores are as good as nothing: `start_date` is `StartDate`. */
const looseName = (name: string): string => nameKey(name).replace(/[\s_-]+/g, '');

/** Finds the field of a name, a name without spaces, or a label. Several that are alike are no certain answer. */
class FieldNames {
  readonly #byName: ByName<FieldInfo>;
  readonly #loose = new Map<string, Set<string>>();
  readonly #names: readonly string[];

  constructor(fields: readonly FieldInfo[]) {
    this.#byName = new ByName(fields);
    this.#names = fields.map(({ name }) => name);
    for (const { name } of fields) this.#add(name, name);
    // A name comes before a label: what is another field's label is not looked up where a name fits.
    const names = new Set(this.#loose.keys());
    for (const { name, label } of fields)
      if (label !== undefined && !names.has(looseName(label))) this.#add(label, name);
  }

  #add(key: string, name: string): void {
    const found = this.#loose.get(looseName(key));
    if (found === undefined) this.#loose.set(looseName(key), new Set([name]));
    else found.add(name);
  }

  guess(column: string): Guess {
    const exact = this.#byName.get(column)?.name;
    if (exact !== undefined) return { field: exact, near: [] };
    const [first, ...others] = this.#loose.get(looseName(column)) ?? [];
    if (first !== undefined && others.length === 0) return { field: first, near: [] };
    return {
      field: undefined,
      near: first === undefined ? nearest(column, this.#names) : [first, ...others],
    };
  }

  get(name: string): FieldInfo | undefined {
    return this.#byName.get(name);
  }

  near(name: string): string {
    const names = nearest(name, this.#names).map((each) => `“${each}”`);
    return names.length === 0 ? '' : ` Did you mean ${names.join(' or ')}?`;
  }
}

/** Guesses the field of each column by its name. A name that is merely near is never taken. */
export function guessFields(columns: readonly TableColumn[], fields: ModuleInfo['fields']): readonly Guess[] {
  const names = fields === undefined ? undefined : new FieldNames(fields);
  return columns.map(({ name }) => {
    if (name === '' || isOwnColumn(name)) return { field: undefined, near: [] };
    return names === undefined ? { field: name, near: [] } : names.guess(name);
  });
}

/** The index of a column by its name, in any case, or by its letter; a sentence where that is none, or several. */
export function findColumn(columns: readonly TableColumn[], written: string): number | string {
  const wanted = nameKey(written.trim());
  const named = columns.flatMap(({ name }, index) =>
    nameKey(name) === wanted && name !== '' ? [index] : [],
  );
  const [index, ...more] = named;
  if (index !== undefined && more.length === 0) return index;
  if (index !== undefined) {
    const letters = named.map((each) => columns[each]?.letter ?? '').join(' and ');
    return `Columns ${letters} are both named “${columns[index]?.name ?? ''}”. Say which one is meant by its letter.`;
  }
  const byLetter = columns.findIndex(({ letter }) => nameKey(letter) === wanted);
  if (byLetter >= 0) return byLetter;
  const near = nearest(
    written,
    columns.map(({ name }) => name).filter((name) => name !== ''),
  ).map((each) => `“${each}”`);
  const meant = near.length === 0 ? '' : ` Did you mean ${near.join(' or ')}?`;
  return `The file has no column “${written}”.${meant} ${columnsOf(columns)}`;
}

const MOST_COLUMNS = 20;

/** `Its columns are A (“ID”), B (“Name”).` */
function columnsOf(columns: readonly TableColumn[]): string {
  const names = columns
    .slice(0, MOST_COLUMNS)
    .map(({ name, letter }) => (name === '' ? letter : `${letter} (“${name}”)`));
  const more = columns.length > MOST_COLUMNS ? `, and ${columns.length - MOST_COLUMNS} more` : '';
  return columns.length === 1
    ? `Its one column is ${names.join('')}.`
    : `Its columns are ${names.join(', ')}${more}.`;
}

/** What a user settles beside the guesses. */
export interface Settling {
  readonly columns: readonly TableColumn[];
  readonly module: ModuleInfo;
  readonly deed: Deed;
  /** By the index of the column. What is settled here outweighs any guess. */
  readonly settled?: ReadonlyMap<number, Assignment>;
}

/** Assigns fields to columns, by what was settled, else by name, and checks the whole. */
export function mapColumns(settling: Settling): MappingOutcome {
  const { columns, module, deed, settled = new Map<number, Assignment>() } = settling;
  const names = module.fields === undefined ? undefined : new FieldNames(module.fields);
  const problems: MappingProblem[] = [];
  const fieldOf = (name: string, column?: number): FieldInfo | undefined => {
    const field = names === undefined ? unknownField(name) : names.get(name);
    if (field === undefined)
      problems.push({
        ...(column !== undefined && { column }),
        message: `${module.name} has no field “${name}”.${names?.near(name) ?? ''}`,
      });
    return field;
  };
  const guesses = guessFields(columns, module.fields);
  const takenFor = new Set(
    [...settled.values()].flatMap(({ field }) => (field === undefined ? [] : [nameKey(field)])),
  );
  const fields: MappedColumn[] = [];
  for (const column of columns.keys()) {
    const assigned = settled.get(column);
    const guess = guesses[column]?.field;
    // What is settled for another column is not guessed for this one.
    const free = guess !== undefined && !takenFor.has(nameKey(guess)) ? guess : undefined;
    const name = assigned === undefined ? free : assigned.field;
    const field = name === undefined ? undefined : fieldOf(name, column);
    if (field !== undefined) fields.push({ column, field, mode: assigned?.mode ?? 'write' });
  }
  const key = keyOf(settling, fields, fieldOf, problems);
  const written = fields.filter(
    ({ column, field }) => column !== key?.column || (deed.kind === 'upsert' && isWritable(field)),
  );
  for (const problem of doubles(columns, written)) problems.push(problem);
  if (written.length === 0 && problems.length === 0)
    problems.push({ message: `No column is a field of ${module.name}, so there is nothing to write.` });
  return problems.length > 0
    ? { ok: false, problems }
    : { ok: true, mapping: { deed: deed.kind, key, fields: written } };
}

function keyOf(
  { columns, module, deed }: Settling,
  fields: readonly MappedColumn[],
  fieldOf: (name: string) => FieldInfo | undefined,
  problems: MappingProblem[],
): Mapping['key'] {
  if (deed.kind === 'create') return undefined;
  if (deed.kind === 'update') {
    const column = findColumn(columns, deed.column);
    if (typeof column === 'number')
      return { column, field: module.fields?.find(({ name }) => nameKey(name) === 'id') ?? unknownField(ID) };
    problems.push({ message: column, about: 'key column' });
    return undefined;
  }
  const field = fieldOf(deed.field);
  if (field === undefined) return undefined;
  if (!field.filterable)
    problems.push({
      message: `${field.name} can’t be filtered, so no record can be found by it. Choose another field for the upsert.`,
    });
  const found = fields.find((each) => each.field.name === field.name);
  if (found === undefined)
    problems.push({
      message: `No column is the field ${field.name}, by which records are to be found. Name the one that is. ${columnsOf(columns)}`,
    });
  return found === undefined ? undefined : { column: found.column, field };
}

function doubles(columns: readonly TableColumn[], fields: readonly MappedColumn[]): MappingProblem[] {
  const first = new Map<string, MappedColumn>();
  const problems: MappingProblem[] = [];
  for (const mapped of fields) {
    const before = first.get(mapped.field.name);
    if (before === undefined) first.set(mapped.field.name, mapped);
    else
      problems.push({
        column: mapped.column,
        message: `${shown(columns, before.column)} and ${shown(columns, mapped.column)} are both taken for ${mapped.field.name}. Say which one counts.`,
      });
  }
  return problems;
}

/** `column B (“Name”)`. */
export function shown(columns: readonly TableColumn[], column: number): string {
  const { name = '', letter = '' } = columns[column] ?? {};
  return name === '' ? `Column ${letter}` : `Column ${letter} (“${name}”)`;
}

/** The columns that are not used, with fields that may be meant. What was settled, or an import writes itself, is not told. */
export function unmapped(
  { columns, module, settled }: Omit<Settling, 'deed'>,
  { key, fields }: Mapping,
): readonly { readonly column: number; readonly near: readonly string[] }[] {
  const used = new Set([key?.column, ...fields.map(({ column }) => column)]);
  const guesses = guessFields(columns, module.fields);
  return columns.flatMap(({ name }, column) =>
    used.has(column) || settled?.has(column) === true || isOwnColumn(name) || name === ''
      ? []
      : [{ column, near: guesses[column]?.near ?? [] }],
  );
}
